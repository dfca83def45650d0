"""Runs on a disk that forgets or fails: a program of its own, started with `forgetful.c` loaded before libc.

    LD_PRELOAD=forgetful.so python -m tests.storage.disk_runs cut|fail FOLDER RUNS [wrong]

`cut`: the power is cut at a random write or sync while six people answer, again and again in one store.
`fail`: one write or sync fails, in each of `RUNS` stores another one. `wrong` is the negative control: a
store that does not sync, or that says "stored" whatever the disk said. Prints what was found as JSON.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import random
import sys
import threading
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from storage import sqlite_schema
from storage.case import Case
from storage.files import FileStore
from storage.store import Conflict, StoreError, UnknownCase
from storage.tinydb_store import TinyDbStore
from tests.storage.cases import open_case, stored
from tests.storage.other_process import (
    FILE_EVERY,
    Acknowledged,
    answer_until_killed,
    content,
    problems,
    send,
)

#: The power is cut after at most so many writes and syncs.
MOST_OPERATIONS = 250
#: How much of what was not synced is on the disk all the same, in percent; by turns.
KEPT = (0, 50, 90)
#: What a process does whose disk fails once: answers, and how often it tries again.
ANSWERS = 11
#: Writes and syncs that it makes in all, about.
OPERATIONS = 125
TRIES = 3

_disk = ctypes.CDLL(None)


def main(kind: str, folder: Path, runs: int, *, wrong: bool) -> None:
    """Do the runs and print their outcome."""
    outcome = _cuts(folder, runs, wrong=wrong) if kind == "cut" else _failures(folder, runs, wrong=wrong)
    print(json.dumps(outcome))  # noqa: T201 - what the test reads


def _cuts(folder: Path, runs: int, *, wrong: bool) -> dict[str, object]:
    chance = random.Random(4)  # noqa: S311 - the same moments each time
    acknowledged: Acknowledged = {}
    found: list[str] = []
    cut = 0
    for run in range(runs):
        if wrong:  # where a store is lost at once, there is nothing to go on with
            acknowledged, folder = {}, folder.with_name(f"cut-{run}")
        folder.mkdir(exist_ok=True)
        operations, seed = chance.randint(1, MOST_OPERATIONS), chance.getrandbits(32)

        def child(out: Connection, *, keep: int = KEPT[run % len(KEPT)]) -> None:
            if wrong:
                sqlite_schema.SYNCHRONOUS = "OFF"
            _disk.forget_at(str(folder).encode(), operations, keep, ctypes.c_ulonglong(seed))  # noqa: B023
            answer_until_killed(folder, acknowledged, out)  # noqa: B023 - run at once

        received, code = _forked(child)
        cut += code == _CUT_CODE
        acknowledged |= dict(received)
        found += _found(folder, acknowledged)
    return {"runs": runs, "reached": cut, "acknowledged": sum(acknowledged.values()), "problems": found}


def _failures(folder: Path, runs: int, *, wrong: bool) -> dict[str, object]:
    found: list[str] = []
    failed = acknowledged = 0
    for run in range(runs):
        nth = 1 + run * OPERATIONS // runs
        place = folder / str(nth)
        place.mkdir(parents=True)

        def child(out: Connection, *, nth: int = nth, place: Path = place) -> None:
            _disk.fail_at(str(place).encode(), nth)
            asyncio.run(_answer_and_try_again(place, out, hasty=wrong))
            os._exit(_FAILED_CODE if _disk.failed_already() else 0)

        received, code = _forked(child)
        failed += code == _FAILED_CODE
        acknowledged += len(received)
        found += [f"failure {nth}: {one}" for one in _found(place, dict(received))]
    return {"runs": runs, "reached": failed, "acknowledged": acknowledged, "problems": found}


async def _answer_and_try_again(place: Path, out: Connection, *, hasty: bool) -> None:
    """Answer in one case, each answer again where it could not be stored; where `hasty`, say it was."""
    store, files = await _opened(place)
    for message in range(1, ANSWERS + 1):
        for _ in range(1 if hasty else TRIES):
            try:
                await send(store, await _case(store), message)
                if message % FILE_EVERY == 0:
                    await files.put("case-1", content(message))
            except StoreError:
                continue
            break
        else:
            if not hasty:
                return
        out.send(("case-1", message))


async def _opened(place: Path) -> tuple[TinyDbStore, FileStore]:
    for _ in range(TRIES):
        store = None
        try:
            store = TinyDbStore.open(place)
            return store, FileStore(place / "files", store)
        except StoreError:
            if store is not None:
                await store.close()
    raise AssertionError("the store cannot be opened although the disk failed only once")


async def _case(store: TinyDbStore) -> Case:
    try:
        return await stored(store)
    except UnknownCase:
        return await open_case(store)


def _found(folder: Path, acknowledged: Acknowledged) -> list[str]:
    try:
        return asyncio.run(problems(folder, acknowledged))
    except (StoreError, Conflict) as error:
        return [f"unreadable ({type(error).__name__}: {error})"]


_CUT_CODE = 99
_FAILED_CODE = 98


def _forked(work: Callable[[Connection], None]) -> tuple[list[tuple[str, int]], int]:
    """What a child process acknowledged, and its exit code."""
    assert threading.active_count() == 1
    here, there = Pipe(duplex=False)
    child = os.fork()
    if child == 0:
        here.close()
        try:
            work(there)
        finally:
            os._exit(1)
    there.close()
    received = []
    while True:
        try:
            received.append(here.recv())
        except (EOFError, OSError):
            break
    _, status = os.waitpid(child, 0)
    return received, os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), wrong=sys.argv[4:] == ["wrong"])
