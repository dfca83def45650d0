"""The serving process, started, killed and stopped by tests."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.__main__ import run
from tests.botapi.server import BotApi
from tests.e2e.telegram.cases import hearing
from tests.forking import processes

#: How long a process may take to start, in seconds.
START_SECONDS = 60.0

# Read where this module is preloaded, so that no start has to read it again.
hearing()


class ServingProcess:
    """`bot serve` in a process of its own, again and again.

    Each is forked from one that has imported the program and no more: importing takes most of a start's
    time, and is the same every time.
    """

    def __init__(self, api: BotApi, data: Path, **settings: str) -> None:
        self._api = api
        self._environment = environment(api, data) | settings

    async def start(self) -> None:
        """Start, and wait until it asks for updates, or has told Telegram where to bring them."""
        begun = self._begun
        self.begin()
        await self._api.world.pulse.until(lambda: self._begun > begun, timeout=START_SECONDS)

    def begin(self) -> None:
        """Start, and wait for nothing."""
        self._process = processes.Process(target=_serve, args=(self._environment,), daemon=True)
        self._process.start()

    @property
    def _begun(self) -> int:
        return len(self._api.called("getUpdates")) + len(self._api.called("setWebhook"))

    async def kill(self) -> None:
        """`kill -9`."""
        self._process.kill()
        await asyncio.to_thread(self._process.join)
        assert self._process.exitcode == -signal.SIGKILL

    async def stop(self) -> None:
        """SIGTERM."""
        self._process.terminate()
        await asyncio.to_thread(self._process.join)
        assert self._process.exitcode == 0


def environment(api: BotApi, data: Path) -> dict[str, str]:
    """The settings of a process that serves Telegram alone."""
    return {
        "HOERING_DATA": str(data),
        "HOERING_WEB": "false",
        "HOERING_EXAMPLE": "false",
        "HOERING_LOG_LEVEL": "ERROR",
        "HOERING_TELEGRAM_TOKEN": api.token,
        "HOERING_TELEGRAM_API": api.url,
        "HOERING_TELEGRAM_MESSAGES_PER_SECOND": "1000000",
    }


def _serve(settings: dict[str, str]) -> None:
    os.environ.update(settings)
    sys.exit(run(["serve"]))
