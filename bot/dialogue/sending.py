"""The last step: the lead says that the approved letter was sent, and the case is closed."""

from __future__ import annotations

from bot.access import Right, rights
from bot.dialogue import screens, texts
from bot.dialogue.buttons import Action
from bot.dialogue.messages import Tone
from bot.dialogue.reviewing import refuse_right
from bot.dialogue.talk import Talk, reply
from storage.case import CaseState
from storage.events import Sent


def mark_sent(talk: Talk, *, confirmed: bool) -> None:
    """Note that the letter was sent; it closes the case for good, so the lead is asked once more."""
    case = talk.situation.case
    if case.state is CaseState.SENT:
        talk.replies.append(screens.done(talk.situation, talk.person))
    elif case.state is not CaseState.APPROVED:
        talk.refuse(texts.NOT_FINAL_YET)
    elif Right.MARK_SENT not in rights(case, talk.person):
        refuse_right(talk)
    elif not confirmed:
        sure = screens.button(talk.situation, texts.SENT_SURE, Action.MARK_SENT, "", screens.CONFIRMED)
        talk.say(texts.SENT_ASK, buttons=((sure,),), tone=Tone.QUESTION)
    else:
        talk.happen(Sent())
        talk.say(texts.MARKED_SENT, tone=Tone.SAVED)
        told = texts.NOTICE_SENT.format(name=talk.situation.name(talk.person))
        talk.tell(list(case.members), reply(told))
