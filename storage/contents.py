"""All that a store holds, to be carried elsewhere: into a backup, out of one, to another kind of store.

Cases go one by one, each as it stood at one moment. What belongs to no case goes last: it may then name a
case that was opened meanwhile, but a case never lacks its people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic import TypeAdapter

from storage.agenda import Due
from storage.case import Case, CaseState
from storage.events import NO_HASH, Erased, FileAdded, Recorded, TextKept, chain_hash
from storage.looks import RecordedLook
from storage.store import CaseSummary, Conflict, Invitation, Person, SealedStore, StoreDamaged


@dataclass(frozen=True)
class CaseContent:
    """A case as it stood at one moment, the files it names aside."""

    summary: CaseSummary
    events: tuple[Recorded, ...]
    looks: tuple[RecordedLook, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The hashes of the files that the case names."""
        return files_of(self.events)


def files_of(events: Sequence[Recorded]) -> tuple[str, ...]:
    """The hashes of the files that the events name, each once, in the order they came."""
    named: dict[str, None] = {}
    for one in events:
        match one.event:
            case FileAdded(file=file):
                named[file] = None
            case TextKept(text=text):
                named[text] = None
            case _:
                pass
    return tuple(named)


@dataclass(frozen=True)
class Rest:
    """What belongs to no case."""

    people: tuple[Person, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    secrets: dict[str, str] = field(default_factory=dict)
    due: tuple[Due, ...] = ()


_CONTENT = TypeAdapter(CaseContent)
_REST = TypeAdapter(Rest)


class Contents(Protocol):
    """A store's whole content, for those who keep it rather than use it."""

    async def cases(self) -> tuple[list[CaseSummary], list[StoreDamaged]]:
        """The cases in the list, and what is wrong with its other lines: one damaged line hides no other."""

    async def rest(self) -> tuple[Rest, list[StoreDamaged]]:
        """What belongs to no case, and what is wrong with that of it which cannot be read."""

    async def put_rest(self, rest: Rest) -> None:
        """Store it, in place of what has the same ids."""

    async def adopt(self, content: CaseContent) -> None:
        """Store a case with its whole history, or what of it is not there yet; raises `Conflict`."""


async def content_of(store: SealedStore, summary: CaseSummary) -> CaseContent:
    """The case with its events and looks, every hash checked; raises `StoreDamaged`, `UnknownCase`.

    The summary may be older than the events; what it tells of the version is put right.
    """
    looks = tuple(await store.looks.of(summary.id))
    events = tuple(await store.events(summary.id))
    checked_events(summary.id, events)
    after = Case(summary.id, version=events[0].seq - 1).after(events)
    now = CaseSummary(
        summary.id, after.version, after.state, summary.hearing, summary.opened_at, events[-1].time
    )
    return CaseContent(now, events, looks)


def checked_events(case: str, events: Sequence[Recorded]) -> None:
    """Raise `StoreDamaged` at the first event that is not what was stored there.

    Of an erased case only that it was erased is left: its number tells how many events there were, its hash
    where they ended, and its receipt must tell the same.
    """
    if not events:
        raise StoreDamaged(f"event 1 of case {case} is missing")
    first = events[0]
    seq, previous = 0, NO_HASH
    if isinstance(first.event, Erased) and len(events) == 1:
        seq, previous = first.seq - 1, first.previous
        receipt = first.event.receipt
        if receipt and (receipt.get("events"), receipt.get("last_hash")) != (seq, previous):
            raise StoreDamaged(f"the receipt of case {case} does not tell of what was erased")
    for one in events:
        if one.seq != seq + 1:
            raise StoreDamaged(f"event {seq + 1} of case {case} is missing")
        if one.previous != previous or one.hash != chain_hash(one):
            raise StoreDamaged(f"event {one.seq} of case {case} is not what was written")
        seq, previous = one.seq, one.hash


def still_missing(content: CaseContent, version: int, last_hash: str) -> Sequence[Recorded]:
    """The events that a place whose copy ends there does not have yet.

    Raises `Conflict` where the copy went another way than the case.
    """
    hashes = {one.seq: one.hash for one in content.events}
    if hashes.get(version, last_hash if version < content.events[0].seq else "") != last_hash:
        raise Conflict(f"case {content.summary.id} went on in both places; nothing of it was changed")
    return [one for one in content.events if one.seq > version]


def is_erased(content: CaseContent) -> bool:
    """Whether only the case's end is left."""
    return content.summary.state is CaseState.ERASED


def content_json(content: CaseContent) -> Any:
    """The case as JSON."""
    return _CONTENT.dump_python(content, mode="json")


def content_from(document: Any) -> CaseContent:
    """The case of this JSON; raises `ValueError`."""
    return _CONTENT.validate_python(document)


def rest_json(rest: Rest) -> Any:
    """What belongs to no case, as JSON."""
    return _REST.dump_python(rest, mode="json")


def rest_from(document: Any) -> Rest:
    """What belongs to no case, of this JSON; raises `ValueError`."""
    return _REST.validate_python(document)
