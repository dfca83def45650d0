"""The real desk and store behind the real server, and a browser for each person of a test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.cases import invite, open_case
from bot.desk import Desk
from bot.opening import opened_desk
from bot.settings import Settings
from bot.web.server import run
from knowledge.hearings.load import definition
from knowledge.letters.profile import Municipality, Profile, Signatory
from storage.events import Role

from .browser import ARGUMENTS, Screen, chromium

HEARING = "ankestyrelsen-konsulenter-2020"


@dataclass(frozen=True)
class Opened:
    """A case of a test's own, with a login token for each of its people."""

    id: str
    caseworker: str
    team_lead: str


@dataclass(frozen=True)
class Site:
    """The running assistant."""

    desk: Desk
    url: str

    async def open_case(self, name: str = "Eksempel Kommune") -> Opened:
        """A case without answers."""
        profile = Profile(
            municipality=Municipality(name=name, postcode_city="9999 Eksempel"),
            journal_number="27.00.00-K03-1-20",
            signatory=Signatory(name="Leder Tre", title="Direktør"),
        )
        case = await open_case(self.desk, definition(HEARING), profile)
        tokens = []
        for who, role in (("Mette Sagsbehandler", Role.CASEWORKER), ("Jonas Leder", Role.TEAM_LEAD)):
            tokens.append(await invite(self.desk, case, who, role))
        return Opened(case, *tokens)


Window = Callable[..., Awaitable[Screen]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """The assistant on a free port, for all browser tests."""
    settings = Settings(data=tmp_path_factory.mktemp("data"), web_port=0, max_file_bytes=1_000_000)
    stop = asyncio.Event()
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    async with opened_desk(settings) as desk:
        serving = asyncio.create_task(run(desk, settings, stop, ready=address.set_result))
        yield Site(desk, await address)
        stop.set()
        await serving


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all."""
    path = chromium()
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def window(browser: Browser, site: Site) -> AsyncIterator[Window]:
    """Opens a browser window for a person, logged in where a token is given."""
    opened: list[Screen] = []

    async def open_window(token: str | None = None, **options: Any) -> Screen:
        options = {"locale": "da-DK", "reduced_motion": "reduce"} | options
        context = await browser.new_context(**options)
        screen = Screen(context, await context.new_page(), site.url)
        screen.watch()
        opened.append(screen)
        if token is not None:
            await screen.log_in(token)
        return screen

    yield open_window
    problems = [problem for screen in opened for problem in screen.problems]
    for screen in opened:
        await screen.context.close()
    assert problems == []


@pytest_asyncio.fixture(loop_scope="session")
async def case(site: Site) -> Opened:
    """A case of the test's own."""
    return await site.open_case()


@pytest_asyncio.fixture(loop_scope="session")
async def mette(window: Window, case: Opened) -> Screen:
    """The caseworker, logged in at a desk."""
    return await window(case.caseworker)
