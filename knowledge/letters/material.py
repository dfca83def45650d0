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
from knowledge.letters.model import Enclosure, OpenPoint
from knowledge.letters.profile import LetterStyle, Profile
from knowledge.letters.sentences import Reading, own_words, reads
from knowledge.letters.wording import day
from knowledge.text import clean

_TAG = re.compile(r"\{(\w+)\}")

#: What stands before a file's own name.
_FOLDERS = re.compile(r"^.*[/\\](?=.)")


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

    def quoted(self, section: Section) -> dict[str, str]:
        """The question whose quote each question of the section stands under; its own, or one before it."""
        under: dict[str, str] = {}
        quoted = ""
        for question in section.questions:
            quoted = question.id if self.quote(question.id) else quoted
            under[question.id] = quoted
        return under

    def explains_itself(self, point: Point) -> bool:
        """Whether the answer reads well without its question above it."""
        value = self.answers.get(point.id)
        if value is None:
            return False
        return isinstance(value, Text | Documents) or bool(self._own_words(point, value))

    def is_open(self, point: Point) -> bool:
        """Whether the point lacks its answer and that must be seen."""
        if point.relevant is False:
            return False
        return not self._said(point) and (self.draft or point.question.required is Required.YES)

    def answer(self, point: Point) -> Reading:
        """The point's answer as it reads in the letter, or what is said where none was called for."""
        if point.relevant is False:
            return Reading(texts.NOT_RELEVANT)
        files = point.question.type is QuestionType.DOCUMENTS
        return self._said(point) or Reading(texts.NO_COPIES if files else texts.LEFT_OPEN)

    def open_point(self, point: Point, *, under_quote: bool) -> OpenPoint:
        """What stands in the place of an answer that lacks."""
        words = self.definition.letter.open_point
        if point.question.required is not Required.YES:
            words = f"{words} {texts.OPTIONAL}"
        if not under_quote:
            words = texts.OPEN_ABOUT.format(open_point=words, ask=point.question.ask)
        return OpenPoint(clean(words), point.id)

    def _said(self, point: Point) -> Reading:
        value = self.answers.get(point.id)
        if value is None:
            return Reading("")
        return reads(point.question, value, self.enclosed.get(point.id, ()), connected=self._connected)

    def _own_words(self, point: Point, value: Value) -> str:
        return own_words(point.question, value, connected=self._connected)

    @property
    def _connected(self) -> bool:
        return self.profile.letter_style is LetterStyle.CONNECTED

    def _shown(self, point: Point) -> bool:
        """Answers stand in the letter unless they turned irrelevant; gaps while they may not be left.

        A final letter leaves out what was not required, unless the authority's point would then have no
        answer at all; a gap that is required stays visible even there. Where each point is quoted, that
        also goes for points that the other answers made irrelevant.
        """
        if point.relevant is False:
            return not self._connected and self._asked_in_vain(point)
        if point.id in self.answers:
            return True
        must = self.draft or point.question.required is Required.YES or self._asked_in_vain(point)
        return point.relevant is True and must

    def _asked_in_vain(self, point: Point) -> bool:
        """Whether the authority's own point would stand without any answer under it."""
        under = self.quoted(point.section)
        item = point.id.partition(".")[2]
        return under[point.question.id] == point.question.id and not any(
            other.id in self.answers and other.relevant is not False and other.id.partition(".")[2] == item
            for other in self.points
            if other.section is point.section and under[other.question.id] == point.question.id
        )


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


def _numbered(value: Documents, known: dict[tuple[str, str], Enclosure]) -> Iterator[Enclosure]:
    for file in value.files:
        name = _FOLDERS.sub("", " ".join(clean(file.name).split()))
        title = " ".join(clean(file.title).split()) or name
        key = (file.file, title)
        if key not in known:
            known[key] = Enclosure(len(known) + 1, title, name, file.file)
        yield known[key]
