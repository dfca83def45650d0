"""The rows of work that is due, found by kind and time; what the work is stands sealed in them.

The id of a piece of work may tell which file it is about, so a row goes by a mark of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from pydantic import TypeAdapter

from storage.agenda import Due
from storage.damage import readable
from storage.sealing import DataKey
from storage.sqlite_cases import time_text
from storage.sqlite_rows import body_of, document_of
from storage.store import StoreDamaged

SCHEMA = (
    "CREATE TABLE due_work (mark TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, at TEXT NOT NULL,"
    " case_id TEXT, body BLOB NOT NULL) WITHOUT ROWID"
)
INDEX = "CREATE INDEX due_by_time ON due_work (kind, at)"

_SELECT = "SELECT mark, kind, at, case_id, body FROM due_work"


class DueLine(NamedTuple):
    """A piece of work, and who has claimed it until when: `token` is empty where nobody has."""

    due: Due
    token: str = ""
    until: datetime | None = None


_LINE = TypeAdapter(DueLine)
_Row = tuple[str, str, str, str | None, bytes]


class DueLines:
    """Work in the database, in the transaction that is open on the connection. `key` is the store's own."""

    def __init__(self, connection: sqlite3.Connection, key: DataKey) -> None:
        self._connection = connection
        self._key = key

    def at(self, id_: str) -> DueLine | None:
        """The piece of this id; raises `StoreDamaged`."""
        row = self._connection.execute(f"{_SELECT} WHERE mark = ?", (self._key.mark(id_),)).fetchone()
        return None if row is None else self._line(row)

    def put(self, line: DueLine) -> None:
        """Store the piece in place of the one of its id, where there is one."""
        due = line.due
        place = (self._key.mark(due.id), due.kind, time_text(due.at), due.case)
        body = body_of(_LINE.dump_json(line), self._key, *_bound_to(*place))
        self._connection.execute("INSERT OR REPLACE INTO due_work VALUES (?, ?, ?, ?, ?)", (*place, body))

    def drop(self, id_: str) -> None:
        """Remove the piece of this id, where there is one."""
        self._connection.execute("DELETE FROM due_work WHERE mark = ?", (self._key.mark(id_),))

    def drop_case(self, case: str) -> None:
        """Remove all that is about the case."""
        self._connection.execute("DELETE FROM due_work WHERE case_id = ?", (case,))

    def by(self, kind: str, now: datetime) -> Iterator[DueLine]:
        """What of this kind is due by then, the earliest first, as far as it can be read."""
        due = self._connection.execute(
            f"{_SELECT} WHERE kind = ? AND at <= ? ORDER BY at", (kind, time_text(now))
        )
        for row in due:
            with suppress(StoreDamaged):  # which `verify` names; the others need not wait for it
                yield self._line(row)

    def readable(self) -> tuple[list[DueLine], list[StoreDamaged]]:
        """All work that can be read, and what is wrong with the rest."""
        return readable(self._line, self._connection.execute(_SELECT).fetchall())

    def _line(self, row: _Row) -> DueLine:
        try:
            return _LINE.validate_python(document_of(row[-1], self._key, *_bound_to(*row[:-1])))
        except StoreDamaged:
            raise StoreDamaged(f"work of kind {row[1]} that is due is not what was written") from None


def _bound_to(mark: str, kind: str, at: str, case: str | None) -> tuple[str, str, str]:
    return "due", mark, "\0".join((kind, at, case or ""))
