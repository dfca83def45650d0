"""Updates on their way through."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import Update
from telegram.ext import ExtBot

from bot.telegram.intake import Intake, is_handled

_BOT: ExtBot[Any] = ExtBot("1:token")


def _update(number: int, chat: int) -> dict[str, Any]:
    place = {"id": chat, "type": "private"}
    person = {"id": chat, "is_bot": False, "first_name": "Anna"}
    message = {"message_id": number, "date": 0, "chat": place, "from": person, "text": "svar"}
    return {"update_id": number, "message": message}


async def test_an_update_that_comes_again_while_under_way_is_handled_once() -> None:
    """Telegram bringing an update twice at once does not double it."""
    handled: list[int] = []

    async def handle(update: Update) -> None:
        handled.append(update.update_id)

    intake = Intake(_BOT, handle)
    first, again = intake.take(_update(1, 7)), intake.take(_update(1, 7))
    assert first is again
    await first
    assert handled == [1]


async def test_a_chat_goes_on_after_a_turn_that_failed() -> None:
    """An error in one update neither stops the chat nor holds the offset for ever."""
    handled: list[int] = []

    async def handle(update: Update) -> None:
        if update.update_id == 1:
            raise RuntimeError
        handled.append(update.update_id)

    intake = Intake(_BOT, handle)
    failing, next_one = intake.take(_update(1, 7)), intake.take(_update(2, 7))
    await asyncio.wait({failing, next_one})
    assert handled == [2]
    assert is_handled(failing)


async def test_what_is_given_up_at_the_end_does_not_count_as_handled() -> None:
    """An update that does not come to its end in time stays with Telegram, and so do those behind it."""

    async def handle(update: Update) -> None:
        await asyncio.Event().wait()

    intake = Intake(_BOT, handle)
    stuck, behind = intake.take(_update(1, 7)), intake.take(_update(2, 7))
    await intake.finish(seconds=0.01)
    assert not is_handled(stuck)
    assert not is_handled(behind)
