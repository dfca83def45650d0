"""All that a database holds, to be carried to another place and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from storage.contents import CaseContent, Rest, still_missing
from storage.damage import readable
from storage.events import Recorded
from storage.postgres import Connection, Database
from storage.postgres_agenda import add_due, due_of
from storage.postgres_keys import STORE_KEY, Keys
from storage.postgres_looks import put_look
from storage.store import CaseSummary, StoreDamaged

if TYPE_CHECKING:  # which has its contents
    from storage.postgres_store import PostgresStore

#: Events of a case that go into one statement, and the rest of a message's; a statement has two parameters
#: for each and room for 65,535.
ADOPTED_AT_ONCE = 1_000

_T = TypeVar("_T")
_Rows = list[tuple[Any, ...]]

_BEGIN = """
INSERT INTO hearing_case (id, version, first, last_hash, state, hearing, opened_at, changed_at, data_key)
VALUES (%(id)s, %(before)s, %(first)s, %(hash)s, %(state)s, %(hearing)s, %(opened)s, %(changed)s, %(key)s)
ON CONFLICT DO NOTHING
"""


class PostgresContents:
    """See `storage.contents.Contents`."""

    def __init__(self, database: Database, keys: Keys, store: PostgresStore) -> None:
        self._database = database
        self._keys = keys
        self._store = store

    async def cases(self) -> tuple[list[CaseSummary], list[StoreDamaged]]:
        """The cases in their table; its pages are the server's to check."""
        return await self._store.cases(), []

    async def rest(self) -> tuple[Rest, list[StoreDamaged]]:
        """What belongs to no case, and what is wrong with that of it which cannot be read."""
        own = self._keys.own

        async def work(connection: Connection) -> tuple[_Rows, _Rows, _Rows, _Rows]:
            return (
                await _rows(connection, "SELECT id, body FROM person ORDER BY id"),
                await _rows(connection, "SELECT token_hash, body FROM invitation"),
                await _rows(connection, "SELECT name, value FROM secret WHERE name <> %s", (STORE_KEY,)),
                await _rows(connection, "SELECT id, kind, at, case_id, body FROM due"),
            )

        def secret_of(name: str, value: bytes) -> tuple[str, str]:
            kept = bytes(value)
            return name, (kept if own is None else own.open(kept, "secret", name)).decode()

        person_rows, invitation_rows, secret_rows, due_rows = await self._database.run(work)
        people, bad_people = _read("person", person_rows, lambda _, body: self._store.person_of(body))
        invitations, bad_invitations = _read("invitation", invitation_rows, self._store.invitation_of)
        secrets, bad_secrets = _read("secret", secret_rows, secret_of)
        due, bad_due = _read("due work", due_rows, lambda *row: due_of(row, own))
        rest = Rest(tuple(people), tuple(invitations), dict(secrets), tuple(due))
        return rest, [*bad_people, *bad_invitations, *bad_secrets, *bad_due]

    async def put_rest(self, rest: Rest) -> None:
        """Store it, in place of what has the same ids."""
        own = self._keys.own

        async def work(connection: Connection) -> None:
            async with connection.transaction():
                for name, secret in rest.secrets.items():
                    kept = secret.encode() if own is None else own.seal(secret.encode(), "secret", name)
                    await connection.execute(
                        "INSERT INTO secret (name, value) VALUES (%s, %s)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        (name, kept),
                    )
                for one in rest.invitations:
                    await connection.execute(
                        "INSERT INTO invitation (token_hash, case_id, body) VALUES (%s, %s, %s::jsonb)"
                        " ON CONFLICT (token_hash) DO UPDATE SET body = excluded.body",
                        (one.token_hash, one.case, self._store.invitation_body(one)),
                    )
                for due in rest.due:
                    await add_due(connection, due, own)

        for person in rest.people:
            await self._store.save_person(person)
        await self._database.run(work)

    async def adopt(self, content: CaseContent) -> None:
        """Store a case with its whole history, or what of it is not there yet."""
        summary, first = content.summary, content.events[0]
        about = {
            "id": summary.id,
            "before": first.seq - 1,
            "first": first.seq,
            "hash": first.previous,
            "state": summary.state,
            "hearing": summary.hearing,
            "opened": summary.opened_at,
            "changed": summary.changed_at,
            "key": self._keys.new(summary.id),
        }

        async def work(connection: Connection) -> tuple[Any, ...]:
            await connection.execute(_BEGIN, about)
            where = (summary.id,)
            ((version, last_hash),) = await _rows(
                connection, "SELECT version, last_hash FROM hearing_case WHERE id = %s", where
            )
            looks = await _rows(connection, "SELECT looks FROM look_end WHERE case_id = %s", where)
            return version, last_hash, looks[0][0] if looks else 0

        version, last_hash, looks = await self._database.run(work)
        missing = still_missing(content, version, last_hash)
        for piece in _pieces(missing):
            await self._store.append(summary.id, piece, state=summary.state)
        key = await self._store.key_of(summary.id)

        async def add_looks(connection: Connection) -> None:
            async with connection.transaction():
                for look in content.looks[looks:]:
                    await put_look(connection, summary.id, look, key)

        await self._database.run(add_looks)


def _pieces(events: Sequence[Recorded]) -> Iterator[Sequence[Recorded]]:
    """The events in pieces for one statement each; those of a message stay together, which counts once."""
    start = 0
    for end in range(ADOPTED_AT_ONCE, len(events)):
        of_one_message = events[end].key is not None and events[end].key == events[end - 1].key
        if end - start >= ADOPTED_AT_ONCE and not of_one_message:
            yield events[start:end]
            start = end
    if events:
        yield events[start:]


def _read(what: str, rows: _Rows, make: Callable[..., _T]) -> tuple[list[_T], list[StoreDamaged]]:
    """What `make` makes of the rows, and what is wrong with the others, each by its first column."""

    def read(row: tuple[Any, ...]) -> _T:
        try:
            return make(*row)
        except (StoreDamaged, ValueError):
            raise StoreDamaged(f"{what} {row[0]} is not what was written") from None

    return readable(read, rows)


async def _rows(connection: Connection, query: Any, about: tuple[Any, ...] = ()) -> _Rows:
    return await (await connection.execute(query, about)).fetchall()
