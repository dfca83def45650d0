"""The letter as PDF: archivable (PDF/A-2a), accessible (PDF/UA-1), the same bytes for the same letter."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from knowledge.letters import texts
from knowledge.letters.glyphs import FONTS, shown
from knowledge.letters.model import (
    ENCLOSURES_TOGETHER,
    Block,
    Bullets,
    Heading,
    Item,
    Letter,
    Numbered,
    OpenPoint,
    Paragraph,
    Quote,
    Remark,
    Table,
    together,
)
from knowledge.text import clean

_TEMPLATE = Path(__file__).parent / "letter.typ"
_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]

#: How finely the pictures of pages are drawn: A4 is then 909 by 1,286 dots, about what a chat shows.
PICTURE_PPI = 110

#: The compiler keeps its fonts and its reading of the template between letters, and serves one at a time.
_compiling = Lock()


def pdf(letter: Letter) -> bytes:
    """The letter's PDF, with every word of it in the order of the model; its date is the file's date."""
    made_at = datetime.combine(letter.date, time(), UTC)
    data = json.dumps(_letter(letter), ensure_ascii=False)
    with _compiling:
        made = _compiler().compile(
            sys_inputs={"letter": data}, format="pdf", pdf_standards=_STANDARDS, timestamp=made_at
        )
    if not isinstance(made, bytes):
        raise TypeError("the PDF compiler gave no single file")
    return made


def pictures(letter: Letter) -> list[bytes]:
    """The letter's pages as PNG, for a quick look; `PICTURE_PPI` dots an inch."""
    data = json.dumps(_letter(letter), ensure_ascii=False)
    with _compiling:
        made = _compiler().compile(sys_inputs={"letter": data}, format="png", ppi=PICTURE_PPI)
    if made is None:
        raise TypeError("the PDF compiler drew no pages")
    return [made] if isinstance(made, bytes) else made


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=fonts, ignore_system_fonts=True)


def _letter(letter: Letter) -> dict[str, Any]:
    ours = letter.references[0] if letter.references else None
    return {
        "language": letter.language,
        "draft": texts.DRAFT if letter.draft else "",
        "page": texts.PAGE,
        "page_of": texts.PAGE_OF,
        "footer": _text(f"{ours.label} {ours.number}") if ours else "",
        "sender": {"name": _text(letter.sender.name), "lines": _texts(letter.sender.lines)},
        "recipient": _texts(letter.recipient),
        "date": _text(letter.date_line),
        "references": [_text(f"{one.label} {one.number}") for one in letter.references],
        "subject": _text(letter.subject),
        "salutation": _text(letter.salutation),
        "blocks": [_block(block) for block in letter.blocks],
        "closing": _text(letter.closing),
        "greeting": _text(letter.greeting),
        "signature": _texts(letter.signature),
        "enclosures_heading": _text(letter.enclosures_heading),
        "enclosures_together": len(letter.enclosures) <= ENCLOSURES_TOGETHER,
        "enclosures": [
            {"label": texts.ENCLOSURE_LABEL.format(number=one.number), "named": _text(one.named)}
            for one in letter.enclosures
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text=text, level=level):
            return {"kind": "heading", "text": _text(text), "level": level}
        case Paragraph():
            return {"kind": "paragraph", "text": _text(block.text)}
        case Quote(text=text, label=label):
            return {"kind": "quote", "text": _text(text), "label": _text(label)}
        case Bullets(items=items):
            return {"kind": "bullets"} | _items(items)
        case Numbered(items=items):
            return {"kind": "numbered"} | _items(items)
        case Table(rows=rows, header=header):
            return {"kind": "table", "rows": [_texts(row) for row in rows], "header": header}
        case OpenPoint(text=text):
            return {"kind": "open", "text": _text(text)}
        case Remark(text=text):
            return {"kind": "remark", "text": _text(text)}


def _items(items: tuple[Item, ...]) -> dict[str, Any]:
    shown = [{"text": _text(item.text), "sub": _texts(item.sub)} for item in items]
    return {"items": shown, "together": together(items)}


def _texts(lines: tuple[str, ...]) -> list[str]:
    return [_text(line) for line in lines]


def _text(text: str) -> str:
    return shown(clean(text))
