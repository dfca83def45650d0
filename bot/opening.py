"""Opening the desk on the store that the settings name."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from bot import texts
from bot.desk import Desk
from bot.settings import Settings, SettingsRefused
from storage.files import FileStore
from storage.master_keys import MasterKeys
from storage.sqlite_file import KEY_NAME
from storage.tinydb_store import TinyDbStore

#: The environment variable that may hold the master key.
KEY_VARIABLE = "HOERING_STORE_KEY"


@contextlib.asynccontextmanager
async def opened_desk(settings: Settings) -> AsyncIterator[Desk]:
    """The desk on the store in the data folder; the store is let go of at the end.

    Raises `StoreError`, `SettingsRefused`.
    """
    store = open_store(settings)
    try:
        files = FileStore(settings.data / "files", store)
        await files.seal_old()
        desk = Desk(store, files, settings)
        try:
            yield desk
        finally:
            await desk.close()
    finally:
        await store.close()


def open_store(settings: Settings) -> TinyDbStore:
    """The store in the data folder, with the master key that the settings name."""
    if settings.store_key is None:
        return TinyDbStore.open(settings.data, key_file=settings.store_key_file)
    if settings.store_key_file is not None:
        raise SettingsRefused(texts.TWO_KEYS)
    masters = MasterKeys.from_text(settings.store_key.get_secret_value(), KEY_VARIABLE)
    return TinyDbStore.open(settings.data, masters)


def key_file(settings: Settings) -> Path:
    """The key file that the settings name, or the one in the data folder."""
    if settings.store_key is not None:
        raise SettingsRefused(texts.KEY_OF_ENVIRONMENT)
    return settings.store_key_file or settings.data / KEY_NAME
