"""What every store's agenda promises (`storage.agenda`): each piece of work is one process's at a time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storage.agenda import Claim, Due
from storage.case import Case
from storage.store import Conflict, Store
from storage.tinydb_store import TinyDbStore
from tests.storage.cases import NOW, OPENED, answer, next_events, open_case
from tests.storage.conftest import OpenStore

WORK = Due("reminder:case-1", "reminder", NOW)
SOON = NOW + timedelta(minutes=1)
LATER = NOW + timedelta(minutes=2)


async def claimed(store: Store, kind: str = "reminder") -> Claim:
    """A claim on the one piece that is due."""
    claim = await store.agenda.claim(kind, now=NOW, until=SOON)
    assert claim is not None
    return claim


async def test_work_is_given_out_when_it_is_due_and_not_before(store: Store) -> None:
    """Neither too early nor to those who do other work."""
    await store.agenda.add(WORK)

    early = NOW - timedelta(seconds=1)
    assert await store.agenda.claim("reminder", now=early, until=SOON) is None
    assert await store.agenda.claim("scan", now=NOW, until=SOON) is None
    assert (await claimed(store)).due == WORK


async def test_what_is_longest_due_comes_first(store: Store) -> None:
    """Work is given out in the order of its time."""
    for minutes in (3, 1, 2):
        await store.agenda.add(Due(f"work-{minutes}", "reminder", NOW + timedelta(minutes=minutes)))

    claims = [await store.agenda.claim("reminder", now=LATER, until=LATER + timedelta(1)) for _ in range(3)]
    assert [claim.due.id if claim else None for claim in claims] == ["work-1", "work-2", None]


async def test_of_many_who_look_at_once_each_piece_is_one_s(store: Store) -> None:
    """Twenty who look for work at the same time find the ten pieces that there are, each once."""
    for number in range(10):
        await store.agenda.add(replace(WORK, id=f"work-{number}"))

    claims = await asyncio.gather(*(store.agenda.claim("reminder", now=NOW, until=SOON) for _ in range(20)))

    assert sorted(one.due.id for one in claims if one) == [f"work-{number}" for number in range(10)]


async def test_work_of_someone_who_no_longer_says_that_they_do_it_is_free_again(store: Store) -> None:
    """A claim that is not renewed runs out; the one who had it then cannot finish the work."""
    await store.agenda.add(WORK)
    gone = await claimed(store)

    assert await store.agenda.claim("reminder", now=NOW, until=SOON) is None
    taken_over = await store.agenda.claim("reminder", now=SOON, until=LATER)
    assert taken_over is not None
    assert not await store.agenda.renew(gone, until=LATER)
    await store.agenda.finish(gone)
    assert await store.agenda.renew(taken_over, until=LATER)


async def test_the_embedded_store_waits_for_no_process_that_is_gone(tmp_path: Path) -> None:
    """Its lock tells that the process before has ended: what that one had claimed is free at once."""
    store = TinyDbStore.open(tmp_path)
    await store.agenda.add(WORK)
    await claimed(store)
    await store.close()

    again = TinyDbStore.open(tmp_path)
    await claimed(again)
    await again.close()


async def test_a_claim_that_is_renewed_goes_on(store: Store) -> None:
    """Who says in time that they are at it keep the work."""
    await store.agenda.add(WORK)
    assert await store.agenda.renew(await claimed(store), until=LATER)

    assert await store.agenda.claim("reminder", now=SOON, until=LATER) is None


async def test_finished_work_is_gone_or_due_again(open_store: OpenStore) -> None:
    """Also for a store that was closed and opened since."""
    store = await open_store()
    await store.agenda.add(WORK)
    await store.agenda.add(replace(WORK, id="once", kind="once"))
    await store.agenda.finish(await claimed(store), again=LATER)
    await store.agenda.finish(await claimed(store, "once"))
    await store.close()

    again = await open_store()
    assert await again.agenda.claim("once", now=LATER, until=LATER) is None
    assert await again.agenda.claim("reminder", now=SOON, until=LATER) is None
    found = await again.agenda.claim("reminder", now=LATER, until=LATER + timedelta(1))
    assert found is not None
    assert found.due == replace(WORK, at=LATER)
    await again.close()


async def test_work_put_to_another_time_while_it_is_done_is_done_again_then(store: Store) -> None:
    """What changed while somebody worked by the old time is not lost when they finish."""
    await store.agenda.add(WORK)
    claim = await claimed(store)
    await store.agenda.add(replace(WORK, at=LATER))
    assert await store.agenda.claim("reminder", now=NOW, until=SOON) is None

    await store.agenda.finish(claim)

    found = await store.agenda.claim("reminder", now=LATER, until=LATER + timedelta(1))
    assert found is not None
    assert found.due.at == LATER


async def test_work_that_is_added_twice_is_one_piece(store: Store) -> None:
    """The same id is the same work, also while somebody is at it."""
    await store.agenda.add(WORK)
    await store.agenda.add(WORK)
    claim = await claimed(store)
    await store.agenda.add(WORK)
    assert await store.agenda.claim("reminder", now=NOW, until=SOON) is None

    await store.agenda.finish(claim)
    assert await store.agenda.claim("reminder", now=LATER, until=LATER) is None


async def test_work_is_stored_with_the_events_that_lead_to_it(store: Store) -> None:
    """An append that is refused leaves no work behind, one that is stored does."""
    case = await open_case(store)
    due = replace(WORK, case="case-1")
    recorded = next_events(case, answer("a"))
    with pytest.raises(Conflict):
        await store.append("case-1", next_events(replace(case, version=7)), state=case.state, due=[due])
    assert await store.agenda.claim("reminder", now=NOW, until=SOON) is None

    await store.append("case-1", recorded, state=case.state, due=[due])

    assert (await claimed(store)).due == due


async def test_work_is_stored_with_the_opening_of_a_case(store: Store) -> None:
    """A case that is opened brings its work along."""
    due = replace(WORK, case="case-2")
    await store.open_case("case-2", next_events(Case("case-2"), OPENED), due=[due])

    assert (await claimed(store)).due == due


async def test_a_secret_is_made_up_once(open_store: OpenStore) -> None:
    """All who ask, at once or later, get the same; another name gives another."""
    store = await open_store()
    asked = await asyncio.gather(*(store.secret("session") for _ in range(10)))
    other = await store.secret("other")
    await store.close()
    again = await open_store()

    assert {*asked, await again.secret("session")} == {asked[0]}
    assert len(asked[0]) >= 40
    assert other != asked[0]
    await again.close()
