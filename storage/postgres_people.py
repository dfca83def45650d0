"""People, invitations and shared secrets in PostgreSQL: the part of its store that belongs to no case."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from storage.postgres import Connection, Database
from storage.postgres_bodies import Fields, body_of, document_of
from storage.postgres_keys import Keys
from storage.store import SECRET_BYTES, Conflict, Invitation, InvitationRefused, Person

_PERSON = TypeAdapter(Person)
_INVITATION = TypeAdapter(Invitation)

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


class PostgresPeople:
    """See `storage.store.Store`."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database = database
        self._keys = keys

    async def person(self, person: str) -> Person | None:
        """The person of this id."""
        return await self._person("SELECT body FROM person WHERE id = %s", person)

    async def person_of_user(self, user: str) -> Person | None:
        """The person a front end knows as `user`: the one last saved with that name for them."""
        return await self._person(
            "SELECT body FROM person JOIN person_user ON person_id = person.id WHERE name = %s",
            self._name(user),
        )

    async def _person(self, query: str, name: str) -> Person | None:
        async def work(connection: Connection) -> tuple[Any, ...] | None:
            return await (await connection.execute(query, (name,))).fetchone()

        row = await self._database.run(work)
        return None if row is None else self.person_of(row[0])

    async def save_person(self, person: Person) -> None:
        """Store the person as they now are, in place of what was stored under their id."""
        await self._database.run(lambda connection: self._save(connection, person))

    async def change_person(self, person: str, change: Callable[[Person | None], Person]) -> Person:
        """Store what `change` makes of the person as they are now, and give it."""

        async def work(connection: Connection) -> Person:
            async with connection.transaction():
                found = await connection.execute(
                    "SELECT body FROM person WHERE id = %s FOR UPDATE", (person,)
                )
                row = await found.fetchone()
                changed = change(None if row is None else self.person_of(row[0]))
                await self._save(connection, changed)
            return changed

        return await self._database.run(work)

    async def secret(self, name: str) -> str:
        """A secret of this name, made up the first time it is asked for."""
        made_up = secrets.token_urlsafe(SECRET_BYTES).encode()
        own = self._keys.own
        kept = made_up if own is None else own.seal(made_up, "secret", name)

        async def work(connection: Connection) -> bytes:
            async with connection.transaction():
                await connection.execute(
                    "INSERT INTO secret (name, value) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                    (name, kept),
                )
                found = await connection.execute("SELECT value FROM secret WHERE name = %s", (name,))
                row = await found.fetchone()
            return bytes(row[0]) if row else b""

        stored = await self._database.run(work)
        return (stored if own is None else own.open(stored, "secret", name)).decode()

    def person_of(self, body: Fields) -> Person:
        """The person of a stored body; raises `StoreDamaged`."""
        return _PERSON.validate_python(document_of(body, self._keys.own, "person"))

    async def _save(self, connection: Connection, person: Person) -> None:
        body = body_of(_PERSON.dump_python(person, mode="json"), self._keys.own, "person")
        users = [self._name(user) for user in person.users]
        await connection.execute(_SAVE_PERSON, {"id": person.id, "body": body, "users": users})

    def _name(self, user: str) -> str:
        """What stands in the database for a front end's name for someone."""
        return user if self._keys.own is None else self._keys.own.mark(user)

    async def add_invitation(self, invitation: Invitation) -> None:
        """Store an invitation; `Conflict` where its token has been given out before."""
        body = self.invitation_body(invitation)
        tries = 0

        async def work(connection: Connection) -> bool:
            nonlocal tries
            tries += 1
            done = await connection.execute(
                "INSERT INTO invitation (token_hash, case_id, body) VALUES (%s, %s, %s::jsonb)"
                " ON CONFLICT DO NOTHING",
                (invitation.token_hash, invitation.case, body),
            )
            return done.rowcount > 0 or tries > 1  # nobody else has the token

        if not await self._database.run(work):
            raise Conflict("there is an invitation with this token")

    def invitation_of(self, token_hash: str, body: Fields) -> Invitation:
        """The invitation of a stored body; raises `StoreDamaged`."""
        return _INVITATION.validate_python(document_of(body, self._keys.own, "invitation", token_hash))

    def invitation_body(self, invitation: Invitation) -> str:
        """The invitation as it is stored."""
        document = _INVITATION.dump_python(invitation, mode="json")
        return body_of(document, self._keys.own, "invitation", invitation.token_hash)

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
                invitation = self.invitation_of(token_hash, row[0])
                if invitation.used_by == user:
                    return invitation
                if invitation.used_by is not None or invitation.expires <= now:
                    raise InvitationRefused("the invitation was used or is past its time")
                taken = replace(invitation, used_by=user)
                await connection.execute(
                    "UPDATE invitation SET body = %s::jsonb WHERE token_hash = %s",
                    (self.invitation_body(taken), token_hash),
                )
                return taken

        return await self._database.run(work)
