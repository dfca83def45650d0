"""The store past one machine: PostgreSQL, shared by any number of serving processes.

A case is a row of `hearing_case`, an event a row of `event` with its document as JSONB; the tables are made
in `storage.migrations`. An append is one statement: it moves the case on from the version it saw, and what
it inserts rests on that. Two processes that append at once meet at the case's row; the second finds that it
has moved on. Nothing is kept in memory here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, LiteralString

from psycopg.errors import UniqueViolation

from storage.agenda import Due
from storage.case import Case, CaseState
from storage.events import Recorded, follow_on_each_other
from storage.master_keys import MasterKeys
from storage.postgres import Connection, Database
from storage.postgres_agenda import PostgresAgenda, add_due
from storage.postgres_contents import PostgresContents
from storage.postgres_events import (
    event_body,
    event_document,
    events_of_rows,
    message_mark,
    message_marks,
    read_rows,
)
from storage.postgres_keys import KEPT_KEYS, Keys
from storage.postgres_looks import PostgresLooks
from storage.postgres_people import PostgresPeople
from storage.sealing import DataKey
from storage.store import (
    AlreadyStored,
    CaseSummary,
    Conflict,
    UnknownCase,
    WrongKey,
)

_OPEN = """
INSERT INTO hearing_case (id, version, last_hash, state, hearing, opened_at, changed_at, data_key)
VALUES (%(case)s, %(seen)s + {events}, %(hash)s, %(state)s, %(hearing)s, %(time)s, %(time)s, %(data_key)s)
"""
_MOVE = """
UPDATE hearing_case SET version = %(seen)s + {events}, last_hash = %(hash)s, state = %(state)s,
    changed_at = %(time)s
WHERE id = %(case)s AND version = %(seen)s AND last_hash = %(seen_hash)s
"""
_AND_ADD = """
WITH moved AS ({first} RETURNING id)
INSERT INTO event (case_id, seq, key, body) SELECT moved.id, new.* FROM moved, (VALUES {listed}) AS new
"""
_EVENT = "(%(seen)s + {n}, %(key{n})s::text, %(body{n})s::jsonb)"
#: Removes the case's content; what remains is one event, under a new key.
_ERASE = """
UPDATE hearing_case SET state = %(state)s, version = %(version)s, first = %(version)s, last_hash = %(hash)s,
    changed_at = %(time)s, data_key = %(data_key)s
WHERE id = %(case)s AND version = %(seen)s AND last_hash = %(seen_hash)s
"""
_ERASE_FROM: tuple[LiteralString, ...] = (
    "event",
    "invitation",
    "file",
    "due",
    "look",
    "look_end",
)


@lru_cache
def _and_add(first: str, events: int) -> bytes:
    """The statement that does `first`, which changes a case's row, and adds so many events to the case.

    A statement for each number of events: with arrays of events, an answer took a third longer.
    """
    listed = ", ".join(_EVENT.format(n=n) for n in range(1, events + 1))
    return _AND_ADD.format(first=first.format(events=events), listed=listed).encode()


class PostgresStore(PostgresPeople):
    """Keeps cases, people and invitations in a database. See `storage.store.SealedStore`."""

    #: Any number of processes share a database.
    alone = False

    def __init__(self, database: Database, keys: Keys) -> None:
        super().__init__(database, keys)
        #: The data keys of cases as they are stored, the latest used.
        self._wrapped: OrderedDict[str, bytes | None] = OrderedDict()
        self.agenda = PostgresAgenda(database, keys.own)
        self.looks = PostgresLooks(database, self.key_of)
        self.contents = PostgresContents(database, keys, self)

    @classmethod
    async def open(cls, database: Database, masters: MasterKeys | None = None) -> PostgresStore:
        """The store in a database; sealed with the master keys, where there are any.

        Raises `WrongKey`, `StoreError`.
        """
        try:
            store = cls(database, await Keys.open(database, masters))
            await store.agenda.seal()
        except BaseException:
            # A pool left open keeps the process from ending: its tasks do not let themselves be cancelled.
            await database.close()
            raise
        return store

    async def close(self) -> None:
        """Finish what is under way and let go of the database. A second call does nothing."""
        await self._database.close()

    async def open_case(self, case: str, recorded: Sequence[Recorded], *, due: Sequence[Due] = ()) -> None:
        """Store a new case with its first events, of which the first is `Opened`."""
        opened = Case(case).after(recorded)
        if opened.opened_at is None:
            raise ValueError("a case begins with its opening")
        wrapped = self._keys.new(case)
        about = {
            "hearing": opened.hearing,
            "time": opened.opened_at,
            "state": opened.state.value,
            "data_key": wrapped,
        }
        self._remember(case, wrapped)
        if not await self._add(_OPEN, case, recorded, due, about):
            self._wrapped.pop(case, None)
            raise Conflict("there is a case of this id")

    async def append(
        self, case: str, recorded: Sequence[Recorded], *, state: CaseState, due: Sequence[Due] = ()
    ) -> None:
        """Store events that follow on the case's version; `state` is the case's state after them."""
        if not recorded:
            raise ValueError("nothing to append")
        if not await self._add(_MOVE, case, recorded, due, {"state": state.value}):
            await self._refuse(case, recorded)

    async def _add(
        self,
        first: str,
        case: str,
        recorded: Sequence[Recorded],
        due: Sequence[Due],
        about: Mapping[str, Any],
    ) -> bool:
        """Store the events; false where the case is not as they saw it. Raises `AlreadyStored`."""
        if not follow_on_each_other(recorded):
            raise Conflict("the events do not follow on each other")
        last = recorded[-1]
        key = await self.key_of(case)
        statement = _and_add(first, len(recorded))
        arguments: dict[str, Any] = {
            "case": case,
            "seen": recorded[0].seq - 1,
            "seen_hash": recorded[0].previous,
            "hash": last.hash,
            "time": last.time,
            **about,
        }
        for n, (one, mark) in enumerate(zip(recorded, message_marks(key, recorded), strict=True), start=1):
            arguments[f"key{n}"], arguments[f"body{n}"] = mark, event_body(case, one, key)
        tries = 0

        async def work(connection: Connection) -> bool:
            nonlocal tries
            tries += 1
            try:
                done = await _carried_out(connection, statement, arguments, due, self._keys.own)
            except UniqueViolation:
                if tries > 1 and await _holds(connection, case, last, key):
                    return True
                if first is _OPEN:
                    return False
                raise AlreadyStored("a message of this key was handled before") from None
            # Where a try before lost its connection, it may have been carried out all the same.
            return done or (tries > 1 and await _holds(connection, case, last, key))

        return await self._database.run(work)

    async def _refuse(self, case: str, recorded: Sequence[Recorded]) -> None:
        """Say why the events could not follow on the case."""
        key = await self.key_of(case)
        keys = [mark for one in recorded if (mark := message_mark(key, one.key)) is not None]

        async def work(connection: Connection) -> tuple[Any, ...]:
            found = await connection.execute(
                "SELECT EXISTS (SELECT FROM event WHERE case_id = %(case)s AND key = ANY (%(keys)s::text[])),"
                " EXISTS (SELECT FROM hearing_case WHERE id = %(case)s)",
                {"case": case, "keys": keys},
            )
            return await found.fetchone() or (False, False)

        handled, known = await self._database.run(work)
        if handled:
            raise AlreadyStored("a message of this key was handled before")
        raise Conflict("the case has moved on since it was read") if known else _unknown()

    async def events(self, case: str, *, after: int = 0) -> list[Recorded]:
        """The case's events with a sequence number over `after`, in order; raises `StoreDamaged`."""
        if not case.isprintable():  # what is not cannot be asked for
            raise _unknown()

        rows = await self._database.run(lambda connection: read_rows(connection, case, after))
        if not rows:
            raise _unknown()
        key = self._keys.of(self._remember(case, rows[0].data_key), case)
        return events_of_rows(case, rows, key, after=after)

    async def key_of(self, case: str) -> DataKey | None:
        """The case's data key, None where the database is not sealed; raises `UnknownCase`, `WrongKey`."""
        if self._keys.own is None:
            return None
        if case not in self._wrapped:
            if not case.isprintable():
                raise _unknown()

            async def work(connection: Connection) -> tuple[Any, ...] | None:
                found = await connection.execute("SELECT data_key FROM hearing_case WHERE id = %s", (case,))
                return await found.fetchone()

            row = await self._database.run(work)
            if row is None:
                raise _unknown()
            self._remember(case, row[0])
        return self._keys.of(self._wrapped[case], case)

    def _remember(self, case: str, wrapped: bytes | None) -> bytes | None:
        self._wrapped[case] = None if wrapped is None else bytes(wrapped)
        self._wrapped.move_to_end(case)
        while len(self._wrapped) > KEPT_KEYS:
            self._wrapped.popitem(last=False)
        return self._wrapped[case]

    async def key(self, case: str) -> DataKey:
        """The key of the case; raises `UnknownCase`, and `WrongKey` where the database is not sealed."""
        key = await self.key_of(case)
        if key is None:
            raise WrongKey("the database is not sealed")
        return key

    async def erase(self, case: str, erased: Recorded) -> None:
        """Remove the case's events, files, invitations and key; only `erased` remains, under a new key."""
        wrapped = self._keys.new(case)
        key = self._keys.of(wrapped, case)
        about = {
            "case": case,
            "seen": erased.seq - 1,
            "seen_hash": erased.previous,
            "version": erased.seq,
            "hash": erased.hash,
            "time": erased.time,
            "state": CaseState.ERASED,
            "data_key": wrapped,
        }

        async def work(connection: Connection) -> None:
            async with connection.transaction():
                found = await connection.execute("SELECT state FROM hearing_case WHERE id = %s", (case,))
                row = await found.fetchone()
                if row is None:
                    raise _unknown()
                if row[0] == CaseState.ERASED:
                    return
                if (await connection.execute(_ERASE, about)).rowcount == 0:
                    raise Conflict("the case has moved on since it was read")
                for table in _ERASE_FROM:
                    await connection.execute(f"DELETE FROM {table} WHERE case_id = %s", (case,))  # noqa: S608 - ours
                await connection.execute(
                    "INSERT INTO event (case_id, seq, key, body) VALUES (%s, %s, NULL, %s::jsonb)",
                    (case, erased.seq, event_body(case, erased, key)),
                )

        async def clear(connection: Connection) -> None:
            for table in ("hearing_case", *_ERASE_FROM):
                await connection.execute(f"VACUUM {table}")

        await self._database.run(work)
        self._wrapped.pop(case, None)
        await self._database.run(clear)

    async def rewrap(self) -> int:
        """Wrap every key anew that another than the current master key wrapped; gives how many there were."""
        done = await self._keys.rewrap(self._database)
        self._wrapped.clear()
        return done

    async def cases(self, *, state: CaseState | None = None, limit: int | None = None) -> list[CaseSummary]:
        """The cases, or those of one state, the last changed first; at most `limit` of them."""

        async def work(connection: Connection) -> list[tuple[Any, ...]]:
            found = await connection.execute(
                "SELECT id, version, state, hearing, opened_at, changed_at FROM hearing_case"
                " WHERE %(state)s::text IS NULL OR state = %(state)s"
                " ORDER BY changed_at DESC LIMIT %(limit)s",
                {"state": state, "limit": limit},
            )
            return await found.fetchall()

        return [_summary(row) for row in await self._database.run(work)]

    async def end(self, case: str) -> tuple[CaseSummary, str]:
        """The case as its row tells it, and its last event's hash."""

        async def work(connection: Connection) -> tuple[Any, ...] | None:
            found = await connection.execute(
                "SELECT id, version, state, hearing, opened_at, changed_at, last_hash FROM hearing_case"
                " WHERE id = %s",
                (case,),
            )
            return await found.fetchone()

        row = await self._database.run(work) if case.isprintable() else None
        if row is None:
            raise _unknown()
        return _summary(row[:-1]), row[-1]


def _summary(row: Sequence[Any]) -> CaseSummary:
    id_, version, state, hearing, opened_at, changed_at = row
    return CaseSummary(id_, version, CaseState(state), hearing, opened_at, changed_at)


async def _carried_out(
    connection: Connection,
    statement: bytes,
    arguments: Mapping[str, Any],
    due: Sequence[Due],
    own: DataKey | None,
) -> bool:
    """Whether the statement stored its events; the work they lead to is stored with them."""
    if not due:
        return (await connection.execute(statement, arguments)).rowcount > 0
    async with connection.transaction():
        done = (await connection.execute(statement, arguments)).rowcount > 0
        for one in due if done else ():
            await add_due(connection, one, own)
    return done


async def _holds(connection: Connection, case: str, last: Recorded, key: DataKey | None) -> bool:
    """Whether the case has this event."""
    found = await connection.execute(
        "SELECT body FROM event WHERE case_id = %s AND seq = %s", (case, last.seq)
    )
    row = await found.fetchone()
    return row is not None and bool(event_document(case, last.seq, row[0], key)["hash"] == last.hash)


def _unknown() -> UnknownCase:
    return UnknownCase("there is no case of this id")
