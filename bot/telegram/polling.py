"""Long polling that confirms an update to Telegram only when it is handled.

python-telegram-bot's own updater confirms before handling: a kill then loses what was confirmed.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable
from typing import Any, TypeVar
from urllib.parse import urlencode

from telegram.error import NetworkError, TelegramError

from bot.telegram.client import Client
from bot.telegram.incoming import Bot
from bot.telegram.intake import Intake, is_handled
from bot.telegram.patience import pauses

#: How long Telegram holds a poll while there is nothing, in seconds.
POLL_SECONDS = 30
#: How long the next poll waits for updates under way, in seconds; other chats wait no longer than this.
SLOW_SECONDS = 0.3
#: The kinds of updates that are asked for.
ALLOWED_UPDATES = ("message", "edited_message", "channel_post", "callback_query")

_logger = logging.getLogger(__name__)
_T = TypeVar("_T")


class Polling:
    """The loop: get updates, hand them over, move the offset past those whose predecessors are done."""

    def __init__(self, bot: Bot, request: Client, intake: Intake, stop: asyncio.Event) -> None:
        self._url = f"{bot.base_url}/getUpdates"
        self._request = request
        self._intake = intake
        self._stop = stop
        self._offset = 0
        self._unconfirmed: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until `stop` is set; the updates then under way are the intake's to finish."""
        waiting = pauses()
        while not self._stop.is_set():
            try:
                raw = await self._unless_stopped(self._updates(POLL_SECONDS))
            except TelegramError as error:
                level = logging.INFO if isinstance(error, NetworkError) else logging.ERROR
                _logger.log(level, "Telegram gives no updates (%s)", type(error).__name__)
                await self._unless_stopped(asyncio.sleep(next(waiting)))
                continue
            waiting = pauses()
            for update in raw or []:
                self._take(update)
            await self._let_them_come_to_their_end()

    async def confirm(self) -> None:
        """Tell Telegram what was handled, so that it does not come again at the next start."""
        self._move_on()
        if self._offset:
            try:
                await self._updates(0)
            except TelegramError as error:
                _logger.info("The last updates are not confirmed (%s)", type(error).__name__)

    def _take(self, update: dict[str, Any]) -> None:
        number = int(update["update_id"])
        if number >= self._offset and number not in self._unconfirmed:
            self._unconfirmed[number] = self._intake.take(update)

    async def _let_them_come_to_their_end(self) -> None:
        pending = [task for task in self._unconfirmed.values() if not task.done()]
        if pending:
            await self._unless_stopped(asyncio.wait(pending, timeout=SLOW_SECONDS))
        self._move_on()

    def _move_on(self) -> None:
        for number in sorted(self._unconfirmed):
            if not is_handled(self._unconfirmed[number]):
                break
            del self._unconfirmed[number]
            self._offset = number + 1

    async def _updates(self, timeout: int) -> list[dict[str, Any]]:  # noqa: ASYNC109 - Telegram's own
        """The updates as told: read one by one later, so that one of a new shape does not stop all.

        While some are unconfirmed, Telegram tells them again at once, whatever the timeout.
        """
        wanted = {"offset": self._offset, "timeout": timeout, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        answer = await self._request.post(
            f"{self._url}?{urlencode(wanted)}", read_timeout=timeout + self._request.read_timeout
        )
        return answer if isinstance(answer, list) else []

    async def _unless_stopped(self, work: Awaitable[_T]) -> _T | None:
        """What the work gives; None where `stop` is set before it is done."""
        task = asyncio.ensure_future(work)
        stopped = asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            stopped.cancel()
            if not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
