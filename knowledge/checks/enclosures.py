"""An answer that says a copy is enclosed, where no file was given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.hearings.conditions import Answers, Point
from knowledge.hearings.model import QuestionType
from knowledge.hearings.values import Documents, words

_ENCLOSED = re.compile(r"\b(?:vedlagt|vedlægge|vedhæfte|medsend|medfølge)\w*", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:ikke|ingen|intet|hverken|uden|aldrig)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
#: Words of a question's id that are shorter say nothing about what is to be enclosed.
_TELLING_LENGTH = 5
#: Danish endings come after so many letters of a word at the earliest.
_STEM_LENGTH = 6
_LATIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@dataclass(frozen=True)
class Claim:
    """Words at `start:end` of a point's answer that say something is enclosed; nothing is at `lacking`."""

    point: Point
    start: int
    end: int
    lacking: tuple[Point, ...]


def empty_claims(points: list[Point], answers: Answers) -> Iterator[Claim]:
    """The claims that no file bears out.

    A claim that names what a documents question is about ("kontrakten er vedlagt" and
    `kopi_kontrakter`) is held against that question, any other one against all of them. Questions
    that are still open bear nothing out and contradict nothing.
    """
    asked = [point for point in points if point.question.type is QuestionType.DOCUMENTS]
    lacking = [point for point in asked if point.id in answers and not _has_files(answers, point)]
    if not lacking:
        return
    for point in points:
        text = words(answers[point.id]) if point.id in answers else ""
        for sentence in _claims(text):
            meant = [point] if point in asked else _meant(sentence.group(), asked)
            if all(one in lacking for one in meant):
                yield Claim(point, *_trimmed(sentence), tuple(meant))


def _claims(text: str) -> Iterator[re.Match[str]]:
    if _ENCLOSED.search(text):
        for sentence in _SENTENCE.finditer(text):
            if _ENCLOSED.search(sentence.group()) and not _DENIED.search(sentence.group()):
                yield sentence


def _meant(sentence: str, asked: list[Point]) -> list[Point]:
    low = sentence.lower().translate(_LATIN)
    return [point for point in asked if any(stem in low for stem in _stems(point.question.id))] or asked


def _has_files(answers: Answers, point: Point) -> bool:
    value = answers[point.id]
    return isinstance(value, Documents) and bool(value.files)


def _trimmed(sentence: re.Match[str]) -> tuple[int, int]:
    text = sentence.group()
    return sentence.start() + len(text) - len(text.lstrip()), sentence.start() + len(text.rstrip())


@lru_cache(maxsize=1024)
def _stems(question_id: str) -> tuple[str, ...]:
    return tuple(word[:_STEM_LENGTH] for word in question_id.split("_") if len(word) >= _TELLING_LENGTH)
