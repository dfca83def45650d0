"""Bringing a store of format 2 to the present form: two marks on a case's line, and a table of due work.

In format 2 a line had one mark over all of it, and due work stood among the documents of the register. All is
done in one transaction, so that an interruption at any moment leaves the one form or the other.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from storage.agenda import Due
from storage.sealing import DataKey
from storage.sqlite_cases import CaseLine, CaseLines
from storage.sqlite_documents import REGISTER
from storage.sqlite_due import DueLine, DueLines
from storage.sqlite_rows import Fields, View
from storage.sqlite_schema import CASE_TABLES, DUE_TABLES, FORMAT, forget_log
from storage.store import StoreDamaged

_OLD_LINES = (
    "SELECT id, state, version, first, last_hash, hearing, opened_at, changed_at, key, mark FROM hearing_case"
)


def upgrade(connection: sqlite3.Connection, key: DataKey) -> None:
    """Bring the database to the present form. `key` is the store's own.

    Raises `StoreDamaged` where something is not what was written, `sqlite3.Error`; nothing is changed then.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        lines = [_checked(row, key) for row in connection.execute(_OLD_LINES)]
        connection.execute("DROP TABLE hearing_case")
        for table in (*CASE_TABLES, *DUE_TABLES):
            connection.execute(table)
        register = CaseLines(connection, key)
        for line in lines:
            register.add(line)
        _move_due(connection, key)
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise
    forget_log(connection)


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
