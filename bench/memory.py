"""Memory of `serve` while a thousand people come and answer, each in a case of their own."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from bench.table import Row, at_most, told
from bench.telegram import answering, running
from bot.opening import opened_desk
from bot.settings import Settings
from tests.botapi.server import BotApi
from tests.e2e.telegram.cases import open_invited
from tests.e2e.telegram.serving_process import START_SECONDS, environment

CONVERSATIONS = 1_000
#: Messages in each conversation: the invitation and the first answers.
UPDATES = 8
#: How many people write at once.
AT_ONCE = 16
#: Memory is read after so many conversations for the first time, once caches have filled.
FIRST_READING = 400
MAX_MB = 200.0
MAX_GROWTH = 1.1


def run() -> list[Row]:
    """The table's rows."""
    with tempfile.TemporaryDirectory() as data:
        return asyncio.run(_measured(Path(data) / "data"))


async def _measured(data: Path) -> list[Row]:
    async with opened_desk(Settings(data=data)) as desk:
        tokens = iter([(await open_invited(desk)).caseworker for _ in range(CONVERSATIONS)])
    async with (
        BotApi() as api,
        running("-m", "bot", "serve", **environment(api, data)) as process,
    ):
        await api.polled(timeout=START_SECONDS)
        numbers = itertools.count()
        await _talk(api, tokens, numbers, FIRST_READING)
        early = _megabytes(process)
        await _talk(api, tokens, numbers, CONVERSATIONS - FIRST_READING)
        late = _megabytes(process)
    return [
        told(f"Memory of serve after {FIRST_READING} conversations", early, "MB"),
        at_most(f"Memory of serve after {CONVERSATIONS} conversations", late, MAX_MB, "MB"),
        at_most("Memory of serve: the later of the earlier", late / early, MAX_GROWTH),
    ]


async def _talk(api: BotApi, tokens: Iterator[str], numbers: Iterator[int], conversations: int) -> None:
    """Hold so many conversations, some at once."""
    left = iter(range(conversations))

    async def people() -> None:
        for _ in left:
            once = answering(api.user(f"Person {next(numbers)}"), tokens)
            for _ in range(UPDATES):
                await once()

    await asyncio.gather(*(people() for _ in range(AT_ONCE)))


def _megabytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 1_000_000
