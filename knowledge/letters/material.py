"""What both styles of letter are made of: the points to answer, their quotes, their answers as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from knowledge.hearings.conditions import Answers, Facts, Point, points
from knowledge.hearings.model import Definition, QuestionType, Required, Section
from knowledge.hearings.values import Documents, Text, Value
from knowledge.letters import texts
from knowledge.letters.model import Block, Enclosure, OpenPoint, Paragraph
from knowledge.letters.profile import Profile
from knowledge.letters.sentences import own_words, reads
from knowledge.letters.typed import blocks
from knowledge.letters.wording import day
from knowledge.text import clean

_TAG = re.compile(r"\{(\w+)\}")

#: What stands before a file's own name.
_FOLDERS = re.compile(r"^.*[/\\](?=.)")

#: Short answers that follow one another become one paragraph up to this many characters.
PARAGRAPH_CHARACTERS = 450

#: A text answer of at most so many characters is as short as a figure.
SHORT_CHARACTERS = 160


@dataclass(frozen=True)
class Material:
    """A case's facts and answers, ready to be put in the order of a style."""

    definition: Definition
    profile: Profile
    answers: Answers
    draft: bool
    quotes: Mapping[str, str]
    points: tuple[Point, ...]
    enclosures: tuple[Enclosure, ...]
    #: The enclosures of each point, by the point's id.
    enclosed: Mapping[str, tuple[Enclosure, ...]]

    def sections(self) -> Iterator[tuple[Section, list[Point]]]:
        """Each section with its points that stand in the letter, those without any left out."""
        shown = (point for point in self.points if self._shown(point))
        for _, group in groupby(shown, key=lambda point: point.section.id):
            members = list(group)
            yield members[0].section, members

    def quote(self, question: str) -> str:
        """The authority's point: in its own wording where the case has it, else as the definition says."""
        return clean(self.quotes.get(question) or self.definition.questions[question].quote).strip()

    def letter_text(self, template: str) -> str:
        """One of the definition's fixed texts with its tags filled; a missing date is said, not hidden."""
        asked_on = self.profile.request_date
        tags = {
            "municipality": self.profile.municipality.name,
            "authority": self.definition.authority.name,
            "request_date": day(asked_on) if asked_on else texts.NO_REQUEST_DATE,
            "subject": self.definition.letter.subject,
        }
        return clean(_TAG.sub(lambda tag: tags.get(tag[1], tag[0]), template)).strip()

    def explains_itself(self, point: Point) -> bool:
        """Whether the answer reads well without its question above it."""
        value = self.answers.get(point.id)
        if value is None:
            return False
        return isinstance(value, Text | Documents) or bool(own_words(point.question, value))

    def answer(self, point: Point, *, under_quote: bool) -> list[Block]:
        """The point's answer as it reads in the letter, or the open point that stands in its place."""
        value = self.answers.get(point.id)
        said = self._said(point, value) if value is not None else []
        return said or [self._open(point, under_quote=under_quote)]

    def _said(self, point: Point, value: Value) -> list[Block]:
        text = reads(point.question, value, self.enclosed.get(point.id, ()))
        return blocks(text, point.id)

    def _open(self, point: Point, *, under_quote: bool) -> OpenPoint:
        words = self.definition.letter.open_point
        if point.question.required is not Required.YES:
            words = f"{words} {texts.OPTIONAL}"
        if not under_quote:
            words = texts.OPEN_ABOUT.format(open_point=words, ask=point.question.ask)
        return OpenPoint(clean(words), point.id)

    def _shown(self, point: Point) -> bool:
        """Answers stand in the letter unless they turned irrelevant; gaps while they may not be left.

        A final letter leaves out what was not required; a gap that is required stays visible even
        there, for nothing that the authority asked may end as a blank.
        """
        if point.relevant is False:
            return False
        if point.id in self.answers:
            return True
        return point.relevant is True and (self.draft or point.question.required is Required.YES)


def material(
    definition: Definition,
    profile: Profile,
    answers: Answers,
    *,
    draft: bool,
    quotes: Mapping[str, str],
    facts: Facts,
) -> Material:
    """The material of a case; enclosures get their numbers here, in the order they are mentioned."""
    found = tuple(points(definition, answers, facts))
    enclosures: dict[tuple[str, str], Enclosure] = {}
    enclosed: dict[str, tuple[Enclosure, ...]] = {}
    for point in found:
        value = answers.get(point.id)
        if isinstance(value, Documents) and point.relevant is not False:
            enclosed[point.id] = tuple(_numbered(value, enclosures))
    every = tuple(enclosures.values())
    return Material(definition, profile, answers, draft, quotes, found, every, enclosed)


class Flow:
    """Blocks in the making: short answers that follow one another become one paragraph."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open_end = False

    def add(self, *blocks: Block) -> None:
        """Blocks that stand by themselves."""
        self.blocks += blocks
        self._open_end = False

    def answer(self, point: Point, blocks: list[Block]) -> None:
        """A point's answer; a short one goes on in the paragraph of a short one before it."""
        match blocks:
            case [Paragraph() as paragraph] if _is_short(point, paragraph.text):
                self._short(paragraph)
            case _:
                self.add(*blocks)

    def _short(self, paragraph: Paragraph) -> None:
        last = self.blocks[-1] if self.blocks else None
        if self._open_end and isinstance(last, Paragraph):
            together = Paragraph(last.parts + paragraph.parts)
            if len(together.text) <= PARAGRAPH_CHARACTERS:
                self.blocks[-1] = together
                return
        self.blocks.append(paragraph)
        self._open_end = True


def _is_short(point: Point, text: str) -> bool:
    match point.question.type:
        case QuestionType.DOCUMENTS:
            return False
        case QuestionType.TEXT:
            return len(text) <= SHORT_CHARACTERS and "\n" not in text
        case _:
            return "\n" not in text


def _numbered(value: Documents, known: dict[tuple[str, str], Enclosure]) -> Iterator[Enclosure]:
    for file in value.files:
        name = _FOLDERS.sub("", " ".join(clean(file.name).split()))
        title = " ".join(clean(file.title).split()) or name
        key = (file.file, title)
        if key not in known:
            known[key] = Enclosure(len(known) + 1, title, name)
        yield known[key]
