"""Sealed stores as earlier versions wrote them.

Format 2 has one mark on a case's line and due work among the documents; in it and in format 3 an event has
its number for an id, and each message that was handled a row of its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from storage.case import Case
from storage.events import Recorded
from storage.master_keys import MasterKeys, make_key_file
from storage.sealing import DataKey
from storage.sqlite_cases import CaseLine, CaseLines
from storage.sqlite_due import DueLine, DueLines
from storage.sqlite_file import DATABASE_NAME, KEY_NAME
from storage.sqlite_schema import APPLICATION_ID, CASE_TABLES, DUE_TABLES

_DOCUMENTS = (
    "CREATE TABLE document (view TEXT NOT NULL, collection TEXT NOT NULL, id TEXT NOT NULL,"
    " body BLOB NOT NULL, PRIMARY KEY (view, collection, id))"
)
_KEY = "CREATE TABLE store_key (wrapped BLOB NOT NULL)"
_LINES_OF_TWO = (
    "CREATE TABLE hearing_case (id TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL, version INTEGER NOT NULL,"
    " first INTEGER NOT NULL, last_hash TEXT NOT NULL, hearing TEXT NOT NULL, opened_at TEXT NOT NULL,"
    " changed_at TEXT NOT NULL, key BLOB NOT NULL, mark BLOB NOT NULL) WITHOUT ROWID",
    "CREATE INDEX case_by_state ON hearing_case (state, changed_at DESC) WHERE state <> 'drafting'",
)
#: What format 4 has too.
_LINES_OF_THREE = (*CASE_TABLES, *DUE_TABLES)

Histories = Mapping[str, Sequence[Recorded]]
Write = Callable[[Path, Histories, Sequence[DueLine]], None]


def write_two(directory: Path, histories: Histories, due: Sequence[DueLine]) -> None:
    """Put a key file and a database of format 2 with these cases and this work into the directory."""
    connection, masters, own = _begin(directory, 2, _LINES_OF_TWO)
    with closing(connection):
        for line in _cases(connection, masters, histories, empty_keys=False):
            mark = own.sign("\0".join(map(str, line[:-1])).encode() + line.key)
            connection.execute(
                "INSERT INTO hearing_case VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*line, mark)
            )
        for one in due:
            document = {
                "id": one.due.id,
                "kind": one.due.kind,
                "at": one.due.at.isoformat(),
                "case": one.due.case,
                "token": one.token,
                "until": one.until and one.until.isoformat(),
            }
            _add(connection, own, document, "register", "due", one.due.id)


def write_three(directory: Path, histories: Histories, due: Sequence[DueLine]) -> None:
    """The same of format 3."""
    connection, masters, own = _begin(directory, 3, _LINES_OF_THREE)
    with closing(connection):
        for line in _cases(connection, masters, histories, empty_keys=True):
            CaseLines(connection, own).add(line)
        for one in due:
            DueLines(connection, own).put(one)


def _begin(
    directory: Path, form: int, lines: Sequence[str]
) -> tuple[sqlite3.Connection, MasterKeys, DataKey]:
    directory.mkdir(parents=True, exist_ok=True)
    make_key_file(directory / KEY_NAME)
    masters, own = MasterKeys.from_file(directory / KEY_NAME), DataKey.new()
    connection = sqlite3.connect(directory / DATABASE_NAME, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {form}")
    for table in (_DOCUMENTS, _KEY, *lines):
        connection.execute(table)
    connection.execute("INSERT INTO store_key VALUES (?)", (masters.wrap(own, "store"),))
    return connection, masters, own


def _cases(
    connection: sqlite3.Connection, masters: MasterKeys, histories: Histories, *, empty_keys: bool
) -> list[CaseLine]:
    lines = []
    for name, recorded in histories.items():
        case, key = Case(name).after(recorded), DataKey.new()
        for one in recorded:
            _add(connection, key, one.model_dump(mode="json"), f"case:{name}", "events", f"{one.seq:08}")
        for message in case.keys:
            place = (f"case:{name}", "keys", key.mark(message))
            if empty_keys:
                connection.execute("INSERT INTO document VALUES (?, ?, ?, X'')", place)
            else:
                _add(connection, key, {}, *place)
        opened, changed = (one.time.isoformat(timespec="microseconds") for one in (recorded[0], recorded[-1]))
        wrapped = masters.wrap(key, name)
        state = case.state.value
        lines.append(
            CaseLine(name, state, case.version, 1, case.last_hash, case.hearing, opened, changed, wrapped)
        )
    return lines


def _add(connection: sqlite3.Connection, key: DataKey, document: object, *place: str) -> None:
    body = b"\x02" + key.seal(json.dumps(document, separators=(",", ":")).encode(), *place)
    connection.execute("INSERT INTO document VALUES (?, ?, ?, ?)", (*place, body))
