"""Short ways to cases and their events, for tests of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from storage.case import Case
from storage.events import NO_HASH, Answered, Event, Opened, Recorded, chain_hash
from storage.store import Store

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
OPENED = Opened(hearing="example", hearing_version=1, profile={"municipality": "Eksempel Kommune"})


def answer(point: str = "opgaver", text: str = "Rådgivning om ældresager.") -> Answered:
    """An answer in words."""
    return Answered(point=point, value={"kind": "text", "text": text})


def next_events(
    case: Case, *events: Event, key: str | None = None, person: str = "person-1"
) -> list[Recorded]:
    """The events as they stand next in the case, a minute after those before."""
    time = NOW + timedelta(minutes=case.version)
    return case.record(events or [answer()], time=time, person=person, key=key)


async def open_case(store: Store, case: str = "case-1") -> Case:
    """A new case in the store."""
    recorded = next_events(Case(case), OPENED, key="start")
    await store.open_case(case, recorded)
    return Case(case).after(recorded)


async def append(store: Store, case: Case, *events: Event, key: str | None = None) -> Case:
    """The case after the events, which were stored."""
    recorded = next_events(case, *events, key=key)
    after = case.after(recorded)
    await store.append(case.id, recorded, state=after.state)
    return after


async def stored(store: Store, case: str = "case-1") -> Case:
    """The case as the store gives it."""
    return Case(case).after(await store.events(case))


def is_chained(events: Sequence[Recorded]) -> bool:
    """Whether the events follow on each other from the first, each with the hash that it must carry."""
    previous = NO_HASH
    for seq, one in enumerate(events, start=1):
        if (one.seq, one.previous, one.hash) != (seq, previous, chain_hash(one)):
            return False
        previous = one.hash
    return True


def event_row(case: str, seq: int) -> str:
    """The condition, in SQL, that finds the row of a case's event in the embedded store's documents."""
    return (
        f"rowid = (SELECT rowid FROM document WHERE view = 'case:{case}' AND collection = 'events'"
        f" ORDER BY rowid LIMIT 1 OFFSET {seq - 1})"
    )
