"""Events as they stand in PostgreSQL: their bodies, and the marks of the messages that led to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from storage.events import Recorded, chain_hash
from storage.postgres import Connection
from storage.postgres_bodies import Fields, body_of_text, document_of
from storage.sealing import DataKey
from storage.store import StoreDamaged

_READ = """
SELECT hearing_case.first, hearing_case.version, hearing_case.last_hash, hearing_case.data_key, event.seq,
    event.key, event.body
FROM hearing_case LEFT JOIN event ON event.case_id = hearing_case.id AND event.seq > %s
WHERE hearing_case.id = %s ORDER BY event.seq
"""


class Row(NamedTuple):
    """A case's line with one of its events, or with None where it has none: `_READ`."""

    first: int
    version: int
    last_hash: str
    data_key: bytes | None
    seq: int | None
    key: str | None
    body: Any


def message_mark(key: DataKey | None, message: str | None) -> str | None:
    """What stands in the database for a message's key; `key` is the case's."""
    return message if key is None or message is None else key.mark(message)


def message_marks(key: DataKey | None, recorded: Sequence[Recorded]) -> list[str | None]:
    """What stands in the database for the events' messages, each at its first event, None elsewhere."""
    messages = [one.key for one in recorded]
    return [message_mark(key, one) if one not in messages[:n] else None for n, one in enumerate(messages)]


def event_body(case: str, recorded: Recorded, key: DataKey | None) -> str:
    """The body that the event is stored as."""
    return body_of_text(recorded.text, key, "event", case, str(recorded.seq))


def event_document(case: str, seq: int, body: Fields, key: DataKey | None) -> Fields:
    """The event's document of a stored body; raises `StoreDamaged`."""
    return document_of(body, key, "event", case, str(seq))


async def read_rows(connection: Connection, case: str, after: int) -> list[Row]:
    """The case's events with a number over `after`, or a row without one; empty where there is no case."""
    found = await connection.execute(_READ, (after, case))
    return [Row._make(row) for row in await found.fetchall()]


def events_of_rows(case: str, rows: Sequence[Row], key: DataKey | None, *, after: int) -> list[Recorded]:
    """The events of the rows that were read; raises `StoreDamaged` where one is not what was stored."""
    line = rows[0]
    stored = {row.seq: row for row in rows if row.seq is not None}
    recorded: list[Recorded] = []
    for seq in range(max(after + 1, line.first), line.version + 1):
        named = f"event {seq} of case {case}"
        if seq not in stored:
            raise StoreDamaged(f"{named} is missing")
        mark, one = stored[seq].key, _event(case, seq, stored[seq].body, key)
        if one is None or (recorded and one.previous != recorded[-1].hash):
            raise StoreDamaged(f"{named} is not what was written")
        # The first that is read may be a later one of its message.
        goes_on = one.key == recorded[-1].key if recorded else after > 0 and mark is None
        if mark != (None if goes_on else message_mark(key, one.key)):
            raise StoreDamaged(f"the message of {named} is not what was written")
        recorded.append(one)
    if len(stored) > len(recorded) or (recorded and recorded[-1].hash != line.last_hash):
        raise StoreDamaged(f"what follows event {line.version} of case {case} is not what was written")
    return recorded


def _event(case: str, seq: int, body: Any, key: DataKey | None) -> Recorded | None:
    """The event of a stored body; None where it is not what was written."""
    try:
        recorded = Recorded.model_validate(event_document(case, seq, body, key))
    except (StoreDamaged, ValidationError, ValueError, AttributeError):
        return None
    return recorded if recorded.seq == seq and chain_hash(recorded) == recorded.hash else None
