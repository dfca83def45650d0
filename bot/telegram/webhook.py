"""The webhook: Telegram brings updates, and is told 200 only when they are handled."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web

from bot.settings import Settings
from bot.telegram.intake import Intake, is_handled

#: Telegram's updates are a few kB; a message of text at most 4,096 characters.
MAX_BODY_BYTES = 1_000_000
#: How long Telegram is kept waiting before it is told to come again, in seconds.
HANDLING_SECONDS = 25.0
#: How long open calls may take when we stop, in seconds; what they wait for was finished before.
CLOSING_SECONDS = 1.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name

_logger = logging.getLogger(__name__)


@asynccontextmanager
async def listening(settings: Settings, url: str, secret: str, intake: Intake) -> AsyncIterator[None]:
    """Take updates on the path of the public address `url` while the context lasts."""
    app = web.Application(client_max_size=MAX_BODY_BYTES)
    app.router.add_post(urlsplit(url).path or "/", _Receiver(secret.encode(), intake).receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSING_SECONDS)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.telegram_webhook_host, settings.telegram_webhook_port)
        await site.start()
        _logger.info("Listening for Telegram's webhook at %s", runner.addresses[0])
        yield
    finally:
        await runner.cleanup()


class _Receiver:
    def __init__(self, secret: bytes, intake: Intake) -> None:
        self._secret = secret
        self._intake = intake

    async def receive(self, request: web.Request) -> web.Response:
        """200 when the update is handled, 503 to have it brought again, 403 to strangers."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
            task = self._intake.take(update)
        except (ValueError, TypeError, KeyError):
            return web.Response(status=400)
        await asyncio.wait({task}, timeout=HANDLING_SECONDS)
        return web.Response(status=200 if is_handled(task) else 503)
