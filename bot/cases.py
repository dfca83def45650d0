"""Opening a case and letting people in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.casebook import Casebook
from bot.dialogue.talk import Talk
from bot.people import People
from bot.settings import Settings
from knowledge.hearings.model import Definition
from knowledge.letters.profile import Profile
from storage.case import Case
from storage.events import MemberAdded, Opened, Role
from storage.store import Person, Store

#: Hexadecimal digits in the id of a case or a person: short, since a button carries it.
ID_DIGITS = 10
#: Who the events are by that no person caused.
ASSISTANT = "assistant"


class Office(Protocol):
    """What of the desk is needed here."""

    store: Store
    settings: Settings
    casebook: Casebook
    people: People
    now: Callable[[], datetime]


async def open_case(
    desk: Office, definition: Definition, profile: Profile, quotes: dict[str, str] | None = None
) -> str:
    """Open a case on a hearing and give its id."""
    case = Case(secrets.token_hex(ID_DIGITS // 2))
    opened = Opened(
        hearing=definition.id,
        hearing_version=definition.version,
        profile=profile.model_dump(mode="json"),
        quotes=quotes or {},
    )
    recorded = case.record([opened], time=desk.now(), person=ASSISTANT, key=None)
    await desk.store.open_case(case.id, recorded)
    return case.id


async def add_member(desk: Office, case: str, name: str, role: Role) -> Person:
    """Add someone new to the case; they come in by an invitation."""
    person = Person(id=secrets.token_hex(ID_DIGITS // 2), name=name, case=case)
    await desk.store.save_person(person)
    async with desk.casebook.lock(case):
        situation = await desk.casebook.load(case)
        talk = Talk(situation, ASSISTANT, desk.now(), None)
        talk.happen(MemberAdded(member=person.id, name=name, role=role))
        await desk.casebook.keep(talk)
    return person


async def invite(desk: Office, person: Person, case: str, *, expires_in: timedelta | None = None) -> str:
    """A token that lets a member in once; good for `invitation_days` unless told otherwise."""
    situation = await desk.casebook.load(case)
    role = situation.case.members[person.id].role
    days = timedelta(days=desk.settings.invitation_days)
    return await desk.people.invite(person, case, role, expires_in=expires_in or days)
