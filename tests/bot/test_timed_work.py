"""What is done at its time: people are reminded of a deadline, and files that were left unread are read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cases import open_case
from bot.desk import Desk
from bot.dialogue.buttons import Action
from bot.dialogue.messages import Reply, Upload
from bot.settings import Settings
from knowledge.hearings.load import definition
from knowledge.letters.profile import Profile
from storage.events import Role
from storage.files import FileStore
from storage.tinydb_store import TinyDbStore
from tests.bot.conftest import Visitor, let_in
from tests.bot.dialogue.talking import PROFILE


class Office:
    """A desk with a clock of its own, and what people are told on Telegram."""

    def __init__(self, store: TinyDbStore, folder: Path) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.desk = Desk(store, FileStore(folder, store), Settings(), now=lambda: self.now)
        self.desk.channels["telegram"] = self
        self.told: list[tuple[str, str]] = []

    async def deliver(self, chat: str, said: Reply) -> None:
        """Note it."""
        self.told.append((chat, said.text))

    async def at(self, *moment: int) -> list[tuple[str, str]]:
        """What is told when the clock comes to this moment (UTC)."""
        self.now = datetime(*moment, tzinfo=UTC)  # type: ignore[misc,arg-type]
        self.told.clear()
        self.desk.duties.look()
        await self.desk.duties.finished()
        return list(self.told)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """An office on an empty store."""
    store = TinyDbStore.open(tmp_path / "data")
    yield (opened := Office(store, tmp_path / "files"))
    await opened.desk.close()
    await store.close()


async def opened(office: Office, deadline: str | None) -> tuple[Visitor, Visitor]:
    """A case with this deadline, and its two people."""
    profile = Profile.model_validate(PROFILE | {"deadline": deadline})
    case = await open_case(office.desk, definition("ankestyrelsen-konsulenter-2020"), profile)
    mette = await let_in(office.desk, case, "Mette", Role.CASEWORKER, "telegram:1")
    return mette, await let_in(office.desk, case, "Jens", Role.TEAM_LEAD, "telegram:2")


async def test_the_caseworkers_are_told_how_many_points_are_open(office: Office) -> None:
    """Fourteen, seven and two days before, and on the day, at eight o'clock Danish time; the lead is not."""
    mette, _ = await opened(office, "2026-03-20")
    await mette.presses(Action.EDIT, "opgaver")
    await mette.says("Rådgivning om ældresager.")
    assert await office.at(2026, 3, 6, 6, 59) == []
    ((chat, first),) = await office.at(2026, 3, 6, 7, 0)
    assert chat == "telegram:1"
    assert "om 14 dage, den 20. marts 2026" in first
    assert "28 punkter mangler et svar" in first
    assert await office.at(2026, 3, 6, 7, 1) == []
    assert "om 7 dage" in (await office.at(2026, 3, 13, 7, 0))[0][1]
    assert "om 2 dage" in (await office.at(2026, 3, 18, 7, 0))[0][1]
    assert "i dag, den 20. marts 2026" in (await office.at(2026, 3, 20, 7, 0))[0][1]
    assert await office.at(2026, 4, 20, 7, 0) == []


async def test_a_deadline_that_is_put_off_is_reminded_of_at_its_new_time(office: Office) -> None:
    """What people change in the case's facts counts, also where there was no deadline before."""
    mette, _ = await opened(office, None)
    await mette.says("/oplysninger 15 20. marts 2026")
    assert "Svarfrist er nu 20. marts 2026" in mette.text
    await mette.says("/oplysninger 15 1. april 2026")
    assert await office.at(2026, 3, 6, 8, 0) == []
    assert "om 14 dage, den 1. april 2026" in (await office.at(2026, 3, 18, 8, 0))[0][1]


async def test_an_office_that_was_closed_over_a_reminder_gives_one(office: Office) -> None:
    """Reminders that were missed come as one, with the days that are left."""
    await opened(office, "2026-03-20")
    ((_, told),) = await office.at(2026, 3, 19, 12, 0)
    assert "i morgen, den 20. marts 2026" in told


async def test_a_case_without_a_deadline_is_left_in_peace(office: Office) -> None:
    """Nobody is told anything."""
    await opened(office, None)
    assert await office.at(2027, 1, 1, 8, 0) == []


async def test_a_contract_left_unread_by_a_crash_is_read_although_nobody_writes(office: Office) -> None:
    """What was to be read is stored with the file, so whichever process looks for work next reads it."""
    mette, _ = await opened(office, None)
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    text = "Konsulenten modtager 10 % af den besparelse, som kommunen opnår."
    with pytest.MonkeyPatch.context() as crash:
        crash.setattr("bot.reading.unread_contracts", lambda _: [])
        await mette.says(file=Upload("kontrakt.txt", "text/plain", len(text), text.encode()))
    assert await office.at(2026, 3, 2, 9, 0) == []
    ((chat, told), *_) = await office.at(2026, 3, 2, 9, 1)
    assert chat == "telegram:1"
    assert "kontrakt.txt" in told
    assert [file.pages for file in (await mette.stands()).files.values()] == [1]
