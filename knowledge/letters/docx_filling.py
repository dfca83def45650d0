"""Fills the places of a municipality's template with the letter's head; its blocks are written elsewhere."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from knowledge.letters import texts
from knowledge.letters.look.places import BLOCKS, stories
from knowledge.letters.model import Letter
from knowledge.text import clean


def fill(document: WordDocument, letter: Letter) -> dict[str, Any]:
    """Fill all places but those of blocks; gives those paragraphs by name. What is empty is taken out."""
    values = _values(letter)
    blocks: dict[str, Any] = {}
    emptied: dict[Any, bool] = {}
    for _, story in stories(document):
        for text in list(story.iter(qn("w:t"))):
            name = _place(text)
            if name is None:
                continue
            run = text.getparent()
            paragraph = next(run.iterancestors(qn("w:p")))
            if name in BLOCKS:
                blocks[name] = paragraph
            else:
                emptied[paragraph] = emptied.get(paragraph, True) and not values[name]
                run.text = values[name]
    for paragraph, empty in emptied.items():
        if empty:
            _take_out(paragraph)
    return blocks


def _values(letter: Letter) -> dict[str, str]:
    numbers = {one.label: one.number for one in letter.references}
    lines = {
        "kommune": [letter.sender.name],
        "afdeling": [letter.sender.department],
        "kontakt": letter.sender.lines,
        "modtager": letter.recipient,
        "dato": [letter.date_line],
        "journalnummer": [numbers.get(texts.OUR_JOURNAL_NUMBER, "")],
        "jeres_journalnummer": [numbers.get(texts.THEIR_JOURNAL_NUMBER, "")],
        "emne": [letter.subject],
        "udkast": [texts.DRAFT if letter.draft else ""],
    }
    return {name: "\n".join(clean(line) for line in of_place) for name, of_place in lines.items()}


def _place(text: Any) -> str | None:
    words = text.text or ""
    return words[2:-2] if words.startswith("{{") and words.endswith("}}") else None


def _take_out(paragraph: Any) -> None:
    """Drop the paragraph, or only its words where Word needs one to stand there."""
    around = paragraph.getparent()
    needed = around.tag != qn("w:body") and len(around.findall(qn("w:p"))) == 1
    if needed or next(paragraph.iter(qn("w:drawing"), qn("w:sectPr")), None) is not None:
        for text in list(paragraph.iter(qn("w:t"))):
            text.text = ""
    else:
        around.remove(paragraph)
