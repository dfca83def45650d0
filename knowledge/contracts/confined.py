"""Runs a program that meets strangers' files, held to limits: started by `child` as a script.

Usage: confined.py MEMORY_BYTES CPU_SECONDS NICENESS PROGRAM ARGUMENT... It becomes the program, so that
limits and signals reach it and all that it starts.
"""

from __future__ import annotations

import os
import resource
import sys


def main() -> None:
    """Set the limits, then become the program."""
    memory, cpu_seconds, niceness = map(int, sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # No file is ever written: what comes out comes through a pipe.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(niceness)
    os.execvp(sys.argv[4], sys.argv[4:])  # noqa: S606 - our own command


if __name__ == "__main__":
    main()
