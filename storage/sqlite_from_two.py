"""From format 2 to 3: two marks on a case's line instead of one over all of it, and a table of due work.

Due work stood among the documents of the register before.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from storage.agenda import Due
from storage.master_keys import MasterKeys
from storage.sealing import DataKey
from storage.sqlite_cases import CaseLine, CaseLines
from storage.sqlite_documents import REGISTER
from storage.sqlite_due import DueLine, DueLines
from storage.sqlite_rows import Fields, View
from storage.sqlite_schema import CASE_TABLES, DUE_TABLES
from storage.store import StoreDamaged

_OLD_LINES = (
    "SELECT id, state, version, first, last_hash, hearing, opened_at, changed_at, key, mark FROM hearing_case"
)


def change(connection: sqlite3.Connection, key: DataKey, _: MasterKeys) -> None:
    """Change the database in the transaction that is open; `key` is the store's own.

    Raises `StoreDamaged` where a line is not what was written, `sqlite3.Error`.
    """
    lines = [_checked(row, key) for row in connection.execute(_OLD_LINES)]
    connection.execute("DROP TABLE hearing_case")
    for table in (*CASE_TABLES, *DUE_TABLES):
        connection.execute(table)
    register = CaseLines(connection, key)
    for line in lines:
        register.add(line)
    _move_due(connection, key)


def _checked(row: tuple[str, str, int, int, str, str, str, str, bytes, bytes], key: DataKey) -> CaseLine:
    line = CaseLine._make(row[:-1])
    marked = "\0".join(map(str, line[:-1])).encode(errors="surrogatepass") + line.key
    if row[-1] != key.sign(marked):
        raise StoreDamaged(f"the line of case {line.id} in the register is not what was written")
    return line


def due_line(document: Fields) -> DueLine:
    """The work that stood in this document of the register."""
    at, until = datetime.fromisoformat(document["at"]), document["until"]
    due = Due(document["id"], document["kind"], at, document["case"])
    return DueLine(due, document["token"], until and datetime.fromisoformat(until))


def _move_due(connection: sqlite3.Connection, key: DataKey) -> None:
    old = View(connection, REGISTER, key).rows("due")
    new = DueLines(connection, key)
    for document in old.all():
        new.put(due_line(document))
    old.truncate()
