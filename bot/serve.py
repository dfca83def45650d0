"""Serving: the store, the desk, and the front ends that are configured, until told to stop."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Coroutine

from bot import logs, texts
from bot.case_works import WORKS as CASE_WORKS
from bot.control import listening
from bot.desk import Desk
from bot.dialogue.texts import ROLES
from bot.example import Example, open_example
from bot.keeping.works import WORKS as KEEPING_WORKS
from bot.keys import follow_master_key
from bot.opening import opened_desk
from bot.settings import Settings, SettingsRefused
from bot.telegram import app as telegram
from bot.web import server as web
from knowledge.contracts.detector import labels

Say = Callable[[str], None]

#: What it does for the commands on the store that it holds.
WORKS = CASE_WORKS | KEEPING_WORKS

#: How many objects are made before the garbage collector looks at the young ones. Python's own 700 lets it
#: take a sixth of an answer's time; what lives in cycles here is small.
COLLECTED_AT = 50_000


async def serve(settings: Settings, say: Say) -> None:
    """Serve until SIGTERM or SIGINT; `say` tells the operator what is up, login links included.

    Raises `SettingsRefused` and `StoreError`.
    """
    logs.set_up(settings)
    if not settings.web and settings.telegram_token is None:
        raise SettingsRefused(texts.NO_FRONT_END)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    async with opened_desk(settings) as desk:
        example = await open_example(desk) if settings.example else None
        async with listening(desk, WORKS):
            await _front_ends(desk, settings, stop, say, example)
    say(texts.STOPPED)


async def _front_ends(
    desk: Desk, settings: Settings, stop: asyncio.Event, say: Say, example: Example | None
) -> None:
    def web_is_up(address: str) -> None:
        say(texts.WEB_UP.format(address=address))
        desk.links.append(f"{address}/login/{{token}}")
        if example is not None:
            for member in example.members:
                role = ROLES[member.role]
                say(texts.LOGIN_LINK.format(role=role, name=member.name, address=address, token=member.token))
            say(texts.LINKS_ONCE.format(minutes=settings.login_link_minutes))

    async def until_stopped(front_end: Coroutine[object, object, None]) -> None:
        try:
            await front_end
        finally:
            stop.set()

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.to_thread(_warm_up))
            group.create_task(desk.duties.serve(stop))
            group.create_task(follow_master_key(desk.store, stop))
            if settings.web:
                group.create_task(until_stopped(web.run(desk, settings, stop, ready=web_is_up)))
            if settings.telegram_token is not None:
                say(texts.TELEGRAM_UP)
                group.create_task(until_stopped(telegram.run(desk, settings, stop)))
    except* SettingsRefused as refused:
        raise refused.exceptions[0] from None


def _warm_up() -> None:
    """Load what the detector knows, which takes half a second, before the first answer waits for it."""
    labels("")
    spare_collector()


def spare_collector() -> None:
    """All that is there now stays until the end: the garbage collector need not go through it again."""
    gc.freeze()
    gc.set_threshold(COLLECTED_AT)
