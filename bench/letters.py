"""Both files of a fully answered case against python-docx alone writing the same text, warm."""

from __future__ import annotations

import resource
import time
from datetime import date
from decimal import Decimal
from io import BytesIO
from statistics import median

from docx import Document

from bench.table import Row, at_most
from knowledge.hearings.load import definition
from knowledge.hearings.model import Question, QuestionType
from knowledge.hearings.values import (
    Amount,
    Count,
    Day,
    Documents,
    Enclosed,
    Percent,
    Text,
    Value,
    Vat,
    YesNo,
)
from knowledge.letters.build import build
from knowledge.letters.docx import docx
from knowledge.letters.model import Bullets, Heading, Letter, Numbered, OpenPoint, Paragraph, Quote, Table
from knowledge.letters.pdf import pdf
from knowledge.letters.profile import LetterStyle, Municipality, Profile, Signatory

HEARING = "ankestyrelsen-konsulenter-2020"
DAY = date(2020, 3, 20)
ROUNDS = 25
MOST_TIMES_PYTHON_DOCX = 2.0
#: Letters made one after another, and how much memory that may add (MiB).
LETTERS = 100
MOST_GROWTH_MIB = 10.0


def run() -> list[Row]:
    """The letter's rows of the table."""
    rows = []
    for style in LetterStyle:
        letter = _letter(style)
        docx(letter)
        pdf(letter)
        ratios = [_both(letter) / _alone(letter) for _ in range(ROUNDS)]
        name = f"letter DOCX + PDF / python-docx alone, {style.value}"
        rows.append(at_most(name, median(ratios), MOST_TIMES_PYTHON_DOCX))
    return [*rows, _growth()]


def _growth() -> Row:
    letters = [_letter(style) for style in LetterStyle]
    before = _peak()
    for number in range(LETTERS):
        docx(letters[number % len(letters)])
        pdf(letters[number % len(letters)])
    return at_most(f"peak memory after {LETTERS} more letters", _peak() - before, MOST_GROWTH_MIB, "MiB")


def _peak() -> float:
    """The most memory that this process has held, in MiB (Linux counts it in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _letter(style: LetterStyle) -> Letter:
    hearing = definition(HEARING)
    profile = Profile(
        municipality=Municipality(
            name="Eksempel Kommune", street="Rådhusvej 1", postcode_city="9999 Eksempel"
        ),
        journal_number="28.00.00-K03-1-20",
        letter_date=DAY,
        request_date=DAY,
        signatory=Signatory(name="Leder Tre", title="Direktør"),
        letter_style=style,
    )
    answers = {question.id: _answer(question) for question in hearing}
    return build(hearing, profile, answers, draft=True, today=DAY)


def _answer(question: Question) -> Value:
    match question.type:
        case QuestionType.YES_NO:
            return YesNo(yes=True, note=question.example)
        case QuestionType.COUNT:
            return Count(count=2)
        case QuestionType.AMOUNT:
            return Amount(dkk=Decimal(200_000), vat=Vat.EXCLUDED)
        case QuestionType.PERCENT:
            return Percent(percent=Decimal(10))
        case QuestionType.DATE:
            return Day(day=DAY)
        case QuestionType.DOCUMENTS:
            name = f"{question.id}.pdf"
            return Documents(files=(Enclosed(file=name, name=name, title=question.example),))
        case _:
            return Text(text="\n\n".join([question.help] * 2 + [f"- {question.example}"]))


def _plain(letter: Letter) -> bytes:
    """The same words in stock styles, as a first attempt with python-docx would write them."""
    document = Document()
    head = [letter.sender.name, *letter.recipient, *letter.sender.lines, letter.date_line]
    head += [f"{one.label} {one.number}" for one in letter.references]
    for line in head:
        document.add_paragraph(line)
    document.add_heading(letter.subject, 1)
    for block in letter.blocks:
        match block:
            case Heading(text=text, level=level):
                document.add_heading(text, level)
            case Quote(text=text, label=label):
                document.add_paragraph(f"{label} {text}", style="Quote")
            case Bullets(items=items) | Numbered(items=items):
                for item in items:
                    for text in (item.text, *item.sub):
                        document.add_paragraph(text, style="List Bullet")
            case Paragraph() | OpenPoint():
                document.add_paragraph(block.text)
            case Table():
                raise ValueError("the measured answers hold no table")
    for line in (letter.greeting, *letter.signature, *(one.named for one in letter.enclosures)):
        document.add_paragraph(line)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _both(letter: Letter) -> float:
    """Seconds that our two files took."""
    begun = time.perf_counter()
    docx(letter)
    pdf(letter)
    return time.perf_counter() - begun


def _alone(letter: Letter) -> float:
    """Seconds that python-docx alone took."""
    begun = time.perf_counter()
    _plain(letter)
    return time.perf_counter() - begun
