"""From format 3 to 4: an event's row names the message that led to it, which had a row of its own before.

What cannot be read stays where it is: it is as damaged as before, and no other case is kept from its people.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from pydantic import ValidationError

from storage.events import Recorded
from storage.master_keys import MasterKeys
from storage.sealing import DataKey
from storage.sqlite_cases import CaseLine, CaseLines
from storage.sqlite_documents import event_ids, view_of
from storage.sqlite_rows import View

#: Lines of the register that are read at once.
_AT_ONCE = 200


def change(connection: sqlite3.Connection, key: DataKey, masters: MasterKeys) -> None:
    """Change the database in the transaction that is open; `key` is the store's own.

    Raises `WrongKey`, `sqlite3.Error`.
    """
    lines = CaseLines(connection, key)
    last = ""
    while page := lines.page(last, _AT_ONCE):
        last = page[-1][0]
        for case, line in page:
            if isinstance(line, CaseLine):
                _name_messages(View(connection, view_of(case), masters.unwrap(line.key, case)))


def _name_messages(view: View) -> None:
    messages, rows = view.rows("keys"), view.rows("events")
    for id_ in messages.ids():
        messages.drop(id_)
    documents, _ = rows.readable()
    found = []
    for id_, document in documents.items():
        with suppress(ValidationError):
            found.append((Recorded.model_validate(document), document))
            rows.drop(id_)
    ids = event_ids((recorded for recorded, _ in found), view.key)
    for id_, (_, document) in zip(ids, found, strict=True):
        rows.add(id_, document)
