"""The serving process is killed at random moments of a conversation in the browser."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path

import httpx
import pytest

from bot.dialogue.buttons import Action, Press, decode, encode
from bot.opening import opened_desk
from bot.settings import Settings

from .ports import free_port

pytestmark = pytest.mark.survival

ROOT = Path(__file__).parents[2]
KILLS = 25
#: The longest time a server lives once it answers, in seconds.
LONGEST_LIFE = 0.25
POINT = "opgaver"


class Server:
    """A serving process that can be killed and started again on the same data and port."""

    def __init__(self, zygote: asyncio.subprocess.Process) -> None:
        self._zygote = zygote
        self._pid = 0

    async def start(self) -> str:
        """Start it; gives the caseworker's login link once it takes connections."""
        assert self._zygote.stdin is not None
        self._zygote.stdin.write(b"start\n")
        self._pid = int((await self._line_with("pid ")).split()[1])
        return (await self._line_with("sagsbehandler")).split()[-1]

    def kill(self) -> None:
        """`kill -9`."""
        os.kill(self._pid, signal.SIGKILL)

    async def _line_with(self, words: str) -> str:
        assert self._zygote.stdout is not None
        while line := (await self._zygote.stdout.readline()).decode():
            if words in line:
                return line
        raise AssertionError("the server ended")


@asynccontextmanager
async def running(data: Path) -> AsyncIterator[Server]:
    """A server on the data, not started yet."""
    variables = {"HOERING_DATA": str(data), "HOERING_WEB_PORT": str(free_port())}
    zygote = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.e2e.zygote",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | variables,
    )
    server = Server(zygote)
    try:
        yield server
    finally:
        assert zygote.stdin is not None
        zygote.stdin.close()
        server.kill()
        await zygote.wait()


def hidden(page: str, name: str) -> str:
    """A hidden field's value on a page."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"no field {name}"
    return unescape(found[1])


async def answer_until_killed(
    browser: httpx.AsyncClient, csrf: str, place: str, forms: list[dict[str, str]]
) -> None:
    """Send answers one after the other; the last of `forms` is the one that was not acknowledged."""
    while True:
        if not forms[-1]:
            number = len(forms)
            forms[-1] = {
                "csrf": csrf,
                "noegle": str(uuid.uuid4()),
                "sted": place,
                "tekst": f"Opgave nummer {number} er at se på sagerne.",
            }
        try:
            response = await browser.post("/besked", data=forms[-1])
        except httpx.TransportError:
            return
        assert response.status_code == 303, response.text
        forms.append({})


async def test_no_acknowledged_answer_is_lost_and_none_is_stored_twice(tmp_path: Path) -> None:
    """25 kills: all that was acknowledged is there, once, in order; session and conversation go on."""
    chance = random.Random(20200320)  # noqa: S311 - the same moments in every run
    forms: list[dict[str, str]] = [{}]
    async with running(tmp_path) as server, httpx.AsyncClient() as browser:
        link = await server.start()
        browser.base_url = httpx.URL(link).join("/")
        await browser.post(link)
        here = decode(hidden((await browser.get("/")).text, "sted"))
        assert here is not None
        place = encode(Press(here.case, here.seq, Action.ANSWER, POINT))
        for _ in range(KILLS):
            page = (await browser.get("/")).text
            for form in forms[-2:-1]:
                assert form["tekst"] in page
            answering = asyncio.create_task(answer_until_killed(browser, hidden(page, "csrf"), place, forms))
            asyncio.get_running_loop().call_later(chance.uniform(0, LONGEST_LIFE), server.kill)
            await answering
            await server.start()
        if forms[-1]:
            assert (await browser.post("/besked", data=forms[-1])).status_code == 303
        server.kill()
    sent = [form["tekst"] for form in forms if form]
    assert len(sent) > KILLS
    async with opened_desk(Settings(data=tmp_path)) as desk:
        versions = (await desk.casebook.load(here.case)).case.answer(POINT).versions
    stored = [version.value["text"] for version in versions]
    assert stored[-len(sent) :] == sent
    assert len(set(stored)) == len(stored)
