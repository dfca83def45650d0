"""The agenda in PostgreSQL: `SKIP LOCKED` lets processes that look at once take different pieces."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from storage.agenda import Claim, Due
from storage.postgres import Connection, Database
from storage.postgres_bodies import body_of, document_of
from storage.sealing import DataKey

_ADD = """
INSERT INTO due (id, kind, at, case_id, body) VALUES (%(id)s, %(kind)s, %(at)s, %(case)s, %(body)s::jsonb)
ON CONFLICT (id) DO UPDATE
SET kind = excluded.kind, at = excluded.at, case_id = excluded.case_id, body = excluded.body
"""
_CLAIM = """
UPDATE due SET token = %(token)s, until = %(until)s WHERE id = (
    SELECT id FROM due
    WHERE kind = %(kind)s AND at <= %(now)s AND (until IS NULL OR until <= %(now)s OR token = %(token)s)
    ORDER BY at LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id, kind, at, case_id, body
"""
_RENEW = "UPDATE due SET until = %(until)s WHERE id = %(id)s AND token = %(token)s"
_DROP = """
DELETE FROM due WHERE id = %(id)s AND token = %(token)s AND at = %(at)s AND %(again)s::timestamptz IS NULL
"""
_LET_GO = """
UPDATE due SET token = NULL, until = NULL, at = CASE WHEN at = %(at)s THEN COALESCE(%(again)s, at) ELSE at END
WHERE id = %(id)s AND token = %(token)s
"""
_SEAL = "UPDATE due SET id = %(id)s, body = %(body)s::jsonb WHERE id = %(before)s"
#: What a piece's id is sealed for, with its mark.
_PLACE = "due"
#: Bytes of chance in a claim's token.
_TOKEN_BYTES = 8


class PostgresAgenda:
    """See `storage.agenda.Agenda`. How long claims last is by the clocks of those who claim.

    `own` is the store's key, None where the database is not sealed. A row goes by a mark of the work's id.
    """

    def __init__(self, database: Database, own: DataKey | None) -> None:
        self._database = database
        self._own = own

    async def seal(self) -> None:
        """Seal the work of a sealed database that an earlier version stored."""
        own = self._own
        if own is None:
            return

        async def work(connection: Connection) -> None:
            async with connection.transaction():
                found = await connection.execute("SELECT id FROM due WHERE body IS NULL FOR UPDATE")
                for (id_,) in await found.fetchall():
                    about = {"before": id_, "id": _name(id_, own), "body": _body(id_, own)}
                    await connection.execute(_SEAL, about)

        await self._database.run(work)

    async def add(self, due: Due) -> None:
        """Store a piece of work in place of the one of its id."""
        await self._database.run(lambda connection: add_due(connection, due, self._own))

    async def claim(self, kind: str, *, now: datetime, until: datetime) -> Claim | None:
        """The earliest piece of this kind that is due and free, to be nobody else's until then."""
        token = secrets.token_hex(_TOKEN_BYTES)
        about = {"token": token, "until": until, "kind": kind, "now": now}

        async def work(connection: Connection) -> tuple[Any, ...] | None:
            return await (await connection.execute(_CLAIM, about)).fetchone()

        row = await self._database.run(work)
        return None if row is None else Claim(due_of(row, self._own), token)

    async def renew(self, claim: Claim, *, until: datetime) -> bool:
        """Keep the claim until then; false where somebody else took over."""

        async def work(connection: Connection) -> bool:
            about = {"until": until, "id": _name(claim.due.id, self._own), "token": claim.token}
            return (await connection.execute(_RENEW, about)).rowcount > 0

        return await self._database.run(work)

    async def finish(self, claim: Claim, *, again: datetime | None = None) -> None:
        """The work is done: it is gone, or due `again`."""
        id_ = _name(claim.due.id, self._own)
        about = {"id": id_, "token": claim.token, "at": claim.due.at, "again": again}

        async def work(connection: Connection) -> None:
            async with connection.transaction():
                await connection.execute(_DROP, about)
                await connection.execute(_LET_GO, about)

        await self._database.run(work)


async def add_due(connection: Connection, due: Due, own: DataKey | None) -> None:
    """Store a piece of work in place of the one of its id."""
    about = {"id": _name(due.id, own), "kind": due.kind, "at": due.at, "case": due.case}
    await connection.execute(_ADD, {**about, "body": _body(due.id, own)})


def due_of(row: Sequence[Any], own: DataKey | None) -> Due:
    """The work of a row: id, kind, at, case_id, body. Raises `StoreDamaged`."""
    name, kind, at, case, body = row
    return Due(name if body is None else document_of(body, own, _PLACE, name)["id"], kind, at, case)


def _name(id_: str, own: DataKey | None) -> str:
    return id_ if own is None else own.mark(id_)


def _body(id_: str, own: DataKey | None) -> str | None:
    return None if own is None else body_of({"id": id_}, own, _PLACE, _name(id_, own))
