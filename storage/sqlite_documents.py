"""How cases and events are named and written as documents of the embedded store."""

from __future__ import annotations

import json

from storage.events import Recorded

#: The view of what belongs to no case.
REGISTER = "register"
#: Digits of an event's number in its id: a case holds at most a hundred million events.
EVENT_DIGITS = 8

_to_json = json.JSONEncoder(separators=(",", ":")).encode


def view_of(case: str) -> str:
    """The view that holds a case's documents."""
    return f"case:{case}"


def event_id(seq: int) -> str:
    """Ids are ordered as text."""
    return f"{seq:0{EVENT_DIGITS}}"


def text_of(recorded: Recorded) -> bytes:
    """The event as JSON."""
    try:
        return recorded.model_dump_json().encode()
    except ValueError:  # a lone surrogate, which only the slower way knows to write
        return _to_json(recorded.model_dump(mode="json")).encode()
