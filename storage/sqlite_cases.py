"""The register of cases: a line for each, with what a list tells of it and what its next event rests on.

It is a table of its own beside the documents, since cases are listed by their state. It holds no answers, so
its columns are not sealed; a mark over them, made with the store's own key, finds a changed byte. A case's
data key stands in its line, wrapped: with the line's key gone, so is all that the case ever said.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from storage.case import CaseState
from storage.sealing import DataKey
from storage.store import CaseSummary, StoreDamaged

SCHEMA = (
    "CREATE TABLE hearing_case (id TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL, version INTEGER NOT NULL,"
    " first INTEGER NOT NULL, last_hash TEXT NOT NULL, hearing TEXT NOT NULL, opened_at TEXT NOT NULL,"
    " changed_at TEXT NOT NULL, key BLOB NOT NULL, mark BLOB NOT NULL) WITHOUT ROWID"
)
#: Not of cases that are being answered: each answer would move its case within the index.
_INDEXED = "state <> 'drafting'"
INDEX = f"CREATE INDEX case_by_state ON hearing_case (state, changed_at DESC) WHERE {_INDEXED}"

_SELECT = (
    "SELECT id, state, version, first, last_hash, hearing, opened_at, changed_at, key, mark FROM hearing_case"
)
_LATEST_FIRST = "ORDER BY changed_at DESC, id LIMIT ?"
_ALL = -1


class CaseLine(NamedTuple):
    """What the register tells of a case. `first` is its first event's number: 1 unless it was erased.

    Times are ISO 8601 in UTC, always as long, so that they are ordered as text.
    """

    id: str
    state: str
    version: int
    first: int
    last_hash: str
    hearing: str
    opened_at: str
    changed_at: str
    #: The case's data key, wrapped.
    key: bytes

    @property
    def summary(self) -> CaseSummary:
        """The case as a list tells it."""
        return CaseSummary(
            id=self.id,
            version=self.version,
            state=CaseState(self.state),
            hearing=self.hearing,
            opened_at=datetime.fromisoformat(self.opened_at),
            changed_at=datetime.fromisoformat(self.changed_at),
        )


def time_text(time: datetime) -> str:
    """The time as it stands in a line."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


class CaseLines:
    """The lines, in the transaction that is open on the connection; `key` is the store's own."""

    def __init__(self, connection: sqlite3.Connection, key: DataKey) -> None:
        self._connection = connection
        self._key = key

    def at(self, case: str) -> CaseLine | None:
        """The line of the case; raises `StoreDamaged`."""
        row = self._connection.execute(f"{_SELECT} WHERE id = ?", (case,)).fetchone()
        return None if row is None else self._line(row)

    def add(self, line: CaseLine) -> bool:
        """Store a new line; false, and nothing is done, where there is one of this case."""
        inserted = self._connection.execute(
            "INSERT INTO hearing_case VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (*line, self._mark(line)),
        )
        return inserted.rowcount == 1

    def move(self, before: CaseLine, after: CaseLine) -> None:
        """Put the line in place of the one before, where the case has gone on."""
        changes = (after.version, after.last_hash, after.changed_at, self._mark(after), after.id)
        self._connection.execute(
            "UPDATE hearing_case SET version = ?, last_hash = ?, changed_at = ?, mark = ? WHERE id = ?",
            changes,
        )
        if before.state != after.state:  # apart, since it also moves the case within the index
            self._connection.execute(
                "UPDATE hearing_case SET state = ? WHERE id = ?", (after.state, after.id)
            )

    def replace(self, line: CaseLine) -> None:
        """Put the whole line in place of the case's, its key too."""
        self._connection.execute("DELETE FROM hearing_case WHERE id = ?", (line.id,))
        self.add(line)

    def latest(self, state: CaseState | None, limit: int | None) -> list[CaseLine]:
        """The cases of this state, or all, the last changed first; raises `StoreDamaged`."""
        most = _ALL if limit is None else limit
        if state is None:
            rows = self._connection.execute(f"{_SELECT} {_LATEST_FIRST}", (most,))
        else:
            # Named again, so that SQLite sees that the index has all of them.
            indexed = "" if state is CaseState.DRAFTING else f"AND {_INDEXED}"
            rows = self._connection.execute(
                f"{_SELECT} WHERE state = ? {indexed} {_LATEST_FIRST}", (state.value, most)
            )
        return [self._line(row) for row in rows]

    def not_wrapped_by(self, master: bytes, limit: int) -> Iterator[CaseLine]:
        """Some of the cases whose key was wrapped by another master key than the one of this id."""
        rows = self._connection.execute(
            f"{_SELECT} WHERE substr(key, 1, ?) != ? LIMIT ?", (len(master), master, limit)
        )
        return map(self._line, rows.fetchall())

    def _line(self, row: tuple[str, str, int, int, str, str, str, str, bytes, bytes]) -> CaseLine:
        line = CaseLine._make(row[:-1])
        if row[-1] != self._mark(line):
            raise StoreDamaged(f"the line of case {line.id} in the register is not what was written")
        return line

    def _mark(self, line: CaseLine) -> bytes:
        return self._key.sign("\0".join(map(str, line[:-1])).encode(errors="surrogatepass") + line.key)
