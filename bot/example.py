"""The example municipality that a new store starts with, so that the product shows itself in a minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.cases import invite, open_case
from bot.desk import Desk
from bot.replay import join, play_answers
from knowledge.hearings.casefile import load_case_file
from knowledge.hearings.load import definition
from storage.events import Role
from storage.store import StoreDamaged, UnknownCase

#: The invented municipality and what it has answered so far; a case file as `replay` takes it.
CASE_FILE = Path(__file__).with_name("example_case") / "case.yaml"


@dataclass(frozen=True)
class ExampleMember:
    """A member of the example case with a token to log in by, once."""

    name: str
    role: Role
    token: str


@dataclass(frozen=True)
class Example:
    """The example case and its people."""

    case: str
    members: tuple[ExampleMember, ...]

    def token(self, role: Role) -> str:
        """The token of the first member of a role."""
        return next(member.token for member in self.members if member.role is role)

    @property
    def caseworker_token(self) -> str:
        """Lets the caseworker in."""
        return self.token(Role.CASEWORKER)

    @property
    def team_lead_token(self) -> str:
        """Lets the team lead in."""
        return self.token(Role.TEAM_LEAD)


async def open_example(desk: Desk) -> Example | None:
    """Open the example case in an empty store, or let its people in anew.

    None beside real cases, and where it was erased or cannot be read.
    """
    summaries, damages = await desk.store.contents.cases()
    case_file = load_case_file(CASE_FILE)
    if damages or len(summaries) > 1:
        return None
    if not summaries:
        case = await open_case(
            desk, definition(case_file.hearing), case_file.profile(), dict(case_file.quotes)
        )
        caseworker = await join(desk, case, case_file.people.caseworker, Role.CASEWORKER, [])
        await join(desk, case, case_file.people.team_lead, Role.TEAM_LEAD, [])
        await play_answers(caseworker, case_file, CASE_FILE.parent)
    else:
        case = summaries[0].id
    try:
        situation = await desk.casebook.load(case)
    except (StoreDamaged, UnknownCase):  # erased, or not to be read: there is nothing to show
        return None
    if situation.profile.municipality != case_file.municipality:
        return None
    minutes = timedelta(minutes=desk.settings.login_link_minutes)
    members = []
    for member in situation.case.members.values():
        token = await invite(desk, case, member.name, member.role, expires_in=minutes)
        members.append(ExampleMember(member.name, member.role, token))
    return Example(case, tuple(members))
