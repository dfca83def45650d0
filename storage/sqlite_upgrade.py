"""Bringing a sealed store of an earlier form to the present one, in place.

All is done in one transaction, so that an interruption at any moment leaves the one form or the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from storage import sqlite_from_three, sqlite_from_two
from storage.master_keys import MasterKeys
from storage.sealing import DataKey
from storage.sqlite_schema import FORMAT, forget_log

#: What changes a database of each form into the next, by the form.
_CHANGES: dict[int, Callable[[sqlite3.Connection, DataKey, MasterKeys], None]] = {
    2: sqlite_from_two.change,
    3: sqlite_from_three.change,
}


def upgrade(connection: sqlite3.Connection, key: DataKey, masters: MasterKeys, form: int) -> None:
    """Bring the database from this form to the present one. `key` is the store's own.

    Raises `StoreDamaged`, `WrongKey`, `sqlite3.Error`; nothing is changed then.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        for before in range(form, FORMAT):
            _CHANGES[before](connection, key, masters)
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise
    forget_log(connection)
