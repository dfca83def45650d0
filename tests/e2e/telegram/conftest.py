"""The unmodified Telegram front end against the strict Bot API server, over real HTTP."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.messages import Block, Incoming, Outcome, Reply
from bot.settings import Settings
from bot.telegram import app
from bot.telegram.front import Desk
from tests.botapi.server import BotApi

PUBLIC = "https://hoering.example"
SECRET = "a-secret-that-telegram-repeats"


def said(text: str, **about: Any) -> Reply:
    """A reply of one plain block."""
    return Reply((Block(text),), **about)


@dataclass
class FakeDesk:
    """A desk that remembers what it was told and answers by a function; by default it echoes."""

    channels: dict[str, Any] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    heard: list[Incoming] = field(default_factory=list)
    answer: Callable[[Incoming], Awaitable[Outcome]] | None = None

    @property
    def duties(self) -> FakeDesk:
        """Does duties itself."""
        return self

    async def alone(self, name: str, work: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
        """Nobody else is there."""
        await work()

    async def handle(self, incoming: Incoming) -> Outcome:
        """Remember and answer."""
        self.heard.append(incoming)
        if self.answer is not None:
            return await self.answer(incoming)
        return Outcome((said(f"Gemt: {incoming.text or incoming.button}"),))

    def replies(self, *replies: Reply, delete: bool = False) -> None:
        """Answer everything with these."""

        async def answer(incoming: Incoming) -> Outcome:
            return Outcome(replies, delete)

        self.answer = answer


class Serving:
    """The front end at work; `kill` ends it as abruptly as the process's death, `stop` as SIGTERM."""

    def __init__(self, desk: Desk, settings: Settings, api: BotApi) -> None:
        self.desk = desk
        self.settings = settings
        self.api = api

    async def start(self) -> None:
        """Start, and wait until Telegram can reach it."""
        self._stop = asyncio.Event()
        self.task = asyncio.create_task(app.run(self.desk, self.settings, self._stop))
        before = len(self.api.called("getUpdates"))
        await self.api.world.pulse.until(
            lambda: len(self.api.called("getUpdates")) > before or self.api.world.webhook
        )

    async def stop(self) -> None:
        """Stop as on SIGTERM."""
        self._stop.set()
        await self.task

    async def kill(self) -> None:
        """Break off at once: nothing under way comes to its end, nothing is confirmed."""
        others = asyncio.all_tasks() - {asyncio.current_task()}
        of_the_bot = [task for task in others if "bot/telegram" in task.get_coro().cr_code.co_filename]  # type: ignore[union-attr]
        for task in of_the_bot:
            task.cancel()
        await asyncio.gather(*of_the_bot, return_exceptions=True)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server."""
    async with BotApi() as server:
        yield server


@pytest.fixture
def desk() -> FakeDesk:
    """A desk whose answers the test decides."""
    return FakeDesk()


@pytest.fixture(params=["polling", "webhook"])
def way_in(request: pytest.FixtureRequest) -> str:
    """How updates come in."""
    return str(request.param)


@pytest.fixture
def settings(api: BotApi, way_in: str, tmp_path: Path) -> Settings:
    """Settings for the test's server."""
    about: dict[str, Any] = {
        "data": tmp_path / "data",
        "telegram_token": api.token,
        "telegram_api": api.url,
        "telegram_messages_per_second": 1000,
    }
    if way_in == "webhook":
        port = _free_port()
        api.proxies[PUBLIC] = f"http://127.0.0.1:{port}"
        about |= {
            "telegram_webhook_url": f"{PUBLIC}/telegram",
            "telegram_webhook_secret": SECRET,
            "telegram_webhook_port": port,
        }
    return Settings(**about)


@pytest.fixture
async def serving(desk: FakeDesk, settings: Settings, api: BotApi) -> AsyncIterator[Serving]:
    """The front end, started."""
    front_end = Serving(desk, settings, api)
    await front_end.start()
    yield front_end
    if not front_end.task.done():
        await front_end.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
