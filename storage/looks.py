"""Who looked at what of a case, and when: a chain beside the case's events.

A look is no event: it does not move the case on, so that nobody's answer is refused because another read. But
it is chained in the same way, each look with the hash of the one before, and where the chain ends is kept
apart, so that a look that was changed, taken out or cut off the end is found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from storage.events import NO_HASH
from storage.store import StoreDamaged


class LookKind(StrEnum):
    """What of the case was looked at."""

    CHAT = "chat"
    OVERVIEW = "overview"
    LETTER = "letter"
    REPLY = "reply"
    FILE = "file"
    TEXT = "text"
    REPORT = "report"
    EXPORT = "export"
    AUDIT = "audit"


class Look(BaseModel):
    """One look: by whom, when, at what; `about` says which where there are several: a file by its SHA-256."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    time: datetime
    person: str
    kind: LookKind
    about: str = ""


class RecordedLook(Look):
    """A look at its place in the case's chain."""

    seq: int
    previous: str
    hash: str


class LookEnd(BaseModel):
    """Where a case's chain of looks ends: how many there are, and the last one's hash."""

    model_config = ConfigDict(frozen=True)

    count: int = 0
    hash: str = NO_HASH


class Looks(Protocol):
    """Keeps the looks, as durably as the store keeps cases."""

    async def add(self, case: str, look: Look) -> None:
        """Store a look behind those before; raises `UnknownCase`, `StoreFull`."""

    async def of(self, case: str) -> list[RecordedLook]:
        """All looks at the case, in order; raises `UnknownCase`, `StoreDamaged`."""


def recorded_look(look: Look, end: LookEnd) -> RecordedLook:
    """The look as it stands next in a chain that ends there."""
    draft = RecordedLook(
        time=look.time,
        person=look.person,
        kind=look.kind,
        about=look.about,
        seq=end.count + 1,
        previous=end.hash,
        hash="",
    )
    return draft.model_copy(update={"hash": look_hash(draft)})


def look_hash(look: RecordedLook) -> str:
    """The SHA-256 a recorded look must carry, over its canonical JSON without the hash itself."""
    body = look.model_dump(mode="json", exclude={"hash"})
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def checked_looks(case: str, looks: Sequence[RecordedLook], end: LookEnd) -> None:
    """Raise `StoreDamaged` at the first look that is not the one that was stored there."""
    previous = NO_HASH
    for seq, look in enumerate(looks, start=1):
        if (look.seq, look.previous, look.hash) != (seq, previous, look_hash(look)):
            raise StoreDamaged(f"look {seq} of case {case} is not what was written")
        previous = look.hash
    if (len(looks), previous) != (end.count, end.hash):
        raise StoreDamaged(f"look {min(len(looks), end.count) + 1} of case {case} is missing")
