"""Opening a case and letting people in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.casebook import Casebook
from bot.dialogue.situation import Situation
from bot.dialogue.talk import Talk
from bot.people import ID_BYTES, People
from bot.settings import Settings
from bot.work import work_after
from knowledge.hearings.model import Definition
from knowledge.letters.profile import Profile
from storage.case import Case
from storage.events import MemberAdded, Opened, Role
from storage.store import Person, Store

#: Who the events are by that no person caused.
ASSISTANT = "assistant"


class Office(Protocol):
    """What of the desk is needed here."""

    settings: Settings
    casebook: Casebook
    people: People
    now: Callable[[], datetime]

    @property
    def store(self) -> Store:
        """Where cases are kept."""


async def open_case(
    desk: Office, definition: Definition, profile: Profile, quotes: dict[str, str] | None = None
) -> str:
    """Open a case on a hearing and give its id.

    Raises `LookRefused` where the profile names an unknown department, or nobody signs.
    """
    profile = desk.casebook.house.completed(profile)
    case = Case(secrets.token_hex(ID_BYTES))
    opened = Opened(
        hearing=definition.id,
        hearing_version=definition.version,
        profile=profile.model_dump(mode="json"),
        quotes=quotes or {},
    )
    recorded = case.record([opened], time=desk.now(), person=ASSISTANT, key=None)
    situation = Situation(definition, case.after(recorded))
    due = tuple(work_after(situation, recorded, desk.settings.reminder_days))
    await desk.store.open_case(case.id, recorded, due=due)
    return case.id


async def add_member(desk: Office, case: str, person: Person, role: Role) -> None:
    """Make the person a member of the case; who is one already stays as they are."""

    def talk_of(situation: Situation) -> Talk:
        talk = Talk(situation, ASSISTANT, desk.now(), None)
        if person.id not in situation.case.members:
            talk.happen(MemberAdded(member=person.id, name=person.name, role=role))
        return talk

    async with desk.casebook.lock(case):
        await desk.casebook.happen(case, talk_of)


async def invite(
    desk: Office, case: str, name: str, role: Role, *, expires_in: timedelta | None = None
) -> str:
    """A token that lets somebody in once, good for `invitation_days` unless told otherwise.

    A member of that name and role is let in anew, in another front end or after the login ran out.
    """
    members = (await desk.casebook.load(case)).case.members.values()
    known = next((one.person for one in members if one.name == name and one.role is role), None)
    days = timedelta(days=desk.settings.invitation_days)
    return await desk.people.invite(case, name, role, person=known, expires_in=expires_in or days)
