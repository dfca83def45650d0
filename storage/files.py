"""Uploaded files, each under the SHA-256 of its content: the same file twice is one, and damage is seen."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from storage.directory import make_directory, sync_directory
from storage.store import StoreDamaged, StoreError, StoreFull

#: The largest file that is taken; Telegram gives bots no larger ones.
LARGEST_FILE_MB = 20

#: Half-written files of a process that was killed are removed at the next start, once they are this old.
UNFINISHED_KEPT_S = 3600

_UNFINISHED = "unfinished-"
_HASH = re.compile(r"[0-9a-f]{64}")


class FileTooLarge(StoreError):
    """The file is over `LARGEST_FILE_MB`."""


class FileStore:
    """Keeps files in one directory. All methods may be called from many tasks at once."""

    def __init__(self, directory: Path) -> None:
        """Make the directory where there is none; raises `StoreFull`."""
        self._directory = directory
        make_directory(directory)
        self._remove_unfinished()

    def path(self, file: str) -> Path:
        """Where the file of this hash is, or would be; raises `ValueError` for what is no hash."""
        if not _HASH.fullmatch(file):
            raise ValueError("not the SHA-256 of a file")
        return self._directory / file

    async def put(self, data: bytes) -> str:
        """Store the file so that it survives a power cut, and give its hash.

        Raises `FileTooLarge`, `StoreFull`.
        """
        if len(data) > LARGEST_FILE_MB * 2**20:
            raise FileTooLarge(f"the file is over {LARGEST_FILE_MB} MB")
        return await asyncio.to_thread(self._put, data)

    async def get(self, file: str) -> bytes:
        """The content of the file of this hash; raises `StoreDamaged` where it is gone or changed."""
        return await asyncio.to_thread(self._get, self.path(file))

    def _put(self, data: bytes) -> str:
        file = hashlib.sha256(data).hexdigest()
        unfinished = None
        try:
            with tempfile.NamedTemporaryFile(dir=self._directory, prefix=_UNFINISHED, delete=False) as handle:
                unfinished = Path(handle.name)
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
            # Also where it is there already: what is there may be damaged.
            unfinished.replace(self.path(file))
            sync_directory(self._directory)
        except OSError as error:
            if unfinished is not None:
                unfinished.unlink(missing_ok=True)
            raise StoreFull(f"the folder of files cannot be written ({error.strerror})") from error
        return file

    def _remove_unfinished(self) -> None:
        for path in self._directory.glob(f"{_UNFINISHED}*"):
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - UNFINISHED_KEPT_S:
                    path.unlink()

    @staticmethod
    def _get(path: Path) -> bytes:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise StoreDamaged(f"file {path.name} cannot be read ({error.strerror})") from error
        if hashlib.sha256(data).hexdigest() != path.name:
            raise StoreDamaged(f"file {path.name} is not what was stored")
        return data
