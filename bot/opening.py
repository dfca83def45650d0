"""Opening the desk on the store that the settings name."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from bot.desk import Desk
from bot.settings import Settings
from storage.files import FileStore
from storage.tinydb_store import TinyDbStore


@contextlib.asynccontextmanager
async def opened_desk(settings: Settings) -> AsyncIterator[Desk]:
    """The desk on the store in the data folder; the store is let go of at the end. Raises `StoreError`."""
    store = TinyDbStore.open(settings.data)
    try:
        desk = Desk(store, FileStore(settings.data / "files"), settings)
        try:
            yield desk
        finally:
            await desk.close()
    finally:
        await store.close()
