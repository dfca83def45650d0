"""A store as the version before encryption wrote it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from storage.case import Case
from storage.events import Recorded
from storage.sqlite_file import DATABASE_NAME
from storage.sqlite_schema import APPLICATION_ID

_SCHEMA = (
    "CREATE TABLE document (view TEXT NOT NULL, collection TEXT NOT NULL, id TEXT NOT NULL,"
    " body BLOB NOT NULL, PRIMARY KEY (view, collection, id))"
)


def write(directory: Path, histories: Mapping[str, Sequence[Recorded]], user: str, person: str) -> None:
    """Put a database with these cases and one person into the directory."""
    directory.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(directory / DATABASE_NAME, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute(_SCHEMA)

        def add(view: str, collection: str, id_: str, document: Mapping[str, Any]) -> None:
            text = json.dumps(document, separators=(",", ":")).encode()
            bound = "\0".join((view, collection, id_)).encode() + b"\0" + text
            body = b"\x01" + hashlib.blake2b(bound, digest_size=16).digest() + text
            connection.execute("INSERT INTO document VALUES (?, ?, ?, ?)", (view, collection, id_, body))

        for name, recorded in histories.items():
            case = Case(name).after(recorded)
            for one in recorded:
                add(f"case:{name}", "events", f"{one.seq:08}", one.model_dump(mode="json"))
            for key in case.keys:
                add(f"case:{name}", "keys", key, {})
            line = {
                "id": name,
                "version": case.version,
                "state": case.state,
                "hearing": case.hearing,
                "opened_at": recorded[0].time.isoformat(),
                "changed_at": recorded[-1].time.isoformat(),
                "last_hash": case.last_hash,
            }
            add("register", "cases", name, line)
        add("register", "users", user, {"person": person})
        known = {"id": person, "name": "Sagsbehandler Et", "users": [user]}
        add("register", "people", person, known)
