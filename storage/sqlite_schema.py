"""The store's database as it must be: how to connect to it, its tables, and the key of what is no case's."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from storage import sqlite_cases, sqlite_due, sqlite_rows
from storage.master_keys import MasterKeys
from storage.sealing import DataKey
from storage.store import StoreDamaged

#: Marks the file as ours ("HOER"), and the form of its rows.
APPLICATION_ID = 0x484F4552
FORMAT = 4
#: The first form, which was not sealed.
UNSEALED_FORMAT = 1
#: What SQLite keeps of the database in memory.
CACHE_KB = 4096

#: No second program can write even where it ignores our lock, and the index of the log is kept in memory
#: instead of a mapped file, which would kill the process on a full disk.
LOCKING_MODE = "EXCLUSIVE"
#: Every transaction is synced before it counts.
SYNCHRONOUS = "FULL"
#: What is removed is overwritten with zeros, on its page and where a page falls free.
SECURE_DELETE = "ON"

#: The key of what belongs to no case, wrapped: one row.
_KEY_SCHEMA = "CREATE TABLE store_key (wrapped BLOB NOT NULL)"
CASE_TABLES = (sqlite_cases.SCHEMA, sqlite_cases.INDEX)
DUE_TABLES = (sqlite_due.SCHEMA, sqlite_due.INDEX)
_SCHEMA = {sqlite_rows.SCHEMA, _KEY_SCHEMA, *CASE_TABLES, *DUE_TABLES}
#: What the store's own key is wrapped for.
_KEY_PLACE = "store"


def connect(path: Path) -> sqlite3.Connection:
    """A connection as the store needs it, for one thread at a time; raises `sqlite3.Error`."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        _configure(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _configure(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA locking_mode = {LOCKING_MODE}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
    connection.execute(f"PRAGMA secure_delete = {SECURE_DELETE}")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA trusted_schema = OFF")


def make_tables(connection: sqlite3.Connection, masters: MasterKeys) -> None:
    """Make an empty database a store; raises `sqlite3.Error`."""
    marks = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}"
    wrapped = masters.wrap(DataKey.new(), _KEY_PLACE)
    key = f"INSERT INTO store_key VALUES (X'{wrapped.hex()}')"  # noqa: S608 - hexadecimal digits
    connection.executescript(f"BEGIN; {'; '.join(sorted(_SCHEMA, reverse=True))}; {marks}; {key}; COMMIT")


def format_of(connection: sqlite3.Connection) -> int | None:
    """The form of the database's rows, None where it is empty; raises `StoreDamaged`, `sqlite3.Error`."""
    schema = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql NOT NULL")}
    if not schema:
        return None
    ours, form = pragma(connection, "application_id") == APPLICATION_ID, pragma(connection, "user_version")
    known = form in range(UNSEALED_FORMAT, FORMAT) or (form == FORMAT and schema == _SCHEMA)
    if not (ours and known):
        raise StoreDamaged(f"the database is not a store of format {FORMAT}")
    return int(form)


def store_key(connection: sqlite3.Connection, masters: MasterKeys) -> DataKey:
    """The key of what belongs to no case; raises `WrongKey`, `StoreDamaged`, `sqlite3.Error`."""
    return masters.unwrap(_wrapped_key(connection), _KEY_PLACE)


def rewrap_store_key(connection: sqlite3.Connection, masters: MasterKeys) -> int:
    """Wrap the store's own key by the current master key, in the open transaction; 0 where it is already."""
    wrapped = _wrapped_key(connection)
    if wrapped.startswith(masters.current):
        return 0
    again = masters.wrap(masters.unwrap(wrapped, _KEY_PLACE), _KEY_PLACE)
    connection.execute("UPDATE store_key SET wrapped = ?", (again,))
    return 1


def forget_log(connection: sqlite3.Connection) -> None:
    """Empty the log, which holds pages as they were before; raises `sqlite3.Error`. Not in a transaction."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def pragma(connection: sqlite3.Connection, name: str) -> Any:
    """What SQLite says to this pragma."""
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def _wrapped_key(connection: sqlite3.Connection) -> bytes:
    rows: list[tuple[bytes]] = connection.execute("SELECT wrapped FROM store_key").fetchall()
    if len(rows) != 1:
        raise StoreDamaged("the store's key is not what was written")
    return rows[0][0]
