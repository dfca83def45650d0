"""Makes a trial letter with what a municipality brings, before a real one depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import typst
from docx import Document
from docx.oxml.ns import qn

from knowledge.letters.docx import docx
from knowledge.letters.look import texts
from knowledge.letters.look.house import House
from knowledge.letters.look.model import Look
from knowledge.letters.look.places import stories
from knowledge.letters.look.refused import LookRefused
from knowledge.letters.look.template import read_template
from knowledge.letters.model import (
    Bullets,
    Enclosure,
    Heading,
    Item,
    Letter,
    Numbered,
    OpenPoint,
    Paragraph,
    Quote,
    Reference,
    Remark,
    Said,
    Sender,
    Table,
)
from knowledge.letters.pdf import pdf
from knowledge.letters.texts import OUR_JOURNAL_NUMBER, THEIR_JOURNAL_NUMBER

_ITEMS = (Item("Prøvepunkt", ("Prøveunderpunkt",)), Item("Prøvepunkt to"))
#: A letter with every kind of block once, each of its words its own.
TRIAL = Letter(
    sender=Sender("Prøvekommune", ("Prøvevej 1", "9999 Prøveby"), "Prøveafdeling"),
    recipient=("Prøvemyndighed", "9998 Prøvestad"),
    date=date(2020, 1, 2),
    date_line="2. januar 2020",
    references=(Reference(OUR_JOURNAL_NUMBER, "00-PRØVE"), Reference(THEIR_JOURNAL_NUMBER, "01-PRØVE")),
    subject="Prøveemne",
    salutation="Prøvehilsen",
    blocks=(
        Heading("Prøveoverskrift", 2),
        Heading("Prøvemellemrubrik", 3),
        Heading("Prøveunderrubrik", 4),
        Paragraph((Said("Prøveafsnit"),)),
        Quote("Prøvecitat", "Ad 1."),
        Bullets(_ITEMS),
        Numbered(_ITEMS),
        Table((("Prøvekolonne", "Prøvetal"), ("Prøverække", "7")), header=True),
        OpenPoint("Prøvemangel"),
        Remark("Prøvebemærkning"),
    ),
    closing="Prøveslutning",
    greeting="Prøvefarvel",
    signature=("Prøveunderskriver", "Prøvetitel"),
    enclosures_heading="Prøvebilagsliste",
    enclosures=(Enclosure(1, "Prøvebilag", "Prøvebilag"),),
    draft=True,
)
#: What stands in the letter whatever places a template has.
_ALWAYS = (
    *("Prøvemyndighed", "9998 Prøvestad", "2. januar 2020", "00-PRØVE", "Prøveemne", "Prøvehilsen"),
    *("Prøveoverskrift", "Prøvemellemrubrik", "Prøveunderrubrik", "Prøveafsnit", "Prøvecitat"),
    *(
        "Prøvepunkt",
        "Prøveunderpunkt",
        "Prøvekolonne",
        "Prøverække",
        "Prøvemangel",
        "Prøvebemærkning",
        "Prøveslutning",
    ),
    *("Prøvefarvel", "Prøveunderskriver", "Prøvetitel", "Prøvebilagsliste", "Prøvebilag", "UDKAST"),
)


def tried_template(path: Path) -> tuple[str, ...]:
    """Read the template and write the trial letter into it; gives what there is to remark.

    Raises:
        LookRefused: the template cannot be used.
    """
    template = read_template(path)
    try_look(path, Look(template=template))
    return template.remarks


def tried_house(path: Path, house: House) -> tuple[str, ...]:
    """Make the trial letter in every look of the house; gives what there is to remark, each thing once."""
    remarks: dict[str, None] = {}
    for look in _looks(house):
        try_look(path, look)
        remarks |= dict.fromkeys(look.template.remarks if look.template else ())
    return tuple(remarks)


def try_look(path: Path, look: Look) -> None:
    """Make both files of the trial letter; `path` is named where that fails.

    Raises:
        LookRefused: a file cannot be made, or words are lost.
    """
    letter = replace(TRIAL, look=look)
    try:
        pdf(letter)
        words = _words(docx(letter))
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, typst.TypstError):
        raise LookRefused.of(path, texts.TRIAL_FAILED.format(why=texts.TRIAL_BROKE)) from None
    for wanted in _ALWAYS:
        if wanted not in words:
            raise LookRefused.of(path, texts.TRIAL_FAILED.format(why=texts.TRIAL_LOST.format(words=wanted)))


def _looks(house: House) -> Iterator[Look]:
    yield house.look
    for department in house.departments.values():
        if department.look != house.look:
            yield department.look


def _words(written: bytes) -> str:
    """All text of the document, with that of its headers and footers."""
    document = Document(BytesIO(written))
    return "".join(text.text or "" for _, story in stories(document) for text in story.iter(qn("w:t")))
