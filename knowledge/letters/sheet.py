"""A sheet beside the letter: what is missing, what changed, what is enclosed; headings, lists and tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.letters import texts
from knowledge.letters.glyphs import shown
from knowledge.letters.model import Bullets, Heading, Paragraph
from knowledge.letters.typesetting import typeset
from knowledge.text import clean

_TEMPLATE = Path(__file__).with_name("sheet.typ")


@dataclass(frozen=True)
class Words:
    """Words in a cell; `mark` "new" underlines them, "gone" strikes them through."""

    text: str
    mark: str = ""


Cell = tuple[Words, ...]


@dataclass(frozen=True)
class Grid:
    """A table whose first row names its columns; `widths` are their shares of the page's width."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


SheetBlock = Heading | Paragraph | Bullets | Grid


@dataclass(frozen=True)
class Sheet:
    """A sheet of its own; `notice` says in a box for whom it is, `about` what it is of."""

    title: str
    about: str
    blocks: tuple[SheetBlock, ...]
    day: date
    notice: str = ""


def cell(text: str) -> Cell:
    """A cell of plain words."""
    return (Words(text),)


def sheet_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF; the same bytes for the same sheet."""
    data = {
        "title": _text(sheet.title),
        "about": _text(sheet.about),
        "notice": _text(sheet.notice),
        "blocks": [_block(block) for block in sheet.blocks],
        "page": texts.PAGE,
        "page_of": texts.PAGE_OF,
    }
    return typeset(_TEMPLATE, data, sheet.day)


def _block(block: SheetBlock) -> dict[str, Any]:
    match block:
        case Heading(text=text, level=level):
            return {"kind": "heading", "text": _text(text), "level": level}
        case Paragraph():
            return {"kind": "paragraph", "text": _text(block.text)}
        case Bullets(items=items):
            return {"kind": "bullets", "items": [_text(item.text) for item in items]}
        case Grid(header=header, rows=rows, widths=widths):
            shown_rows = [[[_words(word) for word in one] for one in row] for row in rows]
            names = [_text(name) for name in header]
            return {"kind": "grid", "header": names, "rows": shown_rows, "widths": list(widths)}


def _words(words: Words) -> dict[str, str]:
    return {"text": _text(words.text), "mark": words.mark}


def _text(text: str) -> str:
    return shown(clean(text))
