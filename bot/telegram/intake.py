"""Updates on their way through: order within a chat, chats side by side, each update once at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update

from bot.telegram.incoming import Bot, chat_of
from bot.telegram.logs import place_of

_logger = logging.getLogger(__name__)


class Intake:
    """Hands updates to `handle`, which returns only when what they said is stored and answered."""

    def __init__(self, bot: Bot, handle: Callable[[Update], Awaitable[None]]) -> None:
        self._bot = bot
        self._handle = handle
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._last: dict[int, asyncio.Task[None]] = {}

    def take(self, raw: dict[str, Any]) -> asyncio.Task[None]:
        """The handling of an update as the Bot API tells it; the same where it is under way already."""
        number = int(raw["update_id"])
        if number not in self._under_way:
            task = self._under_way[number] = self._begin(number, raw)
            task.add_done_callback(lambda _: self._under_way.pop(number))
        return self._under_way[number]

    def after(self, chat: int, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Do the work when all that the chat awaits is done."""
        task = asyncio.create_task(_in_turn(self._last.get(chat), work))
        self._last[chat] = task
        task.add_done_callback(lambda done: self._forget(chat, done))
        return task

    async def finish(self, *, seconds: float) -> None:
        """Let what is under way come to its end for so long, then give it up unhandled."""
        tasks = list(self._last.values())
        if tasks:
            _, slow = await asyncio.wait(tasks, timeout=seconds)
            everything = {*slow, *self._under_way.values()}
            for task in everything:
                task.cancel()
            await asyncio.gather(*everything, return_exceptions=True)

    def _begin(self, number: int, raw: dict[str, Any]) -> asyncio.Task[None]:
        try:
            update = Update.de_json(raw, self._bot)
            chat = chat_of(update)
        except Exception as error:  # one update of a new shape must not stop all others
            _logger.error("Update %d cannot be read (%s); it is left out", number, place_of(error))
            chat = None
        if chat is None:
            return asyncio.create_task(_nothing())
        return self.after(chat, lambda: self._handle(update))

    def _forget(self, chat: int, done: asyncio.Task[None]) -> None:
        if self._last.get(chat) is done:
            del self._last[chat]


def is_handled(task: asyncio.Task[None]) -> bool:
    """Whether the update may be confirmed: it came to its end and was not given up."""
    return task.done() and not task.cancelled()


async def _in_turn(before: asyncio.Task[None] | None, work: Callable[[], Awaitable[None]]) -> None:
    if before is not None:
        await asyncio.wait({before})
    try:
        await work()
    except Exception as error:  # told without its words, and the chat goes on
        _logger.error("A chat's turn failed: %s", place_of(error))


async def _nothing() -> None:
    """What there is to do for an update that says nothing."""
