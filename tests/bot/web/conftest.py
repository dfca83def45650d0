"""A browser without a browser: the application over httpx, logged in where a test wants it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import cast

import httpx
import pytest

from bot.desk import Desk
from bot.settings import Settings
from bot.web.server import app

from .fake_desk import FakeDesk

SIGNING_KEY = "a-key-that-signs-the-tests-cookies"


class Visitor(httpx.AsyncClient):
    """Fills in forms as a browser without script does."""

    page: str = ""

    async def open(self, path: str = "/") -> httpx.Response:
        """Load a page and keep it."""
        response = await self.get(path)
        self.page = response.text
        return response

    def hidden(self, name: str) -> str:
        """The first hidden field of this name on the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        assert found, f"no field {name}"
        return unescape(found[1])

    async def submit(self, files: list[tuple[str, bytes]] | None = None, **fields: str) -> httpx.Response:
        """Send the chat's form with these fields; the page's hidden fields unless told otherwise."""
        form = {"csrf": self.hidden("csrf"), "noegle": self.hidden("noegle")} | fields
        parts = [(name, (None, value.encode("utf-8", "surrogatepass"))) for name, value in form.items()]
        uploads = [("filer", one) for one in files or []]
        return await self.post("/besked", files=[*parts, *uploads])

    async def log_in(self, token: str = "link") -> None:
        """Use a login link and open the chat."""
        await self.post(f"/login/{token}")
        await self.open()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Small limits and a folder of the test's own."""
    return Settings(data=tmp_path, max_file_bytes=2_000)


@pytest.fixture
def desk() -> FakeDesk:
    """A desk that remembers what it heard."""
    return FakeDesk()


def visitor_of(desk: FakeDesk, settings: Settings) -> Visitor:
    """Someone at the address that the settings tell."""
    transport = httpx.ASGITransport(
        app(cast("Desk", desk), settings, SIGNING_KEY), raise_app_exceptions=False
    )
    return Visitor(transport=transport, base_url=settings.web_url or "http://127.0.0.1:8400")


@pytest.fixture
async def stranger(desk: FakeDesk, settings: Settings) -> AsyncIterator[Visitor]:
    """Someone who is not logged in."""
    async with visitor_of(desk, settings) as visitor:
        yield visitor


@pytest.fixture
async def visitor(desk: FakeDesk, settings: Settings) -> AsyncIterator[Visitor]:
    """Someone who is logged in and has the chat open."""
    async with visitor_of(desk, settings) as one:
        await one.log_in()
        yield one
