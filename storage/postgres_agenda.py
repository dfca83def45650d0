"""The agenda in PostgreSQL: `SKIP LOCKED` lets processes that look at once take different pieces."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from storage.agenda import Claim, Due
from storage.postgres import Connection, Database

_ADD = """
INSERT INTO due (id, kind, at, case_id) VALUES (%(id)s, %(kind)s, %(at)s, %(case)s)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, at = excluded.at, case_id = excluded.case_id
"""
_CLAIM = """
UPDATE due SET token = %(token)s, until = %(until)s WHERE id = (
    SELECT id FROM due
    WHERE kind = %(kind)s AND at <= %(now)s AND (until IS NULL OR until <= %(now)s OR token = %(token)s)
    ORDER BY at LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id, kind, at, case_id
"""
_RENEW = "UPDATE due SET until = %(until)s WHERE id = %(id)s AND token = %(token)s"
_DROP = """
DELETE FROM due WHERE id = %(id)s AND token = %(token)s AND at = %(at)s AND %(again)s::timestamptz IS NULL
"""
_LET_GO = """
UPDATE due SET token = NULL, until = NULL, at = CASE WHEN at = %(at)s THEN COALESCE(%(again)s, at) ELSE at END
WHERE id = %(id)s AND token = %(token)s
"""
#: Bytes of chance in a claim's token.
_TOKEN_BYTES = 8


class PostgresAgenda:
    """See `storage.agenda.Agenda`. How long claims last is by the clocks of those who claim."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, due: Due) -> None:
        """Store a piece of work in place of the one of its id."""
        await self._database.run(lambda connection: add_due(connection, due))

    async def claim(self, kind: str, *, now: datetime, until: datetime) -> Claim | None:
        """The earliest piece of this kind that is due and free, to be nobody else's until then."""
        token = secrets.token_hex(_TOKEN_BYTES)
        about = {"token": token, "until": until, "kind": kind, "now": now}

        async def work(connection: Connection) -> tuple[Any, ...] | None:
            return await (await connection.execute(_CLAIM, about)).fetchone()

        row = await self._database.run(work)
        return None if row is None else Claim(Due(*row), token)

    async def renew(self, claim: Claim, *, until: datetime) -> bool:
        """Keep the claim until then; false where somebody else took over."""

        async def work(connection: Connection) -> bool:
            about = {"until": until, "id": claim.due.id, "token": claim.token}
            return (await connection.execute(_RENEW, about)).rowcount > 0

        return await self._database.run(work)

    async def finish(self, claim: Claim, *, again: datetime | None = None) -> None:
        """The work is done: it is gone, or due `again`."""
        about = {"id": claim.due.id, "token": claim.token, "at": claim.due.at, "again": again}

        async def work(connection: Connection) -> None:
            async with connection.transaction():
                await connection.execute(_DROP, about)
                await connection.execute(_LET_GO, about)

        await self._database.run(work)


async def add_due(connection: Connection, due: Due) -> None:
    """Store a piece of work in place of the one of its id."""
    await connection.execute(_ADD, {"id": due.id, "kind": due.kind, "at": due.at, "case": due.case})
