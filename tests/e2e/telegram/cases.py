"""Cases on the shipped hearing, with people invited to them, for tests and measurements."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cases import invite, open_case
from bot.desk import Desk
from knowledge.hearings.load import definition
from knowledge.hearings.model import Definition
from knowledge.letters.profile import Municipality, Profile, Signatory
from storage.events import Role

HEARING = "ankestyrelsen-konsulenter-2020"
_PROFILE = Profile(
    municipality=Municipality(name="Prøve Kommune", street="Torvet 1", postcode_city="9999 Prøve"),
    journal_number="27.00.00-K03-7-20",
    signatory=Signatory(name="Karen Vig", title="Direktør"),
)


@dataclass(frozen=True)
class Invited:
    """A case, and what lets its two people in."""

    case: str
    caseworker: str
    team_lead: str


def hearing() -> Definition:
    """The hearing that the cases answer."""
    return definition(HEARING)


async def open_invited(desk: Desk) -> Invited:
    """Open a case with a caseworker and a team lead, and invite both."""
    case = await open_case(desk, hearing(), _PROFILE)
    caseworker = await invite(desk, case, "Mette Holm", Role.CASEWORKER)
    return Invited(case, caseworker, await invite(desk, case, "Jens Bak", Role.TEAM_LEAD))
