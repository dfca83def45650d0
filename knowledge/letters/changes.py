"""What is different between two versions of a letter, place by place, down to the word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from knowledge.letters import texts
from knowledge.letters.model import (
    Block,
    Bullets,
    Heading,
    Letter,
    Numbered,
    Paragraph,
    Quote,
    Remark,
    Table,
)
from knowledge.letters.sheet import Cell, Words

NEW, GONE = "new", "gone"

_PIECES = re.compile(r"\s+|[^\s]+")
#: Less alike than this, of 1, two texts are shown whole rather than word by word.
_ALIKE = 0.4


@dataclass(frozen=True)
class Line:
    """A piece of a letter that is compared as one, and the heading it stands under."""

    place: str
    text: str


@dataclass(frozen=True)
class Change:
    """A place where the versions differ; what stands on one side only has the other side empty."""

    place: str
    before: Cell
    now: Cell


def changes(before: Letter, now: Letter) -> list[Change]:
    """Every difference in the words, in the order of the letter; marks and remarks are no words of it."""
    old, new = list(lines(before)), list(lines(now))
    matcher = SequenceMatcher(None, [one.text for one in old], [one.text for one in new], autojunk=False)
    found: list[Change] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag != "equal":
            found += _paired(old[old_from:old_to], new[new_from:new_to])
    return found


def _paired(old: list[Line], new: list[Line]) -> Iterator[Change]:
    """Lines that took each other's place beside each other, the others alone."""
    paired = min(len(old), len(new))
    for one, other in zip(old[:paired], new[:paired], strict=True):
        yield Change(other.place, *_marked(one.text, other.text))
    for gone in old[paired:]:
        yield Change(gone.place, (Words(gone.text, GONE),), ())
    for added in new[paired:]:
        yield Change(added.place, (), (Words(added.text, NEW),))


def _marked(before: str, now: str) -> tuple[Cell, Cell]:
    old, new = _PIECES.findall(before), _PIECES.findall(now)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return (Words(before, GONE),), (Words(now, NEW),)
    was: list[Words] = []
    became: list[Words] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        same = tag == "equal"
        was += _run(old[old_from:old_to], "" if same else GONE)
        became += _run(new[new_from:new_to], "" if same else NEW)
    return tuple(was), tuple(became)


def _run(pieces: list[str], mark: str) -> list[Words]:
    return [Words("".join(pieces), mark)] if pieces else []


def lines(letter: Letter) -> Iterator[Line]:
    """All words of the letter in order, piece by piece."""
    place = texts.PLACE_HEAD
    sender = "\n".join((letter.sender.name, *letter.sender.lines))
    references = "\n".join(f"{one.label} {one.number}" for one in letter.references)
    head = (sender, "\n".join(letter.recipient), letter.date_line, references, letter.subject)
    for text in (*head, letter.salutation):
        yield Line(place, text)
    for block in letter.blocks:
        if isinstance(block, Heading):
            place = block.text
        for text in _pieces(block):
            yield Line(place, text)
    for text in (letter.closing, letter.greeting, "\n".join(letter.signature)):
        yield Line(texts.PLACE_END, text)
    for enclosure in letter.enclosures:
        label = texts.ENCLOSURE_LABEL.format(number=enclosure.number)
        yield Line(letter.enclosures_heading, f"{label} {enclosure.named}")


def _pieces(block: Block) -> Iterator[str]:
    match block:
        case Remark():
            return
        case Paragraph(parts=parts):
            yield from (part.text for part in parts)
        case Quote(text=text, label=label):
            yield f"{label} {text}".strip()
        case Bullets(items=items) | Numbered(items=items):
            for item in items:
                yield from (item.text, *item.sub)
        case Table(rows=rows):
            yield from (" | ".join(row) for row in rows)
        case _:
            yield block.text
