"""Contracts in a case: text is read at once, scans in the background, and each beside the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import reading
from bot.desk import Desk
from bot.dialogue.buttons import Action
from bot.dialogue.messages import Reply, Tone, Upload
from bot.example import open_example
from bot.opening import opened_desk
from bot.settings import Settings
from storage.case import Case, File
from tests.bot.conftest import Visitor
from tests.knowledge.contracts.scanning import needs_recognition, scanned

CLAUSE = "Konsulenten modtager 10 % af den årlige besparelse, som kommunen opnår.\n"
CONTRACT = """Konsulentaftale mellem Eksempel Kommune, CVR 11223344, og Lundager Rådgivning ApS, CVR 99887766.
Aftalen løber fra den 1. juli 2019 til og med den 31. december 2020.
"""
DPA = """Databehandleraftale mellem Eksempel Kommune, CVR 11223344, og Lundager Rådgivning ApS, CVR 99887766.
Aftalen gælder fra den 1. juli 2019 til og med den 30. juni 2020.
"""


class Chats:
    """A front end that notes what people are told on their own."""

    def __init__(self) -> None:
        self.said: list[Reply] = []

    async def deliver(self, chat: str, said: Reply) -> None:
        """Note it."""
        assert chat == "telegram:1"
        self.said.append(said)

    @property
    def text(self) -> str:
        """All that was told."""
        return "\n".join(one.text for one in self.said)


@pytest.fixture
def chats(mette: Visitor) -> Chats:
    """What reaches Mette's chat between her messages."""
    told = Chats()
    mette.desk.channels["telegram"] = told
    return told


def upload(name: str, data: bytes) -> Upload:
    """A file as a front end hands it in."""
    return Upload(name, "application/pdf", len(data), data)


def the_file(case: Case, name: str) -> File:
    """The case's file of that name."""
    return next(file for file in case.files.values() if file.name == name)


async def test_a_scan_is_read_while_the_person_goes_on(
    mette: Visitor, chats: Chats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The start is told at once, the progress on the way, and the findings when they are there."""
    needs_recognition()
    monkeypatch.setattr(reading, "PROGRESS_SECONDS", 0)
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    await mette.says(
        file=upload("kontrakt.pdf", scanned(tmp_path, "Forside til kontrakten\n", CLAUSE).read_bytes())
    )
    assert "side 1 af 2" in mette.text
    assert mette.heard[0].tone is Tone.SAVED
    await mette.says("status")
    assert "side 1 af 2" not in mette.text
    await mette.desk.duties.finished()
    assert "side 2 af 2" in chats.text
    assert "10 % af den årlige besparelse" in chats.text
    assert the_file(await mette.stands(), "kontrakt.pdf").pages == 2


async def asked_for_contracts(desk: Desk) -> Visitor:
    """The example's caseworker, at the question that asks for the contracts."""
    example = await open_example(desk)
    assert example is not None
    visitor = Visitor(desk, "telegram:1", example.case)
    await visitor.says(f"/start {example.caseworker_token}")
    await visitor.presses(Action.EDIT, "kopi_kontrakter")
    return visitor


async def test_a_scan_left_by_a_stop_is_read_after_the_restart(tmp_path: Path) -> None:
    """Stopping ends the reading and leaves the file unread; the next message in the case begins it anew."""
    needs_recognition()
    settings = Settings(data=tmp_path / "again")
    async with opened_desk(settings) as desk:
        visitor = await asked_for_contracts(desk)
        await visitor.says(file=upload("scannet.pdf", scanned(tmp_path, CLAUSE).read_bytes()))
    async with opened_desk(settings) as desk:
        visitor = Visitor(desk, "telegram:1", visitor.case)
        assert not the_file(await visitor.stands(), "scannet.pdf").pages
        await visitor.says("status", key="after the restart")
        await desk.duties.finished()
        assert the_file(await visitor.stands(), "scannet.pdf").pages == 1


async def test_a_scan_from_before_a_restart_is_laid_beside_a_new_file(tmp_path: Path) -> None:
    """Its text is on record: the agreement is held against it, and its CPR number is still told of."""
    needs_recognition()
    settings = Settings(data=tmp_path / "again")
    clause = "Konsulenten har login til kommunens fagsystem og slår borgeren 010203-1234 op."
    page = f"{CONTRACT}{clause}"
    async with opened_desk(settings) as desk:
        visitor = await asked_for_contracts(desk)
        await visitor.says(file=upload("scannet.pdf", scanned(tmp_path, page).read_bytes()))
        await desk.duties.finished()
    async with opened_desk(settings) as desk:
        visitor = Visitor(desk, "telegram:1", visitor.case, keys=visitor.keys)
        told = [each["id"] for each in the_file(await visitor.stands(), "scannet.pdf").findings]
        assert {"case_system_access", "cpr_in_file"} <= {*told}
        await visitor.presses(Action.EDIT, "kopi_databehandleraftale")
        await visitor.says(file=Upload("dba.txt", "text/plain", len(DPA), DPA.encode()))
        assert "Databehandleraftalen udløber før kontrakten" in visitor.text
        now = [each["id"] for each in the_file(await visitor.stands(), "scannet.pdf").findings]
        assert now == told


async def test_a_scan_that_cannot_be_read_is_told_and_not_tried_again(
    mette: Visitor, chats: Chats, tmp_path: Path
) -> None:
    """The person hears in the chat that a human must read it."""
    needs_recognition()
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    await mette.says(file=upload("sort.pdf", scanned(tmp_path, "#rect(width: 5cm)").read_bytes()))
    await mette.desk.duties.finished()
    assert "et menneske skal læse" in chats.text
    assert the_file(await mette.stands(), "sort.pdf").problem
    await mette.says("status")
    assert "indscannet" not in mette.text


async def test_without_tesseract_a_scan_is_kept_and_it_is_said_why_it_was_not_read(
    mette: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is stored as an enclosure all the same."""
    monkeypatch.setattr("shutil.which", lambda _: None)
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    await mette.says(file=upload("scannet.pdf", scanned(tmp_path, CLAUSE).read_bytes()))
    assert "tesseract-ocr-dan" in mette.text
    assert the_file(await mette.stands(), "scannet.pdf").problem


@pytest.mark.parametrize("order", [["kontrakt.txt", "dba.txt"], ["dba.txt", "kontrakt.txt"]])
async def test_a_data_processing_agreement_is_laid_beside_the_contract(
    mette: Visitor, order: list[str]
) -> None:
    """Whichever comes first: that the periods differ is told with the second, and stands at the agreement."""
    files = {"kontrakt.txt": ("kopi_kontrakter", CONTRACT), "dba.txt": ("kopi_databehandleraftale", DPA)}
    for name in order:
        point, text = files[name]
        await mette.presses(Action.EDIT, point)
        await mette.says(file=Upload(name, "text/plain", len(text), text.encode()))
    assert "Databehandleraftalen udløber før kontrakten" in mette.text
    found = the_file(await mette.stands(), "dba.txt").findings
    assert [each["about"]["quote"] for each in found] == [
        "gælder fra den 1. juli 2019 til og med den 30. juni 2020"
    ]


async def test_a_cpr_number_in_a_contract_is_told_by_count_and_stored_nowhere(mette: Visitor) -> None:
    """Neither the chat nor the events hold the number, not even in the quote of a clause beside it."""
    text = "Konsulenten har login til kommunens fagsystem og slår borgeren 010203-1234 op."
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    await mette.says(file=Upload("kontrakt.txt", "text/plain", len(text), text.encode()))
    assert "1 CPR-nummer" in mette.text
    events = await mette.desk.store.events(mette.case)
    kept = mette.text + "".join(each.model_dump_json() for each in events)
    assert "fagsystem" in kept
    assert "010203" not in kept
