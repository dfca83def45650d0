"""A disk that forgets what was not synced, and one that fails: what was acknowledged is there, once.

The full numbers: `make faults`. What is simulated, and what is not, stands in `forgetful.c`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.storage.disk_runs import ANSWERS

#: In the suite; `make faults` sets more by HOERING_CUTS and HOERING_FAILURES.
CUTS = int(os.environ.get("HOERING_CUTS", "8"))
FAILURES = int(os.environ.get("HOERING_FAILURES", "12"))
WRONG_RUNS = 6

_SOURCE = Path(__file__).with_name("forgetful.c")


@dataclass(frozen=True)
class Outcome:
    """What came of runs on a bad disk."""

    runs: int
    #: Runs in which the disk did its worst before the process had ended.
    reached: int
    acknowledged: int
    problems: list[str]


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that stands between a process and its disk."""
    compiler = shutil.which("cc")
    if compiler is None:
        if os.environ.get("CI") == "true" and shutil.which("apt-get") and os.geteuid() == 0:
            pytest.fail("there is no C compiler, which `make test` installs")
        pytest.skip("NOT TESTED: the store on a bad disk. Install Debian's gcc and libc6-dev.")
    library = tmp_path_factory.mktemp("disk") / "forgetful.so"
    made = ["-shared", "-fPIC", "-O1", "-o", str(library), str(_SOURCE), "-ldl", "-lpthread"]
    subprocess.run([compiler, *made], check=True)
    return library


def run(disk: Path, kind: str, folder: Path, runs: int, *wrong: str) -> Outcome:
    """So many runs in this folder on the bad disk."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.storage.disk_runs", kind, str(folder), str(runs), *wrong],
        env=os.environ | {"LD_PRELOAD": str(disk)},
        stdout=subprocess.PIPE,
        check=True,
    )
    outcome = Outcome(**json.loads(done.stdout))
    print(f"{kind} {' '.join(wrong)}: {outcome}")  # noqa: T201 - `make faults` shows it
    return outcome


def test_a_power_cut_takes_nothing_that_was_acknowledged(disk: Path, tmp_path: Path) -> None:
    """Cut at random moments, again and again in one store, with some, most or nothing of the rest kept."""
    outcome = run(disk, "cut", tmp_path / "store", CUTS)

    assert outcome.problems == []
    assert outcome.reached == CUTS
    assert outcome.acknowledged > CUTS


def test_without_syncing_a_power_cut_would_be_noticed(disk: Path, tmp_path: Path) -> None:
    """The test above can fail: a store that leaves syncing to the system loses answers, or all."""
    assert run(disk, "cut", tmp_path / "store", WRONG_RUNS, "wrong").problems


def test_a_write_or_sync_that_fails_takes_nothing_that_was_acknowledged(disk: Path, tmp_path: Path) -> None:
    """Wherever it is, the answer is refused, and taken when it is sent again to the same process."""
    outcome = run(disk, "fail", tmp_path, FAILURES)

    assert outcome.problems == []
    assert outcome.reached > FAILURES // 2
    assert outcome.acknowledged == outcome.runs * ANSWERS


def test_an_answer_acknowledged_in_spite_of_a_failed_write_would_be_noticed(
    disk: Path, tmp_path: Path
) -> None:
    """The test above can fail: with every answer said to be stored, some are not there."""
    assert run(disk, "fail", tmp_path, FAILURES, "wrong").problems
