"""Webhook delivery as Telegram does it: in order within a chat, again until the bot answers 200."""

from __future__ import annotations

import asyncio
import contextlib
import itertools

import aiohttp

from tests.botapi.world import Json, World

#: How long to wait before an update is delivered again, in seconds; Telegram's own is longer.
RETRY_AFTER = 0.05


class Deliveries:
    """Brings a world's waiting updates to its webhook. `answers` are the statuses the bot gave."""

    def __init__(self, world: World, proxies: dict[str, str]) -> None:
        self._world = world
        self._proxies = proxies
        self._turns = itertools.count()
        self._busy: set[int] = set()
        self._under_way: set[asyncio.Task[None]] = set()
        self.answers: list[int] = []

    async def start(self) -> None:
        """Begin to deliver."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10))
        self._watching = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Stop delivering."""
        for task in (self._watching, *self._under_way):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await self._session.close()

    async def _watch(self) -> None:
        while True:
            update = await self._world.pulse.until(self._next, timeout=3600)
            self._busy.add(_chat(update))
            task = asyncio.create_task(self._deliver(update))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    def _next(self) -> Json | None:
        if not self._world.webhook:
            return None
        free = (update for update in self._world.waiting if _chat(update) not in self._busy)
        return next(free, None)

    async def _deliver(self, update: Json) -> None:
        try:
            while not await self._accepted(update):  # noqa: ASYNC110 - Telegram waits, too
                await asyncio.sleep(RETRY_AFTER)
            self._world.waiting.remove(update)
        finally:
            self._busy.discard(_chat(update))
            self._world.pulse.beat()

    async def _accepted(self, update: Json) -> bool:
        address = self._world.webhook
        for public, local in self._proxies.items():
            machines = local.split()
            address = address.replace(public, machines[next(self._turns) % len(machines)])
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._world.secret} if self._world.secret else {}
        try:
            async with self._session.post(address, json=update, headers=headers) as response:
                self.answers.append(response.status)
                return response.ok
        except (aiohttp.ClientError, TimeoutError):
            return False


def _chat(update: Json) -> int:
    content = next(value for key, value in update.items() if key != "update_id")
    return int(content.get("message", content)["chat"]["id"])
