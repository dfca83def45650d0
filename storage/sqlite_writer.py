"""One connection: everything the store does happens there, one transaction after another.

The writer's own thread does the jobs. Those that wait at the same time share one transaction and so one sync
to disk. Where one of them fails, nothing of that transaction is kept and each is run again by itself. A job's
result is given out once it is committed.

A brief job that comes alone, with nothing under way and a quick disk, is done where it comes up: waking the
thread and being woken by it takes a quarter of the time that a durable answer needs.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from queue import SimpleQueue
from time import monotonic
from typing import Any, TypeVar

from storage.store import StoreDamaged, StoreError, StoreFull, StoreInUse

#: Jobs that share a commit at most; keeps the wait of the first one short.
BATCH_JOBS = 64
#: A disk that took longer for the last commit holds up the writer's thread only, not the event loop.
QUICK_COMMIT_SECONDS = 0.005

_CANNOT_WRITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_CANNOT_READ = {sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS}
_PRIMARY_CODE = 0xFF

_T = TypeVar("_T")
_E = TypeVar("_E", bound=BaseException)


def store_error(error: sqlite3.Error) -> StoreError:
    """What an error of SQLite means for the store; the text names SQLite's code, no content."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    primary = code & _PRIMARY_CODE
    if primary in _IN_USE:
        return StoreInUse(f"another program holds the store's database ({name})")
    if primary in _CANNOT_WRITE or (primary == sqlite3.SQLITE_IOERR and code not in _CANNOT_READ):
        return StoreFull(f"the store's disk is full or cannot be written ({name})")
    return StoreDamaged(f"the store's database cannot be read ({name})")


@dataclass(frozen=True)
class _Job:
    work: Callable[[], Any]
    future: asyncio.Future[Any]
    then: Callable[[], None] | None

    def settle(self, result: Any, error: Exception | None) -> None:
        """Tell the task that waits; on its own loop."""
        if self.future.done():  # the task that waited was cancelled
            return
        if error is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(error)


#: A job, its result, and what went wrong.
_Outcome = tuple[_Job, Any, Exception | None]


class Writer:
    """Runs jobs on the connection until it is closed, which also closes the connection."""

    def __init__(
        self, connection: sqlite3.Connection, rolled_back: Callable[[], None] = lambda: None
    ) -> None:
        """`rolled_back` is called where a transaction was: what it read or wrote does not hold."""
        self._connection = connection
        self._rolled_back = rolled_back
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        #: Held by whoever uses the connection.
        self._turn = threading.Lock()
        self._disk_is_quick = True
        #: A brief job was done in this pass of the event loop: those beside it wait for one sync together.
        self._was_brief = False
        self._thread = threading.Thread(target=self._serve, name="store", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[], _T], *, then: Callable[[], None] | None = None) -> _T:
        """The job's result, once what it changed is durable; raises what the job raised.

        `then` is done after that, outside of any transaction; what it raises is raised too.
        """
        # Not run_in_executor: its two futures a call cost a tenth of a durable answer.
        future: asyncio.Future[_T] = asyncio.get_running_loop().create_future()
        with self._lock:
            if self._closed:
                raise StoreError("the store is closed")
            self._jobs.put(_Job(work, future, then))
        return await future

    async def run_brief(self, work: Callable[[], _T]) -> _T:
        """The same with a job that does no more than change some rows; the event loop may do it itself."""
        if not self._may_be_brief():
            return await self.run(work)
        try:
            asyncio.get_running_loop().call_soon(self._begin_pass)
            results: list[_T] = self._transact([work])
            return results[0]
        finally:
            self._turn.release()

    def _may_be_brief(self) -> bool:
        """Whether a brief job can be done at once; then it is the caller's turn until they release it."""
        alone = not self._was_brief and self._jobs.empty()
        if not (alone and self._disk_is_quick and self._turn.acquire(blocking=False)):
            return False
        if self._closed:
            self._turn.release()
            return False
        self._was_brief = True
        return True

    def _begin_pass(self) -> None:
        self._was_brief = False

    async def close(self) -> bool:
        """Finish the jobs that were submitted and close the connection; false where it was closed before."""
        with self._lock:
            first, self._closed = not self._closed, True
        if first:
            self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)
        return first

    def _serve(self) -> None:
        while batch := self._next_batch():
            with self._turn:
                outcomes = self._run(batch)
            _settle(outcomes)
        with self._turn:
            self._connection.close()

    def _next_batch(self) -> list[_Job]:
        """The jobs that wait, at least one; none once the store is closed and all are done."""
        batch: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) == BATCH_JOBS or self._jobs.empty():
                return batch
            job = self._jobs.get()
        if batch:
            self._jobs.put(None)  # to be met again when the batch is done
        return batch

    def _run(self, batch: list[_Job]) -> list[_Outcome]:
        try:
            results = self._transact([job.work for job in batch])
        except Exception as error:
            if len(batch) == 1:
                return [(batch[0], None, error)]
            # What stops one job must not fail those beside it.
            return [outcome for job in batch for outcome in self._run([job])]
        return [
            (job, result, None if job.then is None else _done(job.then))
            for job, result in zip(batch, results, strict=True)
        ]

    def _transact(self, works: list[Callable[[], Any]]) -> list[Any]:
        """What these give, once it is committed; raises what one of them raised, and then nothing is kept."""
        try:
            self._connection.execute("BEGIN")
            results = [work() for work in works]
            begun = monotonic()
            self._connection.execute("COMMIT")
            self._disk_is_quick = monotonic() - begun < QUICK_COMMIT_SECONDS
        except BaseException as error:  # an interrupt too must not leave a transaction open
            if self._connection.in_transaction:
                self._connection.rollback()
            self._rolled_back()
            raise _told(error) from None
        return results


def _settle(outcomes: list[_Outcome]) -> None:
    """Tell the tasks that wait, waking each of their loops once."""
    for loop, of_loop in groupby(outcomes, key=lambda outcome: outcome[0].future.get_loop()):
        # Gone is the loop where its owner stopped it without waiting: what was stored stays stored.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle_all, list(of_loop))


def _settle_all(outcomes: list[_Outcome]) -> None:
    for job, result, error in outcomes:
        job.settle(result, error)


def _done(then: Callable[[], None]) -> Exception | None:
    try:
        then()
    except Exception as error:
        return _told(error)
    return None


def _told(error: _E) -> _E | StoreError:
    return store_error(error) if isinstance(error, sqlite3.Error) else error
