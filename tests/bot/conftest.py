"""A desk on a real store in a temporary folder, with the example's two people."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.cases import invite, open_case
from bot.desk import Desk
from bot.dialogue.buttons import Action, Press, encode
from bot.dialogue.messages import Incoming, Outcome, Reply, Upload
from bot.opening import opened_desk
from bot.settings import Settings
from knowledge.hearings.load import definition
from knowledge.letters.profile import Profile
from storage.case import Case
from storage.events import Role
from tests.bot.dialogue.talking import PROFILE


@dataclass
class Visitor:
    """Somebody at a front end: sends messages to the desk and keeps what comes back."""

    desk: Desk
    user: str
    case: str
    heard: tuple[Reply, ...] = ()
    keys: itertools.count = field(default_factory=itertools.count)  # type: ignore[type-arg]

    @property
    def text(self) -> str:
        """All that was heard as answer to the last message."""
        return "\n".join(reply.text for reply in self.heard)

    async def says(
        self,
        text: str | None = None,
        *,
        key: str | None = None,
        button: str | None = None,
        file: Upload | None = None,
    ) -> Outcome:
        """Send a message; without a `key` it is a new one."""
        key = key or f"{self.user}-{next(self.keys)}"
        outcome = await self.desk.handle(
            Incoming(self.user, self.user, key, text=text, button=button, file=file, message=key)
        )
        self.heard = outcome.replies
        return outcome

    async def presses(
        self, action: Action, point: str = "", arg: str = "", text: str | None = None
    ) -> Outcome:
        """Press a button drawn for the case as it stands."""
        version = (await self.stands()).version
        return await self.says(text, button=encode(Press(self.case, version, action, point, arg)))

    async def stands(self) -> Case:
        """The case as the store holds it."""
        return Case(self.case).after(await self.desk.store.events(self.case))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk on an empty store."""
    async with opened_desk(Settings(data=tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
async def case(desk: Desk) -> str:
    """A case on the shipped hearing."""
    return await open_case(
        desk, definition("ankestyrelsen-konsulenter-2020"), Profile.model_validate(PROFILE)
    )


async def let_in(desk: Desk, case: str, name: str, role: Role, user: str) -> Visitor:
    """Invite somebody and let them come in by the link."""
    token = await invite(desk, case, name, role)
    visitor = Visitor(desk, user, case)
    await visitor.says(f"/start {token}")
    return visitor


@pytest.fixture
async def mette(desk: Desk, case: str) -> Visitor:
    """The caseworker, on Telegram."""
    return await let_in(desk, case, "Mette", Role.CASEWORKER, "telegram:1")


@pytest.fixture
async def jens(desk: Desk, case: str, mette: Visitor) -> Visitor:
    """The team lead, on Telegram."""
    return await let_in(desk, case, "Jens", Role.TEAM_LEAD, "telegram:2")
