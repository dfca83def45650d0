"""Bringing a store of format 1, which was not sealed, to the present form.

The new database is built beside the old one and takes its place when it is whole, so that an interruption at
any moment leaves the one or the other. Of the old one nothing stays, except what the disk itself keeps of a
file that was removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, cast

from storage.directory import sync_directory
from storage.events import Recorded
from storage.master_keys import MasterKeys
from storage.sealing import DataKey
from storage.sqlite_cases import CaseLine, CaseLines, time_text
from storage.sqlite_documents import REGISTER, event_ids, view_of
from storage.sqlite_due import DueLines
from storage.sqlite_from_two import due_line
from storage.sqlite_rows import Fields, View
from storage.sqlite_schema import connect, make_tables, store_key
from storage.store import StoreDamaged

_CASES = "cases"
_USERS = "users"
_CHECKED_JSON = b"\x01"
_DIGEST_BYTES = 16


class _Old(NamedTuple):
    collection: str
    id: str
    document: Fields


def upgrade(path: Path, masters: MasterKeys) -> None:
    """Put a sealed database in place of the one of format 1 at `path`.

    Raises `StoreDamaged` where an old document is not what was written, `sqlite3.Error`, `OSError`; the old
    database is then as it was.
    """
    unfinished = path.with_name(f"{path.name}.new")
    for left in path.parent.glob(f"{unfinished.name}*"):
        left.unlink()
    # Closing also carries what stands in the old log into the old database, and removes the log.
    with closing(connect(path)) as old, closing(connect(unfinished)) as new:
        make_tables(new, masters)
        _copy(old, new, masters)
    _sync(unfinished)
    unfinished.replace(path)
    sync_directory(path.parent)


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, masters: MasterKeys) -> None:
    key = store_key(new, masters)
    register = View(new, REGISTER, key)
    lines = CaseLines(new, key)
    new.execute("PRAGMA synchronous = OFF")  # until it is whole, nothing of it counts
    for collection, id_, document in _documents(old, REGISTER):
        new.execute("BEGIN")
        if collection == _CASES:
            _copy_case(old, new, lines, masters, document)
        elif collection == "due":
            DueLines(new, key).put(due_line(document))
        else:
            register.rows(collection).add(key.mark(id_) if collection == _USERS else id_, document)
        new.execute("COMMIT")


def _copy_case(
    old: sqlite3.Connection, new: sqlite3.Connection, lines: CaseLines, masters: MasterKeys, told: Fields
) -> None:
    case, key = told["id"], DataKey.new()
    view = View(new, view_of(case), key)
    recorded = [
        Recorded.model_validate(document)
        for collection, _, document in _documents(old, view_of(case))
        if collection == "events"
    ]
    for id_, one in zip(event_ids(recorded, key), recorded, strict=True):
        view.rows("events").add_text(id_, one.text.encode())
    last = recorded[-1] if recorded else None
    if last is None or (last.seq, last.hash) != (told["version"], told["last_hash"]):
        raise StoreDamaged(f"events of case {case} are missing")
    opened_at, changed_at = (
        time_text(datetime.fromisoformat(told[name])) for name in ("opened_at", "changed_at")
    )
    lines.add(
        CaseLine(
            id=case,
            state=told["state"],
            version=last.seq,
            first=1,
            last_hash=last.hash,
            hearing=told["hearing"],
            opened_at=opened_at,
            changed_at=changed_at,
            key=masters.wrap(key, case),
        )
    )


def _documents(old: sqlite3.Connection, view: str) -> Iterator[_Old]:
    """The old documents of the view; raises `StoreDamaged`."""
    rows = old.execute(
        "SELECT collection, id, body FROM document WHERE view = ? ORDER BY collection, id", (view,)
    )
    for collection, id_, body in rows:
        digest, text = body[1 : 1 + _DIGEST_BYTES], body[1 + _DIGEST_BYTES :]
        bound = "\0".join((view, collection, id_)).encode() + b"\0" + text
        if body[:1] != _CHECKED_JSON or digest != hashlib.blake2b(bound, digest_size=_DIGEST_BYTES).digest():
            raise StoreDamaged("a document in the store is not what was written")
        yield _Old(collection, id_, cast("Fields", json.loads(text)))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
