"""Starts `python -m bot serve` quickly, again and again, so that it can be killed many times in a test.

Everything is imported, and the knowledge loaded, once; each line "start" on standard input forks a process
that runs the command line as it is, told by a line "pid N". What the command prints follows on the same
standard output.
"""

from __future__ import annotations

import os
import signal
import sys

from bot.__main__ import main
from knowledge.contracts.detector import detect
from knowledge.findings import About
from knowledge.hearings.load import definition, definition_ids


def serve_on_demand() -> None:
    """Fork a server for each line until standard input ends."""
    for hearing in definition_ids():
        definition(hearing)
    detect("", About())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.argv = ["hoering", "serve"]
            main()
            os._exit(0)
        sys.stdout.write(f"pid {pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve_on_demand()
