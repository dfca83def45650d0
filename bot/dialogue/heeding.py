"""Heeding a finding: the answer is mended, the finding acknowledged with a reason, or said to be wrong."""

from __future__ import annotations

from bot.access import Right, rights
from bot.dialogue import screens, texts
from bot.dialogue.asking import ask_back
from bot.dialogue.guard import Use, Words, guarded
from bot.dialogue.messages import Tone
from bot.dialogue.moving import go_on, turn_to
from bot.dialogue.placing import point_of
from bot.dialogue.reviewing import refuse_right
from bot.dialogue.talk import Talk
from knowledge.findings import Finding
from storage.events import FindingAcknowledged, FindingDisputed


def acknowledge(talk: Talk, key: str, reason: str | None, *, vouched: bool = False) -> None:
    """Acknowledge the finding of this key; without a reason the person is asked for it first."""
    found = _found(talk, key)
    if Right.ANSWER not in rights(talk.situation.case, talk.person):
        refuse_right(talk)
    elif found is None:
        talk.say(texts.NO_SUCH_FINDING)
    elif not reason:
        ask_back(talk, "acknowledge", None, {"finding": key})
        talk.say(texts.ACKNOWLEDGE_WHY, tone=Tone.QUESTION)
    elif guarded(talk, reason, Use(Words.REASON, finding=key), vouched=vouched):
        talk.happen(FindingAcknowledged(finding=key, reason=reason))
        talk.say(texts.ACKNOWLEDGED.format(title=found.title), tone=Tone.SAVED)
        talk.replies.append(screens.standing(talk.situation, talk.person))


def correct(talk: Talk, key: str) -> None:
    """Take the person to the answer or the file that the finding is about, with what it advises."""
    found = _found(talk, key)
    if found is None:
        talk.say(texts.NO_SUCH_FINDING)
        go_on(talk)
        return
    how = "" if found.about.question else texts.CORRECT_FILE_HOW
    talk.say(texts.FINDING_ADVICE.format(advice=found.advice), how)
    turn_to(talk, point_of(talk.situation, found))


def dispute(talk: Talk, key: str, reason: str | None, *, vouched: bool = False) -> None:
    """The person says that the finding is wrong; its words are kept as a labelled text to learn from."""
    found = _found(talk, key)
    if Right.ANSWER not in rights(talk.situation.case, talk.person):
        refuse_right(talk)
    elif found is None:
        talk.say(texts.NO_SUCH_FINDING)
    elif reason is None or guarded(talk, reason, Use(Words.DISPUTE, finding=key), vouched=vouched):
        talk.happen(FindingDisputed(finding=key, label=found.id, text=found.about.quote, reason=reason or ""))
        talk.say(texts.DISPUTED.format(title=found.title), tone=Tone.SAVED)
        go_on(talk)


def _found(talk: Talk, key: str) -> Finding | None:
    return next((finding for finding in talk.situation.findings if finding.key == key), None)
