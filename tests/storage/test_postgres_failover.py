"""The server is cut off, restarted and killed while answers come in: none is lost, none stored twice."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from storage import postgres
from storage.case import Case
from storage.store import StoreAway
from tests.postgres import Cluster
from tests.storage.answering import Answering, problems
from tests.storage.cases import answer, append, open_case, stored
from tests.storage.conftest import open_postgres

#: More for a longer look: HOERING_FAILURES=100.
FAILURES = int(os.environ.get("HOERING_FAILURES", "6"))
#: A failure comes after so many acknowledgements, at most.
MOST_ACKNOWLEDGED = 40
SEED = 4


@pytest.fixture
def url(cluster: Cluster) -> Iterator[str]:
    """A database with nothing in it; the server is there again afterwards."""
    yield cluster.empty_database()
    if not cluster.is_running():
        cluster.start()


def _cut(cluster: Cluster) -> None:
    cluster.cut_connections()


def _restart(cluster: Cluster) -> None:
    cluster.stop()
    cluster.start()


def _kill(cluster: Cluster) -> None:
    cluster.kill()
    cluster.start()


@pytest.mark.parametrize("fail", [_cut, _restart, _kill])
async def test_nothing_acknowledged_is_lost_and_nothing_is_stored_twice(
    cluster: Cluster, url: str, fail: object
) -> None:
    """However the server goes away in the middle of answers, all goes on by itself when it is back."""
    assert callable(fail)
    store = await open_postgres(url)
    people, chance = Answering(store), random.Random(SEED)  # noqa: S311 - the same moments each time
    await people.begin()
    for _ in range(FAILURES if fail is _cut else FAILURES // 3):
        await people.so_many_more(chance.randint(1, MOST_ACKNOWLEDGED))
        await asyncio.to_thread(fail, cluster)
    await people.so_many_more(1)
    await people.end()
    assert await problems(store, people.acknowledged) == []
    await store.close()


async def test_a_server_that_acknowledges_too_early_would_be_found_out(
    cluster: Cluster, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail: where the server does not wait for its log, a kill loses answers."""
    monkeypatch.setattr(postgres, "MUST_BE_ON", ())
    cluster.set("wal_writer_delay", "10s")
    store = await open_postgres(f"{url}?options=-csynchronous_commit%3Doff")
    people = Answering(store)
    await people.begin()
    await people.so_many_more(MOST_ACKNOWLEDGED)
    await asyncio.to_thread(cluster.kill)
    await people.break_off()
    await store.close()
    await asyncio.to_thread(cluster.start)
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM RESET wal_writer_delay")
        connection.execute("SELECT pg_reload_conf()")

    with psycopg.connect(url) as connection:
        kept = connection.execute(
            "SELECT count(DISTINCT (case_id, key)) FROM event WHERE key LIKE 'm%'"
        ).fetchone()
    assert kept is not None
    assert kept[0] < people.acknowledged.total()


async def test_without_the_unique_key_a_message_would_count_twice(url: str) -> None:
    """The key in the table is what makes a message count once, whichever process it comes to."""
    with psycopg.connect(url) as connection:
        connection.execute("ALTER TABLE event DROP CONSTRAINT event_case_id_key_key")
    try:
        store = await open_postgres(url)
        case = await append(store, await open_case(store), answer("a"), key="m1")
        assert (await append(store, case, answer("a"), key="m1")).version == 3
        await store.close()
    finally:
        with psycopg.connect(url) as connection:
            connection.execute("DELETE FROM event")
            connection.execute("ALTER TABLE event ADD UNIQUE (case_id, key)")


async def test_an_append_whose_answer_was_lost_is_acknowledged_when_it_was_stored(
    cluster: Cluster, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off after the server had stored it: the store looks, and stores it neither twice nor refuses it."""
    store = await open_postgres(url)
    case = await open_case(store)
    real = psycopg.AsyncConnection.execute
    cuts = iter([True])

    async def cut_after(connection: psycopg.AsyncConnection, query: str | bytes, *about: Any) -> object:
        result = await real(connection, query, *about)
        if "INSERT INTO event" in str(query) and next(cuts, False):
            await asyncio.to_thread(cluster.cut_connections)
            await real(connection, "SELECT 1")
        return result

    monkeypatch.setattr(psycopg.AsyncConnection, "execute", cut_after)
    for key in (None, "m1"):
        case = await append(store, case, answer("a"), key=key)
        cuts = iter([True])
    assert await stored(store) == case
    assert case.version == 3
    await store.close()


async def test_a_server_that_stays_away_is_told_and_found_again(
    cluster: Cluster, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Meanwhile an append is refused with `StoreAway`; it works when the server is back, by itself."""
    monkeypatch.setattr(postgres, "WAIT_SECONDS", 0.5)
    store = await open_postgres(url)
    case = await open_case(store)
    await asyncio.to_thread(cluster.stop)
    with pytest.raises(StoreAway):
        await append(store, case, answer("a"))
    await asyncio.to_thread(cluster.start)
    while True:
        try:
            await append(store, case, answer("a"))
        except StoreAway:
            continue
        break
    assert await stored(store) == Case("case-1").after(await store.events("case-1"))
    assert (await stored(store)).version == 2
    await store.close()
