"""A process that is killed or refused while it writes: what it acknowledged is there, once."""

from __future__ import annotations

import itertools
import os
import random
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from tests.forking import processes
from tests.storage.other_process import Acknowledged, answer_until_full, answer_until_killed, problems

#: More for a longer look: HOERING_KILLS=200.
KILLS = int(os.environ.get("HOERING_KILLS", "12"))
#: The process is killed after at most so many acknowledgements, at a number drawn anew each time.
MOST_ACKNOWLEDGED = 60


def _kill_at(count: int, directory: Path, acknowledged: Acknowledged, *, hasty: bool) -> Acknowledged:
    """What is acknowledged after a process was killed at its `count`th acknowledgement."""
    here, there = processes.Pipe(duplex=False)
    process = processes.Process(
        target=answer_until_killed, args=(directory, acknowledged, there), kwargs={"hasty": hasty}
    )
    process.start()
    there.close()
    return acknowledged | _received(here, process, kill_at=count)


def _received(here: Connection, process: ForkServerProcess, kill_at: int | None = None) -> Acknowledged:
    """What the process acknowledged until its end."""
    acknowledged = {}
    try:
        for received in itertools.count():
            if received == kill_at:
                process.kill()
            name, message = here.recv()
            acknowledged[name] = message
    except (EOFError, OSError):  # the end, perhaps in the middle of a word
        process.join()
    return acknowledged


async def test_a_killed_process_leaves_all_it_acknowledged_and_nothing_twice(tmp_path: Path) -> None:
    """Killed again and again at random moments: no acknowledged answer is lost, none stored twice."""
    acknowledged: Acknowledged = {}
    chance = random.Random(4)  # noqa: S311 - the same moments each time
    for _ in range(KILLS):
        acknowledged = _kill_at(chance.randint(1, MOST_ACKNOWLEDGED), tmp_path, acknowledged, hasty=False)
        assert await problems(tmp_path, acknowledged) == []

    assert sum(acknowledged.values()) >= KILLS


async def test_a_store_that_acknowledged_too_early_would_be_found_out(tmp_path: Path) -> None:
    """The test above can fail: with acknowledgements sent before the append, answers are lost."""
    for run in range(KILLS):
        directory = tmp_path / str(run)
        found = await problems(directory, _kill_at(run + 1, directory, {}, hasty=True))
        if any("is lost" in problem for problem in found):
            return

    pytest.fail("nothing was found to be lost")


async def test_a_file_that_may_not_grow_refuses_the_answer_and_keeps_the_others(tmp_path: Path) -> None:
    """What was acknowledged before the store could no longer write is there when it is opened again."""
    here, there = processes.Pipe(duplex=False)
    process = processes.Process(target=answer_until_full, args=(tmp_path, there))
    process.start()
    there.close()
    acknowledged = _received(here, process)

    assert process.exitcode == 0
    assert acknowledged["case-1"] > 1
    assert await problems(tmp_path, acknowledged) == []


async def test_a_refused_answer_that_was_acknowledged_would_be_found_out(tmp_path: Path) -> None:
    """The test above can fail: with the answer that no longer fitted acknowledged too, it is missed."""
    here, there = processes.Pipe(duplex=False)
    process = processes.Process(target=answer_until_full, args=(tmp_path, there), kwargs={"hasty": True})
    process.start()
    there.close()

    assert any("is lost" in problem for problem in await problems(tmp_path, _received(here, process)))
