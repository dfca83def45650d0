"""A copy of the server takes over from one that died, as `docs/flere-maskiner.md` says to set it up."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.postgres import Cluster, needs_postgres
from tests.storage.answering import CASES, Answering, problems
from tests.storage.conftest import open_postgres

#: So many answers are acknowledged before the server dies.
BEFORE = 60
DATABASE = "hoering"


@pytest.fixture
def pair() -> Iterator[tuple[Cluster, Cluster]]:
    """A server with a database, and a copy of it that follows."""
    programs = needs_postgres()
    with ExitStack() as ended:
        server = Cluster(programs)
        server.start()
        ended.callback(server.remove)
        server.empty_database()
        copy = Cluster(programs, copy_of=server)
        copy.start()
        ended.callback(copy.remove)
        yield server, copy


async def test_a_copy_takes_over_with_all_that_was_acknowledged(pair: tuple[Cluster, Cluster]) -> None:
    """The store finds the copy by itself, and people go on answering."""
    server, copy = pair
    server.set("synchronous_standby_names", "*")
    server.wait_for_copy()
    hosts = f"127.0.0.1:{server.port},127.0.0.1:{copy.port}"
    store = await open_postgres(f"postgresql://hoering@{hosts}/{DATABASE}?target_session_attrs=read-write")
    people = Answering(store)
    await people.begin()
    await people.so_many_more(BEFORE)

    await asyncio.to_thread(server.kill)
    await asyncio.to_thread(copy.promote)

    await people.so_many_more(len(CASES))
    await people.end()
    assert await problems(store, people.acknowledged) == []
    await store.close()


async def test_a_copy_that_was_not_waited_for_would_be_found_out(pair: tuple[Cluster, Cluster]) -> None:
    """The test above can fail: where answers do not wait for the copy, it may take over without them."""
    server, copy = pair
    store = await open_postgres(server.url(DATABASE))
    people = Answering(store)
    await people.begin()
    await people.so_many_more(len(CASES))
    await asyncio.to_thread(copy.stop)
    await people.so_many_more(BEFORE)
    await people.end()
    await store.close()
    await asyncio.to_thread(server.kill)

    await asyncio.to_thread(copy.start)
    await asyncio.to_thread(copy.promote)

    taken_over = await open_postgres(copy.url(DATABASE))
    assert any("is lost" in problem for problem in await problems(taken_over, people.acknowledged))
    await taken_over.close()
