"""How cases and events are named and written as documents of the embedded store."""

from __future__ import annotations

#: The view of what belongs to no case.
REGISTER = "register"
#: Digits of an event's number in its id: a case holds at most a hundred million events.
EVENT_DIGITS = 8


def view_of(case: str) -> str:
    """The view that holds a case's documents."""
    return f"case:{case}"


def event_id(seq: int) -> str:
    """Ids are ordered as text."""
    return f"{seq:0{EVENT_DIGITS}}"
