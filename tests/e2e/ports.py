"""A port for a server that a test starts anew at the same place."""

from __future__ import annotations

import socket


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
