"""Heeding a finding: it is acknowledged with a reason, which stays on record."""

from __future__ import annotations

from bot.access import Right, rights
from bot.dialogue import screens, texts
from bot.dialogue.asking import ask_back
from bot.dialogue.guard import comment_guarded
from bot.dialogue.messages import Tone
from bot.dialogue.reviewing import refuse_right
from bot.dialogue.talk import Talk
from storage.events import FindingAcknowledged


def acknowledge(talk: Talk, key: str, reason: str | None) -> None:
    """Acknowledge the finding of this key; without a reason the person is asked for it first."""
    found = next((finding for finding in talk.situation.findings if finding.key == key), None)
    if Right.ANSWER not in rights(talk.situation.case, talk.person):
        refuse_right(talk)
    elif found is None:
        talk.say(texts.NO_SUCH_FINDING)
    elif not reason:
        ask_back(talk, "acknowledge", None, {"finding": key})
        talk.say(texts.ACKNOWLEDGE_WHY, tone=Tone.QUESTION)
    elif comment_guarded(talk, reason):
        talk.happen(FindingAcknowledged(finding=key, reason=reason))
        talk.say(texts.ACKNOWLEDGED.format(title=found.title), tone=Tone.SAVED)
        talk.replies.append(screens.standing(talk.situation, talk.person))
