"""The sources that findings rest on, by short name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from knowledge.findings import Source


class UnknownSource(LookupError):
    """A rule names a source that sources.yaml does not have."""

    def __init__(self, ref: str) -> None:
        self.ref = ref
        super().__init__(
            f"Kilden »{ref}« findes ikke i knowledge/law/sources.yaml. Tilføj den der, eller ret navnet."
        )


@cache
def sources() -> dict[str, Source]:
    """All sources by their short name, in the file's order."""
    entries = YAML(typ="safe").load(files("knowledge.law").joinpath("sources.yaml").read_text("utf-8"))
    return {entry["ref"]: Source.model_validate(entry) for entry in entries}


def source(ref: str) -> Source:
    """The source with this short name.

    Raises:
        UnknownSource: no source has that name.
    """
    try:
        return sources()[ref]
    except KeyError:
        raise UnknownSource(ref) from None
