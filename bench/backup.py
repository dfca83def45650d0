"""Answers while a backup of a large store is written: how long each takes to be acknowledged."""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from bench.store import Answering
from bench.table import Row, at_most, told
from storage.backup import back_up
from storage.carrying import Kept
from storage.files import FileStore
from storage.master_keys import MasterKeys
from storage.sqlite_file import KEY_NAME

CASES = 20_000
MOST_MS_P99 = 50.0
#: Between two answers, in seconds: about fifty people who answer at once.
PAUSE_SECONDS = 0.02


async def _measure(directory: Path) -> list[Row]:
    answering = Answering(directory / "store", CASES)
    await answering.fill()
    files = FileStore(directory / "store" / "files", answering.store)
    masters = MasterKeys.from_file(directory / "store" / KEY_NAME)
    begun = time.perf_counter()
    writing = asyncio.create_task(
        back_up(Kept(answering.store, files), masters, directory / "copy", now=datetime.now(UTC))
    )
    taken = []
    while not writing.done():
        taken.append((await answering.answer())[0])
        await asyncio.sleep(PAUSE_SECONDS)
    counts = await writing
    seconds = time.perf_counter() - begun
    if counts.cases != CASES or counts.broken:
        raise AssertionError("the backup is not whole")
    size = (directory / "copy").stat().st_size
    await answering.close()
    p99 = quantiles(taken, n=100)[-1]
    return [
        at_most(
            f"acknowledged answer while {CASES:,} cases are backed up, 99th percentile",
            p99 * 1e3,
            MOST_MS_P99,
            "ms",
        ),
        told("the same, median", median(taken) * 1e3, "ms"),
        told("the same, longest", max(taken) * 1e3, "ms"),
        told("answers meanwhile", float(len(taken)), ""),
        told(f"backing up {CASES:,} cases", seconds, "s"),
        told("the backup", size / 1e6, "MB"),
    ]


def run() -> list[Row]:
    """Measure in a new folder beside this one, so that the disk is the project's and not one in memory."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as directory:
        return asyncio.run(_measure(Path(directory)))
