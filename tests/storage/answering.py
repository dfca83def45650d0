"""People who answer while something goes wrong, and whether all that was acknowledged to them is there."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter

from storage.events import Turned
from storage.store import AlreadyStored, Conflict, Store, StoreAway
from tests.storage.cases import answer, append, is_chained, open_case, stored

CASES = tuple(f"case-{number}" for number in range(6))


class Answering:
    """People who answer in all cases side by side, and what was acknowledged to them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ended = False
        self._tasks: list[asyncio.Task[None]] = []
        self.acknowledged: Counter[str] = Counter()
        self.progress = asyncio.Event()

    async def _work(self, name: str) -> None:
        """Answer until told to end; each message again, with its key, until it is acknowledged."""
        for message in itertools.count(1):
            await self._send(name, message)
            self.acknowledged[name] = message
            self.progress.set()
            if self._ended:
                return

    async def _send(self, name: str, message: int) -> None:
        while True:
            try:
                case = await stored(self._store, name)
                await append(self._store, case, answer(f"p{message}"), Turned(point=None), key=f"m{message}")
            except AlreadyStored:
                return
            except (Conflict, StoreAway):
                continue
            return

    async def so_many_more(self, count: int) -> None:
        """Wait until so many more were acknowledged."""
        target = self.acknowledged.total() + count
        while self.acknowledged.total() < target:
            self.progress.clear()
            await self.progress.wait()

    async def begin(self) -> None:
        """Open the cases, and let people answer in all of them."""
        for name in CASES:
            await open_case(self._store, name)
        self._tasks = [asyncio.create_task(self._work(name)) for name in CASES]

    async def end(self) -> None:
        """Let each come to their next acknowledgement and stop."""
        self._ended = True
        await asyncio.gather(*self._tasks)

    async def break_off(self) -> None:
        """Stop where they are."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def problems(store: Store, acknowledged: Counter[str]) -> list[str]:
    """What is wrong with the cases, given what was acknowledged."""
    found = []
    for name, last in acknowledged.items():
        events = await store.events(name)
        times = Counter(one.key for one in events if one.key != "start")
        if not is_chained(events):
            found.append(f"the chain of {name} is broken")
        found += [f"{key} of {name} is stored {count} times" for key, count in times.items() if count != 2]
        found += [f"message {n} of {name} is lost" for n in range(1, last + 1) if f"m{n}" not in times]
    return found
