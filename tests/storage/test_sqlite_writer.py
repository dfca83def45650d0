"""The thread that writes keeps nobody waiting who has nothing to write."""

from __future__ import annotations

import asyncio
import sqlite3
import threading

import pytest

from storage import sqlite_writer
from storage.sqlite_writer import Writer
from storage.store import StoreDamaged, StoreError


class SlowDisk:
    """A job that takes until it is told to end."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._end = threading.Event()
        self.begun = asyncio.Event()
        self.end = self._end.set

    def __call__(self) -> bool:
        """Say that it has begun, and wait."""
        self._loop.call_soon_threadsafe(self.begun.set)
        return self._end.wait()


def database() -> sqlite3.Connection:
    """A database in memory."""
    return sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)


async def test_the_event_loop_goes_on_while_the_disk_is_slow() -> None:
    """A write that takes its time ends by what another task does meanwhile."""
    writer, slow = Writer(database()), SlowDisk()
    writing = asyncio.create_task(writer.run(slow))
    await slow.begun.wait()

    slow.end()

    assert await writing
    await writer.close()


async def test_writes_that_wait_together_are_synced_together() -> None:
    """While the disk is busy with one answer, those that come in wait for a single sync."""
    connection = database()
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    writer, slow = Writer(connection), SlowDisk()
    first = asyncio.create_task(writer.run(slow))
    await slow.begun.wait()

    others = asyncio.gather(*(writer.run(lambda: None) for _ in range(20)))
    await asyncio.sleep(0)
    slow.end()
    await asyncio.gather(first, others)
    await writer.close()

    assert statements.count("COMMIT") == 2


HERE = threading.main_thread().name


def thread() -> str:
    """A brief job: tells which thread does it."""
    return threading.current_thread().name


async def test_a_brief_job_that_comes_alone_is_done_at_once() -> None:
    """No thread has to be woken for it, pass after pass of the event loop."""
    writer = Writer(database())

    done_by = []
    for _ in range(3):
        done_by.append(await writer.run_brief(thread))
        await asyncio.sleep(0)

    assert done_by == [HERE] * 3
    await writer.close()


async def test_brief_jobs_that_come_together_share_a_sync() -> None:
    """Only the first of a hundred people who answer at once has a sync of its own."""
    connection = database()
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    writer = Writer(connection)

    await asyncio.gather(*(writer.run_brief(thread) for _ in range(60)))
    await writer.close()

    assert statements.count("COMMIT") < 10


async def test_a_brief_job_does_not_wait_for_a_long_one_in_the_event_loop() -> None:
    """While a backup reads, an answer waits for its turn and everything else goes on."""
    writer, slow = Writer(database()), SlowDisk()
    long = asyncio.create_task(writer.run(slow))
    await slow.begun.wait()

    brief = asyncio.create_task(writer.run_brief(thread))
    await asyncio.sleep(0)
    slow.end()

    assert await brief == "store"
    await long
    await writer.close()


async def test_with_a_slow_disk_brief_jobs_are_left_to_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The event loop waits for such a disk once, and again only when it has become quick."""
    writer = Writer(database())
    monkeypatch.setattr(sqlite_writer, "QUICK_COMMIT_SECONDS", 0)
    first = await writer.run_brief(thread)
    await asyncio.sleep(0)
    second = await writer.run_brief(thread)
    monkeypatch.undo()
    third = await writer.run_brief(thread)
    await asyncio.sleep(0)
    fourth = await writer.run_brief(thread)

    assert [first, second, third, fourth] == [HERE, "store", "store", HERE]
    await writer.close()


async def test_a_brief_job_that_fails_leaves_nothing_and_stops_nobody() -> None:
    """What it changed is taken back, whoever remembers something of it is told, and the next is done."""
    connection, told = database(), []
    connection.execute("CREATE TABLE answer (text)")
    writer = Writer(connection, rolled_back=lambda: told.append("rolled back"))

    def half_done() -> None:
        connection.execute("INSERT INTO answer VALUES ('half')")
        raise StoreDamaged("no")

    with pytest.raises(StoreDamaged):
        await writer.run_brief(half_done)
    await asyncio.sleep(0)

    assert await writer.run_brief(lambda: connection.execute("SELECT * FROM answer").fetchall()) == []
    assert told == ["rolled back"]
    await writer.close()


async def test_a_closed_writer_does_no_brief_job() -> None:
    """It is refused like any other."""
    writer = Writer(database())
    await writer.close()

    with pytest.raises(StoreError):
        await writer.run_brief(thread)
