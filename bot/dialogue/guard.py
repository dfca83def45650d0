"""Personal data at the door: a CPR number is stopped, what may be a citizen's is asked about.

Nothing is stored of either until the person vouches for it or writes it anew.
"""

from __future__ import annotations

from bot.dialogue import screens, texts
from bot.dialogue.buttons import Action
from bot.dialogue.messages import Tone
from bot.dialogue.talk import Talk
from knowledge.checks.personal_data import scan

#: Kinds named to the person before "and more".
_ADDING = "+"


def guarded(talk: Talk, point: str, text: str, *, vouched: bool, adding: bool = False) -> bool:
    """Whether the text may be stored; otherwise the person has been told why not.

    `vouched`: the person has said that the names belong in the letter; a CPR number is stopped still.
    """
    found = scan(text, allowed=talk.situation.allowed_names) if text else []
    if any(one.stops for one in found):
        talk.delete = True
        talk.refuse(texts.CPR_STOPPED)
        return False
    if not found or vouched:
        return True
    kinds = [texts.PERSONAL_KINDS[one.kind] for one in found]
    talk.hold = True
    arg = _ADDING if adding else ""
    keep = screens.button(talk.situation, texts.PERSONAL_KEEP, Action.STORE_ANYWAY, point, arg)
    drop = screens.button(talk.situation, texts.PERSONAL_DROP, Action.DROP, point)
    talk.say(
        texts.PERSONAL_ASK.format(found=_listed(list(dict.fromkeys(kinds)))),
        buttons=((keep, drop),),
        tone=Tone.QUESTION,
    )
    return False


def comment_guarded(talk: Talk, text: str) -> bool:
    """Whether a comment or a reason may be stored: a CPR number is stopped there too."""
    if any(one.stops for one in scan(text, allowed=talk.situation.allowed_names)):
        talk.delete = True
        talk.refuse(texts.CPR_STOPPED)
        return False
    return True


def was_adding(arg: str) -> bool:
    """Whether a held message was to be added to an answer rather than to replace it."""
    return arg == _ADDING


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return texts.AND.format(first=", ".join(words[:-1]), last=words[-1])
