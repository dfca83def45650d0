"""What runs in a process of its own: answering until it is killed or refused; and a look at what it left."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import resource
from collections import Counter
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from storage.case import Case
from storage.events import Turned
from storage.files import FileStore
from storage.store import AlreadyStored, StoreDamaged, StoreFull, UnknownCase
from storage.tinydb_store import TinyDbStore
from tests.storage.cases import answer, append, is_chained, open_case, stored

CASES = tuple(f"case-{number}" for number in range(6))
#: Every so many messages a file is sent as well.
FILE_EVERY = 5
LARGEST_FILE_KB = 200

#: The last acknowledged message by case.
Acknowledged = dict[str, int]


def answer_until_killed(
    directory: Path,
    acknowledged: Acknowledged,
    out: Connection,
    *,
    hasty: bool = False,
    names: Sequence[str] = CASES,
) -> None:
    """Answer in all cases side by side, from the first message that was not acknowledged.

    Each acknowledgement goes to `out` as case and message number: once the message is stored, or, where
    `hasty`, before.
    """
    asyncio.run(_answer(directory, acknowledged, out, names, hasty=hasty))


async def _answer(
    directory: Path, acknowledged: Acknowledged, out: Connection, names: Sequence[str], *, hasty: bool
) -> None:
    store = TinyDbStore.open(directory)
    files = FileStore(directory / "files", store)

    async def work(name: str) -> None:
        try:
            case = await stored(store, name)
        except UnknownCase:
            case = await open_case(store, name)
        message = acknowledged.get(name, 0)
        while True:
            message += 1
            if hasty:
                out.send((name, message))
            case = await send(store, case, message)
            if message % FILE_EVERY == 0:
                await files.put(name, content(message))
            if not hasty:
                out.send((name, message))

    await asyncio.gather(*(work(name) for name in names))


def answer_until_full(directory: Path, out: Connection, *, hasty: bool = False) -> None:
    """Answer where files may grow to `LARGEST_FILE_KB` only, until the store refuses; then close it.

    Where `hasty`, the refused answer is acknowledged as well.
    """

    async def work() -> None:
        store = TinyDbStore.open(directory)
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE_KB * 1024, resource.RLIM_INFINITY))
        case = await open_case(store)
        for message in itertools.count(1):
            try:
                case = await send(store, case, message)
            except StoreFull:
                if hasty:
                    out.send((case.id, message))
                break
            out.send((case.id, message))
        await store.close()

    asyncio.run(work())


async def send(store: TinyDbStore, case: Case, message: int) -> Case:
    """The case after the message, which may have been stored by a process before."""
    try:
        return await append(store, case, answer(f"p{message}"), Turned(point=None), key=f"message-{message}")
    except AlreadyStored:
        return await stored(store, case.id)


def content(message: int) -> bytes:
    """The file that is sent with a message."""
    return f"file {message}".encode() * 100


async def problems(directory: Path, acknowledged: Acknowledged) -> list[str]:
    """What is wrong with a store that a killed process left, given what was acknowledged."""
    found = []
    store = TinyDbStore.open(directory)
    files = FileStore(directory / "files", store)
    for name, last in acknowledged.items():
        try:
            events = await store.events(name)
        except UnknownCase:
            found.append(f"{name} is lost")
            continue
        times = Counter(one.key for one in events if one.key != "start")
        if not is_chained(events):
            found.append(f"the chain of {name} is broken")
        found += [f"{key} of {name} is stored {count} times" for key, count in times.items() if count != 2]
        found += [f"message {n} of {name} is lost" for n in range(1, last + 1) if f"message-{n}" not in times]
        if (directory / "files" / name).exists():
            found += [
                f"the file of message {n} of {name} is lost"
                for n in range(FILE_EVERY, last + 1, FILE_EVERY)
                if not await _is_there(files, name, content(n))
            ]
    await store.close()
    return found


async def _is_there(files: FileStore, case: str, data: bytes) -> bool:
    try:
        return await files.get(case, hashlib.sha256(data).hexdigest()) == data
    except StoreDamaged:
        return False
