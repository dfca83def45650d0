"""Draft and final, versions and what changed, and the whole reply in one."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from pdfminer.high_level import extract_text
from PIL import Image

from bot import letters
from bot.cases import open_case
from bot.desk import Desk
from bot.dialogue.buttons import Action
from bot.dialogue.messages import Document, Piece
from bot.letters import letter_file, letter_of
from bot.opening import opened_desk
from bot.settings import Settings
from knowledge.hearings.load import definition
from knowledge.hearings.values import Text
from knowledge.letters.model import Remark
from knowledge.letters.profile import Profile
from storage.events import Role
from tests.bot.conftest import Visitor, let_in
from tests.bot.dialogue.talking import PROFILE
from tests.bot.papers.conftest import Answer, AnswerAll, approve

USER = "telegram:1"


async def paper(desk: Desk, piece: Piece) -> Document:
    """One of the case's papers."""
    found = await desk.paper(USER, piece)
    assert found is not None
    return found


def words(pdf: bytes) -> str:
    """All words of a PDF, in one line."""
    return " ".join(extract_text(BytesIO(pdf)).split())


def picture(name: str) -> bytes:
    """A picture in the form that the name says."""
    made = BytesIO()
    Image.new("RGB", (300, 200), (20, 90, 150)).save(made, name)
    return made.getvalue()


def pdf(pages: int = 1, *, password: str = "") -> bytes:
    """An empty PDF; with a password it is locked."""
    made, out = pikepdf.Pdf.new(), BytesIO()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    made.save(out, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)
    return out.getvalue()


async def remarks(desk: Desk) -> list[str]:
    """The marks in the draft."""
    letter = await desk.letter_model(USER)
    assert letter is not None
    return [block.text for block in letter.blocks if isinstance(block, Remark)]


async def test_a_draft_says_once_that_nothing_is_approved(desk: Desk, answer: Answer) -> None:
    """While no answer is approved one line at the top says so."""
    await answer("opgaver", Text(text="De gennemgik sagerne."))
    assert (await remarks(desk))[0] == "Ingen af svarene er godkendt endnu."


async def test_marks_stand_at_what_is_not_approved_and_what_is_warned_of(
    desk: Desk, answer_all: AnswerAll, answer: Answer, jens: Visitor
) -> None:
    """Of approved answers nothing is said; returned, changed and warned-of ones are marked."""
    await answer_all()
    await jens.presses(Action.APPROVE_ALL)
    before = await remarks(desk)
    await jens.presses(Action.RETURN, "opgaver", text="Skriv mere om opgaverne.")
    await answer("arbejdsmetode", Text(text="Firmaet får kun betaling, hvis kommunen sparer penge."))
    added = [one for one in await remarks(desk) if one not in before]
    assert any("Sendt tilbage: Skriv mere om opgaverne." in one for one in added)
    assert any("ikke godkendt endnu" in one and "Åben advarsel" in one for one in added)


async def test_the_cover_sheet_lists_what_is_missing_and_stays_at_home(
    desk: Desk, answer_all: AnswerAll, answer: Answer, jens: Visitor
) -> None:
    """It names open points, unapproved answers, warnings and copies; it is in no file that goes out."""
    await answer("opgaver", Text(text="De gennemgik sagerne."))
    cover = words((await paper(desk, Piece.COVER)).data)
    assert "må ikke sendes med" in cover
    for heading in ("Punkter, der mangler svar", "Svar, der ikke er godkendt", "Kopier, høringen beder om"):
        assert heading in cover
    sent = [words((await paper(desk, piece)).data) for piece in (Piece.LETTER_PDF, Piece.BUNDLE_PDF)]
    packed = ZipFile(BytesIO((await paper(desk, Piece.BUNDLE_ZIP)).data))
    sent += [words(packed.read(name)) for name in packed.namelist()]
    assert all("Kun til intern brug" not in each for each in sent)
    await answer_all()
    await approve(jens)
    assert await desk.paper(USER, Piece.COVER) is None


async def test_a_final_letter_is_the_same_bytes_whenever_it_is_made(
    desk: Desk, answer_all: AnswerAll, jens: Visitor
) -> None:
    """A year later it has the hash that the case's events keep."""
    await answer_all()
    await approve(jens)
    situation = await desk.casebook.load(jens.case)
    made = situation.case.letters[-1]
    assert not made.draft
    later = letter_of(situation, now=desk.now() + timedelta(days=400))
    for kind, piece in (("docx", Piece.LETTER_DOCX), ("pdf", Piece.LETTER_PDF)):
        assert hashlib.sha256(letter_file(later, piece).data).hexdigest() == made.files[kind]
    assert await desk.paper(USER, Piece.CHANGES) is None


async def test_the_final_letter_that_was_given_out_is_kept(
    desk: Desk, answer_all: AnswerAll, jens: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer program that would set the same words otherwise still gives the file that the events name."""
    await answer_all()
    await approve(jens)
    made = (await jens.stands()).letters[-1]
    monkeypatch.setitem(letters._FORMS, Piece.LETTER_PDF, (lambda letter: b"%PDF-new", letters.PDF, "pdf"))
    kept = (await paper(desk, Piece.LETTER_PDF)).data
    assert hashlib.sha256(kept).hexdigest() == made.files["pdf"]


async def test_a_change_after_the_final_letter_makes_a_version_and_shows_what_changed(
    desk: Desk, answer_all: AnswerAll, answer: Answer, jens: Visitor
) -> None:
    """Old and new stand beside each other, for the draft that follows and for the next final letter."""
    await answer_all()
    await approve(jens)
    await answer("opgaver", Text(text="De gennemgik 25 sager."))
    changed = words((await paper(desk, Piece.CHANGES)).data)
    assert "siden version 1" in changed
    assert "Det er beskrevet i aftalen." in changed
    assert "De gennemgik 25 sager." in changed
    assert "Ét sted er ændret" in changed
    await approve(jens)
    assert any(reply.document and reply.document.piece is Piece.CHANGES for reply in jens.heard)
    assert "version 2" in words((await paper(desk, Piece.CHANGES)).data)


async def test_the_whole_reply_holds_every_enclosure_numbered_and_stamped(
    desk: Desk, answer_all: AnswerAll, jens: Visitor
) -> None:
    """PDF, pictures and text become stamped pages, others go along as they are; all stand in the list."""
    files = {
        "kontrakt.pdf": pdf(3),
        "foto.jpg": picture("JPEG"),
        "skitse.png": picture("PNG"),
        "notat.txt": "Et notat med æ, ø og å".encode("cp1252"),
        "tillaeg.docx": b"PK\x03\x04",
    }
    await answer_all(files)
    await approve(jens)
    whole = (await paper(desk, Piece.BUNDLE_PDF)).data
    read = words(whole)
    assert "Bilag 1 · side 2 af 3" in read
    assert "Bilag 4 · side 1 af 1" in read
    assert "Et notat med æ, ø og å" in read
    assert "Bilagsoversigt" in read
    assert "egen fil" in read
    assert b"app.alert" not in pikepdf.open(BytesIO(whole)).Root.unparse(resolved=True)
    made = await desk.bundle(USER)
    assert made is not None
    assert [one.pages for one in made.enclosed] == [3, 1, 1, 1, 0]
    assert made.enclosed[0].start == made.letter_pages + made.overview_pages + 1
    opened = pikepdf.open(BytesIO(whole))
    assert len(opened.pages) == made.letter_pages + made.overview_pages + 6
    packed = ZipFile(BytesIO((await paper(desk, Piece.BUNDLE_ZIP)).data))
    assert packed.namelist() == [
        "01 Svarbrev.pdf",
        "02 Bilagsoversigt.pdf",
        "Bilag 01 - Kontrakt.pdf",
        "Bilag 02 - Foto.jpg",
        "Bilag 03 - Skitse.png",
        "Bilag 04 - Notat.txt",
        "Bilag 05 - Tillaeg.docx",
    ]
    assert packed.read("Bilag 01 - Kontrakt.pdf") == files["kontrakt.pdf"]
    assert packed.read("01 Svarbrev.pdf") == (await paper(desk, Piece.LETTER_PDF)).data


async def test_locked_and_damaged_enclosures_are_named_and_spoil_nothing(
    desk: Desk, answer_all: AnswerAll, jens: Visitor
) -> None:
    """Each is told of with what to do, and the others are in the reply."""
    locked = pdf(password="hemmelig")
    await answer_all({"laast.pdf": locked, "defekt.pdf": b"%PDF-1.7 intet", "god.pdf": pdf(2)})
    await jens.says("/samlet")
    assert "«laast.pdf») er låst med en adgangskode" in jens.text
    assert "«defekt.pdf») er beskadiget" in jens.text
    assert "udkast" in jens.text
    assert "kopier, som ikke er vedlagt" in jens.text
    assert [reply.document.piece for reply in jens.heard if reply.document] == [
        Piece.BUNDLE_PDF,
        Piece.BUNDLE_ZIP,
    ]
    assert "Bilag 3 · side 2 af 2" in words((await paper(desk, Piece.BUNDLE_PDF)).data)


async def test_what_digital_post_does_not_take_is_warned_of(tmp_path: Path) -> None:
    """The limits are settings; what is over them is named with its size."""
    small = Settings(data=tmp_path / "small", digital_post_max_bytes=20_000, digital_post_max_files=1)
    async with opened_desk(small) as desk:
        profile = Profile.model_validate(PROFILE)
        case = await open_case(desk, definition("ankestyrelsen-konsulenter-2020"), profile)
        await let_in(desk, case, "Mette", Role.CASEWORKER, USER)
        made = await desk.bundle(USER)
    assert made is not None
    told = "\n".join(made.warnings)
    assert "Den samlede PDF fylder 0,06 MB" in told
    assert "højst 0,02 MB" in told
    assert "højst 1 vedhæftede filer" in told


async def test_the_pages_come_as_pictures(mette: Visitor) -> None:
    """Asking for the pages gives each as a picture within Telegram's bounds."""
    await mette.says("vis siderne")
    drawn = mette.heard[-1].pictures
    assert drawn
    for one in drawn:
        assert sum(Image.open(BytesIO(one.data)).size) <= 10_000
        assert len(one.data) < 10 * 2**20
