"""How cases and events are named and written as documents of the embedded store."""

from __future__ import annotations

from collections.abc import Iterable

from storage.events import Recorded
from storage.sealing import DataKey

#: The view of what belongs to no case.
REGISTER = "register"
#: Digits of a number in an id.
_DIGITS = 8


def view_of(case: str) -> str:
    """The view that holds a case's documents."""
    return f"case:{case}"


def number_id(seq: int) -> str:
    """The id of what has only a number; ids are ordered as text, up to a hundred million."""
    return f"{seq:0{_DIGITS}}"


def event_ids(recorded: Iterable[Recorded], key: DataKey) -> list[str]:
    """The ids of events that are stored together: the mark of each one's message, and its number there.

    So the events of a message that was handled before are there already. An event of no message has its
    own number. `key` is the case's; it hides what the messages' keys are.
    """
    ids: list[str] = []
    message, mark, number = None, "", 0
    for one in recorded:
        if one.key is None:
            ids.append(number_id(one.seq))
            continue
        if one.key != message:
            message, mark, number = one.key, key.mark(one.key), 0
        ids.append(f"{mark}.{number}")
        number += 1
    return ids
