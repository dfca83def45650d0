"""Who looked at a case: kept by every store beside its events, and found out where it was changed."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from storage.case import CaseState
from storage.looks import Look, LookKind
from storage.sqlite_file import DATABASE_NAME
from storage.store import Store, StoreDamaged, UnknownCase
from storage.tinydb_store import TinyDbStore
from tests.postgres import Cluster
from tests.storage.cases import NOW, answer, next_events, open_case
from tests.storage.conftest import OpenStore, open_postgres


def look(minute: int = 0, kind: LookKind = LookKind.OVERVIEW, about: str = "") -> Look:
    """A look of the lead's."""
    return Look(time=NOW + timedelta(minutes=minute), person="person-2", kind=kind, about=about)


async def test_looks_come_back_in_order_when_the_store_is_opened_again(open_store: OpenStore) -> None:
    """Each with who, when and at what; another case has none of them."""
    store = await open_store()
    for name in ("case-1", "case-2"):
        await open_case(store, name)
    for minute, kind in enumerate((LookKind.OVERVIEW, LookKind.LETTER)):
        await store.looks.add("case-1", look(minute, kind))
    await store.looks.add("case-1", look(2, LookKind.FILE, "ab" * 32))
    await store.close()

    again = await open_store()
    looks = await again.looks.of("case-1")
    assert await again.looks.of("case-2") == []
    await again.close()

    assert [(one.seq, one.kind, one.about) for one in looks] == [
        (1, "overview", ""),
        (2, "letter", ""),
        (3, "file", "ab" * 32),
    ]
    assert {one.person for one in looks} == {"person-2"}
    assert [one.time for one in looks] == [NOW + timedelta(minutes=minute) for minute in range(3)]


async def test_a_look_stops_nobodys_answer(store: Store) -> None:
    """The case is where it was: what was decided before the look is stored after it."""
    case = await open_case(store)
    decided = next_events(case, answer())
    await store.looks.add("case-1", look())
    await store.append("case-1", decided, state=CaseState.DRAFTING)
    assert len(await store.events("case-1")) == 2
    assert (await store.cases())[0].version == 2


async def test_looks_at_the_same_time_are_all_kept(store: Store) -> None:
    """Fifty at once make one chain of fifty."""
    await open_case(store)
    await asyncio.gather(*(store.looks.add("case-1", look(minute)) for minute in range(50)))
    assert len(await store.looks.of("case-1")) == 50


async def test_there_are_no_looks_at_a_case_that_is_not_there(store: Store) -> None:
    """Neither stored nor read."""
    with pytest.raises(UnknownCase):
        await store.looks.add("case-1", look())
    with pytest.raises(UnknownCase):
        await store.looks.of("case-1")


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("DELETE FROM look WHERE seq = 3", "look 3 .*missing"),
        ("DELETE FROM look WHERE seq = 1", "look 1 "),
        ("UPDATE look SET body = jsonb_set(body, '{person}', '\"other\"') WHERE seq = 2", "look 2 "),
        ("UPDATE look SET body = jsonb_set(body, '{kind}', '\"chat\"') WHERE seq = 1", "look 1 "),
    ],
)
async def test_a_look_that_was_changed_in_the_database_is_found(
    cluster: Cluster, change: str, broken: str
) -> None:
    """It is named; without the change there is nothing to find."""
    url = cluster.empty_database()
    store = await open_postgres(url)
    await open_case(store)
    for minute in range(3):
        await store.looks.add("case-1", look(minute))
    assert len(await store.looks.of("case-1")) == 3

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(change.encode())
    with pytest.raises(StoreDamaged, match=broken):
        await store.looks.of("case-1")
    await store.close()


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("DELETE FROM document WHERE collection = 'looks' AND id = '00000003'", "look 3 .*missing"),
        ("DELETE FROM document WHERE collection = 'looks' AND id = '00000001'", "look 1 "),
        ("UPDATE document SET id = '00000009' WHERE collection = 'looks' AND id = '00000002'", "looks 9 "),
        ("UPDATE document SET body = zeroblob(60) WHERE collection = 'looks_end'", "looks_end"),
    ],
)
async def test_a_look_that_was_changed_in_the_files_is_found(
    tmp_path: Path, change: str, broken: str
) -> None:
    """As in the database."""
    store = TinyDbStore.open(tmp_path)
    await open_case(store)
    for minute in range(3):
        await store.looks.add("case-1", look(minute))
    await store.close()
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as connection, connection:
        assert connection.execute(change).rowcount == 1

    again = TinyDbStore.open(tmp_path)
    with pytest.raises(StoreDamaged, match=broken):
        await again.looks.of("case-1")
    await again.close()
