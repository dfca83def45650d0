"""What runs in a process of its own: answering until it is killed or refused; and a look at what it left."""

from __future__ import annotations

import asyncio
import itertools
import resource
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

from storage.case import Case
from storage.events import Turned
from storage.store import AlreadyStored, StoreFull, UnknownCase
from storage.tinydb_store import TinyDbStore
from tests.storage.cases import answer, append, is_chained, open_case, stored

CASES = tuple(f"case-{number}" for number in range(6))
LARGEST_FILE_KB = 200

#: The last acknowledged message by case.
Acknowledged = dict[str, int]


def answer_until_killed(directory: Path, acknowledged: Acknowledged, out: Connection, *, hasty: bool) -> None:
    """Answer in all cases side by side, from the first message that was not acknowledged.

    Each acknowledgement goes to `out` as case and message number: once the message is stored, or, where
    `hasty`, before.
    """
    asyncio.run(_answer(directory, acknowledged, out, hasty=hasty))


async def _answer(directory: Path, acknowledged: Acknowledged, out: Connection, *, hasty: bool) -> None:
    store = TinyDbStore.open(directory)

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
            case = await _send(store, case, message)
            if not hasty:
                out.send((name, message))

    await asyncio.gather(*(work(name) for name in CASES))


def answer_until_full(directory: Path, out: Connection) -> None:
    """Answer where files may grow to `LARGEST_FILE_KB` only, until the store refuses; then close it."""

    async def work() -> None:
        store = TinyDbStore.open(directory)
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE_KB * 1024, resource.RLIM_INFINITY))
        case = await open_case(store)
        for message in itertools.count(1):
            try:
                case = await _send(store, case, message)
            except StoreFull:
                break
            out.send((case.id, message))
        await store.close()

    asyncio.run(work())


async def _send(store: TinyDbStore, case: Case, message: int) -> Case:
    """The case after the message, which may have been stored by a process before."""
    try:
        return await append(store, case, answer(f"p{message}"), Turned(point=None), key=f"message-{message}")
    except AlreadyStored:
        return case


async def problems(directory: Path, acknowledged: Acknowledged) -> list[str]:
    """What is wrong with a store that a killed process left, given what was acknowledged."""
    found = []
    store = TinyDbStore.open(directory)
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
    await store.close()
    return found
