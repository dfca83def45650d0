"""The store past one machine: PostgreSQL, shared by any number of serving processes.

A case is a row of `hearing_case`, an event a row of `event` with its document as JSONB; the tables are made
in `storage.migrations`. An append is one statement: it moves the case on from the version it saw, and what
it inserts rests on that. Two processes that append at once meet at the case's row; the second finds that it
has moved on. Nothing is kept in memory here.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from psycopg.errors import UniqueViolation
from pydantic import TypeAdapter, ValidationError

from storage.agenda import Due
from storage.case import Case, CaseState
from storage.events import Recorded, chain_hash
from storage.postgres import Connection, Database
from storage.postgres_agenda import PostgresAgenda, add_due
from storage.postgres_bodies import body_of, document_of
from storage.store import (
    SECRET_BYTES,
    AlreadyStored,
    CaseSummary,
    Conflict,
    Invitation,
    InvitationRefused,
    Person,
    StoreDamaged,
    UnknownCase,
)

_PERSON = TypeAdapter(Person)
_INVITATION = TypeAdapter(Invitation)

_OPEN = """
INSERT INTO hearing_case (id, version, last_hash, state, hearing, opened_at, changed_at)
VALUES (%(case)s, %(version)s, %(hash)s, %(state)s, %(hearing)s, %(time)s, %(time)s)
"""
_MOVE = """
UPDATE hearing_case SET version = %(version)s, last_hash = %(hash)s, state = %(state)s, changed_at = %(time)s
WHERE id = %(case)s AND version = %(seen)s AND last_hash = %(seen_hash)s
"""
_AND_ADD = """
WITH moved AS ({first} RETURNING id)
INSERT INTO event (case_id, seq, key, body)
SELECT moved.id, new.* FROM moved, unnest(%(seqs)s::int[], %(keys)s::text[], %(bodies)s::jsonb[]) AS new
"""
_OPEN_AND_ADD = _AND_ADD.format(first=_OPEN)
_MOVE_AND_ADD = _AND_ADD.format(first=_MOVE)
_READ = """
SELECT hearing_case.version, hearing_case.last_hash, event.body
FROM hearing_case LEFT JOIN event ON event.case_id = hearing_case.id AND event.seq > %s
WHERE hearing_case.id = %s ORDER BY event.seq
"""
_SAVE_PERSON = """
WITH saved AS (
    INSERT INTO person (id, body) VALUES (%(id)s, %(body)s::jsonb)
    ON CONFLICT (id) DO UPDATE SET body = excluded.body
), gone AS (
    DELETE FROM person_user WHERE person_id = %(id)s AND name <> ALL (%(users)s::text[])
)
INSERT INTO person_user (name, person_id) SELECT DISTINCT unnest(%(users)s::text[]), %(id)s
ON CONFLICT (name) DO UPDATE SET person_id = excluded.person_id
"""


class PostgresStore:
    """Keeps cases, people and invitations in a database. See `storage.store.Store`."""

    #: Any number of processes share a database.
    alone = False

    def __init__(self, database: Database) -> None:
        self._database = database
        self.agenda = PostgresAgenda(database)

    async def close(self) -> None:
        """Finish what is under way and let go of the database. A second call does nothing."""
        await self._database.close()

    async def open_case(self, case: str, recorded: Sequence[Recorded], *, due: Sequence[Due] = ()) -> None:
        """Store a new case with its first events, of which the first is `Opened`."""
        opened = Case(case).after(recorded)
        if opened.opened_at is None:
            raise ValueError("a case begins with its opening")
        about = {"hearing": opened.hearing, "time": opened.opened_at, "state": opened.state.value}
        if not await self._add(_OPEN_AND_ADD, case, recorded, due, about):
            raise Conflict("there is a case of this id")

    async def append(
        self, case: str, recorded: Sequence[Recorded], *, state: CaseState, due: Sequence[Due] = ()
    ) -> None:
        """Store events that follow on the case's version; `state` is the case's state after them."""
        if not recorded:
            raise ValueError("nothing to append")
        if not await self._add(_MOVE_AND_ADD, case, recorded, due, {"state": state.value}):
            await self._refuse(case, recorded)

    async def _add(
        self,
        statement: str,
        case: str,
        recorded: Sequence[Recorded],
        due: Sequence[Due],
        about: Mapping[str, Any],
    ) -> bool:
        """Store the events; false where the case is not as they saw it. Raises `AlreadyStored`."""
        first, last = recorded[0], recorded[-1]
        arguments = {
            "case": case,
            "seen": first.seq - 1,
            "seen_hash": first.previous,
            "version": last.seq,
            "hash": last.hash,
            "time": last.time,
            "seqs": [one.seq for one in recorded],
            "keys": _each_once([one.key for one in recorded]),
            "bodies": [body_of(one.model_dump(mode="json")) for one in recorded],
            **about,
        }
        tries = 0

        async def work(connection: Connection) -> bool:
            nonlocal tries
            tries += 1
            try:
                done = await _carried_out(connection, statement, arguments, due)
            except UniqueViolation:
                if tries > 1 and await _holds(connection, case, last):
                    return True
                if statement is _OPEN_AND_ADD:
                    return False
                raise AlreadyStored("a message of this key was handled before") from None
            # Where a try before lost its connection, it may have been carried out all the same.
            return done or (tries > 1 and await _holds(connection, case, last))

        return await self._database.run(work)

    async def _refuse(self, case: str, recorded: Sequence[Recorded]) -> None:
        """Say why the events could not follow on the case."""
        keys = [one.key for one in recorded if one.key is not None]

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

        async def work(connection: Connection) -> list[tuple[Any, ...]]:
            return await (await connection.execute(_READ, (after, case))).fetchall()

        rows = await self._database.run(work)
        if not rows:
            raise _unknown()
        version, last_hash, _ = rows[0]
        recorded = [_event(case, body) for _, _, body in rows if body is not None]
        if [one.seq for one in recorded] != list(range(max(after, 0) + 1, version + 1)):
            raise StoreDamaged(f"events of case {case} are missing")
        hashes = [one.hash for one in recorded]
        if recorded and [one.previous for one in recorded[1:]] + [last_hash] != hashes:
            raise StoreDamaged(f"the chain of case {case} is broken")
        return recorded

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

        return [
            CaseSummary(id_, version, CaseState(state), hearing, opened_at, changed_at)
            for id_, version, state, hearing, opened_at, changed_at in await self._database.run(work)
        ]

    async def person(self, person: str) -> Person | None:
        """The person of this id."""
        return await self._person("SELECT body FROM person WHERE id = %s", person)

    async def person_of_user(self, user: str) -> Person | None:
        """The person a front end knows as `user`: the one last saved with that name for them."""
        return await self._person(
            "SELECT body FROM person JOIN person_user ON person_id = person.id WHERE name = %s", user
        )

    async def _person(self, query: str, name: str) -> Person | None:
        async def work(connection: Connection) -> tuple[Any, ...] | None:
            return await (await connection.execute(query, (name,))).fetchone()

        row = await self._database.run(work)
        return None if row is None else _PERSON.validate_python(document_of(row[0]))

    async def save_person(self, person: Person) -> None:
        """Store the person as they now are, in place of what was stored under their id."""
        await self._database.run(lambda connection: _save(connection, person))

    async def change_person(self, person: str, change: Callable[[Person | None], Person]) -> Person:
        """Store what `change` makes of the person as they are now, and give it."""

        async def work(connection: Connection) -> Person:
            async with connection.transaction():
                found = await connection.execute(
                    "SELECT body FROM person WHERE id = %s FOR UPDATE", (person,)
                )
                row = await found.fetchone()
                changed = change(None if row is None else _PERSON.validate_python(document_of(row[0])))
                await _save(connection, changed)
            return changed

        return await self._database.run(work)

    async def secret(self, name: str) -> str:
        """A secret of this name, made up the first time it is asked for."""
        made_up = secrets.token_urlsafe(SECRET_BYTES)

        async def work(connection: Connection) -> str:
            async with connection.transaction():
                await connection.execute(
                    "INSERT INTO secret (name, value) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                    (name, made_up.encode()),
                )
                found = await connection.execute("SELECT value FROM secret WHERE name = %s", (name,))
                row = await found.fetchone()
            return bytes(row[0]).decode() if row else ""

        return await self._database.run(work)

    async def add_invitation(self, invitation: Invitation) -> None:
        """Store an invitation; `Conflict` where its token has been given out before."""
        body = body_of(_INVITATION.dump_python(invitation, mode="json"))
        tries = 0

        async def work(connection: Connection) -> bool:
            nonlocal tries
            tries += 1
            done = await connection.execute(
                "INSERT INTO invitation (token_hash, body) VALUES (%s, %s::jsonb) ON CONFLICT DO NOTHING",
                (invitation.token_hash, body),
            )
            return done.rowcount > 0 or tries > 1  # nobody else has the token

        if not await self._database.run(work):
            raise Conflict("there is an invitation with this token")

    async def take_invitation(self, token_hash: str, *, user: str, now: datetime) -> Invitation:
        """Mark the invitation used by the user and give it; raises `InvitationRefused`."""

        async def work(connection: Connection) -> Invitation:
            async with connection.transaction():
                found = await connection.execute(
                    "SELECT body FROM invitation WHERE token_hash = %s FOR UPDATE", (token_hash,)
                )
                row = await found.fetchone()
                if row is None:
                    raise InvitationRefused("there is no such invitation")
                invitation = _INVITATION.validate_python(document_of(row[0]))
                if invitation.used_by == user:
                    return invitation
                if invitation.used_by is not None or invitation.expires <= now:
                    raise InvitationRefused("the invitation was used or is past its time")
                taken = replace(invitation, used_by=user)
                await connection.execute(
                    "UPDATE invitation SET body = %s::jsonb WHERE token_hash = %s",
                    (body_of(_INVITATION.dump_python(taken, mode="json")), token_hash),
                )
                return taken

        return await self._database.run(work)


def _event(case: str, body: Any) -> Recorded:
    """The event of a stored body; raises `StoreDamaged` where it is not what was written."""
    try:
        recorded = Recorded.model_validate(document_of(body))
    except (ValidationError, ValueError, AttributeError):
        raise StoreDamaged(f"an event of case {case} cannot be read") from None
    if chain_hash(recorded) != recorded.hash:
        raise StoreDamaged(f"event {recorded.seq} of case {case} is not what was written")
    return recorded


async def _save(connection: Connection, person: Person) -> None:
    body = body_of(_PERSON.dump_python(person, mode="json"))
    about = {"id": person.id, "body": body, "users": list(person.users)}
    await connection.execute(_SAVE_PERSON, about)


async def _carried_out(
    connection: Connection, statement: str, arguments: Mapping[str, Any], due: Sequence[Due]
) -> bool:
    """Whether the statement stored its events; the work they lead to is stored with them."""
    if not due:
        return (await connection.execute(statement, arguments)).rowcount > 0
    async with connection.transaction():
        done = (await connection.execute(statement, arguments)).rowcount > 0
        for one in due if done else ():
            await add_due(connection, one)
    return done


async def _holds(connection: Connection, case: str, last: Recorded) -> bool:
    """Whether the case has this event."""
    found = await connection.execute(
        "SELECT body FROM event WHERE case_id = %s AND seq = %s", (case, last.seq)
    )
    row = await found.fetchone()
    return row is not None and bool(document_of(row[0])["hash"] == last.hash)


def _each_once(keys: Sequence[str | None]) -> list[str | None]:
    """Each key where it stands first, None elsewhere."""
    return [key if key not in keys[:place] else None for place, key in enumerate(keys)]


def _unknown() -> UnknownCase:
    return UnknownCase("there is no case of this id")
