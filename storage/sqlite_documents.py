"""How cases and events are named and written as documents of the embedded store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

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


def event_ids(recorded: Iterable[Recorded], key: DataKey) -> Iterator[str]:
    """The ids of events that are stored together: which of the events of which message each is.

    So the events of a message that was handled before are there already. An event of no message has its
    number. `key` is the case's; it hides what the messages' keys are.
    """
    of_message: Counter[str] = Counter()
    for one in recorded:
        if one.key is None:
            yield number_id(one.seq)
        else:
            yield event_id(key.mark(one.key), of_message[one.key])
            of_message[one.key] += 1


def event_id(mark: str, number: int) -> str:
    """The id of a message's event of this number, from 0; `mark` is the message's."""
    return f"{mark}.{number}"
