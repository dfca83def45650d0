"""TinyDB over SQLite rows: one row a document, and only the rows that are asked for are read or written.

TinyDB gives its storage the whole database at every change; that is what made an answer cost ten seconds at
20,000 cases. Here each document is a row under (view, collection, id). A `View` is a TinyDB database over the
rows of one view, so that a query on a case's events never sees another case; beside TinyDB's own methods its
tables have some that go straight to the row of an id.

Everything runs in the transaction that is open on the connection; beginning and committing is the caller's.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from storage.store import StoreDamaged

Fields = dict[str, Any]

SCHEMA = (
    "CREATE TABLE document (view TEXT NOT NULL, collection TEXT NOT NULL, id TEXT NOT NULL,"
    " body BLOB NOT NULL, PRIMARY KEY (view, collection, id))"
)

#: The first byte of a stored body says how it was written, so that other ways can join.
_CHECKED_JSON = b"\x01"
_DIGEST_BYTES = 16
_to_json = json.JSONEncoder(separators=(",", ":")).encode


def body_of(document: Mapping[str, Any], *place: str) -> bytes:
    """The bytes a document is stored as: its JSON after a digest over it and its view, collection and id.

    SQLite finds no changed byte in a row, nor a row that turned up elsewhere; the digest does.
    """
    text = _to_json(document).encode()
    return _CHECKED_JSON + _digest(text, place) + text


def document_of(body: bytes, *place: str) -> Fields:
    """The document that was stored as these bytes at this place; raises `StoreDamaged`."""
    digest, text = body[1 : 1 + _DIGEST_BYTES], body[1 + _DIGEST_BYTES :]
    if body[:1] != _CHECKED_JSON or digest != _digest(text, place):
        raise StoreDamaged("a document in the store is not what was written")
    return cast("Fields", json.loads(text.decode()))


def _digest(text: bytes, place: tuple[str, ...]) -> bytes:
    return hashlib.blake2b("\0".join(place).encode() + b"\0" + text, digest_size=_DIGEST_BYTES).digest()


class RowStorage(Storage):
    """The rows of one view as TinyDB's own methods see them: the whole at once."""

    def __init__(self, connection: sqlite3.Connection, view: str) -> None:
        self.connection = connection
        self.view = view

    def read(self) -> dict[str, dict[str, Any]]:
        """The whole view: documents by collection and id."""
        rows = self.connection.execute(
            "SELECT collection, id, body FROM document WHERE view = ? ORDER BY collection, id", (self.view,)
        )
        whole: dict[str, dict[str, Any]] = {}
        for collection, id_, body in rows:
            whole.setdefault(collection, {})[id_] = document_of(body, self.view, collection, id_)
        return whole

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Put what `data` holds in place of the whole view."""
        self.connection.execute("DELETE FROM document WHERE view = ?", (self.view,))
        self.connection.executemany(
            "INSERT INTO document VALUES (?, ?, ?, ?)",
            (
                (self.view, collection, id_, body_of(document, self.view, collection, id_))
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
        self._place = (storage.view, name)

    def at(self, id_: str) -> Fields | None:
        """The document of this id, or None."""
        row = self._connection.execute(
            "SELECT body FROM document WHERE view = ? AND collection = ? AND id = ?", (*self._place, id_)
        ).fetchone()
        return None if row is None else document_of(row[0], *self._place, id_)

    def add(self, id_: str, document: Mapping[str, Any]) -> bool:
        """Store a new document; false, and nothing is done, where there is one of this id."""
        inserted = self._connection.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (*self._place, id_, body_of(document, *self._place, id_)),
        )
        return inserted.rowcount == 1

    def put(self, id_: str, document: Mapping[str, Any]) -> None:
        """Store the document in place of the one of this id, where there is one."""
        self._connection.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
            (*self._place, id_, body_of(document, *self._place, id_)),
        )

    def drop(self, id_: str) -> None:
        """Remove the document of this id, where there is one."""
        self._connection.execute(
            "DELETE FROM document WHERE view = ? AND collection = ? AND id = ?", (*self._place, id_)
        )

    def _read_table(self) -> dict[str, Mapping[str, Any]]:  # ids are strings here
        rows = self._connection.execute(
            "SELECT id, body FROM document WHERE view = ? AND collection = ? ORDER BY id", self._place
        )
        return {id_: document_of(body, *self._place, id_) for id_, body in rows}


class View(TinyDB):
    """A TinyDB database over the rows of one view: `View(connection, "case:1").rows("events")`."""

    table_class = RowTable  # type: ignore[assignment]  # offered by TinyDB, without an annotation
    default_storage_class = RowStorage  # type: ignore[assignment]

    def rows(self, collection: str) -> RowTable:
        """The table of this name."""
        return cast("RowTable", self.table(collection))
