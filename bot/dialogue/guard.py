"""Personal data at the door: a CPR number is stopped, what may be a citizen's is asked about.

Nothing is stored of either until the person vouches for it or writes it anew. All words that come in pass
here: answers, notes, titles, file names, comments and reasons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from bot.dialogue import screens, texts
from bot.dialogue.buttons import Action
from bot.dialogue.messages import Tone
from bot.dialogue.talk import Talk
from knowledge.checks.personal_data import scan

#: What was found is quoted to the person, the first so many.
_QUOTED = 3
#: What stands between the words of a file's name.
_NAME_GAPS = re.compile(r"[_.+-]+")


class Words(StrEnum):
    """What words held back are for; a button carries it so that they go on from there."""

    ANSWER = ""
    ADDITION = "+"
    FILE = "b"
    COMMENT = "r"
    #: The finding's key follows.
    REASON = "f"
    DISPUTE = "n"


@dataclass(frozen=True)
class Use:
    """What words are for, at which point, about which finding."""

    words: Words = Words.ANSWER
    point: str = ""
    finding: str = ""

    @property
    def arg(self) -> str:
        """How a button carries it, the point aside."""
        return f"{self.words}{self.finding}"


def use_of(point: str, arg: str) -> Use | None:
    """The use that a button carries, None where it carries none that is known."""
    try:
        return Use(Words(arg[:1]), point, arg[1:])
    except ValueError:
        return None


def guarded(talk: Talk, text: str, use: Use, *, vouched: bool = False) -> bool:
    """Whether the text may be stored; otherwise the person has been told why not.

    `vouched`: the person has said that the names belong there; a CPR number is stopped still.
    """
    found = scan(text, allowed=talk.situation.allowed_names) if text else []
    if any(one.stops for one in found):
        talk.delete = True
        talk.refuse(texts.CPR_IN_FILE_NAME if use.words is Words.FILE else texts.CPR_STOPPED)
        return False
    if not found or vouched:
        return True
    kinds = [texts.PERSONAL_KINDS[one.kind] for one in found]
    quoted = [
        texts.PERSONAL_QUOTED.format(words=" ".join(text[one.start : one.end].split())) for one in found
    ]
    said = texts.PERSONAL_FOUND.format(
        kinds=_listed(list(dict.fromkeys(kinds))), quoted=_listed(quoted[:_QUOTED])
    )
    talk.hold = True
    keep = screens.button(talk.situation, texts.PERSONAL_KEEP, Action.STORE_ANYWAY, use.point, use.arg)
    drop = screens.button(talk.situation, texts.PERSONAL_DROP, Action.DROP, use.point)
    talk.say(texts.PERSONAL_ASK[use.words].format(found=said), buttons=((keep, drop),), tone=Tone.QUESTION)
    return False


def file_guarded(talk: Talk, point: str, name: str, title: str, *, vouched: bool = False) -> bool:
    """Whether a file may be stored under its name, with its title."""
    spaced = _NAME_GAPS.sub(" ", PurePath(name).stem)
    return guarded(talk, "\n".join((name, spaced, title)), Use(Words.FILE, point), vouched=vouched)


def is_harmless(talk: Talk, text: str) -> bool:
    """Whether nothing in the text may be personal."""
    return not scan(text, allowed=talk.situation.allowed_names)


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return texts.AND.format(first=", ".join(words[:-1]), last=words[-1])
