"""The data keys of a database: each case's, and the one of people, invitations and secrets.

A database is sealed throughout or not at all: it is where it was first opened with a master key.
"""

from __future__ import annotations

from functools import lru_cache

from storage.master_keys import MasterKeys
from storage.postgres import Connection, Database
from storage.sealing import DataKey
from storage.store import StoreError, WrongKey

#: Unwrapped data keys that are kept in memory.
KEPT_KEYS = 1_000
#: The name under which the store's own key stands among the secrets, and the place it is wrapped for.
STORE_KEY = "store-key"
#: Keys that are wrapped anew in one transaction; others wait no longer than that.
REWRAPPED_AT_ONCE = 200

_NOT_WRAPPED_BY = """
SELECT id, data_key FROM hearing_case WHERE substring(data_key FOR octet_length(%(id)s)) <> %(id)s
LIMIT %(limit)s FOR UPDATE
"""


class Keys:
    """Gives out data keys; none where the database is not sealed. Made by `open`."""

    def __init__(self, masters: MasterKeys | None, store_key: bytes | None) -> None:
        self._masters = masters
        self._unwrapped = lru_cache(KEPT_KEYS)(self._unwrap)
        #: Seals what belongs to no case.
        self.own = self.of(store_key, STORE_KEY)

    @classmethod
    async def open(cls, database: Database, masters: MasterKeys | None) -> Keys:
        """The keys of a database that is as sealed as the master keys say.

        Raises `WrongKey` where it is sealed and these do not open it, `StoreError` where they come too late.
        """
        wrapped = None if masters is None else masters.wrap(DataKey.new(), STORE_KEY)

        async def work(connection: Connection) -> bytes | None:
            async with connection.transaction():
                if wrapped is not None:
                    await connection.execute(
                        "INSERT INTO secret (name, value) SELECT %s, %s"
                        " WHERE NOT EXISTS (SELECT FROM hearing_case) AND NOT EXISTS (SELECT FROM person)"
                        " ON CONFLICT DO NOTHING",
                        (STORE_KEY, wrapped),
                    )
                found = await connection.execute("SELECT value FROM secret WHERE name = %s", (STORE_KEY,))
                row = await found.fetchone()
            return None if row is None else bytes(row[0])

        store_key = await database.run(work)
        if masters is not None and store_key is None:
            raise StoreError(
                "the database holds cases that are not sealed: leave the master key out,"
                " or move the cases to an empty database with it"
            )
        return cls(masters, store_key)

    def new(self, case: str) -> bytes | None:
        """A new data key for a case, as it may be stored."""
        return None if self._masters is None else self._masters.wrap(DataKey.new(), case)

    def of(self, wrapped: bytes | None, place: str) -> DataKey | None:
        """The key that was stored so; raises `WrongKey`, `StoreDamaged`."""
        if wrapped is None:
            return None
        if self._masters is None:
            raise WrongKey("the database is sealed: name its master key (store_key_file or store_key)")
        return self._unwrapped(wrapped, place)

    def _unwrap(self, wrapped: bytes, place: str) -> DataKey:
        if self._masters is None:
            raise WrongKey("there is no master key")
        return self._masters.unwrap(wrapped, place)

    async def rewrap(self, database: Database) -> int:
        """Wrap every key anew that another than the current master key wrapped; gives how many there were."""
        masters = self._masters
        if masters is None:
            return 0
        masters.refresh()

        async def own(connection: Connection) -> int:
            async with connection.transaction():
                found = await connection.execute(
                    "SELECT value FROM secret WHERE name = %s FOR UPDATE", (STORE_KEY,)
                )
                row = await found.fetchone()
                if row is None or bytes(row[0]).startswith(masters.current):
                    return 0
                anew = masters.wrap(masters.unwrap(bytes(row[0]), STORE_KEY), STORE_KEY)
                await connection.execute("UPDATE secret SET value = %s WHERE name = %s", (anew, STORE_KEY))
                return 1

        async def some(connection: Connection) -> int:
            async with connection.transaction():
                about = {"id": masters.current, "limit": REWRAPPED_AT_ONCE}
                rows = await (await connection.execute(_NOT_WRAPPED_BY, about)).fetchall()
                for case, wrapped in rows:
                    anew = masters.wrap(masters.unwrap(bytes(wrapped), case), case)
                    await connection.execute(
                        "UPDATE hearing_case SET data_key = %s WHERE id = %s", (anew, case)
                    )
                return len(rows)

        done = await database.run(own)
        while count := await database.run(some):
            done += count
        return done
