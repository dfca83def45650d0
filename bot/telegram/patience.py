"""Trying again where the Bot API or the way there fails for a moment."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from telegram.error import BadRequest, NetworkError, RetryAfter

#: Pauses between tries, in seconds; together about five minutes.
PAUSES = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, *[30.0] * 9)

_logger = logging.getLogger(__name__)
_T = TypeVar("_T")


def passes(error: Exception) -> bool:
    """Whether the error may be gone at the next try: floods, server errors, timeouts, cut connections."""
    return isinstance(error, RetryAfter | NetworkError) and not isinstance(error, BadRequest)


def pauses() -> Iterator[float]:
    """The pauses, and then the last one for ever, in seconds."""
    yield from PAUSES
    while True:
        yield PAUSES[-1]


async def patiently(call: Callable[[], Awaitable[_T]]) -> _T:
    """What the call gives, tried again while its error may pass; raises the error of the last try."""
    for pause in PAUSES:
        try:
            return await call()
        except (RetryAfter, NetworkError) as error:
            if not passes(error):
                raise
            _logger.info("Telegram call failed (%s), again in %s s", type(error).__name__, pause)
        await asyncio.sleep(pause)
    return await call()
