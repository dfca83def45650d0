"""The master keys: they wrap the data keys, and are kept where the store's files and backups are not.

They come from a key file or from the environment, as lines (or words) of Base64: the first is the current
one, those after it only open what they once wrapped. So a new one is put before the others, everything is
wrapped anew while the service runs (`Store.rewrap`), and then the old ones may go.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from storage.directory import make_directory, sync_directory
from storage.sealing import KEY_BYTES, DataKey
from storage.store import StoreDamaged, StoreFull, WrongKey

#: Names a master key in what it wrapped; tells nothing of the key.
ID_BYTES = 8
#: Tells a wrapped key that was damaged from one that another master key wrapped.
_CHECK_BYTES = 8

_PRIVATE_FILE = 0o600


class MasterKeys:
    """Wraps and unwraps data keys. `read` gives the keys' text, `source` names it to the operator."""

    def __init__(self, read: Callable[[], str], source: str) -> None:
        """Raises `WrongKey` where the source holds no key."""
        self._read = read
        self._source = source
        self._keys = self._read_keys()

    @classmethod
    def from_text(cls, text: str, source: str) -> MasterKeys:
        """The keys of the environment or of a test."""
        return cls(lambda: text, source)

    @classmethod
    def from_file(cls, path: Path) -> MasterKeys:
        """The keys of a key file; raises `WrongKey` where it is not there or holds no key."""
        return cls(lambda: _text_of(path), str(path))

    @property
    def current(self) -> bytes:
        """The id of the key that wraps."""
        return next(iter(self._keys))

    def refresh(self) -> None:
        """Read the source again, where keys may have been added."""
        self._keys = self._read_keys()

    def wrap(self, key: DataKey, *place: str) -> bytes:
        """The data key as it may be stored at this place: the id of what wrapped it, and the key sealed."""
        wrapped = self.current + self._keys[self.current].seal(key.secret, *place)
        return wrapped + _check(wrapped)

    def unwrap(self, wrapped: bytes, *place: str) -> DataKey:
        """The data key that was wrapped for this place; raises `WrongKey`, `StoreDamaged`."""
        wrapped, check = wrapped[:-_CHECK_BYTES], wrapped[-_CHECK_BYTES:]
        if check != _check(wrapped):
            raise StoreDamaged("a key in the store is not what was written")
        id_ = wrapped[:ID_BYTES]
        if id_ not in self._keys:
            self.refresh()
        if id_ not in self._keys:
            raise WrongKey(
                f"the store is sealed with another master key ({id_.hex()}) than the one in {self._source}"
                f" ({self.current.hex()}); name the right one, nothing was changed"
            )
        return DataKey(self._keys[id_].open(wrapped[ID_BYTES:], *place))

    def _read_keys(self) -> dict[bytes, DataKey]:
        secrets = [_decoded(word, self._source) for word in self._read().split()]
        if not secrets:
            raise WrongKey(f"there is no master key in {self._source}")
        return {hashlib.blake2b(one, digest_size=ID_BYTES).digest(): DataKey(one) for one in secrets}


def _check(wrapped: bytes) -> bytes:
    return hashlib.blake2b(wrapped, digest_size=_CHECK_BYTES).digest()


def new_key_text() -> str:
    """A new master key as it stands in a key file."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def make_key_file(path: Path) -> None:
    """Write a key file with one new key, for its owner only; raises `StoreFull`."""
    make_directory(path.parent)
    _write(path, f"{new_key_text()}\n")


def add_key(path: Path) -> None:
    """Put a new key before those in the key file; raises `WrongKey`, `StoreFull`."""
    _write(path, f"{new_key_text()}\n{_text_of(path)}")


def keep_first_key(path: Path) -> None:
    """Drop all keys but the first from the key file; raises `WrongKey`, `StoreFull`."""
    _write(path, f"{_text_of(path).split()[0]}\n")


def copy_keys(path: Path, to: Path) -> None:
    """Copy a key file, for its owner only; raises `WrongKey`, `StoreFull`."""
    _write(to, _text_of(path))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise WrongKey(f"the key file {path} cannot be read ({error.strerror})") from error


def _write(path: Path, text: str) -> None:
    """Put the text in place of the file: whole or not at all, also when the power is cut."""
    unfinished = path.with_name(f"{path.name}.new")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)
        unfinished.replace(path)
        sync_directory(path.parent)
    except OSError as error:
        raise StoreFull(f"the key file {path} cannot be written ({error.strerror})") from error


def _decoded(word: str, source: str) -> bytes:
    try:
        secret = base64.b64decode(word, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != KEY_BYTES:
        raise WrongKey(f"what stands in {source} is not a master key: {KEY_BYTES} bytes in Base64") from None
    return secret
