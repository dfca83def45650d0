"""A person at a browser: pages are opened, read and filled in the way people do it."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from dataclasses import dataclass, field

import pytest
from playwright.async_api import BrowserContext, ConsoleMessage, Download, Locator, Page, expect

#: Chromium as a test needs it: quiet, and without what a container lacks.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Milliseconds that a page has for what is expected of it, on a busy machine.
PATIENCE = 15_000

_FITS = "document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"

expect.set_options(timeout=PATIENCE)


def chromium() -> str:
    """The path of a Chromium: Debian's, installed where it can be; without one skips, in CI fails."""
    path = shutil.which("chromium") or _installed()
    if path:
        return path
    reason = "NO CHROMIUM: the browser tests did not run. Install it: apt-get install -y chromium"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _installed() -> str | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]):
        subprocess.run(command, env=environment, capture_output=True, check=False)
    return shutil.which("chromium")


async def content(download: Download) -> bytes:
    """The bytes that a download brought."""
    path = await download.path()
    return await asyncio.to_thread(path.read_bytes)


@dataclass
class Screen:
    """One person's browser window on the assistant."""

    context: BrowserContext
    page: Page
    url: str
    #: Scripts that failed and what the Content-Security-Policy stopped; a test ends with none.
    problems: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note what goes wrong in the page."""

        def heard(message: ConsoleMessage) -> None:
            if "Content Security Policy" in message.text:
                self.problems.append(message.text)

        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", heard)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    async def log_in(self, token: str) -> None:
        """Use a login link."""
        await self.page.goto(f"{self.url}/login/{token}")
        await self.page.get_by_role("button", name="Log ind").click()
        await expect(self.log).to_be_visible()

    async def open(self, path: str) -> None:
        """Go to a page."""
        await self.page.goto(self.url + path)

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log", name="Samtale")

    @property
    def box(self) -> Locator:
        """The box for the answer."""
        return self.page.get_by_role("textbox", name="Dit svar")

    @property
    def last(self) -> Locator:
        """The last message of the conversation."""
        return self.log.locator("#log > li").last

    @property
    def choices(self) -> Locator:
        """The buttons of the question at hand."""
        return self.page.get_by_role("group", name="Vælg et svar")

    @property
    def progress(self) -> Locator:
        """How many questions are answered, in words."""
        return self.page.locator("#fremdrift-tekst")

    async def say(self, text: str) -> None:
        """Type an answer and send it; returns when it has been answered."""
        await self.box.fill(text)
        await self._send()

    async def press(self, name: str) -> None:
        """Press a button of the question at hand."""
        before = await self._key()
        await self.choices.get_by_role("button", name=name, exact=True).click()
        await self._answered(before)

    async def go_to(self, ask: str) -> None:
        """Choose a question from the list of all."""
        questions = self.page.locator("#alle-spoergsmaal")
        if await questions.get_attribute("open") is None:
            await questions.locator("summary").click()
        before = await self._key()
        await questions.get_by_role("button", name=ask).click()
        await self._answered(before)

    async def send_files(self, *paths: str) -> None:
        """Attach files and send them."""
        await self.page.get_by_label("Vedhæft filer").set_input_files(list(paths))
        await self._send()

    async def _send(self) -> None:
        before = await self._key()
        await self.page.get_by_role("button", name="Send", exact=True).click()
        await self._answered(before)

    async def _key(self) -> str:
        return await self.page.locator("#svar [name=noegle]").input_value()

    async def _answered(self, before: str) -> None:
        await expect(self.page.locator("#svar [name=noegle]")).not_to_have_value(before)
        await expect(self.page.locator("#status")).to_be_empty()

    async def fits(self) -> bool:
        """Whether nothing sticks out sideways."""
        return bool(
            await self.page.evaluate(
                "document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"
            )
        )
