"""The letter as PDF: archivable (PDF/A-2a), accessible (PDF/UA-1), the same bytes for the same letter."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from knowledge.letters import texts
from knowledge.letters.glyphs import FONTS, shown
from knowledge.letters.links import pieces
from knowledge.letters.look.model import Font, Logo
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
#: The letter's own fonts, which stand in for what the municipality's lacks.
_FAMILIES = ("Liberation Sans", "DejaVu Sans", "Noto Emoji")
#: Compilers kept ready, one for each folder of fonts.
_KEPT_COMPILERS = 8

#: How finely the pictures of pages are drawn: A4 is then 909 by 1,286 dots, about what a chat shows.
PICTURE_PPI = 110

#: The compiler keeps its fonts and its reading of the template between letters, and serves one at a time.
_compiling = Lock()


def pdf(letter: Letter) -> bytes:
    """The letter's PDF, with every word of it in the order of the model; its date is the file's date."""
    made_at = datetime.combine(letter.date, time(), UTC)
    data = json.dumps(_Data(letter).all(), ensure_ascii=False)
    with _compiling:
        made = _compiler(letter.look.font).compile(
            sys_inputs={"letter": data}, format="pdf", pdf_standards=_STANDARDS, timestamp=made_at
        )
    if not isinstance(made, bytes):
        raise TypeError("the PDF compiler gave no single file")
    return made


def pictures(letter: Letter) -> list[bytes]:
    """The letter's pages as PNG, for a quick look; `PICTURE_PPI` dots an inch."""
    data = json.dumps(_Data(letter).all(), ensure_ascii=False)
    with _compiling:
        made = _compiler(letter.look.font).compile(sys_inputs={"letter": data}, format="png", ppi=PICTURE_PPI)
    if made is None:
        raise TypeError("the PDF compiler drew no pages")
    return [made] if isinstance(made, bytes) else made


@lru_cache(maxsize=_KEPT_COMPILERS)
def _compiler(font: Font | None) -> typst.Compiler:
    folders = [FONTS, font.folder] if font else [FONTS]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    # The logo lies wherever the municipality keeps it; the template alone decides which files are read.
    return typst.Compiler(_TEMPLATE, root=_TEMPLATE.anchor, font_paths=fonts, ignore_system_fonts=True)


class _Data:
    """The letter as data for the template."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter

    def all(self) -> dict[str, Any]:
        letter, look = self.letter, self.letter.look
        ours = letter.references[0] if letter.references else None
        return {
            "language": letter.language,
            "fonts": [*([look.font.family] if look.font else []), *_FAMILIES],
            "accent": f"#{look.accent}",
            "logo": _logo(look.logo) if look.logo else None,
            "draft": texts.DRAFT if letter.draft else "",
            "page": texts.PAGE,
            "page_of": texts.PAGE_OF,
            "footer": _words(f"{ours.label} {ours.number}") if ours else "",
            "title": _words(letter.subject),
            "author": _words(letter.sender.name),
            "sender": {
                "name": _words(letter.sender.name),
                "department": _words(letter.sender.department),
                "lines": self.texts(letter.sender.lines),
            },
            "recipient": self.texts(letter.recipient),
            "date": _words(letter.date_line),
            "references": [_words(f"{one.label} {one.number}") for one in letter.references],
            "subject": _words(letter.subject),
            "salutation": self.text(letter.salutation),
            "blocks": [self.block(block) for block in letter.blocks],
            "closing": self.text(letter.closing),
            "greeting": self.text(letter.greeting),
            "signature": self.texts(letter.signature),
            "enclosures_heading": _words(letter.enclosures_heading),
            "enclosures_together": len(letter.enclosures) <= ENCLOSURES_TOGETHER,
            "enclosure_labels": [
                texts.ENCLOSURE_LABEL.format(number=one.number) for one in letter.enclosures
            ],
            "enclosures": [_words(one.named) for one in letter.enclosures],
        }

    def block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading(text=text, level=level):
                return {"kind": "heading", "text": _words(text), "level": level}
            case Paragraph():
                lead = block.text.endswith(":")
                return {"kind": "paragraph", "text": self.text(block.text), "lead": lead}
            case Quote(text=text, label=label):
                return {"kind": "quote", "text": self.text(text), "label": _words(label)}
            case Bullets(items=items):
                return {"kind": "bullets"} | self.items(items)
            case Numbered(items=items):
                return {"kind": "numbered"} | self.items(items)
            case Table(rows=rows, header=header):
                return {"kind": "table", "rows": [self.texts(row) for row in rows], "header": header}
            case OpenPoint(text=text):
                return {"kind": "open", "text": self.text(text)}
            case Remark(text=text):
                return {"kind": "remark", "text": self.text(text)}

    def items(self, items: tuple[Item, ...]) -> dict[str, Any]:
        listed = [{"text": self.text(item.text), "sub": self.texts(item.sub)} for item in items]
        return {"items": listed, "together": together(items)}

    def texts(self, lines: tuple[str, ...]) -> list[str | list[dict[str, Any]]]:
        return [self.text(line) for line in lines]

    def text(self, text: str) -> str | list[dict[str, Any]]:
        """The text; in pieces where something in it can be followed."""
        found = pieces(clean(text), enclosures=len(self.letter.enclosures))
        if not any(piece.address or piece.enclosure for piece in found):
            return _words(text)
        return [
            {"text": shown(piece.text), "address": piece.address, "enclosure": piece.enclosure}
            for piece in found
        ]


def _logo(logo: Logo) -> dict[str, Any]:
    return {"path": str(logo.file.resolve()), "description": _words(logo.description), "width": logo.width_mm}


def _words(text: str) -> str:
    return shown(clean(text))
