"""Updates a second through our Telegram front end, against a bare echo bot on the stock library.

Both talk to the same Bot API server of our own, which runs in this process; each bot has its own. The
echo bot uses the same loop (handle, then confirm) one update after the other, which is its fastest way.
Ours is `python -m bot serve` as it is delivered: real desk, real store, every answer durable. Rounds of
the two alternate, so that what else the machine does hits both.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil  # type: ignore[import-untyped]

from bench.table import Row, at_least, at_most, told
from bot.opening import opened_desk
from bot.settings import Settings
from tests.botapi.server import BotApi
from tests.botapi.user import User
from tests.e2e.telegram.cases import hearing, open_invited
from tests.e2e.telegram.caseworker import Caseworker
from tests.e2e.telegram.serving_process import START_SECONDS, environment

USERS = 32
ROUNDS = 7
UPDATES_A_ROUND = 480
#: Updates in one case of the robot's: its questions and the invitation.
_UPDATES_A_CASE = 28
MIN_RATIO = 0.8
MAX_CPU_MS = 5.0


@dataclass
class _Bot:
    """A bot process and what its rounds took: updates a second, CPU milliseconds an update."""

    process: psutil.Process
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    async def round(self, users: list[Callable[[], Awaitable[None]]]) -> None:
        """Let all users go through one update after the other until the round's updates are done."""
        left = iter(range(UPDATES_A_ROUND))

        async def keep_on(once: Callable[[], Awaitable[None]]) -> None:
            for _ in left:
                await once()

        loop = asyncio.get_running_loop()
        cpu, began = self._cpu(), loop.time()
        await asyncio.gather(*(keep_on(user) for user in users))
        self.rates.append(UPDATES_A_ROUND / (loop.time() - began))
        self.cpu.append(1000 * (self._cpu() - cpu) / UPDATES_A_ROUND)

    def _cpu(self) -> float:
        times = self.process.cpu_times()
        return float(times.user + times.system)


def run() -> list[Row]:
    """The table's rows."""
    with tempfile.TemporaryDirectory() as data:
        return asyncio.run(_measured(Path(data) / "data"))


async def _measured(data: Path) -> list[Row]:
    tokens = iter(await _invitations(data))
    async with (
        BotApi() as our_api,
        BotApi() as echo_api,
        running("-m", "bot", "serve", **environment(our_api, data)) as our_process,
        running("-m", "bench.telegram_echo", echo_api.url, echo_api.token) as echo_process,
    ):
        await our_api.polled(timeout=START_SECONDS)
        await echo_api.polled(timeout=START_SECONDS)
        ours, echo = _Bot(our_process), _Bot(echo_process)
        our_users = [answering(our_api.user(f"Person {number}"), tokens) for number in range(USERS)]
        echo_users = [_writing(echo_api.user(f"Person {number}")) for number in range(USERS)]
        for _ in range(ROUNDS + 1):
            await echo.round(echo_users)
            await ours.round(our_users)
    # The first round of each warms up.
    rate, bare = median(ours.rates[1:]), median(echo.rates[1:])
    return [
        told("Telegram: updates a second", rate, "/s"),
        told("Telegram: updates a second of a bare echo bot", bare, "/s"),
        at_least("Telegram: ours of the echo bot's", rate / bare, MIN_RATIO),
        at_most("Telegram: our CPU per update, median", median(ours.cpu[1:]), MAX_CPU_MS, "ms"),
        told("Telegram: the echo bot's CPU per update, median", median(echo.cpu[1:]), "ms"),
    ]


async def _invitations(data: Path) -> list[str]:
    """Tokens that each let a caseworker into a new case."""
    cases = USERS + (ROUNDS + 1) * UPDATES_A_ROUND // _UPDATES_A_CASE + 1
    async with opened_desk(Settings(data=data)) as desk:
        return [(await open_invited(desk)).caseworker for _ in range(cases)]


def answering(user: User, tokens: Iterator[str]) -> Callable[[], Awaitable[None]]:
    """A caseworker who answers case after case."""
    caseworker = Caseworker(user, hearing())

    async def once() -> None:
        asked = caseworker.asked()
        if asked is None or caseworker.is_finished(asked):
            caseworker.come_in(next(tokens))
        else:
            caseworker.act(asked)
        await user.world.pulse.until(caseworker.asked)

    return once


def _writing(user: User) -> Callable[[], Awaitable[None]]:
    async def once() -> None:
        user.send("Arbejdet er udført som aftalt.")
        await user.reply()

    return once


@contextlib.asynccontextmanager
async def running(*arguments: str, **environment: str) -> AsyncIterator[psutil.Process]:
    """A Python process with these arguments, ended at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=os.environ | environment, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield psutil.Process(process.pid)
    finally:
        process.kill()
        await process.wait()
