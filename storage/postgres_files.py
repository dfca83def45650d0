"""Uploaded files in the database, so that every machine that serves has them."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from storage.files import LARGEST_FILE_MB, FileTooLarge, in_memory
from storage.postgres import Connection, Database
from storage.postgres_store import PostgresStore
from storage.store import StoreDamaged

#: What a file is sealed for, before its case and its hash.
_PLACE = "file"


class PostgresFiles:
    """See `storage.files.Files`."""

    def __init__(self, database: Database, store: PostgresStore) -> None:
        self._database = database
        self._store = store

    async def put(self, case: str, data: bytes) -> str:
        """Store the file durably, and give its hash.

        Raises `FileTooLarge`, `StoreFull`, `StoreAway`, `UnknownCase`.
        """
        if len(data) > LARGEST_FILE_MB * 2**20:
            raise FileTooLarge(f"the file is over {LARGEST_FILE_MB} MB")
        file = hashlib.sha256(data).hexdigest()
        key = await self._store.key_of(case)
        content = data if key is None else key.seal(data, _PLACE, case, file)
        mark = file if key is None else key.mark(file)

        async def work(connection: Connection) -> None:
            # Also where it is there already: what is there may be damaged.
            await connection.execute(
                "INSERT INTO file (case_id, mark, content) VALUES (%s, %s, %b)"
                " ON CONFLICT (case_id, mark) DO UPDATE SET content = excluded.content",
                (case, mark, content),
            )

        await self._database.run(work)
        return file

    async def get(self, case: str, file: str) -> bytes:
        """The content of the case's file of this hash; raises `StoreDamaged` where it is gone or changed."""
        key = await self._store.key_of(case)
        mark = file if key is None else key.mark(file)

        async def work(connection: Connection) -> tuple[Any, ...] | None:
            cursor = connection.cursor(binary=True)
            await cursor.execute("SELECT content FROM file WHERE case_id = %s AND mark = %s", (case, mark))
            return await cursor.fetchone()

        row = await self._database.run(work)
        if row is None:
            raise StoreDamaged(f"a file of case {case} is missing")
        data = bytes(row[0]) if key is None else key.open(bytes(row[0]), _PLACE, case, file)
        if hashlib.sha256(data).hexdigest() != file:
            raise StoreDamaged(f"a file of case {case} is not what was stored")
        return data

    @asynccontextmanager
    async def plain(self, case: str, file: str) -> AsyncIterator[Path]:
        """The file as other programs can read it, for as long as this lasts; in memory, never on disk."""
        with in_memory(file, await self.get(case, file)) as path:
            yield path

    async def erase(self, case: str) -> None:
        """Remove all files of the case."""

        async def work(connection: Connection) -> None:
            await connection.execute("DELETE FROM file WHERE case_id = %s", (case,))

        await self._database.run(work)
