"""One message in, replies out, on a real store."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cases import invite, open_case
from bot.desk import Desk
from bot.dialogue import texts
from bot.dialogue.buttons import Action, Press, encode
from bot.dialogue.messages import Piece, Reply, Tone, Upload
from bot.example import open_example
from bot.keeping.erasing import erase_case
from bot.opening import opened_desk
from bot.settings import Settings
from knowledge.hearings.load import definition
from knowledge.letters.profile import Profile
from storage.events import Role
from storage.sqlite_file import DATABASE_NAME
from storage.store import StoreFull
from tests.bot.conftest import Visitor, let_in
from tests.bot.dialogue.talking import PROFILE
from tests.storage.cases import event_row

CONTRACT = """Kontrakt mellem Vestager Kommune og Lundager Rådgivning ApS

Honorar. Konsulenten modtager 10 % af den besparelse, som kommunen opnår i det første år.
Opnås der ingen besparelse, betaler kommunen intet honorar.
""".encode()


def upload(name: str, data: bytes, media_type: str = "text/plain") -> Upload:
    """A file as a front end hands it in."""
    return Upload(name, media_type, len(data), data)


async def another_case(desk: Desk) -> str:
    """A case that nobody is a member of."""
    return await open_case(
        desk, definition("ankestyrelsen-konsulenter-2020"), Profile.model_validate(PROFILE)
    )


class Told:
    """A front end that notes what people are told."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Reply]] = []

    async def deliver(self, chat: str, said: Reply) -> None:
        """Note it."""
        self.said.append((chat, said))


async def test_a_stranger_is_refused_and_learns_nothing(desk: Desk, case: str) -> None:
    """Somebody without an invitation gets the same polite words, whatever they try."""
    stranger = Visitor(desk, "telegram:99", case)
    for attempt in (
        {"text": "hej"},
        {"text": "/start forkert"},
        {"button": encode(Press(case, 1, Action.EDIT, "opgaver"))},
        {"button": encode(Press(case, 0, Action.CASE))},
    ):
        await stranger.says(**attempt)  # type: ignore[arg-type]
        assert "Vestager" not in stranger.text
        assert "Ankestyrelsen" not in stranger.text
        assert len(stranger.heard) == 1


async def test_an_invitation_lets_in_once(desk: Desk, case: str, mette: Visitor) -> None:
    """The link greets by name and shows the first question; another person cannot use it again."""
    assert "Velkommen, Mette" in mette.text
    assert mette.heard[-1].tone is Tone.QUESTION


async def test_a_used_link_opened_again_by_the_same_person_shows_the_case(desk: Desk, case: str) -> None:
    """Pressing the link twice does no harm."""
    token = await invite(desk, case, "Anna", Role.CASEWORKER)
    anna, other = Visitor(desk, "telegram:5", case), Visitor(desk, "telegram:6", case)
    await anna.says(f"/start {token}")
    await other.says(f"/start {token}")
    assert other.text == texts.INVITATION_REFUSED
    await anna.says(f"/start {token}")
    assert anna.heard[-1].tone is Tone.QUESTION


async def test_an_answer_is_on_disk_when_it_is_said_to_be_saved(mette: Visitor) -> None:
    """What was said to be saved is in the store."""
    await mette.says("Lundager Rådgivning ApS")
    assert mette.heard[0].tone is Tone.SAVED
    assert (await mette.stands()).answer("konsulentfirma").value == {
        "kind": "text",
        "text": "Lundager Rådgivning ApS",
    }


async def test_a_message_that_arrives_twice_counts_once(mette: Visitor) -> None:
    """The second time nothing is stored, and the person is told where the case stands."""
    await mette.says("Lundager Rådgivning ApS", key="telegram:77")
    version = (await mette.stands()).version
    await mette.says("Lundager Rådgivning ApS", key="telegram:77")
    assert (await mette.stands()).version == version
    assert mette.heard[-1].tone is Tone.QUESTION


async def test_messages_of_one_case_at_once_are_handled_one_by_one(desk: Desk, case: str) -> None:
    """Ten people writing at once lose nothing."""
    people = [
        await let_in(desk, case, f"Person {number}", Role.CASEWORKER, f"telegram:{number + 10}")
        for number in range(10)
    ]
    for number, person in enumerate(people):
        await person.presses(Action.EDIT, "opgaver" if number % 2 else "arbejdsmetode")
    await asyncio.gather(*(person.says(f"Svar fra {person.user}") for person in people))
    stored = json.dumps(
        (await people[0].stands()).asked
        and [e.model_dump(mode="json") for e in await desk.store.events(case)]
    )
    assert all(f"Svar fra {person.user}" in stored for person in people)


async def test_a_case_continues_after_a_restart(tmp_path: Path) -> None:
    """A new process shows the question that was next, with nothing said again."""
    settings = Settings(data=tmp_path / "again")
    async with opened_desk(settings) as first:
        example = await open_example(first)
        assert example is not None
        visitor = Visitor(first, "telegram:1", example.case)
        await visitor.says(f"/start {example.caseworker_token}")
        await visitor.says("3")
        place = visitor.heard[-1].text
    async with opened_desk(settings) as second:
        assert (await second.greet("telegram:1"))[-1].text == place


async def test_a_store_that_cannot_write_says_nothing_was_saved(
    mette: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk is full no reply is made at all: the front end tells that it was not saved."""

    async def full(*_: object, **__: object) -> None:
        raise StoreFull("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(mette.desk.store, "append", full)
        with pytest.raises(StoreFull):
            await mette.says("Lundager Rådgivning ApS", key="k")
    await mette.says("Lundager Rådgivning ApS", key="k")
    assert mette.heard[0].tone is Tone.SAVED


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE document SET body = zeroblob(80) WHERE {event}",
        "UPDATE hearing_case SET state = 'sent' WHERE id = '{case}'",
    ],
)
async def test_a_case_that_cannot_be_read_is_said_to_be_so_and_keeps_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    """Nobody is told to wait for what will not come right by itself; the operator learns which it is."""
    settings = Settings(data=tmp_path)
    async with opened_desk(settings) as first:
        sound, broken = await another_case(first), await another_case(first)
        for case in (sound, broken):
            await let_in(first, case, "Mette", Role.CASEWORKER, "telegram:1")
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as connection, connection:
        connection.execute(damage.format(event=event_row(broken, 2), case=broken))

    async with opened_desk(settings) as desk:
        visitor = Visitor(desk, "telegram:1", broken)
        assert (await desk.greet(visitor.user))[0].text == texts.CASE_DAMAGED
        assert await desk.overview(visitor.user) is None
        await visitor.says("Lundager Rådgivning ApS")
        assert texts.NOTHING_STORED in visitor.text
        assert broken in caplog.text
        assert "Lundager" not in caplog.text
        await visitor.says("/sager")
        [[button]] = visitor.heard[-1].buttons
        await visitor.says(button=button.data)
        assert await desk.overview(visitor.user) is not None
        assert await open_example(desk) is None


async def test_a_case_that_was_erased_is_said_to_be_gone(desk: Desk, case: str, mette: Visitor) -> None:
    """To who worked on it; the example is not shown either, where it was that."""
    await erase_case(desk, case, reason="Tiden er gået.", person="driften")

    assert [said.text for said in await desk.greet(mette.user)] == [texts.CASE_GONE]
    await mette.says("Lundager Rådgivning ApS")
    assert mette.text == texts.CASE_GONE
    assert await open_example(desk) is None


async def test_other_peoples_cases_cannot_be_reached_by_a_button(
    desk: Desk, case: str, mette: Visitor
) -> None:
    """A button of another case is refused."""
    other = await another_case(desk)
    await mette.says(button=encode(Press(other, 1, Action.EDIT, "opgaver")))
    assert mette.text == texts.OTHER_CASE
    await mette.says(button=encode(Press(other, 1, Action.CASE)))
    assert mette.text == texts.OTHER_CASE
    assert await desk.overview("telegram:1", other) is None
    assert await desk.paper("telegram:1", Piece.LETTER_PDF, case=other) is None


async def test_a_contract_is_read_and_its_risky_terms_told(mette: Visitor) -> None:
    """A contract given in the chat is read, and the risky sentence is shown."""
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    await mette.says("Kontrakt med firmaet", file=upload("kontrakt.txt", CONTRACT))
    assert "10 % af den besparelse" in mette.text
    files = (await mette.stands()).files
    assert [(file.name, file.pages) for file in files.values()] == [("kontrakt.txt", 1)]


async def test_a_contract_left_unread_by_a_crash_is_read_with_the_next_message(mette: Visitor) -> None:
    """Reading is made up for, so that no contract stays unchecked."""
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    with pytest.MonkeyPatch.context() as crash:
        crash.setattr("bot.reading.unread_contracts", lambda _: [])
        await mette.says(file=upload("kontrakt.txt", CONTRACT))
    assert not next(iter((await mette.stands()).files.values())).pages
    await mette.says("status")
    assert next(iter((await mette.stands()).files.values())).pages == 1


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (upload("tom.pdf", b"", "application/pdf"), "tom"),
        (upload("kontrakt.pdf", b"MZ\x90\x00 not a pdf", "application/pdf"), "ikke det"),
        (upload("virus.exe", b"MZ\x90\x00"), "PDF"),
        (Upload("stor.pdf", "application/pdf", 30_000_000, None), "for stor"),
        (upload("010203-1234.txt", b"tekst"), "CPR"),
    ],
)
async def test_a_file_that_is_not_taken_is_explained(mette: Visitor, file: Upload, why: str) -> None:
    """Files that are empty, too large, of a wrong kind or not what they claim are refused with the reason."""
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    await mette.says(file=file)
    assert mette.heard[0].tone is Tone.ERROR
    assert why in mette.text
    assert not (await mette.stands()).files


async def test_the_lead_is_told_when_the_case_is_submitted_and_the_caseworker_of_returns(
    desk: Desk, mette: Visitor, jens: Visitor
) -> None:
    """Returned answers reach the caseworker's chat, with a button to the question."""
    told = Told()
    desk.channels["telegram"] = told
    await mette.presses(Action.EDIT, "opgaver")
    await mette.says("Et kursus.")
    await jens.presses(Action.RETURN, "opgaver", text="Skriv mere.")
    assert [(chat, "Skriv mere." in said.text) for chat, said in told.said] == [("telegram:1", True)]
    assert told.said[0][1].buttons


async def test_the_letter_comes_as_two_files_and_is_noted(mette: Visitor) -> None:
    """The letter comes as Word and PDF with the draft's overview; the letter's hashes are in the case."""
    await mette.says("/brev")
    names = [reply.document.name for reply in mette.heard if reply.document]
    assert names == ["udkast-svarbrev.docx", "udkast-svarbrev.pdf", "intern-oversigt.pdf"]
    letters = (await mette.stands()).letters
    assert len(letters) == 1
    assert letters[0].draft
    assert set(letters[0].files) == {"docx", "pdf"}


async def test_a_lead_invites_a_colleague_in_the_chat(desk: Desk, jens: Visitor, mette: Visitor) -> None:
    """The link that the lead gets lets the colleague in; a caseworker cannot invite."""
    desk.links = ["https://t.me/hoeringsbot?start={token}"]
    await jens.says("/inviter Anna Bro")
    token = jens.text.rpartition("start=")[2].split()[0]
    anna = Visitor(desk, "telegram:9", jens.case)
    await anna.says(f"/start {token}")
    assert "Velkommen, Anna Bro" in anna.text
    await mette.says("/inviter Anna Bro")
    assert mette.heard[0].tone is Tone.ERROR


async def test_one_person_on_two_cases_chooses_between_them(desk: Desk, mette: Visitor) -> None:
    """A second invitation leads to the new case; the person stays who they are and can go back."""
    first, other = mette.case, await another_case(desk)
    await mette.says(f"/start {await invite(desk, other, 'Mette', Role.CASEWORKER)}")
    assert (await desk.overview("telegram:1")).case == other  # type: ignore[union-attr]
    await mette.says("sager")
    assert len(mette.heard[0].buttons) == 2
    await mette.says(button=encode(Press(first, 0, Action.CASE)))
    assert (await desk.overview("telegram:1")).case == first  # type: ignore[union-attr]


async def test_nothing_of_a_message_reaches_the_log(
    mette: Visitor, jens: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    """Answers, names and CPR numbers are in no log at any level."""
    caplog.set_level("DEBUG")
    await mette.presses(Action.EDIT, "opgaver")
    await mette.says("Hemmelig oplysning")
    await mette.says("Borger 010203-1234")
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    await mette.says(file=upload("kontrakt.txt", CONTRACT))
    await mette.says("/brev")
    for secret in ("Hemmelig", "010203", "Lundager", "Mette"):
        assert secret not in caplog.text


async def test_a_contracts_report_can_be_taken_to_a_meeting(desk: Desk, mette: Visitor) -> None:
    """What reading a contract found comes as a PDF, in the chat and by its address; not to others."""
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    await mette.says(file=upload("kontrakt.txt", CONTRACT))
    buttons = [button for reply in mette.heard for row in reply.buttons for button in row]
    await mette.says(button=next(one.data for one in buttons if one.label == "Hent rapporten"))
    report = mette.heard[0].document
    assert report is not None
    assert report.data.startswith(b"%PDF")
    assert report.name == "rapport-kontrakt.pdf"
    assert (await desk.report("telegram:1", report.report_of)) is not None
    assert (await desk.report("telegram:99", report.report_of)) is None
    assert (await desk.report("telegram:1", "0" * 64)) is None


async def test_a_citizens_name_in_a_files_name_is_asked_about(mette: Visitor) -> None:
    """Nothing of the file is stored until the person vouches for its name; then it is enclosed."""
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    await mette.says(file=upload("kontrakt_Hanne_Mikkelsen.txt", CONTRACT))
    assert "«Hanne Mikkelsen»" in mette.text
    assert not (await mette.stands()).files
    await mette.says(button=mette.heard[0].buttons[0][0].data)
    assert [file.name for file in (await mette.stands()).files.values()] == ["kontrakt_Hanne_Mikkelsen.txt"]
    assert "Gemt" in mette.text


async def test_a_file_whose_name_is_not_vouched_for_is_not_kept(mette: Visitor) -> None:
    """The person gives it another name and sends it again; the title is looked at too."""
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    await mette.says("Kontrakt om Hanne Mikkelsen", file=upload("kontrakt.txt", CONTRACT))
    await mette.says(button=mette.heard[0].buttons[0][1].data)
    assert not (await mette.stands()).files
    await mette.presses(Action.STORE_ANYWAY, "", "b")
    await mette.says("Kontrakt", file=upload("kontrakt.txt", CONTRACT))
    assert len((await mette.stands()).files) == 1


async def test_a_cpr_number_in_an_invited_name_is_stopped(jens: Visitor) -> None:
    """The lead is told why, and nobody of that name is invited."""
    outcome = await jens.says("/inviter Mette 07 07 61 12 34")
    assert "CPR-nummer" in jens.text
    assert outcome.delete


async def test_a_term_is_told_in_its_place_with_its_three_answers(mette: Visitor) -> None:
    """Page, the words around the quote, meaning, advice and source; to mend it leads to the contract."""
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    await mette.says(file=upload("kontrakt.txt", CONTRACT))
    told = next(reply for reply in mette.heard if "Honorar som andel af besparelsen" in reply.text)
    assert "kontrakt.txt, side 1" in told.text
    assert (
        "Honorar. »Konsulenten modtager 10 % af den besparelse, som kommunen opnår i det første år.« "
        in told.text
    )
    assert "Kilde: " in told.text
    labels = [button.label for row in told.buttons for button in row]
    assert labels == ["Ret i kontrakten", "Taget til efterretning", "Advarslen er forkert"]
    await mette.says(button=told.buttons[0][0].data)
    assert "Forslag til ordlyd: »" in mette.text
    assert "Vedlæg kommunens kontrakter" in mette.text


async def test_the_text_that_was_read_is_kept_for_the_cases_people(mette: Visitor, desk: Desk) -> None:
    """It can be shown with its quotes marked, and somebody else sees nothing of it."""
    await mette.presses(Action.EDIT, "kopi_kontrakter")
    await mette.says(file=upload("kontrakt.txt", CONTRACT))
    (file,) = (await mette.stands()).files
    read = await desk.read_text(mette.user, file)
    assert read is not None
    assert "".join(stretch.text for stretch in read.pages[0]).split() == CONTRACT.decode().split()
    quoted = {key for stretch in read.pages[0] for key in stretch.quoted_by}
    assert quoted == {row.finding.key for row in read.findings if row.finding.about.quote}
    assert await desk.read_text("telegram:99", file) is None
