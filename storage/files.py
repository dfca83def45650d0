"""Uploaded files, by case and the SHA-256 of their content; each sealed with its case's key.

A file's name on disk is a mark made with the case's key: without the key neither what it holds can be told
nor whether it is a copy of some file that is at hand.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from storage.directory import make_directory, sync_directory
from storage.events import Event, FileAdded, TextKept
from storage.sealing import DataKey
from storage.store import SealedStore, StoreDamaged, StoreError, StoreFull

#: The largest file that is taken; Telegram gives bots no larger ones.
LARGEST_FILE_MB = 20

#: Half-written files of a process that was killed are removed at the next start, once they are this old.
UNFINISHED_KEPT_S = 3600

_UNFINISHED = "unfinished-"
_HASH = re.compile(r"[0-9a-f]{64}")
_CASE = re.compile(r"[A-Za-z0-9_-]{1,100}")
#: What a file is sealed for, before its case and its hash.
_PLACE = "file"


class FileTooLarge(StoreError):
    """The file is over `LARGEST_FILE_MB`."""


class Files(Protocol):
    """Keeps uploaded files. All methods may be called from many tasks at once."""

    async def put(self, case: str, data: bytes) -> str:
        """Store the file so that it survives a power cut, and give its hash.

        Raises `FileTooLarge`, `StoreFull`, `UnknownCase`.
        """

    async def get(self, case: str, file: str) -> bytes:
        """The content of the case's file of this hash; raises `StoreDamaged` where it is gone or changed."""

    def plain(self, case: str, file: str) -> AbstractAsyncContextManager[Path]:
        """The file as other programs can read it, for as long as this lasts; in memory, never on disk."""

    async def erase(self, case: str) -> None:
        """Remove all files of the case."""


@contextmanager
def in_memory(name: str, data: bytes) -> Iterator[Path]:
    """A file that other programs can read while this lasts, and that is on no disk."""
    handle = os.memfd_create(name)
    try:
        with os.fdopen(handle, "wb", closefd=False) as written:
            written.write(data)
        yield Path(f"/proc/{os.getpid()}/fd/{handle}")
    finally:
        os.close(handle)


class FileStore:
    """Keeps files in one directory. All methods may be called from many tasks at once."""

    def __init__(self, directory: Path, store: SealedStore) -> None:
        """Make the directory where there is none; `store` has the cases' keys. Raises `StoreFull`."""
        self._directory = directory
        self._store = store
        make_directory(directory)
        self._remove_unfinished()

    async def put(self, case: str, data: bytes) -> str:
        """Store the file so that it survives a power cut, and give its hash.

        Raises `FileTooLarge`, `StoreFull`, `UnknownCase`.
        """
        if len(data) > LARGEST_FILE_MB * 2**20:
            raise FileTooLarge(f"the file is over {LARGEST_FILE_MB} MB")
        return await asyncio.to_thread(self._put, await self._store.key(case), case, data)

    async def get(self, case: str, file: str) -> bytes:
        """The content of the case's file of this hash; raises `StoreDamaged` where it is gone or changed."""
        if not _HASH.fullmatch(file):
            raise ValueError("not the SHA-256 of a file")
        return await asyncio.to_thread(self._get, await self._store.key(case), case, file)

    @asynccontextmanager
    async def plain(self, case: str, file: str) -> AsyncIterator[Path]:
        """The file as other programs can read it, for as long as this lasts; in memory, never on disk."""
        with in_memory(file, await self.get(case, file)) as path:
            yield path

    async def erase(self, case: str) -> None:
        """Remove all files of the case; raises `StoreFull`. Without the case's key they are noise already."""
        await asyncio.to_thread(self._erase, self._folder(case))

    async def seal_old(self) -> None:
        """Seal the files that an earlier version left unsealed, each in the cases that name it.

        An unsealed file goes once all are sealed; interrupted, it is done by doing it again.
        """
        old = [path for path in self._directory.iterdir() if _HASH.fullmatch(path.name)]
        if not old:
            return
        for summary in await self._store.cases():
            for recorded in await self._store.events(summary.id):
                path = self._directory / (_file_of(recorded.event) or "")
                if path in old:
                    await self.put(summary.id, await asyncio.to_thread(_unsealed, path))
        for path in old:
            path.unlink()
        sync_directory(self._directory)

    def _folder(self, case: str) -> Path:
        if not _CASE.fullmatch(case):
            raise ValueError("not the id of a case")
        return self._directory / case

    def _put(self, key: DataKey, case: str, data: bytes) -> str:
        file = hashlib.sha256(data).hexdigest()
        folder = self._folder(case)
        make_directory(folder)
        unfinished = None
        try:
            with tempfile.NamedTemporaryFile(dir=self._directory, prefix=_UNFINISHED, delete=False) as handle:
                unfinished = Path(handle.name)
                handle.write(key.seal(data, _PLACE, case, file))
                handle.flush()
                os.fsync(handle.fileno())
            # Also where it is there already: what is there may be damaged.
            unfinished.replace(folder / key.mark(file))
            sync_directory(folder)
        except OSError as error:
            if unfinished is not None:
                unfinished.unlink(missing_ok=True)
            raise StoreFull(f"the folder of files cannot be written ({error.strerror})") from error
        return file

    def _get(self, key: DataKey, case: str, file: str) -> bytes:
        try:
            sealed = (self._folder(case) / key.mark(file)).read_bytes()
        except OSError as error:
            raise StoreDamaged(f"a file of case {case} cannot be read ({error.strerror})") from error
        return key.open(sealed, _PLACE, case, file)

    def _erase(self, folder: Path) -> None:
        try:
            if folder.exists():
                shutil.rmtree(folder)
                sync_directory(self._directory)
        except OSError as error:
            raise StoreFull(f"the folder of files cannot be written ({error.strerror})") from error

    def _remove_unfinished(self) -> None:
        for path in self._directory.glob(f"{_UNFINISHED}*"):
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - UNFINISHED_KEPT_S:
                    path.unlink()


def _file_of(event: Event) -> str | None:
    """The hash of the file that the event names, where there is one."""
    match event:
        case FileAdded(file=file) | TextKept(text=file):
            return file
    return None


def _unsealed(path: Path) -> bytes:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != path.name:
        raise StoreDamaged(f"file {path.name} is not what was stored")
    return data
