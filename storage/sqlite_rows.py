"""TinyDB over SQLite rows: one row a document, and only the rows that are asked for are read or written.

TinyDB gives its storage the whole database at every change; that is what made an answer cost ten seconds at
20,000 cases. Here each document is a row under (view, collection, id). A `View` is a TinyDB database over the
rows of one view, so that a query on a case's events never sees another case; beside TinyDB's own methods its
tables have some that go straight to the row of an id. What is stored is sealed with the view's key and bound
to its row, so that a changed byte, or a row that turned up elsewhere, is found.

Everything runs in the transaction that is open on the connection; beginning and committing is the caller's.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from storage.damage import readable
from storage.sealing import DataKey
from storage.store import StoreDamaged

Fields = dict[str, Any]

SCHEMA = (
    "CREATE TABLE document (view TEXT NOT NULL, collection TEXT NOT NULL, id TEXT NOT NULL,"
    " body BLOB NOT NULL, PRIMARY KEY (view, collection, id))"
)

#: The first byte of a stored body says how it was written, so that other ways can join.
_SEALED_JSON = b"\x02"
_to_json = json.JSONEncoder(separators=(",", ":")).encode


def body_of(text: bytes, key: DataKey, *place: str) -> bytes:
    """The bytes a document is stored as: its JSON, sealed for its view, collection and id."""
    return _SEALED_JSON + key.seal(text, *place)


def document_of(body: bytes, key: DataKey, *place: str) -> Fields:
    """The document that was stored as these bytes at this place; raises `StoreDamaged`."""
    try:
        if body[:1] == _SEALED_JSON:
            return cast("Fields", json.loads(key.open(body[1:], *place)))
    except StoreDamaged:
        pass
    raise StoreDamaged(f"{_told(*place)} is not what was written")


def _told(view: str, collection: str, id_: str) -> str:
    """A document's place for the operator: "looks 3 of case 1a2b"."""
    return f"{collection} {id_.lstrip('0')} of {view.replace(':', ' ')}"


def add_text(connection: sqlite3.Connection, key: DataKey, place: tuple[str, str, str], text: bytes) -> bool:
    """Store a new document's JSON at its view, collection and id; false where there is one at that place."""
    inserted = connection.execute(
        "INSERT INTO document VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (*place, body_of(text, key, *place)),
    )
    return inserted.rowcount == 1


class RowStorage(Storage):
    """The rows of one view as TinyDB's own methods see them: the whole at once."""

    def __init__(self, connection: sqlite3.Connection, view: str, key: DataKey) -> None:
        self.connection = connection
        self.view = view
        self.key = key

    def is_there(self) -> bool:
        """Whether the view has any rows."""
        return bool(self.connection.execute("SELECT 1 FROM document WHERE view = ?", (self.view,)).fetchone())

    def read(self) -> dict[str, dict[str, Any]]:
        """The whole view: documents by collection and id."""
        rows = self.connection.execute(
            "SELECT collection, id, body FROM document WHERE view = ? ORDER BY collection, id", (self.view,)
        ).fetchall()  # a damaged row must not leave a statement open, which would keep the database
        whole: dict[str, dict[str, Any]] = {}
        for collection, id_, body in rows:
            whole.setdefault(collection, {})[id_] = document_of(body, self.key, self.view, collection, id_)
        return whole

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Put what `data` holds in place of the whole view."""
        self.connection.execute("DELETE FROM document WHERE view = ?", (self.view,))
        self.connection.executemany(
            "INSERT INTO document VALUES (?, ?, ?, ?)",
            (
                (self.view, collection, id_, body_of(_text(document), self.key, self.view, collection, id_))
                for collection, documents in data.items()
                for id_, document in documents.items()
            ),
        )


class RowTable(Table):
    """A TinyDB table with strings for ids, and methods of its own that touch the row of an id only.

    TinyDB's query cache is off: it would outlive a transaction that is rolled back.
    """

    document_id_class = str  # type: ignore[assignment]  # offered by TinyDB, without an annotation

    def __init__(self, storage: RowStorage, name: str) -> None:
        super().__init__(storage, name, cache_size=0)
        self._connection = storage.connection
        self._key = storage.key
        self._place = (storage.view, name)

    def at(self, id_: str) -> Fields | None:
        """The document of this id, or None."""
        row = self._connection.execute(
            "SELECT body FROM document WHERE view = ? AND collection = ? AND id = ?", (*self._place, id_)
        ).fetchone()
        return None if row is None else document_of(row[0], self._key, *self._place, id_)

    def ids(self) -> list[str]:
        """The ids of all documents, readable or not."""
        rows = self._connection.execute(
            "SELECT id FROM document WHERE view = ? AND collection = ? ORDER BY id", self._place
        )
        return [id_ for (id_,) in rows.fetchall()]

    def readable(self) -> tuple[dict[str, Fields], list[StoreDamaged]]:
        """The documents that can be read, by id, and what is wrong with the others."""
        found, damages = readable(lambda id_: (id_, self.at(id_) or {}), self.ids())
        return dict(found), damages

    def add(self, id_: str, document: Mapping[str, Any]) -> bool:
        """Store a new document; false, and nothing is done, where there is one of this id."""
        return self.add_text(id_, _text(document))

    def add_text(self, id_: str, text: bytes) -> bool:
        """The same with a document that is JSON already."""
        return add_text(self._connection, self._key, (*self._place, id_), text)

    def put(self, id_: str, document: Mapping[str, Any]) -> None:
        """Store the document in place of the one of this id, where there is one."""
        self._connection.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
            (*self._place, id_, body_of(_text(document), self._key, *self._place, id_)),
        )

    def drop(self, id_: str) -> None:
        """Remove the document of this id, where there is one."""
        self._connection.execute(
            "DELETE FROM document WHERE view = ? AND collection = ? AND id = ?", (*self._place, id_)
        )

    def _read_table(self) -> dict[str, Mapping[str, Any]]:  # ids are strings here
        rows = self._connection.execute(
            "SELECT id, body FROM document WHERE view = ? AND collection = ? ORDER BY id", self._place
        ).fetchall()
        return {id_: document_of(body, self._key, *self._place, id_) for id_, body in rows}


class View(TinyDB):
    """A TinyDB database over the rows of one view: `View(connection, "case:1", key).rows("events")`."""

    table_class = RowTable  # type: ignore[assignment]  # offered by TinyDB, without an annotation
    default_storage_class = RowStorage  # type: ignore[assignment]

    @property
    def key(self) -> DataKey:
        """What the view's documents are sealed with."""
        return cast("RowStorage", self.storage).key

    def is_there(self) -> bool:
        """Whether the view has any documents, readable or not."""
        return cast("RowStorage", self.storage).is_there()

    def clear(self) -> None:
        """Remove all documents of the view, readable or not."""
        cast("RowStorage", self.storage).write({})

    def rows(self, collection: str) -> RowTable:
        """The table of this name."""
        return cast("RowTable", self.table(collection))


def _text(document: Mapping[str, Any]) -> bytes:
    return _to_json(document).encode()
