"""Opening the store's database, which is refused where it is damaged."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from storage.directory import sync_directory
from storage.sqlite_rows import SCHEMA
from storage.sqlite_wal import is_damaged
from storage.sqlite_writer import store_error
from storage.store import StoreDamaged, StoreFull

DATABASE_NAME = "store.db"
#: Marks the file as ours ("HOER"), and the form of its rows.
APPLICATION_ID = 0x484F4552
FORMAT = 1
#: A database up to this size is read through at every opening; its rows are checked when they are read.
CHECKED_WHOLE_MB = 32
#: What SQLite keeps of the database in memory.
CACHE_KB = 8192

_PRIVATE_FILE = 0o600


def open_database(directory: Path, *, must_exist: bool) -> sqlite3.Connection:
    """The database of the store's directory, made where there is none and `must_exist` is false.

    The connection is for one thread at a time. Raises `StoreDamaged`, `StoreFull`, `StoreInUse`.
    """
    path = directory / DATABASE_NAME
    log = path.with_name(f"{path.name}-wal")
    try:
        # Before SQLite opens the database: what it cannot use of its log it removes.
        if log.exists() and is_damaged(log.read_bytes()):
            raise StoreDamaged("the store's log is not what was written")
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _PRIVATE_FILE))
        with ExitStack() as undone:
            connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
            undone.callback(connection.close)
            _configure(connection)
            _check(connection, must_exist=must_exist)
            sync_directory(directory)
            undone.pop_all()
    except sqlite3.Error as error:
        raise store_error(error) from error
    except OSError as error:
        raise StoreFull(f"the store's database cannot be opened ({error.strerror})") from error
    return connection


def _configure(connection: sqlite3.Connection) -> None:
    # Exclusive: no second program can write even where it ignores our lock, and the index of the log is
    # kept in memory instead of a mapped file, which would kill the process on a full disk.
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA trusted_schema = OFF")


def _check(connection: sqlite3.Connection, *, must_exist: bool) -> None:
    schema = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql NOT NULL")]
    if not schema and not must_exist:
        set_marks = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}"
        connection.executescript(f"BEGIN; {SCHEMA}; {set_marks}; COMMIT")
        return
    marks = (_pragma(connection, "application_id"), _pragma(connection, "user_version"))
    if schema != [SCHEMA] or marks != (APPLICATION_ID, FORMAT):
        raise StoreDamaged(f"{DATABASE_NAME} is not a store of format {FORMAT}")
    size = _pragma(connection, "page_count") * _pragma(connection, "page_size")
    if size <= CHECKED_WHOLE_MB * 2**20 and _pragma(connection, "integrity_check(1)") != "ok":
        raise StoreDamaged(f"{DATABASE_NAME} is not what was written")


def _pragma(connection: sqlite3.Connection, name: str) -> Any:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]
