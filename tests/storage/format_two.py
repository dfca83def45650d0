"""A store as the version before wrote it: one mark on a case's line, due work among the documents."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from storage.case import Case
from storage.events import Recorded
from storage.master_keys import MasterKeys, make_key_file
from storage.sealing import DataKey
from storage.sqlite_file import DATABASE_NAME, KEY_NAME
from storage.sqlite_schema import APPLICATION_ID

_SCHEMA = (
    "CREATE TABLE document (view TEXT NOT NULL, collection TEXT NOT NULL, id TEXT NOT NULL,"
    " body BLOB NOT NULL, PRIMARY KEY (view, collection, id))",
    "CREATE TABLE hearing_case (id TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL, version INTEGER NOT NULL,"
    " first INTEGER NOT NULL, last_hash TEXT NOT NULL, hearing TEXT NOT NULL, opened_at TEXT NOT NULL,"
    " changed_at TEXT NOT NULL, key BLOB NOT NULL, mark BLOB NOT NULL) WITHOUT ROWID",
    "CREATE INDEX case_by_state ON hearing_case (state, changed_at DESC) WHERE state <> 'drafting'",
    "CREATE TABLE store_key (wrapped BLOB NOT NULL)",
)


def write(
    directory: Path, histories: Mapping[str, Sequence[Recorded]], due: Sequence[Mapping[str, Any]]
) -> None:
    """Put a key file and a database with these cases and this work into the directory."""
    directory.mkdir(parents=True, exist_ok=True)
    make_key_file(directory / KEY_NAME)
    masters, own = MasterKeys.from_file(directory / KEY_NAME), DataKey.new()
    with closing(sqlite3.connect(directory / DATABASE_NAME, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 2")
        for table in _SCHEMA:
            connection.execute(table)
        connection.execute("INSERT INTO store_key VALUES (?)", (masters.wrap(own, "store"),))

        def add(key: DataKey, document: object, *place: str) -> None:
            body = b"\x02" + key.seal(json.dumps(document, separators=(",", ":")).encode(), *place)
            connection.execute("INSERT INTO document VALUES (?, ?, ?, ?)", (*place, body))

        for name, recorded in histories.items():
            case, key = Case(name).after(recorded), DataKey.new()
            for one in recorded:
                add(key, one.model_dump(mode="json"), f"case:{name}", "events", f"{one.seq:08}")
            for message in case.keys:
                add(key, {}, f"case:{name}", "keys", key.mark(message))
            opened, changed = (
                one.time.isoformat(timespec="microseconds") for one in (recorded[0], recorded[-1])
            )
            line = (name, case.state.value, case.version, 1, case.last_hash, case.hearing, opened, changed)
            wrapped = masters.wrap(key, name)
            mark = own.sign("\0".join(map(str, line)).encode() + wrapped)
            connection.execute(
                "INSERT INTO hearing_case VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*line, wrapped, mark)
            )
        for work in due:
            add(own, work, "register", "due", work["id"])
