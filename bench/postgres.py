"""The store in PostgreSQL: one answer against a bare insert, and four processes against one.

The server is the tests' own, with every sync it does by default. Store and bare insert take turns on one
connection; a ratio is the median of the ratios of neighbours. The processes run the desk without a front end:
what they answer is decided, stored and read back as in `serve`.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime
from functools import partial
from statistics import median
from time import perf_counter
from typing import IO, NamedTuple

import psutil  # type: ignore[import-untyped]

from bench.table import Row, at_least, at_most, told
from storage.case import Case
from storage.events import Answered, Opened
from storage.master_keys import MasterKeys, new_key_text
from storage.postgres import Connection, Database
from storage.postgres_store import PostgresStore
from tests.postgres import Cluster, programs

ROUNDS = 1_000
#: A long answer: three paragraphs of a chat message.
_TEXT = "Konsulenten deltog i møderne og gav råd om sagerne. " * 12
_ANSWER = Answered(point="opgaver", value={"kind": "text", "text": _TEXT})
MOST_TIMES_BARE = 1.5
PROCESSES = 4
SECONDS = 4.0
#: Rounds of one process and of four, by turns.
TURNS = 2
MIN_TIMES_ONE = 2.5
#: Processors that are busy for more than this part of the time have no room for more.
FULL = 0.9
_CORES = len(os.sched_getaffinity(0))


def run() -> list[Row]:
    """The table's rows; none where there is no PostgreSQL."""
    found = programs()
    if found is None:
        return [told("PostgreSQL: not measured, it is not installed", 0, "")]
    cluster = Cluster(found)
    cluster.start()
    try:
        rows = asyncio.run(_against_bare(cluster.empty_database(), None, "plain"))
        masters = MasterKeys.from_text(new_key_text(), "the measurement")
        rows += asyncio.run(_against_bare(cluster.empty_database(), masters, "sealed"))
        return rows + _processes(cluster)
    finally:
        cluster.remove()


async def _against_bare(url: str, masters: MasterKeys | None, how: str) -> list[Row]:
    database = await Database.open(url, connections=1)
    store = await PostgresStore.open(database, masters)
    await database.run(_bare_table)
    case = Case("case-1")
    opened = Opened(hearing="example", hearing_version=1, profile={})
    recorded = case.record([opened], time=datetime.now(UTC), person="person-1", key="start")
    await store.open_case(case.id, recorded)
    case = case.after(recorded)
    pairs = []
    for _ in range(ROUNDS):
        key = f"message-{case.version}"
        recorded = case.record([_ANSWER], time=datetime.now(UTC), person="person-1", key=key)
        begun = perf_counter()
        await store.append(case.id, recorded, state=case.state)
        ours = perf_counter() - begun
        case = case.after(recorded)
        pairs.append((ours, await database.run(partial(_bare, body=recorded[0].model_dump_json()))))
    await store.close()
    return [
        at_most(f"PostgreSQL: answer / bare insert, {how}", median(a / b for a, b in pairs), MOST_TIMES_BARE),
        told(f"PostgreSQL: bare insert with commit, {how}", median(b for _, b in pairs) * 1e3, "ms"),
    ]


async def _bare_table(connection: Connection) -> None:
    await connection.execute("CREATE TABLE IF NOT EXISTS bare (body text)")


async def _bare(connection: Connection, body: str) -> float:
    begun = perf_counter()
    await connection.execute("INSERT INTO bare VALUES (%s)", (body,))
    return perf_counter() - begun


class _Measured(NamedTuple):
    """What processes did together: answers, their processor time in seconds, how busy all processors were."""

    answers: int
    ours: float
    busy: float

    def told(self, processes: int) -> list[Row]:
        """The figures as rows."""
        who = "one process" if processes == 1 else f"{processes} processes"
        rest = self.busy * SECONDS * _CORES - self.ours
        return [
            told(f"PostgreSQL: answers a second, {who}", self.answers / SECONDS, "/s"),
            told(f"PostgreSQL: our processor time of an answer, {who}", 1e3 * self.ours / self.answers, "ms"),
            told(f"PostgreSQL: the server's and the system's, {who}", 1e3 * rest / self.answers, "ms"),
            told(f"PostgreSQL: {_CORES} processors busy, {who}", 100 * self.busy, "%"),
        ]


def _processes(cluster: Cluster) -> list[Row]:
    """Answers a second of one process and of four, and what they take of the processors.

    Four are held to be faster than one by so much where the processors have room; where they are full, the
    figures name what stops them.
    """
    url = cluster.empty_database()
    turns = [{count: _answering(url, count) for count in (1, PROCESSES)} for _ in range(TURNS)]
    one, four = (
        _Measured(*map(median, zip(*(turn[count] for turn in turns), strict=True)))
        for count in (1, PROCESSES)
    )
    reached = four.answers / one.answers
    name = f"PostgreSQL: {PROCESSES} processes / one"
    if four.busy < FULL:
        last = at_least(name, reached, MIN_TIMES_ONE)
    else:
        last = told(f"{name} (full processors allow {1 / one.busy:.1f})", reached, "")
    return [*one.told(1), *four.told(PROCESSES), last]


def _answering(url: str, count: int) -> _Measured:
    workers = [_worker(url) for _ in range(count)]
    for worker in workers:
        _pipe(worker.stdout).readline()  # it is ready
    used = psutil.cpu_times()
    for worker in workers:
        _pipe(worker.stdin).write("go\n")
        _pipe(worker.stdin).flush()
    figures = [worker.communicate()[0].split() for worker in workers]
    now = psutil.cpu_times()
    idle = now.idle + now.iowait - used.idle - used.iowait
    ours = sum(float(seconds) for _, seconds in figures)
    return _Measured(sum(int(answers) for answers, _ in figures), ours, 1 - idle / (sum(now) - sum(used)))


def _worker(url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bench.postgres_worker", str(SECONDS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"HOERING_DATABASE_URL": url},
    )


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise ValueError("the worker was started without pipes")
    return pipe
