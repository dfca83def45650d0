"""The thread that writes keeps nobody waiting who has nothing to write."""

from __future__ import annotations

import asyncio
import sqlite3
import threading

from storage.sqlite_writer import Writer


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
