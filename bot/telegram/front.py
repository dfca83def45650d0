"""One update in, answers out: the adapter between Telegram and the desk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

from telegram import Chat, Message, Update
from telegram.error import TelegramError

from bot.dialogue.messages import Incoming, Outcome, Reply
from bot.telegram import outgoing, texts
from bot.telegram.incoming import Bot, FileNotFetched, chat_of, read
from bot.telegram.intake import Intake
from bot.telegram.logs import place_of
from bot.telegram.patience import pauses
from storage.store import StoreError

_logger = logging.getLogger(__name__)


class Turns(Protocol):
    """See `bot.duties.Duties`."""

    async def alone(self, name: str, work: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
        """Do the work while no other process does."""


class Desk(Protocol):
    """What Telegram needs of the desk."""

    @property
    def channels(self) -> MutableMapping[str, Any]:
        """The front ends that can tell people things, by the prefix of their chats' names."""

    @property
    def links(self) -> list[str]:
        """What an invitation's link looks like in each front end, with `{token}` in it."""

    @property
    def duties(self) -> Turns:
        """What only one of the serving processes may do at a time is done in turns."""

    async def handle(self, incoming: Incoming) -> Outcome:
        """Store what was said and decide the replies; raises `StoreError` where it is not stored."""


class Front:
    """Handles updates, and delivers what the desk has to tell people on its own."""

    def __init__(self, bot: Bot, desk: Desk, *, max_file_bytes: int) -> None:
        self._bot = bot
        self._desk = desk
        self._max_file_bytes = max_file_bytes
        self.intake = Intake(bot, self.handle)

    async def deliver(self, chat: str, said: Reply) -> None:
        """Tell a chat something; it goes out in its turn, and nobody waits for Telegram."""
        number = int(chat.removeprefix("telegram:"))
        self.intake.after(number, lambda: outgoing.send(self._bot, number, [said]))

    async def handle(self, update: Update) -> None:
        """Answer one update; returns when what it said is stored and the answer is sent."""
        chat = chat_of(update)
        if chat is None:
            return
        try:
            if update.effective_chat is not None and update.effective_chat.type != Chat.PRIVATE:
                await self._leave(chat)
            else:
                await self._answer(update, chat)
        except FileNotFetched:
            await outgoing.say(self._bot, chat, texts.FILE_NOT_FETCHED)
        except Exception as error:  # told without its words, which may quote a message
            _logger.error("Update %d failed: %s", update.update_id, place_of(error))
            await outgoing.say(self._bot, chat, texts.FAILED)

    async def _answer(self, update: Update, chat: int) -> None:
        incoming = await read(update, self._bot, max_file_bytes=self._max_file_bytes)
        if incoming is None:
            return
        outcome = await self._stored(incoming, chat)
        said = update.effective_message
        async with asyncio.TaskGroup() as group:
            if update.callback_query is not None:
                group.create_task(outgoing.settle_press(self._bot, update.callback_query))
            elif outcome.delete and isinstance(said, Message):
                group.create_task(outgoing.remove(self._bot, said))
            group.create_task(outgoing.send(self._bot, chat, outcome.replies))

    async def _stored(self, incoming: Incoming, chat: int) -> Outcome:
        """What the desk answers, asked again until it could store; the person is told once that we wait."""
        waiting = pauses()
        told = False
        while True:
            try:
                return await self._desk.handle(incoming)
            except StoreError as error:
                _logger.error("An answer could not be stored (%s)", type(error).__name__)
            if not told:
                told = True
                await outgoing.say(self._bot, chat, texts.NOT_STORED)
            await asyncio.sleep(next(waiting))

    async def _leave(self, chat: int) -> None:
        await outgoing.say(self._bot, chat, texts.ONLY_PRIVATE)
        try:
            await self._bot.leave_chat(chat)
        except TelegramError as error:
            _logger.warning("A group could not be left (%s)", type(error).__name__)
