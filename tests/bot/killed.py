"""A command whose process is killed the moment it calls some function."""

from __future__ import annotations

import importlib
import os
import signal
from typing import Any

from bot.__main__ import run


def run_until(data: str, arguments: list[str], owner: str, name: str) -> None:
    """Run the command on the data folder, and die without a word before `owner.name` is called."""
    os.environ["HOERING_DATA"] = data
    module, _, cls = owner.partition(":")
    place = importlib.import_module(module)

    def killing(*values: Any, **named: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(getattr(place, cls) if cls else place, name, killing)
    os._exit(run(arguments))
