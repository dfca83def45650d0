"""Both files of a fully answered case against python-docx alone writing the same text, warm and cold."""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.plain_docx import Line, plain
from bench.table import Row, at_most, told
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
#: Processes started for each side, and how many times a cold python-docx ours may take (processor time).
COLD_ROUNDS = 9
MOST_TIMES_COLD = 1.5
#: Letters made one after another, and how much memory that may add (MiB).
LETTERS = 100
MOST_GROWTH_MIB = 10.0


def run() -> list[Row]:
    """The letter's rows of the table."""
    rows = []
    for style in LetterStyle:
        letter = answered(style)
        docx(letter)
        pdf(letter)
        ratios = [_both(letter) / _alone(letter) for _ in range(ROUNDS)]
        name = f"letter DOCX + PDF / python-docx alone, {style.value}"
        rows.append(at_most(name, median(ratios), MOST_TIMES_PYTHON_DOCX))
    return [*rows, *_cold(), _growth()]


def _cold() -> list[Row]:
    """A new process from a built letter to both files, and from the answers as well, which is only told."""
    letter = answered(LetterStyle.CONNECTED)
    with TemporaryDirectory() as folder:
        built, lines = Path(folder, "letter"), Path(folder, "lines")
        built.write_bytes(pickle.dumps(letter))
        lines.write_bytes(pickle.dumps(_lines(letter)))
        rounds = [
            (
                _process(f"bench.plain_docx {lines}"),
                _process(f"bench.cold_letter {built}"),
                _process("bench.cold_letter"),
            )
            for _ in range(COLD_ROUNDS)
        ]
    from_letter = median(ours / alone for alone, ours, _ in rounds)
    from_answers = median(whole / alone for alone, _, whole in rounds)
    return [
        at_most("cold process, letter to DOCX + PDF / cold python-docx", from_letter, MOST_TIMES_COLD),
        told("the same from the definition and its answers", from_answers, "times"),
    ]


def _process(module: str) -> float:
    """Processor seconds that a new process took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # the command is this file's own
    subprocess.run([sys.executable, "-m", *module.split()], check=True)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _growth() -> Row:
    letters = [answered(style) for style in LetterStyle]
    before = _peak()
    for number in range(LETTERS):
        docx(letters[number % len(letters)])
        pdf(letters[number % len(letters)])
    return at_most(f"peak memory after {LETTERS} more letters", _peak() - before, MOST_GROWTH_MIB, "MiB")


def _peak() -> float:
    """The most memory that this process has held, in MiB (Linux counts it in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def answered(style: LetterStyle) -> Letter:
    """The draft of a case with every question answered."""
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


def _lines(letter: Letter) -> list[Line]:
    """The letter's words with python-docx's stock styles, as a first attempt would write them."""
    head = [letter.sender.name, *letter.recipient, *letter.sender.lines, letter.date_line]
    head += [f"{one.label} {one.number}" for one in letter.references]
    lines: list[Line] = [("", line) for line in head]
    lines.append(("Heading 1", letter.subject))
    for block in letter.blocks:
        match block:
            case Heading(text=text, level=level):
                lines.append((f"Heading {level}", text))
            case Quote(text=text, label=label):
                lines.append(("Quote", f"{label} {text}"))
            case Bullets(items=items) | Numbered(items=items):
                lines += [("List Bullet", text) for item in items for text in (item.text, *item.sub)]
            case Paragraph() | OpenPoint():
                lines.append(("", block.text))
            case Table():
                raise ValueError("the measured answers hold no table")
    foot = (letter.greeting, *letter.signature, *(one.named for one in letter.enclosures))
    return [*lines, *(("", line) for line in foot)]


def _both(letter: Letter) -> float:
    """Seconds that our two files took."""
    begun = time.perf_counter()
    docx(letter)
    pdf(letter)
    return time.perf_counter() - begun


def _alone(letter: Letter) -> float:
    """Seconds that python-docx alone took."""
    lines = _lines(letter)
    begun = time.perf_counter()
    plain(lines)
    return time.perf_counter() - begun
