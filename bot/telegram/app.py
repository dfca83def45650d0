"""The Telegram front end from start to stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from telegram import BotCommand
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, ExtBot

from bot.dialogue.parsing.commands import Command
from bot.settings import Settings, SettingsRefused
from bot.telegram import texts
from bot.telegram.client import Client
from bot.telegram.front import Desk, Front
from bot.telegram.incoming import Bot
from bot.telegram.logs import keep_quiet
from bot.telegram.patience import passes, patiently, pauses
from bot.telegram.polling import ALLOWED_UPDATES, Polling
from bot.telegram.webhook import listening

#: Connections for all calls but the long poll; more only make each call dearer.
POOL_SIZE = 16
#: How often a flood limit (429) is waited out before the call counts as failed.
FLOOD_RETRIES = 5
#: How long updates under way may take to come to their end when we stop, in seconds.
FINISH_SECONDS = 10.0
#: What only one of the serving processes may do at a time.
POLLING = "telegram-polling"

_logger = logging.getLogger(__name__)


async def run(desk: Desk, settings: Settings, stop: asyncio.Event) -> None:
    """Serve Telegram until `stop` is set.

    Waits for as long as Telegram cannot be reached. Raises `SettingsRefused` where the token or the
    webhook's settings are wrong.
    """
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    keep_quiet(token)
    polls = Client(settings.telegram_api, pool_size=2)
    bot = _bot(token, settings, polls)
    front = Front(bot, desk, max_file_bytes=settings.max_file_bytes)
    desk.channels["telegram"] = front
    starting = asyncio.ensure_future(_start(bot))
    stopped = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            with _inviting(desk, bot.username):
                if settings.telegram_webhook_url:
                    await _serve_webhook(bot, front, settings.telegram_webhook_url, settings, stop)
                else:
                    # Telegram hands updates to one who polls; the others wait for their turn.
                    polling = partial(_serve_polling, bot, polls, front, stop)
                    await desk.duties.alone(POLLING, polling, stop)
    finally:
        starting.cancel()
        stopped.cancel()
        del desk.channels["telegram"]
        await bot.shutdown()


def _bot(token: str, settings: Settings, polls: Client) -> Bot:
    api = settings.telegram_api.rstrip("/")
    limiter = AIORateLimiter(
        overall_max_rate=settings.telegram_messages_per_second, max_retries=FLOOD_RETRIES
    )
    try:
        return ExtBot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=Client(api, pool_size=POOL_SIZE),
            get_updates_request=polls,
            rate_limiter=limiter,
        )
    except InvalidToken:
        raise SettingsRefused(texts.TOKEN_REFUSED) from None


async def _start(bot: Bot) -> None:
    """Say hello to Telegram, for as long as it takes to get through."""
    waiting = pauses()
    while True:
        try:
            await bot.initialize()
            await bot.set_my_commands([BotCommand(one.slash, one.description) for one in Command])
        except InvalidToken:
            raise SettingsRefused(texts.TOKEN_REFUSED) from None
        except TelegramError as error:
            if not passes(error):
                raise
            _logger.warning("Telegram cannot be reached (%s); trying again", type(error).__name__)
            await asyncio.sleep(next(waiting))
        else:
            _logger.info("Serving Telegram as @%s", bot.username)
            return


@contextmanager
def _inviting(desk: Desk, username: str) -> Iterator[None]:
    """Invitations have a link to this bot while the context lasts."""
    link = f"https://t.me/{username}?start={{token}}"
    desk.links.append(link)
    try:
        yield
    finally:
        desk.links.remove(link)


async def _serve_webhook(bot: Bot, front: Front, url: str, settings: Settings, stop: asyncio.Event) -> None:
    secret = settings.telegram_webhook_secret
    if secret is None:
        raise SettingsRefused(texts.SECRET_MISSING)
    async with listening(settings, url, secret.get_secret_value(), front.intake):
        try:
            await patiently(
                lambda: bot.set_webhook(
                    url, secret_token=secret.get_secret_value(), allowed_updates=ALLOWED_UPDATES
                )
            )
        except BadRequest:
            raise SettingsRefused(texts.WEBHOOK_REFUSED) from None
        await stop.wait()
        await front.intake.finish(seconds=FINISH_SECONDS)


async def _serve_polling(bot: Bot, polls: Client, front: Front, stop: asyncio.Event) -> None:
    await patiently(bot.delete_webhook)
    polling = Polling(bot, polls, front.intake, stop)
    await polling.run()
    await front.intake.finish(seconds=FINISH_SECONDS)
    await polling.confirm()
