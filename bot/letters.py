"""What a case gives out as files: its letter, and the reports of its contracts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePath

from bot.dialogue import texts
from bot.dialogue.messages import Document, Piece
from bot.dialogue.screens import DENMARK
from bot.dialogue.situation import Situation
from bot.papers import texts as paper_texts
from bot.papers.changes import FINAL
from bot.papers.cover import cover_sheet
from bot.papers.marks import with_marks
from knowledge.contracts.report_pdf import report_pdf
from knowledge.findings import Finding, by_severity
from knowledge.letters.build import build
from knowledge.letters.docx import docx
from knowledge.letters.model import Letter
from knowledge.letters.pdf import pdf
from knowledge.letters.sheet import sheet_pdf
from storage.events import LetterMade

PDF = "application/pdf"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

#: The letter's files, each with its renderer, media type and ending.
_FORMS: dict[Piece, tuple[Callable[[Letter], bytes], str, str]] = {
    Piece.LETTER_DOCX: (docx, _WORD, "docx"),
    Piece.LETTER_PDF: (pdf, PDF, "pdf"),
}
LETTERS = tuple(_FORMS)


def letter_of(situation: Situation, *, now: datetime) -> Letter:
    """The letter as the case stands: final where the case is approved, otherwise a draft with its marks."""
    letter = build(
        situation.definition,
        situation.profile,
        situation.answers,
        draft=is_draft(situation),
        today=_day(situation, now),
        quotes=situation.case.quotes,
        facts=situation.facts,
    )
    letter = replace(letter, look=situation.house.look_of(situation.profile.department))
    return with_marks(letter, situation) if letter.draft else letter


def is_draft(situation: Situation) -> bool:
    """Whether the letter is still a draft: it is until the lead has approved all of it."""
    return situation.case.state not in FINAL


def _day(situation: Situation, now: datetime) -> date:
    """A final letter keeps the day of its approval, so that it is the same whenever it is made."""
    approved = situation.case.approved_at
    moment = approved if approved and not is_draft(situation) else now
    return day_in_denmark(moment)


def day_in_denmark(moment: datetime) -> date:
    """The day that it is in Denmark at that moment."""
    return moment.astimezone(DENMARK).date()


def letter_file(letter: Letter, piece: Piece) -> Document:
    """One of the letter's files; KeyError for a piece that is none."""
    render, media_type, ending = _FORMS[piece]
    name = f"{texts.LETTER_FILE[letter.draft]}.{ending}"
    return Document(name, media_type, render(letter), piece=piece)


def cover_file(situation: Situation, *, now: datetime) -> Document:
    """The caseworker's own overview of a draft; it is never part of what is sent."""
    sheet = cover_sheet(situation, day_in_denmark(now))
    return Document(paper_texts.COVER_FILE, PDF, sheet_pdf(sheet), piece=Piece.COVER)


def report_file(situation: Situation, file: str, *, now: datetime) -> Document:
    """The report of what reading a file found, as PDF; KeyError where the case has no such file."""
    known = situation.case.files[file]
    findings = [Finding.model_validate(one) for one in known.findings]
    today = day_in_denmark(now)
    data = report_pdf(known.name, by_severity(findings), pages=known.pages, today=today)
    name = texts.REPORT_FILE.format(name=PurePath(known.name).stem)
    return Document(name, PDF, data, report_of=file)


def ending(document: Document) -> str:
    """What a document's file name ends in, by which the case's events name it."""
    return document.name.rpartition(".")[2]


def letter_made(situation: Situation, documents: list[Document]) -> LetterMade:
    """The event that keeps the files' hashes."""
    hashes = {ending(one): hashlib.sha256(one.data).hexdigest() for one in documents}
    return LetterMade(draft=is_draft(situation), style=situation.profile.letter_style, files=hashes)
