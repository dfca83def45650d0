"""Opening the store's database, which is refused where it is damaged or sealed with another key."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from storage import sqlite_from_one, sqlite_upgrade
from storage.directory import sync_directory
from storage.master_keys import MasterKeys, make_key_file
from storage.sealing import DataKey
from storage.sqlite_schema import (
    FORMAT,
    UNSEALED_FORMAT,
    connect,
    format_of,
    make_tables,
    pragma,
    store_key,
)
from storage.sqlite_wal import is_damaged
from storage.sqlite_writer import store_error
from storage.store import StoreDamaged, StoreFull, WrongKey

DATABASE_NAME = "store.db"
#: The key file that a new store makes for itself where no other keys are named.
KEY_NAME = "store.key"
#: A database up to this size is read through at every opening; its rows are checked when they are read.
CHECKED_WHOLE_MB = 32

_PRIVATE_FILE = 0o600


@dataclass(frozen=True)
class Database:
    """The open database, for one thread at a time; the key of what is no case's; what wraps the keys."""

    connection: sqlite3.Connection
    key: DataKey
    masters: MasterKeys


def open_database(directory: Path, keys: MasterKeys | Path, *, must_exist: bool) -> Database:
    """The database of the store's directory, made where there is none and `must_exist` is false.

    `keys` are the master keys or the key file, which is made for a new store. A database of a form before is
    brought to the present one.

    Raises `StoreDamaged`, `StoreFull`, `StoreInUse`, `WrongKey`.
    """
    path = directory / DATABASE_NAME
    log = path.with_name(f"{path.name}-wal")
    try:
        # Before SQLite opens the database: what it cannot use of its log it removes.
        if log.exists() and is_damaged(log.read_bytes()):
            raise StoreDamaged("the store's log is not what was written")
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _PRIVATE_FILE))
        with ExitStack() as undone:
            connection = connect(path)
            undone.callback(connection.close)
            found = format_of(connection)
            if found is None and must_exist:
                raise StoreDamaged(f"{DATABASE_NAME} is empty, and there was a store")
            masters = _masters(keys, may_make=found in {None, UNSEALED_FORMAT})
            if found is None:
                make_tables(connection, masters)
            elif found == UNSEALED_FORMAT:
                connection.close()
                sqlite_from_one.upgrade(path, masters)
                return open_database(directory, masters, must_exist=True)
            elif found < FORMAT:
                sqlite_upgrade.upgrade(connection, store_key(connection, masters), masters, found)
            key = store_key(connection, masters)
            _read_through(connection)
            sync_directory(directory)
            undone.pop_all()
    except sqlite3.Error as error:
        raise store_error(error) from error
    except OSError as error:
        raise StoreFull(f"the store's database cannot be opened ({error.strerror})") from error
    return Database(connection, key, masters)


def _masters(keys: MasterKeys | Path, *, may_make: bool) -> MasterKeys:
    if isinstance(keys, MasterKeys):
        return keys
    if not keys.exists():
        if not may_make:
            raise WrongKey(f"the store is sealed, and its key file {keys} is not there; nothing was changed")
        make_key_file(keys)
    return MasterKeys.from_file(keys)


def _read_through(connection: sqlite3.Connection) -> None:
    size = pragma(connection, "page_count") * pragma(connection, "page_size")
    if size <= CHECKED_WHOLE_MB * 2**20 and pragma(connection, "integrity_check(1)") != "ok":
        raise StoreDamaged(f"{DATABASE_NAME} is not what was written")
