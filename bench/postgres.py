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
from typing import IO

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
#: Where the processors are full, this much of what they could do at most must be reached.
MIN_OF_POSSIBLE = 0.8


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


def _processes(cluster: Cluster) -> list[Row]:
    """Answers a second of one process and of four, and what they take of the processors."""
    url = cluster.empty_database()
    rates: dict[int, list[float]] = {1: [], PROCESSES: []}
    busy: list[float] = []
    cost: list[float] = []
    for _ in range(TURNS):
        for count, found in rates.items():
            used = psutil.cpu_times()
            answers, processor = _answering(url, count)
            now = psutil.cpu_times()
            found.append(answers / SECONDS)
            if count == PROCESSES:
                idle = now.idle + now.iowait - used.idle - used.iowait
                total = sum(now) - sum(used)
                busy.append(1 - idle / total)
                cost.append(1e3 * processor / answers)
    one, four = median(rates[1]), median(rates[PROCESSES])
    cores = len(os.sched_getaffinity(0))
    rows = [
        told("PostgreSQL: answers a second, one process", one, "/s"),
        told(f"PostgreSQL: answers a second, {PROCESSES} processes", four, "/s"),
        told("PostgreSQL: processor of our processes per answer", median(cost), "ms"),
        told(f"PostgreSQL: {cores} processors busy meanwhile", 100 * median(busy), "%"),
    ]
    reached = four / one
    if reached >= MIN_TIMES_ONE or median(busy) < MIN_OF_POSSIBLE:
        return [*rows, at_least(f"PostgreSQL: {PROCESSES} processes / one", reached, MIN_TIMES_ONE)]
    return [
        *rows,
        told(f"PostgreSQL: {PROCESSES} processes / one (the processors are full)", reached, ""),
    ]


def _answering(url: str, count: int) -> tuple[int, float]:
    """Answers that so many processes gave together, and the processor time they took, in seconds."""
    workers = [_worker(url) for _ in range(count)]
    for worker in workers:
        _pipe(worker.stdout).readline()  # it is ready
    for worker in workers:
        _pipe(worker.stdin).write("go\n")
        _pipe(worker.stdin).flush()
    figures = [worker.communicate()[0].split() for worker in workers]
    return sum(int(answers) for answers, _ in figures), sum(float(seconds) for _, seconds in figures)


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
