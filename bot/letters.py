"""What a case gives out as files: its letter, and the reports of its contracts."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import PurePath

from bot.dialogue import texts
from bot.dialogue.messages import Document
from bot.dialogue.screens import DENMARK
from bot.dialogue.situation import Situation
from knowledge.contracts.report_pdf import report_pdf
from knowledge.findings import Finding, by_severity
from knowledge.letters.build import build
from knowledge.letters.docx import docx
from knowledge.letters.model import Letter
from knowledge.letters.pdf import pdf
from storage.case import CaseState
from storage.events import LetterMade

_FINAL = frozenset({CaseState.APPROVED, CaseState.SENT})
_RENDERERS = {"docx": docx, "pdf": pdf}
_MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def letter_of(situation: Situation, *, now: datetime) -> Letter:
    """The letter as the case stands: final where the case is approved, otherwise a draft."""
    return build(
        situation.definition,
        situation.profile,
        situation.answers,
        draft=is_draft(situation),
        today=_day(situation, now),
        quotes=situation.case.quotes,
        facts=situation.facts,
    )


def is_draft(situation: Situation) -> bool:
    """Whether the letter is still a draft: it is until the lead has approved all of it."""
    return situation.case.state not in _FINAL


def _day(situation: Situation, now: datetime) -> date:
    """A final letter keeps the day of its approval, so that it is the same whenever it is made."""
    approved = situation.case.approved_at
    moment = approved if approved and not is_draft(situation) else now
    return moment.astimezone(DENMARK).date()


def letter_file(letter: Letter, kind: str) -> Document:
    """One of the letter's files; `kind` is "docx" or "pdf"."""
    data = _RENDERERS[kind](letter)
    return Document(f"{texts.LETTER_FILE[letter.draft]}.{kind}", _MEDIA_TYPES[kind], data)


def report_file(situation: Situation, file: str, *, now: datetime) -> Document:
    """The report of what reading a file found, as PDF; KeyError where the case has no such file."""
    known = situation.case.files[file]
    findings = [Finding.model_validate(one) for one in known.findings]
    today = now.astimezone(DENMARK).date()
    data = report_pdf(known.name, by_severity(findings), pages=known.pages, today=today)
    name = texts.REPORT_FILE.format(name=PurePath(known.name).stem)
    return Document(name, _MEDIA_TYPES["pdf"], data, report_of=file)


def letter_made(situation: Situation, documents: list[Document]) -> LetterMade:
    """The event that keeps the files' hashes."""
    hashes = {one.name.rpartition(".")[2]: hashlib.sha256(one.data).hexdigest() for one in documents}
    return LetterMade(draft=is_draft(situation), style=situation.profile.letter_style, files=hashes)
