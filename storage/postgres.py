"""The connection to PostgreSQL: opened, brought up to date, used, and found again when it was lost.

Refused is a server that would acknowledge before what it acknowledges is on disk.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg import AsyncConnection, errors
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import AsyncConnectionPool

from storage.postgres_schema import upgrade
from storage.store import StoreAway, StoreDamaged, StoreError, StoreFull

#: How long a call waits for a server that is away before it gives up, in seconds: about a restart's time.
WAIT_SECONDS = 10.0
#: How long the pool tries for a connection before the next call has to ask anew, in seconds; its pauses
#: double, so that after a long time away it would find the server minutes late.
RECONNECT_SECONDS = 2.0
#: Pauses between tries of a call whose connection was lost, in seconds.
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 1.0
#: For what the connection string does not say itself: a server that vanished is noticed within these.
CONNECTING = {
    "application_name": "hoering",
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
#: What must be as here, or an answer that was acknowledged may be gone after a power cut.
MUST_BE_ON: tuple[LiteralString, ...] = ("fsync", "full_page_writes", "synchronous_commit")

Connection = AsyncConnection[tuple[Any, ...]]
_T = TypeVar("_T")


class Database:
    """A pool of connections, where each statement is a transaction unless it stands in one."""

    def __init__(self, pool: AsyncConnectionPool[Connection]) -> None:
        self._pool = pool
        self._closed = False
        self._under_way = 0
        self._idle = asyncio.Event()

    @classmethod
    async def open(cls, url: str, *, connections: int, prepare: bool = True) -> Database:
        """Connect and bring the schema up to date.

        `url` is libpq's connection string, `connections` how many are held at most; without `prepare`, it
        goes through a pooler that hands each transaction to another connection. Raises `StoreAway` and
        `StoreError`, whose messages never hold the connection string.
        """
        complete = _complete(url)
        await asyncio.to_thread(_prepare_server, complete)
        pool = AsyncConnectionPool(
            complete,
            connection_class=AsyncConnection[tuple[Any, ...]],
            kwargs={"autocommit": True} | ({} if prepare else {"prepare_threshold": None}),
            min_size=1,
            max_size=connections,
            timeout=WAIT_SECONDS,
            reconnect_timeout=RECONNECT_SECONDS,
            open=False,
            name="store",
        )
        await pool.open()
        return cls(pool)

    async def close(self) -> None:
        """Finish what is under way and let go of the connections. A second call does nothing."""
        self._closed = True
        while self._under_way:
            self._idle.clear()
            await self._idle.wait()
        await self._pool.close()

    async def run(self, work: Callable[[Connection], Awaitable[_T]]) -> _T:
        """What `work` gives on a connection; done anew where the connection was lost.

        The try before may have been carried out all the same: `work` must be such that this does no harm.
        Raises `StoreAway`, `StoreFull`, `StoreDamaged`, `StoreError`.
        """
        if self._closed:
            raise StoreError("the store is closed")
        self._under_way += 1
        try:
            return await self._until_done(work)
        except psycopg.Error as error:  # whose words may quote what was to be stored
            raise store_error(error) from None
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def _until_done(self, work: Callable[[Connection], Awaitable[_T]]) -> _T:
        last = time.monotonic() + WAIT_SECONDS
        pause = FIRST_PAUSE
        while True:
            try:
                # Not the pool's own context, which would also commit what commits itself.
                connection = await self._pool.getconn(max(last - time.monotonic(), FIRST_PAUSE))
                try:
                    return await work(connection)
                except errors.ReadOnlySqlTransaction:
                    await connection.close()  # the next one may lead to the server that took over
                    raise
                finally:
                    await self._pool.putconn(connection)
            except psycopg.Error as error:
                if not is_lost(error) or time.monotonic() + pause > last:
                    raise
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def is_lost(error: psycopg.Error) -> bool:
    """Whether the connection or the server went away, so that another try may help."""
    if isinstance(error, errors.DiskFull | errors.OutOfMemory):
        return False
    # A standby takes no changes: after a fail-over the way leads to another server.
    gone = psycopg.OperationalError | psycopg.InterfaceError | errors.ReadOnlySqlTransaction
    return isinstance(error, gone)


def store_error(error: psycopg.Error) -> StoreError:
    """What an error of PostgreSQL means for the store; the text names its code, no content."""
    code = f"{type(error).__name__} {error.sqlstate or ''}".strip()
    if isinstance(error, errors.DiskFull | errors.OutOfMemory):
        return StoreFull(f"the database server's disk or memory is full ({code})")
    if is_lost(error):
        return StoreAway(code)
    return StoreDamaged(f"the database does not do what it should ({code})")


def _complete(url: str) -> str:
    try:
        given = conninfo_to_dict(url)
    except psycopg.Error:  # whose message quotes it
        raise StoreError("the database's connection string cannot be read") from None
    return psycopg.conninfo.make_conninfo(url, **{k: v for k, v in CONNECTING.items() if k not in given})


def _prepare_server(url: str) -> None:
    """Refuse a server that forgets, and bring the schema up to date."""
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            for name in MUST_BE_ON:
                row = connection.execute(f"SHOW {name}").fetchone()
                if row == ("off",):
                    raise StoreError(
                        f"the database server has {name} = off: an answer that was said to be saved might "
                        f"be gone after a power cut; turn it on"
                    )
    except psycopg.Error as error:
        raise store_error(error) from None
    upgrade(url)
