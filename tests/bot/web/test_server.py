"""Listening and stopping."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import cast

import httpx
import pytest

from bot.desk import Desk
from bot.settings import Settings, SettingsRefused
from bot.web.server import run

from .fake_desk import FakeDesk


async def test_serves_until_told_to_stop(desk: FakeDesk, tmp_path: Path) -> None:
    """The address is told once connections are taken, and the port is free again after the stop."""
    stop = asyncio.Event()
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    settings = Settings(data=tmp_path, web_port=0)
    serving = asyncio.create_task(run(cast("Desk", desk), settings, stop, ready=address.set_result))
    async with httpx.AsyncClient(base_url=await address) as visitor:
        answer = await visitor.get("/login/link")
        assert answer.status_code == 200
        assert "server" not in answer.headers
    stop.set()
    await serving
    socket.create_server(("127.0.0.1", int((await address).rpartition(":")[2]))).close()


async def test_port_in_use_is_said_in_one_line(desk: FakeDesk, tmp_path: Path) -> None:
    """The operator reads which address is taken and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings(data=tmp_path, web_port=taken.getsockname()[1])
        with pytest.raises(SettingsRefused, match="kan ikke lytte på"):
            await run(cast("Desk", desk), settings, asyncio.Event())


async def test_every_address_needs_the_one_that_people_use(desk: FakeDesk, tmp_path: Path) -> None:
    """Listening to the world without knowing our own name would answer to any name."""
    settings = Settings(data=tmp_path, web_host="0.0.0.0", web_port=0)  # noqa: S104 - to be refused
    with pytest.raises(SettingsRefused, match="web_url"):
        await run(cast("Desk", desk), settings, asyncio.Event())
