"""The deadline: who is told of it, and what is left to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from bot.dialogue import texts
from bot.dialogue.parsing.dates import said
from bot.dialogue.screens import DENMARK
from bot.dialogue.situation import Situation
from bot.dialogue.talk import Notice, reply, strong
from storage.case import CaseState
from storage.events import Role


def reminders(situation: Situation, now: datetime) -> Iterator[Notice]:
    """What the people whose turn it is are told; nobody where nothing is left to do."""
    deadline = situation.profile.deadline
    if deadline is None:
        return
    match situation.case.state:
        case CaseState.DRAFTING:
            role, left = Role.CASEWORKER, _left(situation)
        case CaseState.SUBMITTED:
            role, left = Role.TEAM_LEAD, texts.REMINDER_REVIEW
        case CaseState.APPROVED:
            role, left = Role.TEAM_LEAD, texts.REMINDER_SEND
        case _:
            return
    when = _when(deadline, now.astimezone(DENMARK).date(), situation.definition.title)
    for person in situation.persons(role):
        yield Notice(person, reply(strong(when), left))


def _left(situation: Situation) -> str:
    open_points = len(situation.to_answer) + len(situation.skipped)
    return texts.counted(texts.REMINDER_OPEN, open_points) if open_points else texts.REMINDER_SUBMIT


def _when(deadline: date, today: date, title: str) -> str:
    days = (deadline - today).days
    if days < 0:
        form = texts.REMINDER_PAST
    elif days == 0:
        form = texts.REMINDER_TODAY
    else:
        form = texts.REMINDER_DAYS[days != 1]
    return form.format(title=title, days=days, date=said(deadline))
