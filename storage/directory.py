"""Directories that survive a power cut, and the lock that keeps a second process out of one."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from storage.store import StoreFull, StoreInUse

LOCK_NAME = "store.lock"

_PRIVATE_DIRECTORY = 0o700
_PRIVATE_FILE = 0o600
_SIGNATURE_BYTES = 20


def make_directory(directory: Path) -> None:
    """Make the directory where there is none, for its owner only; raises `StoreFull`."""
    try:
        missing = [path for path in (directory, *directory.parents) if not path.exists()]
        directory.mkdir(mode=_PRIVATE_DIRECTORY, parents=True, exist_ok=True)
        for path in missing:
            sync_directory(path.parent)
    except OSError as error:
        raise StoreFull(f"{directory} cannot be made ({error.strerror})") from error


def sync_directory(directory: Path) -> None:
    """Make the directory's entries durable; raises `OSError`."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class DirectoryLock:
    """Holds the store's directory, made where there is none, until `release` or the process's end.

    The lock file names the process that held it last, once its database was there: a signed lock file beside
    no database means that the database is gone, not that the store is new.
    """

    def __init__(self, directory: Path) -> None:
        make_directory(directory)
        try:
            self._file = os.open(directory / LOCK_NAME, os.O_RDWR | os.O_CREAT, _PRIVATE_FILE)
        except OSError as error:
            raise StoreFull(f"{directory} cannot be written ({error.strerror})") from error
        try:
            # flock, not lockf: the latter is let go when any handle on the file is closed.
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._file, _SIGNATURE_BYTES, 0).decode(errors="replace").strip()
            os.close(self._file)
            raise StoreInUse(f"the store in {directory} is held by process {holder or 'unknown'}") from None
        self.has_been_signed = os.fstat(self._file).st_size > 0

    def sign(self) -> None:
        """Note that this process holds the store and that its database is there; raises `StoreFull`."""
        try:
            os.pwrite(self._file, f"{os.getpid():<{_SIGNATURE_BYTES}}".encode(), 0)
            os.fsync(self._file)
        except OSError as error:
            raise StoreFull(f"the store's directory cannot be written ({error.strerror})") from error

    def release(self) -> None:
        """Let go of the store."""
        os.close(self._file)
