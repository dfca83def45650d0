"""Reading on past what is damaged: one thing that cannot be read hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from storage.store import StoreDamaged

_T = TypeVar("_T")
_R = TypeVar("_R")


def readable(read: Callable[[_T], _R], things: Iterable[_T]) -> tuple[list[_R], list[StoreDamaged]]:
    """What `read` makes of the things, in order, and what is wrong with those that it cannot read."""
    found: list[_R] = []
    damages: list[StoreDamaged] = []
    for thing in things:
        try:
            found.append(read(thing))
        except StoreDamaged as damaged:
            damages.append(damaged)
    return found, damages
