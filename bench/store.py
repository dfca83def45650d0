"""One durable answer in the embedded store against a bare fsynced append of the same bytes.

The two stores and the bare file take turns, so that whatever else the machine does hits all of them; a ratio
is the median of the ratios of neighbours.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median

from bench.table import Row, at_most, told
from storage.case import Case
from storage.events import Answered, Event, Opened
from storage.tinydb_store import TinyDbStore

FEW_CASES = 10
MANY_CASES = 10_000
ROUNDS = 1_500
#: A long answer: three paragraphs of a chat message.
ANSWER_CHARACTERS = 600
MOST_TIMES_BARE = 3.0
MOST_GROWTH = 1.1
#: Cases that are opened side by side while a store is filled.
FILLED_AT_ONCE = 64


class _Answering:
    """A store of so many cases, and one answer after another, in its cases by turns."""

    def __init__(self, directory: Path, cases: int) -> None:
        self._store = TinyDbStore.open(directory)
        self._cases = {f"case-{number}": Case(f"case-{number}") for number in range(cases)}
        names = list(self._cases)
        random.Random(cases).shuffle(names)  # noqa: S311 - orders cases, guards nothing
        self._turns = itertools.cycle(names)

    async def fill(self) -> None:
        names = list(self._cases)
        for start in range(0, len(names), FILLED_AT_ONCE):
            await asyncio.gather(*map(self._open, names[start : start + FILLED_AT_ONCE]))

    async def _open(self, name: str) -> None:
        events: list[Event] = [
            Opened(hearing="example", hearing_version=1, profile={"municipality": "Eksempel Kommune"}),
            *(_answer(f"point-{number}") for number in range(3)),
        ]
        recorded = self._cases[name].record(events, time=_now(), person="person-1", key="start")
        self._cases[name] = self._cases[name].after(recorded)
        await self._store.open_case(name, recorded)

    async def answer(self) -> tuple[float, int]:
        """Seconds one durable answer took, and its bytes."""
        name = next(self._turns)
        case = self._cases[name]
        recorded = case.record(
            [_answer("point-1")], time=_now(), person="person-1", key=f"message-{case.version}"
        )
        begun = time.perf_counter()
        await self._store.append(name, recorded, state=case.state)
        seconds = time.perf_counter() - begun
        self._cases[name] = case.after(recorded)
        return seconds, len(recorded[0].model_dump_json()) + 1

    async def read(self) -> float:
        """Seconds it took to read one case's events."""
        name = next(self._turns)
        begun = time.perf_counter()
        await self._store.events(name)
        return time.perf_counter() - begun

    async def list_cases(self) -> None:
        await self._store.cases()

    @property
    def events_of_a_case(self) -> int:
        return round(mean(case.version for case in self._cases.values()))

    async def close(self) -> None:
        await self._store.close()


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
    few = _Answering(directory / "few", FEW_CASES)
    many = _Answering(directory / "many", MANY_CASES)
    await few.fill()
    await many.fill()
    bare = _bare(directory / "bare")
    pairs: list[tuple[float, float, float]] = []
    for _ in range(ROUNDS):
        in_few, size = await few.answer()
        plain = bare(size)
        in_many, _ = await many.answer()
        pairs.append((in_few, in_many, plain))
    begun = time.process_time()
    for _ in range(ROUNDS):
        await many.answer()
    processor = (time.process_time() - begun) / ROUNDS
    begun = time.perf_counter()
    await many.list_cases()
    listing = time.perf_counter() - begun
    reading = [await few.read() for _ in range(ROUNDS)]
    await few.close()
    await many.close()
    return [
        at_most(
            f"durable answer / bare fsynced append, {FEW_CASES} cases",
            median(one / plain for one, _, plain in pairs),
            MOST_TIMES_BARE,
        ),
        at_most(
            f"durable answer / bare fsynced append, {MANY_CASES:,} cases",
            median(one / plain for _, one, plain in pairs),
            MOST_TIMES_BARE,
        ),
        at_most(
            f"durable answer, {MANY_CASES:,} cases / {FEW_CASES} cases",
            median(in_many / in_few for in_few, in_many, _ in pairs),
            MOST_GROWTH,
        ),
        told("bare fsynced append", median(plain for *_, plain in pairs) * 1e3, "ms"),
        told("processor time of an answer, made, stored and folded", processor * 1e3, "ms"),
        told(f"listing {MANY_CASES:,} cases", listing * 1e3, "ms"),
        told(f"reading a case of {few.events_of_a_case} events", median(reading) * 1e3, "ms"),
    ]


def _answer(point: str) -> Answered:
    text = "Konsulenten deltog i møderne og gav råd om sagerne. " * ANSWER_CHARACTERS
    return Answered(point=point, value={"kind": "text", "text": text[:ANSWER_CHARACTERS]})


def _now() -> datetime:
    return datetime.now(UTC)


def run() -> list[Row]:
    """Measure in a new folder beside this one, so that the disk is the project's and not one in memory."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as directory:
        return asyncio.run(_measure(Path(directory)))
