"""Processes that tests kill: forked from one that has imported the program, since importing takes seconds."""

from __future__ import annotations

import multiprocessing

processes = multiprocessing.get_context("forkserver")
# One server forks for all tests of a run, so it must know all that any of them will run.
processes.set_forkserver_preload(
    [
        "tests.storage.other_process",
        "tests.e2e.telegram.serving_process",
        "storage.postgres_files",
        "tests.bot.killed",
    ]
)
