"""Changing the master key while the service runs."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from storage.store import SealedStore, StoreError

#: How often the key file is looked at for a new master key, in seconds.
LOOK_SECONDS = 30

_logger = logging.getLogger(__name__)


async def follow_master_key(store: SealedStore, stop: asyncio.Event) -> None:
    """Wrap all keys by the current master key, now and whenever there is a new one, until stopped."""
    while not stop.is_set():
        try:
            count = await store.rewrap()
        except StoreError as error:
            _logger.error("The keys could not be wrapped anew: %s", error)
        else:
            if count:
                _logger.info("%d keys were wrapped by the new master key", count)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_SECONDS)
