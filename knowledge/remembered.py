"""Results remembered by the very objects they were made from.

A case's answers are immutable objects that stay the same from message to message but for the one that
changed. What rests only on unchanged ones need not be worked out anew, and comparing identities costs
next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """At most `kept` results; when there are more, all are forgotten."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        # The objects are held on to, so that no other object can take over one's identity.
        self._results: dict[Hashable, tuple[tuple[object, ...], T]] = {}

    def get(self, name: Hashable, objects: tuple[object, ...], make: Callable[[], T]) -> T:
        """The result of this name for these objects, made where it is not known."""
        key = (name, *map(id, objects))
        known = self._results.get(key)
        if known is None:
            if len(self._results) >= self._kept:
                self._results.clear()
            known = self._results[key] = (objects, make())
        return known[1]
