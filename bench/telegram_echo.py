"""A bare echo bot on the stock python-telegram-bot, which our front end is measured against."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, MessageHandler, filters


async def _answer(update: Update, _context: Any) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


async def _echo(api: str, token: str) -> None:
    """Handle one update after the other, then confirm; no rate limiter, the stock HTTP client."""
    app = Application.builder().token(token).base_url(f"{api}/bot").updater(None).build()
    app.add_handler(MessageHandler(filters.TEXT, _answer))
    offset = 0
    async with app:
        while True:
            for update in await app.bot.get_updates(offset=offset, timeout=30):
                await app.process_update(update)
                offset = update.update_id + 1


if __name__ == "__main__":
    asyncio.run(_echo(*sys.argv[1:]))
