"""What a button carries: which case, drawn at which sequence number, what to do, with which point.

No state lives behind a button, so one from last week is still understood, and a stale one recognised.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: Telegram's limit on a button's data, in bytes.
MAX_BYTES = 64


class Action(StrEnum):
    """What a button does; one or two letters, for the sake of its 64 bytes."""

    ANSWER = "a"  # arg: "ja", "nej", "ved_ikke", an option's id; with text beside it, see `answering`
    SKIP = "s"
    BACK = "b"
    EDIT = "e"  # go to this point
    EXAMPLE = "h"
    KEEP = "k"  # the answer still holds
    DONE = "d"  # no more files
    OPTION = "o"  # arg: number of the option of what was asked back
    STORE_ANYWAY = "p"  # personal data: the person vouches for it
    DROP = "x"  # leave what was asked back
    ACKNOWLEDGE = "f"  # arg: the finding's key
    DISPUTE = "n"  # arg: the key of the finding that is wrong
    CORRECT = "m"  # arg: the key of the finding whose answer is to be mended
    APPROVE = "y"
    APPROVE_ALL = "ya"
    APPROVE_CASE = "yc"
    MARK_SENT = "ys"  # arg: "=" once the lead has confirmed it
    RETURN = "r"
    SUBMIT = "u"
    LETTER = "l"
    PICTURES = "lp"
    BUNDLE = "lb"
    REPORT = "t"  # arg: the beginning of the read file's hash
    FINDINGS = "v"
    REVIEW = "g"  # the answer after this point
    CASE = "w"  # go to work on this case


@dataclass(frozen=True)
class Press:
    """A pressed button, read back. `seq` is the case's version that the button was drawn for."""

    case: str
    seq: int
    action: Action
    point: str = ""
    arg: str = ""


def encode(press: Press) -> str:
    """The button's data; raises ValueError where it would be over the limit."""
    data = "|".join((press.case, str(press.seq), press.action, press.point, press.arg))
    if len(data.encode()) > MAX_BYTES:
        raise ValueError(f"button data of {len(data.encode())} bytes")
    return data


def decode(data: str) -> Press | None:
    """The press that the data stands for, or None where it is no button of ours."""
    parts = data.split("|")
    if len(parts) != 5 or not parts[1].isascii() or not parts[1].isdigit() or len(parts[1]) > 9:
        return None
    try:
        action = Action(parts[2])
    except ValueError:
        return None
    return Press(parts[0], int(parts[1]), action, parts[3], parts[4])
