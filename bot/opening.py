"""Opening the desk on the store that the settings name."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from bot import texts
from bot.desk import Desk
from bot.settings import Settings, SettingsRefused
from storage.files import Files, FileStore
from storage.master_keys import MasterKeys
from storage.sqlite_file import KEY_NAME
from storage.store import SealedStore
from storage.tinydb_store import TinyDbStore

#: The environment variable that may hold the master key.
KEY_VARIABLE = "HOERING_STORE_KEY"


@contextlib.asynccontextmanager
async def opened_desk(settings: Settings) -> AsyncIterator[Desk]:
    """The desk on the store that the settings name; the store is let go of at the end.

    Raises `StoreError`, `SettingsRefused`.
    """
    async with opened_store(settings) as (store, files):
        desk = Desk(store, files, settings)
        try:
            yield desk
        finally:
            await desk.close()


@contextlib.asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[tuple[SealedStore, Files]]:
    """The store and its files: in the database of `database_url`, else in the data folder."""
    if settings.store_key is not None and settings.store_key_file is not None:
        raise SettingsRefused(texts.TWO_KEYS)
    if settings.database_url is not None:
        async with _shared(settings, settings.database_url.get_secret_value()) as opened:
            yield opened
        return
    masters = _masters(settings) if settings.store_key is not None else None
    store = TinyDbStore.open(settings.data, masters, key_file=settings.store_key_file)
    try:
        files = FileStore(settings.data / "files", store)
        await files.seal_old()
        yield store, files
    finally:
        await store.close()


@contextlib.asynccontextmanager
async def _shared(settings: Settings, url: str) -> AsyncIterator[tuple[SealedStore, Files]]:
    # Loaded here: who keeps the store on one machine waits for none of it.
    from storage.postgres import Database  # noqa: PLC0415
    from storage.postgres_files import PostgresFiles  # noqa: PLC0415
    from storage.postgres_store import PostgresStore  # noqa: PLC0415

    database = await Database.open(
        url, connections=settings.database_connections, prepare=settings.database_prepares
    )
    try:
        store = await PostgresStore.open(database, _masters(settings))
        yield store, PostgresFiles(database, store)
    finally:
        await database.close()


def _masters(settings: Settings) -> MasterKeys | None:
    """The master keys that the settings name, None where they name none."""
    if settings.store_key is not None:
        return MasterKeys.from_text(settings.store_key.get_secret_value(), KEY_VARIABLE)
    return MasterKeys.from_file(settings.store_key_file) if settings.store_key_file else None


def master_keys(settings: Settings) -> MasterKeys | None:
    """The master keys of the store: those that the settings name, else those in the data folder."""
    named = _masters(settings)
    own = settings.data / KEY_NAME
    if named is None and settings.database_url is None and own.exists():
        return MasterKeys.from_file(own)
    return named


def key_file(settings: Settings) -> Path:
    """The key file that the settings name, or the one in the data folder."""
    if settings.store_key is not None:
        raise SettingsRefused(texts.KEY_OF_ENVIRONMENT)
    if settings.store_key_file is None and settings.database_url is not None:
        raise SettingsRefused(texts.KEY_FILE_NEEDED)
    return settings.store_key_file or settings.data / KEY_NAME
