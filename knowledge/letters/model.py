"""The letter as it is built: what stands in it and in which order, nothing about how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.letters.look.model import PLAIN, Look

#: A list of enclosures of at most so many lines stands on one page.
ENCLOSURES_TOGETHER = 15

#: A list of at most so many items and characters is not parted by the end of a page.
ITEMS_TOGETHER = 6
CHARACTERS_TOGETHER = 400


@dataclass(frozen=True)
class Said:
    """A piece of running text, and the question it answers (None: the letter's own words)."""

    text: str
    question: str | None = None


@dataclass(frozen=True)
class Heading:
    """A heading inside the letter; the subject is level 1, so these are 2 and 3."""

    text: str
    level: int
    question: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """Running text; short answers that belong together stand in one paragraph."""

    parts: tuple[Said, ...]

    @property
    def text(self) -> str:
        """The whole paragraph; a newline inside is a line break that the person typed."""
        return " ".join(part.text for part in self.parts)

    @property
    def question(self) -> str | None:
        """The first question that its words answer."""
        return next((part.question for part in self.parts if part.question), None)


@dataclass(frozen=True)
class Quote:
    """A point of the authority, repeated before its answer; `label` is "Ad 1." at a sub-point."""

    text: str
    label: str = ""
    question: str | None = None


@dataclass(frozen=True)
class Item:
    """One item of a list, with the numbered sub-points under it."""

    text: str
    sub: tuple[str, ...] = ()


def together(items: tuple[Item, ...]) -> bool:
    """Whether a list is so short that it stands on one page."""
    characters = sum(len(text) for item in items for text in (item.text, *item.sub))
    return len(items) <= ITEMS_TOGETHER and characters <= CHARACTERS_TOGETHER


@dataclass(frozen=True)
class Bullets:
    """A list without numbers."""

    items: tuple[Item, ...]
    question: str | None = None


@dataclass(frozen=True)
class Numbered:
    """A list numbered from 1."""

    items: tuple[Item, ...]
    question: str | None = None


@dataclass(frozen=True)
class Table:
    """Rows of the same number of cells, typed with tabs; `header` tells that the first names the columns."""

    rows: tuple[tuple[str, ...], ...]
    header: bool
    question: str | None = None


@dataclass(frozen=True)
class OpenPoint:
    """A point that still lacks its answer, said so that nobody overlooks it."""

    text: str
    question: str | None = None


@dataclass(frozen=True)
class Remark:
    """What a draft says of the answer above it to whoever works on it; never in a final letter."""

    text: str
    question: str | None = None


Block = Heading | Paragraph | Quote | Bullets | Numbered | Table | OpenPoint | Remark


@dataclass(frozen=True)
class Enclosure:
    """An enclosed file: its number counts from 1 in the order the letter mentions it."""

    number: int
    title: str
    file_name: str
    #: The SHA-256 of its content; empty where there is only a name.
    file: str = ""

    @property
    def named(self) -> str:
        """Its title, and the file's name where that is another."""
        return self.title if self.title == self.file_name else f"{self.title} ({self.file_name})"


@dataclass(frozen=True)
class Sender:
    """The municipality's letterhead: its name, its lines of address and contact, and the department."""

    name: str
    lines: tuple[str, ...]
    department: str = ""


@dataclass(frozen=True)
class Reference:
    """A journal number with its label: ours ("J.nr.") or the authority's ("Jeres j.nr.")."""

    label: str
    number: str


@dataclass(frozen=True)
class Letter:
    """The whole reply, ready to be laid out. `language` is a BCP 47 tag."""

    sender: Sender
    recipient: tuple[str, ...]
    date: date
    date_line: str
    references: tuple[Reference, ...]
    subject: str
    salutation: str
    blocks: tuple[Block, ...]
    closing: str
    greeting: str
    signature: tuple[str, ...]
    enclosures_heading: str
    enclosures: tuple[Enclosure, ...]
    draft: bool
    language: str = "da"
    look: Look = PLAIN
