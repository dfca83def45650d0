"""Names that somebody misspelt; in a module of its own, for what makes letters starts without the rest."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like this one, if any is."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1)), None)
