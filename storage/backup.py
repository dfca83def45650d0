"""A backup: one file with all that a store holds, sealed and checksummed.

The form: a line of JSON (its version, when it was made, the backup's own key wrapped by the master key), then
frames (four bytes of length, and so many sealed bytes), then the SHA-256 of everything before. A frame is
sealed for its number in this backup, so that none can be taken out, put in or exchanged; the last one tells
the counts. Without the master key a backup is noise; whether a copy of it is whole can be told all the same.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import struct
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from storage.carrying import Counts, Source
from storage.contents import CaseContent, Rest, content_from, content_json, rest_from, rest_json
from storage.directory import sync_directory
from storage.master_keys import MasterKeys
from storage.sealing import DataKey
from storage.store import StoreDamaged, StoreError, StoreFull, UnknownCase

#: Raised when the form of the frames or of the documents in them changes; older ones stay readable.
FORMAT = 1
#: What the backup's key is wrapped for, and what its frames are sealed for.
_PLACE = "backup"
_LENGTH = struct.Struct(">I")
#: A longer frame is a damaged one: a file is 20 MB at most, and a case with its history far less.
MOST_FRAME_MB = 64
_SUM_BYTES = 32
_READ_BYTES = 1 << 20
#: The first byte of a frame tells what is in it.
_CASE, _FILE, _REST, _END = b"c", b"f", b"r", b"e"

_PRIVATE_FILE = 0o600


class NotABackup(StoreError):
    """The file is no backup of ours, or of a later version."""


async def back_up(
    source: Source,
    masters: MasterKeys,
    path: Path,
    *,
    now: datetime,
    told: Callable[[Counts], None] = lambda _: None,
) -> Counts:
    """Write all that the source holds into the file: whole or not at all. Raises `StoreFull`.

    What cannot be read is left out and noted as broken.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE)
        with os.fdopen(handle, "wb") as file:
            counts = await _write(source, masters, _Frames(file), now, told)
            file.flush()
            await asyncio.to_thread(os.fsync, handle)  # whoever else is served need not wait for it
        unfinished.replace(path)
        sync_directory(path.parent)
    except OSError as error:
        raise StoreFull(f"{path} cannot be written ({error.strerror})") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return counts


async def _write(
    source: Source,
    masters: MasterKeys,
    frames: _Frames,
    now: datetime,
    told: Callable[[Counts], None],
) -> Counts:
    counts = Counts()
    frames.begin(masters, now)
    async for content in source.cases(counts):
        frames.add_json(_CASE, content_json(content))
        counts.add(content)
        for file in content.files:
            try:
                frames.add(_FILE, await source.file(content.summary.id, file))
            except StoreDamaged:
                counts.broken.append(f"file {file} of case {content.summary.id} is not what was written")
            else:
                counts.files += 1
        told(counts)
    rest = await source.rest(counts)
    counts.people = len(rest.people)
    frames.add_json(_REST, rest_json(rest))
    frames.add_json(_END, _told_counts(counts))
    frames.end()
    return counts


class _Frames:
    """Writes frames, and the checksum behind them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sum = hashlib.sha256()
        self._key = DataKey.new()
        self._number = 0

    def begin(self, masters: MasterKeys, now: datetime) -> None:
        wrapped = masters.wrap(self._key, _PLACE).hex()
        head = {"hoering_backup": FORMAT, "made_at": now.isoformat(), "key": wrapped}
        self._write(json.dumps(head).encode() + b"\n")

    def add(self, kind: bytes, content: bytes) -> None:
        sealed = self._key.seal(kind + content, _PLACE, str(self._number))
        self._write(_LENGTH.pack(len(sealed)) + sealed)
        self._number += 1

    def add_json(self, kind: bytes, document: Any) -> None:
        self.add(kind, json.dumps(document, separators=(",", ":")).encode())

    def end(self) -> None:
        self._file.write(self._sum.digest())

    def _write(self, content: bytes) -> None:
        self._sum.update(content)
        self._file.write(content)


class Backup:
    """A backup as a source. Its cases come once, in order, and their files after each."""

    def __init__(self, path: Path, masters: MasterKeys) -> None:
        """Raises `NotABackup`, `WrongKey`, `StoreDamaged` where a byte of it is not as it was."""
        checked_sum(path)
        self._frames = _read(path, masters)
        self._files: dict[tuple[str, str], bytes] = {}
        self._counts = Counts()
        self._rest: Rest | None = None

    async def cases(self, counts: Counts) -> AsyncIterator[CaseContent]:
        """The cases one by one; raises `StoreDamaged`."""
        del counts  # what is broken in a backup breaks the whole of it
        kind, body = next(self._frames)
        while kind == _CASE:
            content = content_from(json.loads(body))
            self._counts.add(content)
            self._files.clear()
            for kind, body in self._frames:
                if kind != _FILE:
                    break
                self._counts.files += 1
                self._files[content.summary.id, hashlib.sha256(body).hexdigest()] = body
            yield content
        if kind != _REST:
            raise StoreDamaged("the backup is not what was written")
        self._rest = rest_from(json.loads(body))
        self._counts.people = len(self._rest.people)
        kind, body = next(self._frames)
        if kind != _END or json.loads(body) != _told_counts(self._counts):
            raise StoreDamaged("the backup does not hold as much as was written")

    async def file(self, case: str, file: str) -> bytes:
        """A file of the case given last; raises `StoreDamaged` where it could not be backed up."""
        try:
            return self._files[case, file]
        except KeyError:
            raise StoreDamaged(f"file {file} of case {case} is not in the backup") from None

    async def rest(self, counts: Counts) -> Rest:
        """What belongs to no case."""
        del counts  # whoever made the backup was told
        if self._rest is None:
            raise UnknownCase("the cases come first")
        return self._rest


def checked_sum(path: Path) -> None:
    """Raise `StoreDamaged` where the file is not what its checksum says; needs no key."""
    left = path.stat().st_size - _SUM_BYTES
    found = hashlib.sha256()
    with path.open("rb") as file:
        while left > 0 and (part := file.read(min(left, _READ_BYTES))):
            found.update(part)
            left -= len(part)
        if left or file.read() != found.digest():
            raise StoreDamaged(f"{path} is not what was written, or no whole backup")


def _read(path: Path, masters: MasterKeys) -> Iterator[tuple[bytes, bytes]]:
    """The frames: what is in each, and its content."""
    with closing(path.open("rb")) as file:
        try:
            head = json.loads(file.readline(_READ_BYTES))
            form, wrapped = head["hoering_backup"], bytes.fromhex(head["key"])
        except (ValueError, KeyError, TypeError):
            raise NotABackup(f"{path} is not a backup") from None
        if form != FORMAT:
            raise NotABackup(f"{path} was made by a later version (form {form}); this one reads {FORMAT}")
        key = masters.unwrap(wrapped, _PLACE)
        number = 0
        while len(length := file.read(_LENGTH.size)) == _LENGTH.size:
            (size,) = _LENGTH.unpack(length)
            if size > MOST_FRAME_MB * 2**20:
                break
            frame = key.open(file.read(size), _PLACE, str(number))
            yield frame[:1], frame[1:]
            if frame[:1] == _END:
                return
            number += 1
        raise StoreDamaged("the backup breaks off")


def _told_counts(counts: Counts) -> dict[str, Any]:
    return {
        "cases": counts.cases,
        "erased": counts.erased,
        "events": counts.events,
        "looks": counts.looks,
        "files": counts.files,
        "people": counts.people,
        "seal": counts.seal,
    }
