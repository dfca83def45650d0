"""Child processes for what strangers' files are opened with: limited, timed, and stopped on request."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import IO

_CONFINED = Path(__file__).with_name("confined.py")
#: How often a running child's reader looks whether it is to stop, in seconds.
_LOOK_SECONDS = 0.2


class TookTooLong(Exception):
    """The child did not end in its time and was killed."""


class Stopped(Exception):
    """The child was killed because nobody wants its answer any more."""


@dataclass(frozen=True)
class Limits:
    """What a child may use: memory (address space) in bytes, CPU and wall-clock time in seconds."""

    memory: int
    cpu_seconds: int
    wall_seconds: float
    niceness: int = 0


@dataclass(frozen=True)
class Done:
    """What came of a child; a negative `code` is the signal that ended it."""

    code: int
    output: bytes


def run(
    command: Sequence[str],
    limits: Limits,
    *,
    given: IO[bytes] | None = None,
    environment: Mapping[str, str] | None = None,
    stop: Event | None = None,
) -> Done:
    """Run the command with the open file `given` as its input; blocks until it ends.

    Raises:
        TookTooLong: it took more than its time on the clock.
        Stopped: `stop` was set meanwhile.
    """
    # -I: a Python child sees neither the current folder nor the user's own packages.
    confined = [sys.executable, "-I", "-S", str(_CONFINED)]
    held_to = map(str, (limits.memory, limits.cpu_seconds, limits.niceness))
    with subprocess.Popen(  # noqa: S603 - our own command
        [*confined, *held_to, *command],
        stdin=subprocess.DEVNULL if given is None else given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=None if environment is None else {**os.environ, **environment},
        start_new_session=True,
    ) as child:
        try:
            output = _awaited(child, limits.wall_seconds, stop or Event())
        except BaseException:
            # The whole group: pdftotext is a child of the child.
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            raise
    return Done(child.returncode, output)


def _awaited(child: subprocess.Popen[bytes], seconds: float, stop: Event) -> bytes:
    deadline = time.monotonic() + seconds
    while not stop.is_set():
        left = deadline - time.monotonic()
        if left <= 0:
            raise TookTooLong
        with suppress(subprocess.TimeoutExpired):
            return child.communicate(timeout=min(_LOOK_SECONDS, left))[0]
    raise Stopped
