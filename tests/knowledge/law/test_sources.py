"""Sources are looked up by their short name."""

import pytest

from knowledge.law.sources import UnknownSource, source, sources


def test_every_source_has_an_address() -> None:
    """A caseworker can read what a finding rests on."""
    assert all(each.url and each.url.startswith("http") for each in sources().values())


def test_an_unknown_name_is_refused_in_danish() -> None:
    """The message names it and says where to add it."""
    with pytest.raises(UnknownSource, match=r"»made_up« findes ikke"):
        source("made_up")
