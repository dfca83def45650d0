"""The looks in PostgreSQL: a row for each, and one for each case that tells where they end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import ValidationError

from storage.looks import Look, LookEnd, RecordedLook, checked_looks, recorded_look
from storage.postgres import Connection, Database
from storage.postgres_bodies import Fields, body_of, document_of
from storage.sealing import DataKey
from storage.store import StoreDamaged, UnknownCase

#: What a look is sealed for, before its case and its number.
_PLACE = "look"

_OF = """
SELECT look_end.looks, look_end.looks_hash, look.body
FROM hearing_case LEFT JOIN look_end ON look_end.case_id = hearing_case.id
LEFT JOIN look ON look.case_id = hearing_case.id
WHERE hearing_case.id = %s ORDER BY look.seq
"""


class PostgresLooks:
    """See `storage.looks.Looks`."""

    def __init__(self, database: Database, key_of: Callable[[str], Awaitable[DataKey | None]]) -> None:
        """`key_of` gives a case's data key, None where the database is not sealed."""
        self._database = database
        self._key_of = key_of

    async def add(self, case: str, look: Look) -> None:
        """Store a look behind those before."""
        key = await self._key_of(case)

        async def work(connection: Connection) -> None:
            async with connection.transaction():
                await put_look(connection, case, look, key)

        await self._database.run(work)

    async def of(self, case: str) -> list[RecordedLook]:
        """All looks at the case, in order."""
        key = await self._key_of(case)

        async def work(connection: Connection) -> list[tuple[Any, ...]]:
            return await (await connection.execute(_OF, (case,))).fetchall()

        rows = await self._database.run(work)
        if not rows:
            raise UnknownCase("there is no case of this id")
        bodies = [body for *_, body in rows if body is not None]
        looks = [_look(case, seq, body, key) for seq, body in enumerate(bodies, start=1)]
        count, hash_, _ = rows[0]
        checked_looks(case, looks, LookEnd() if count is None else LookEnd(count=count, hash=hash_))
        return looks


async def put_look(connection: Connection, case: str, look: Look, key: DataKey | None) -> None:
    """Store a look in the transaction that is open. A row of its own keeps it off the case's answers."""
    known = await connection.execute(
        "INSERT INTO look_end (case_id, looks, looks_hash) SELECT id, 0, %s FROM hearing_case WHERE id = %s"
        " ON CONFLICT (case_id) DO UPDATE SET looks = look_end.looks RETURNING looks, looks_hash",
        (LookEnd().hash, case),
    )
    row = await known.fetchone()
    if row is None:
        raise UnknownCase("there is no case of this id")
    recorded = recorded_look(look, LookEnd(count=row[0], hash=row[1]))
    body = body_of(recorded.model_dump(mode="json"), key, _PLACE, case, str(recorded.seq))
    await connection.execute(
        "INSERT INTO look (case_id, seq, body) VALUES (%s, %s, %s::jsonb)",
        (case, recorded.seq, body),
    )
    await connection.execute(
        "UPDATE look_end SET looks = %s, looks_hash = %s WHERE case_id = %s",
        (recorded.seq, recorded.hash, case),
    )


def _look(case: str, seq: int, body: Fields, key: DataKey | None) -> RecordedLook:
    try:
        return RecordedLook.model_validate(document_of(body, key, _PLACE, case, str(seq)))
    except (StoreDamaged, ValidationError):
        raise StoreDamaged(f"look {seq} of case {case} is not what was written") from None
