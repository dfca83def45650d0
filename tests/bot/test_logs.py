"""A whole conversation with personal data in every place it can be written, logged at DEBUG."""

from __future__ import annotations

import asyncio
import io
import logging
import re
import uuid
from collections.abc import AsyncIterator, Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from bot import logs
from bot.cases import invite, open_case
from bot.desk import Desk
from bot.dialogue.buttons import Action, Press, encode
from bot.opening import opened_desk
from bot.settings import Settings
from bot.web.server import run
from knowledge.hearings.load import definition
from knowledge.letters.profile import Profile
from storage.events import Role
from storage.store import StoreFull
from tests.bot.dialogue.talking import PROFILE

CPR = "070761-1234"
SECRETS = (
    "Qvistelund",
    CPR,
    "0707",
    "kvistelund@eksempelpost.dk",
    "Kirsebærkrogen",
    "40506070",
    "oplysning-x",
)
PERSONAL = (
    "Borgeren Hanne Qvistelund, Kirsebærkrogen 7, tlf. 40506070, kvistelund@eksempelpost.dk, "
    "klagede over oplysning-x."
)
CONTRACT = f"Kontrakt\n\nKonsulenten får 10 % af besparelsen. {PERSONAL} {CPR}\n".encode()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[io.StringIO]:
    """What the product logs at DEBUG, set up as it does it; the test's own browser is left out."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    logs.set_up(Settings(data=tmp_path, log_level="DEBUG"))
    written = io.StringIO()
    for handler in root.handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(written)
        handler.addFilter(lambda record: not record.name.startswith(("httpx", "httpcore")))
    yield written
    root.handlers[:] = before
    root.setLevel(level)


class Person:
    """Somebody at a browser without script."""

    def __init__(self, browser: httpx.AsyncClient, case: str) -> None:
        self.browser = browser
        self.case = case

    async def sends(
        self, text: str = "", button: Press | None = None, *, back: str = "", name: str = ""
    ) -> str:
        """Send a form, with a file where it has a name, and give the page that follows."""
        page = (await self.browser.get("/")).text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found
        form = {"csrf": unescape(found[1]), "noegle": str(uuid.uuid4()), "tekst": text, "tilbage": back}
        form |= {"knap": encode(button)} if button else {}
        files = [("filer", (name, CONTRACT))] if name else None
        response = await self.browser.post("/besked", data=form, files=files, follow_redirects=True)
        return response.text

    def press(self, action: Action, point: str = "", arg: str = "", seq: int = 10_000) -> Press:
        """A button of the case; by default one drawn for all that has happened."""
        return Press(self.case, seq, action, point, arg)


@pytest.fixture
async def people(log: io.StringIO, tmp_path: Path) -> AsyncIterator[tuple[Desk, Person, Person]]:
    """A caseworker and a lead in one case, over real HTTP."""
    settings = Settings(data=tmp_path, web_port=0)
    stop, address = asyncio.Event(), asyncio.get_running_loop().create_future()
    async with opened_desk(settings) as desk:
        case = await open_case(
            desk, definition("ankestyrelsen-konsulenter-2020"), Profile.model_validate(PROFILE)
        )
        serving = asyncio.create_task(run(desk, settings, stop, ready=address.set_result))
        async with (
            httpx.AsyncClient(base_url=await address) as first,
            httpx.AsyncClient(base_url=await address) as other,
        ):
            for browser, name, role in ((first, "Mette", Role.CASEWORKER), (other, "Jens", Role.TEAM_LEAD)):
                await browser.post(f"/login/{await invite(desk, case, name, role)}")
            yield desk, Person(first, case), Person(other, case)
        stop.set()
        await serving


async def test_no_personal_data_reaches_the_log(
    people: tuple[Desk, Person, Person], log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers, notes, files and their names, comments, reasons, invitations, failures: no word of them."""
    desk, mette, jens = people
    assert "CPR-nummer" in await mette.sends(f"{PERSONAL} {CPR}", mette.press(Action.ANSWER, "opgaver", "="))
    await mette.sends(PERSONAL, mette.press(Action.ANSWER, "opgaver", "="))
    await mette.sends("", mette.press(Action.STORE_ANYWAY, "opgaver"))
    await mette.sends(PERSONAL, mette.press(Action.ANSWER, "moede_deltagelse", "ja"))
    await mette.sends("", mette.press(Action.STORE_ANYWAY, "moede_deltagelse"))
    await mette.sends("", mette.press(Action.EDIT, "kopi_kontrakter"))
    await mette.sends(name=f"kontrakt {CPR}.txt")
    await mette.sends(name="kontrakt Hanne Qvistelund.txt")
    await mette.sends("", mette.press(Action.STORE_ANYWAY, "", "b"))
    await mette.sends("rett Hanne Qvistelund")
    case = await desk.casebook.load(mette.case)
    assert {file.name for file in case.case.files.values()} == {"kontrakt Hanne Qvistelund.txt"}
    key = case.findings[0].key
    await mette.sends(f"{PERSONAL} {CPR}", mette.press(Action.ACKNOWLEDGE, "", key))
    await mette.sends(PERSONAL, mette.press(Action.ACKNOWLEDGE, "", key))
    await mette.sends("", mette.press(Action.STORE_ANYWAY, "", f"f{key}"))
    await jens.sends(PERSONAL, jens.press(Action.RETURN, "opgaver"), back="/gennemgang")
    await jens.sends("", jens.press(Action.STORE_ANYWAY, "opgaver", "r"), back="/gennemgang")
    await jens.sends(f"/inviter Qvistelund {CPR}")
    await jens.sends("", jens.press(Action.LETTER))
    for page in ("/", "/gennemgang", "/brev.docx", "/brev.pdf", f"/fil/{'0' * 64}"):
        await jens.browser.get(page)

    async def full(*_: object) -> None:
        raise StoreFull

    monkeypatch.setattr(desk.casebook, "keep", full)
    await mette.sends(PERSONAL, mette.press(Action.ANSWER, "arbejdsmetode", "="))

    async def broken(*_: object) -> None:
        raise ValueError(PERSONAL)

    monkeypatch.setattr(desk.casebook, "load", broken)
    await mette.browser.get("/")
    logging.getLogger("any").debug("the level is DEBUG")
    written = log.getvalue()
    assert "the level is DEBUG" in written
    assert "ValueError" in written
    assert [secret for secret in SECRETS if secret in written] == []


async def test_what_was_vouched_for_is_kept_and_a_cpr_number_never(
    people: tuple[Desk, Person, Person],
) -> None:
    """The case holds the words that somebody vouched for, and nothing of the message with the number."""
    desk, mette, _ = people
    await mette.sends(f"{PERSONAL} {CPR}", mette.press(Action.ANSWER, "opgaver", "="))
    await mette.sends(PERSONAL, mette.press(Action.ANSWER, "opgaver", "="))
    assert "opgaver" not in (await desk.casebook.load(mette.case)).answers
    await mette.sends("", mette.press(Action.STORE_ANYWAY, "opgaver"))
    events = await desk.store.events(mette.case)
    stored = "".join(event.model_dump_json() for event in events)
    assert "Qvistelund" in stored
    assert CPR not in stored
