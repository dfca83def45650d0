"""The register of cases: a line for each, with what a list tells of it and what its next event rests on.

It is a table of its own beside the documents, since cases are listed by their state. It holds no answers, so
its columns are not sealed; marks over them, made with the store's own key, find a changed byte. There are
two, over what an answer changes and over what it leaves, so that an answer need not read the line it moves.
A case's data key stands in its line, wrapped: with the line's key gone, so is all that the case ever said.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from storage.case import CaseState
from storage.events import NO_HASH, Recorded
from storage.sealing import DataKey
from storage.store import CaseSummary, StoreDamaged

SCHEMA = (
    "CREATE TABLE hearing_case (id TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL, version INTEGER NOT NULL,"
    " first INTEGER NOT NULL, last_hash TEXT NOT NULL, hearing TEXT NOT NULL, opened_at TEXT NOT NULL,"
    " changed_at TEXT NOT NULL, listed_at TEXT, key BLOB NOT NULL, mark BLOB NOT NULL,"
    " place_mark BLOB NOT NULL) WITHOUT ROWID"
)
#: Of cases that are being answered there is no time to list them by: each answer would move it in the index.
_INDEXED = "listed_at IS NOT NULL"
INDEX = f"CREATE INDEX case_by_state ON hearing_case (state, listed_at DESC) WHERE {_INDEXED}"

_SELECT = (
    "SELECT id, state, version, first, last_hash, hearing, opened_at, changed_at, key,"
    " listed_at, mark, place_mark FROM hearing_case"
)
#: An answer in a case that is being answered touches no column that is indexed.
_ANSWER = (
    "UPDATE hearing_case SET version = ?, last_hash = ?, changed_at = ?, place_mark = ?"
    " WHERE id = ? AND version = ? AND last_hash = ? AND state = 'drafting'"
)
_MOVE = (
    "UPDATE hearing_case SET version = ?, last_hash = ?, changed_at = ?, place_mark = ?,"
    " state = ?, listed_at = ? WHERE id = ? AND version = ? AND last_hash = ?"
)
_LATEST_FIRST = "ORDER BY changed_at DESC, id LIMIT ?"
_LISTED_FIRST = "ORDER BY listed_at DESC, id LIMIT ?"
_ALL = -1
_LONG_AGO = "1970-01-01T00:00:00.000000+00:00"

_Row = tuple[str, str, int, int, str, str, str, str, bytes, str | None, bytes, bytes]


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
    in_utc = time if time.tzinfo is UTC else time.astimezone(UTC)
    return in_utc.isoformat(timespec="microseconds")


class CaseLines:
    """The lines, in the transaction that is open on the connection; `key` is the store's own."""

    def __init__(self, connection: sqlite3.Connection, key: DataKey) -> None:
        self._connection = connection
        self._key = key

    def at(self, case: str) -> CaseLine | None:
        """The line of the case; raises `StoreDamaged`."""
        row = self._row(case)
        return None if row is None else self._line(row)

    def claimed(self, case: str) -> CaseLine:
        """What stands in the place of the case's line, whoever wrote it; blank where it is no line."""
        row = self._row(case)
        with suppress(TypeError, ValueError):
            line = CaseLine._make(row[:-3] if row else ())
            words = (line.last_hash, line.hearing)
            if line.summary.version >= 0 and all(isinstance(word, str) for word in words):
                return line
        return CaseLine(case, CaseState.DRAFTING, 0, 1, NO_HASH, "", _LONG_AGO, _LONG_AGO, b"")

    def add(self, line: CaseLine) -> bool:
        """Store a new line; false, and nothing is done, where there is one of this case."""
        columns = (*line[:-1], _listed_at(line.state, line.changed_at), line.key, *self._marks(line))
        inserted = self._connection.execute(
            "INSERT INTO hearing_case VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            columns,
        )
        return inserted.rowcount == 1

    def move(self, case: str, recorded: Sequence[Recorded], state: CaseState) -> bool:
        """Move the case on by these events; false, and nothing is done, where they do not follow on it."""
        first, last = recorded[0], recorded[-1]
        changed_at = time_text(last.time)
        mark = self._place_mark(case, state.value, last.seq, last.hash, changed_at)
        place = (last.seq, last.hash, changed_at, mark)
        seen = (case, first.seq - 1, first.previous)
        if state is CaseState.DRAFTING and self._connection.execute(_ANSWER, (*place, *seen)).rowcount == 1:
            return True
        listed = (state.value, _listed_at(state, changed_at))
        return self._connection.execute(_MOVE, (*place, *listed, *seen)).rowcount == 1

    def replace(self, line: CaseLine) -> None:
        """Put the whole line in place of the case's, its key too."""
        self._connection.execute("DELETE FROM hearing_case WHERE id = ?", (line.id,))
        self.add(line)

    def latest(self, state: CaseState | None, limit: int | None) -> list[CaseLine]:
        """The cases of this state, or all, the last changed first; raises `StoreDamaged`."""
        most = _ALL if limit is None else limit
        if state is None:
            rows = self._connection.execute(f"{_SELECT} {_LATEST_FIRST}", (most,))
        elif state is CaseState.DRAFTING:
            rows = self._connection.execute(f"{_SELECT} WHERE state = ? {_LATEST_FIRST}", (state.value, most))
        else:
            rows = self._connection.execute(
                f"{_SELECT} WHERE state = ? AND {_INDEXED} {_LISTED_FIRST}", (state.value, most)
            )
        return [self._line(row) for row in rows.fetchall()]

    def page(self, after: str, limit: int) -> list[tuple[str, CaseLine | StoreDamaged]]:
        """So many cases whose id comes after this one, by id: each one's line, or what is wrong with it."""
        rows = self._connection.execute(f"{_SELECT} WHERE id > ? ORDER BY id LIMIT ?", (after, limit))
        return [(row[0], self._line_or_damage(row)) for row in rows.fetchall()]

    def _row(self, case: str) -> _Row | None:
        row: _Row | None = self._connection.execute(f"{_SELECT} WHERE id = ?", (case,)).fetchone()
        return row

    def _line_or_damage(self, row: _Row) -> CaseLine | StoreDamaged:
        try:
            return self._line(row)
        except StoreDamaged as damaged:
            return damaged

    def not_wrapped_by(self, master: bytes, limit: int) -> Iterator[CaseLine]:
        """Some of the cases whose key was wrapped by another master key than the one of this id."""
        rows = self._connection.execute(
            f"{_SELECT} WHERE substr(key, 1, ?) != ? LIMIT ?", (len(master), master, limit)
        )
        return map(self._line, rows.fetchall())

    def _line(self, row: _Row) -> CaseLine:
        line = CaseLine._make(row[:-3])
        if row[-3:] != (_listed_at(line.state, line.changed_at), *self._marks(line)):
            raise StoreDamaged(f"the line of case {line.id} in the register is not what was written")
        return line

    def _marks(self, line: CaseLine) -> tuple[bytes, bytes]:
        place = self._place_mark(line.id, line.state, line.version, line.last_hash, line.changed_at)
        kept = f"kept\0{line.id}\0{line.first}\0{line.hearing}\0{line.opened_at}\0"
        return self._key.sign(kept.encode(errors="surrogatepass") + line.key), place

    def _place_mark(self, case: str, state: str, version: int, last_hash: str, changed_at: str) -> bytes:
        place = f"place\0{case}\0{state}\0{version}\0{last_hash}\0{changed_at}"
        return self._key.sign(place.encode(errors="surrogatepass"))


def _listed_at(state: str, changed_at: str) -> str | None:
    return None if state == CaseState.DRAFTING else changed_at
