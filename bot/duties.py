"""Work that is due, done by whichever of the serving processes claims it first.

While it is done the claim is renewed; a process that is killed renews nothing, and another takes its work
over. So work may be begun twice: whoever does it looks first whether it is done already.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from storage.agenda import Agenda, Claim, Due
from storage.store import StoreError

#: How many times a claim is renewed before it would run out.
RENEWALS = 3
#: How often a process looks for work that it was not told of, in seconds; more often where claims are short.
LOOK_SECONDS = 5.0
#: When work that failed is tried again.
RETRY = timedelta(minutes=5)

#: Does a piece of work; when it is due again, or None where it is done for good.
Handler = Callable[[Due], Awaitable[datetime | None]]

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
_logger = logging.getLogger(__name__)
_T = TypeVar("_T")


class Lost(Exception):
    """The claim on the work under way could not be renewed in time."""


class Duties:
    """Does work by kind, one piece of a kind at a time.

    `now` is the clock that the work is due by; `lease` how long a claim is good if nothing renews it: what a
    killed process had is another's after that.
    """

    def __init__(self, agenda: Agenda, now: Callable[[], datetime], *, lease: timedelta) -> None:
        self._agenda = agenda
        self._now = now
        self._lease = lease
        self._renewing = lease.total_seconds() / RENEWALS
        self._looking = min(LOOK_SECONDS, self._renewing)
        self._handlers: dict[str, Handler] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._closing = False

    def on(self, kind: str, handler: Handler) -> None:
        """Let work of this kind be done so."""
        self._handlers[kind] = handler

    async def add(self, due: Due) -> None:
        """Store a piece of work, and begin it where it is due."""
        await self._agenda.add(due)
        self.look()

    def look(self) -> None:
        """Begin what is due, as far as it is not being looked for already."""
        for kind in () if self._closing else self._handlers:
            if kind not in self._under_way:
                task = self._under_way[kind] = asyncio.create_task(self._do_all(kind))
                task.add_done_callback(lambda _, kind=kind: self._under_way.pop(kind))  # type: ignore[misc]

    async def serve(self, stop: asyncio.Event) -> None:
        """Look for work now and then until `stop` is set."""
        while not stop.is_set():
            self.look()
            await _pause(self._looking, stop)

    async def finished(self) -> None:
        """Wait until all work that was found is done."""
        while self._under_way:
            await asyncio.wait(self._under_way.values())

    async def close(self) -> None:
        """Begin nothing more, and wait for what is under way; what breaks off is free for others at once."""
        self._closing = True
        await self.finished()

    async def alone(self, name: str, work: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
        """Do what only one process may do, when it is our turn; it ends by itself once `stop` is set.

        Where others could think us dead, it is broken off, and begun again at our next turn.
        """
        while not stop.is_set():
            await _or_none(self._agenda.add(Due(name, name, _ALWAYS)))
            claim = await self._claim(name)
            if claim is None:
                await _pause(self._looking, stop)
                continue
            try:
                with suppress(Lost):
                    await self._while_ours(claim, work())
            finally:
                await _or_none(self._agenda.finish(claim, again=_ALWAYS))

    async def _do_all(self, kind: str) -> None:
        while not self._closing and (claim := await self._claim(kind)):
            await self._do(claim, self._handlers[kind])

    async def _do(self, claim: Claim, handler: Handler) -> None:
        again: datetime | None = claim.due.at
        try:
            again = await self._while_ours(claim, handler(claim.due))
        except Exception as error:  # told without its words, which may quote a case
            if not self._closing:
                again = self._now() + RETRY
                _logger.error("Work of kind %s failed (%s)", claim.due.kind, type(error).__name__)
        await _or_none(self._agenda.finish(claim, again=again))

    async def _claim(self, kind: str) -> Claim | None:
        now = self._now()
        return await _or_none(self._agenda.claim(kind, now=now, until=now + self._lease))

    async def _while_ours(self, claim: Claim, work: Awaitable[_T]) -> _T:
        """What the work gives; broken off with `Lost` where the claim could no longer be renewed."""
        task = asyncio.ensure_future(work)
        until = self._now() + self._lease
        try:
            while not (await asyncio.wait({task}, timeout=self._renewing))[0]:
                longer = self._now() + self._lease
                renewed = await _or_none(self._agenda.renew(claim, until=longer))
                until = longer if renewed else until
                if renewed is False or self._now() >= until:
                    raise Lost
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task})
        return task.result()


async def _or_none(asked: Awaitable[_T]) -> _T | None:
    """What the agenda answers; None where it cannot be reached: it is asked again later."""
    try:
        return await asked
    except StoreError as error:
        _logger.warning("The agenda cannot be reached (%s)", type(error).__name__)
        return None


async def _pause(seconds: float, stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
