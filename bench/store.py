"""One durable answer in the embedded store against a bare fsynced append of the same bytes.

Stores of three sizes and the bare file take turns, so that whatever else the machine does hits all of them.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median, quantiles

from bench.table import Row, at_most, told
from bot.serve import spare_collector
from storage.case import Case, CaseState
from storage.events import Answered, Event, Opened, Submitted
from storage.tinydb_store import TinyDbStore

#: Sizes of the store that an answer is measured in.
CASES = (10, 1_000, 20_000)
ROUNDS = 1_500
#: A long answer: three paragraphs of a chat message.
ANSWER_CHARACTERS = 600
#: Every so many cases one awaits review.
SUBMITTED_EVERY = 20
MOST_TIMES_BARE = 2.0
MOST_TIMES_BARE_P95 = 3.0
MOST_GROWTH = 1.1
MOST_OPENING_MS = 200.0
MOST_LISTING_MS = 5.0
MOST_MEMORY_MB = 60.0
#: Cases on a page of the list.
LISTED = 100
#: Times that a quick thing is done to find how long it takes.
REPEATS = 9
#: Cases that are opened side by side while a store is filled.
FILLED_AT_ONCE = 64

_OPENED_ALONE = """
import asyncio, sys
from pathlib import Path
import psutil
from storage.case import CaseState
from storage.tinydb_store import TinyDbStore

async def look():
    store = TinyDbStore.open(Path(sys.argv[1]))
    await store.cases(state=CaseState.SUBMITTED)
    print(psutil.Process().memory_info().rss / 1e6)
    await store.close()

asyncio.run(look())
"""


class Answering:
    """A store of so many cases, and one answer after another, in its cases by turns."""

    def __init__(self, directory: Path, cases: int) -> None:
        self.store = TinyDbStore.open(directory)
        self._cases = {f"case-{number}": Case(f"case-{number}") for number in range(cases)}
        names = list(self._cases)
        random.Random(cases).shuffle(names)  # noqa: S311 - orders cases, guards nothing
        self._turns = itertools.cycle(names)

    async def fill(self) -> None:
        """Open all the cases."""
        names = list(self._cases)
        for start in range(0, len(names), FILLED_AT_ONCE):
            await asyncio.gather(*map(self._open, names[start : start + FILLED_AT_ONCE]))

    async def _open(self, name: str) -> None:
        events: list[Event] = [
            Opened(hearing="example", hearing_version=1, profile={"municipality": "Eksempel Kommune"}),
            *(_answer(f"point-{number}") for number in range(3)),
        ]
        if int(name.rpartition("-")[2]) % SUBMITTED_EVERY == 0:
            events.append(Submitted())
        recorded = self._cases[name].record(events, time=_now(), person="person-1", key="start")
        self._cases[name] = self._cases[name].after(recorded)
        await self.store.open_case(name, recorded)

    async def answer(self) -> tuple[float, int]:
        """Seconds one durable answer took, and its bytes."""
        name = next(self._turns)
        case = self._cases[name]
        recorded = case.record(
            [_answer("point-1")], time=_now(), person="person-1", key=f"message-{case.version}"
        )
        await asyncio.sleep(0)  # a message comes in a pass of the event loop of its own
        begun = time.perf_counter()
        await self.store.append(name, recorded, state=case.state)
        seconds = time.perf_counter() - begun
        self._cases[name] = case.after(recorded)
        return seconds, len(recorded[0].model_dump_json()) + 1

    async def read(self) -> float:
        """Seconds it took to read one case's events."""
        name = next(self._turns)
        begun = time.perf_counter()
        await self.store.events(name)
        return time.perf_counter() - begun

    async def list_awaiting(self, limit: int | None) -> float:
        """Seconds it took to list the cases that await review, or the last changed of them."""
        begun = time.perf_counter()
        await self.store.cases(state=CaseState.SUBMITTED, limit=limit)
        return time.perf_counter() - begun

    async def list_all(self) -> float:
        """Seconds it took to list all cases."""
        begun = time.perf_counter()
        await self.store.cases()
        return time.perf_counter() - begun

    @property
    def events_of_a_case(self) -> int:
        """How many events a case has, on average."""
        return round(mean(case.version for case in self._cases.values()))

    async def close(self) -> None:
        """Let go of the store."""
        await self.store.close()


def _bare(path: Path) -> Callable[[int], float]:
    file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def append(size: int) -> float:
        line = b"x" * size
        begun = time.perf_counter()
        os.write(file, line)
        os.fsync(file)
        return time.perf_counter() - begun

    return append


async def _measure(directory: Path) -> list[Row]:
    stores = [Answering(directory / str(cases), cases) for cases in CASES]
    for store in stores:
        await store.fill()
    with _collected_as_in_serve():
        rows = await _answers(stores, _bare(directory / "bare"))
    few, many = stores[0], stores[-1]
    begun = time.process_time()
    for _ in range(ROUNDS):
        await many.answer()
    processor = (time.process_time() - begun) / ROUNDS
    awaiting = [await many.list_awaiting(LISTED) for _ in range(REPEATS)]
    all_awaiting = [await many.list_awaiting(None) for _ in range(REPEATS)]
    listing = await many.list_all()
    reading = [await few.read() for _ in range(REPEATS)]
    for store in stores:
        await store.close()
    submitted = CASES[-1] // SUBMITTED_EVERY
    largest = directory / str(CASES[-1])
    return [
        *rows,
        at_most(
            f"opening a store of {CASES[-1]:,} cases", await _opening(largest) * 1e3, MOST_OPENING_MS, "ms"
        ),
        at_most(
            f"listing {LISTED} of the {submitted:,} cases that await review of {CASES[-1]:,}",
            median(awaiting) * 1e3,
            MOST_LISTING_MS,
            "ms",
        ),
        at_most(f"memory of a process with {CASES[-1]:,} cases open", _memory(largest), MOST_MEMORY_MB, "MB"),
        told("processor time of an answer, made, stored and folded", processor * 1e3, "ms"),
        told(f"listing all {submitted:,} that await review", median(all_awaiting) * 1e3, "ms"),
        told(f"listing all {CASES[-1]:,} cases", listing * 1e3, "ms"),
        told(f"reading a case of {few.events_of_a_case} events", median(reading) * 1e3, "ms"),
    ]


@contextmanager
def _collected_as_in_serve() -> Iterator[None]:
    """The garbage collector as the service sets it; as it was again after that, for other measurements."""
    before = gc.get_threshold()
    spare_collector()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


async def _answers(stores: list[Answering], bare: Callable[[int], float]) -> list[Row]:
    """An answer in each store by turns with a bare append: medians of the ratios of neighbours.

    The 95th percentile is that of the answers' times over that of the bare appends' times.
    """
    taken: list[list[float]] = [[] for _ in stores]
    plain: list[float] = []
    for _ in range(ROUNDS):
        for store, times in zip(stores, taken, strict=True):
            seconds, size = await store.answer()
            times.append(seconds)
        plain.append(bare(size))
    rows = []
    for cases, times in zip(CASES, taken, strict=True):
        name = f"durable answer / bare fsynced append, {cases:,} cases"
        ratios = [one / other for one, other in zip(times, plain, strict=True)]
        rows += [
            at_most(name, median(ratios), MOST_TIMES_BARE),
            at_most(f"{name}, 95th percentile", _p95(times) / _p95(plain), MOST_TIMES_BARE_P95),
        ]
    grown = median(many / few for few, many in zip(taken[0], taken[-1], strict=True))
    return [
        *rows,
        at_most(f"durable answer, {CASES[-1]:,} cases / {CASES[0]} cases", grown, MOST_GROWTH),
        told("bare fsynced append", median(plain) * 1e3, "ms"),
    ]


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


async def _opening(directory: Path) -> float:
    """Seconds until the store is open, in the middle of some openings."""
    taken = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        store = TinyDbStore.open(directory)
        taken.append(time.perf_counter() - begun)
        await store.close()
    return median(taken)


def _memory(directory: Path) -> float:
    """Megabytes of a process that imports the storage, opens the store and lists what awaits review."""
    command = [sys.executable, "-c", _OPENED_ALONE, str(directory)]
    return float(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603 - our own


def _answer(point: str) -> Answered:
    text = "Konsulenten deltog i møderne og gav råd om sagerne. " * ANSWER_CHARACTERS
    return Answered(point=point, value={"kind": "text", "text": text[:ANSWER_CHARACTERS]})


def _now() -> datetime:
    return datetime.now(UTC)


def run() -> list[Row]:
    """Measure in a new folder beside this one, so that the disk is the project's and not one in memory."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as directory:
        return asyncio.run(_measure(Path(directory)))
