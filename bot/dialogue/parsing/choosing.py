"""Which figure of a text is the answer, where it can be told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.dialogue.parsing.numbers import Number, Unit
from bot.dialogue.parsing.words import clause, doubtful, leads_in, tells, words


@dataclass(frozen=True)
class Found:
    """The figure that a text gives as its answer; `embedded` where it stands inside a sentence."""

    number: Number
    embedded: bool


_RANGE = re.compile(r"\s*(?:[-–—/+*x=]|til|eller)\s*\Z", re.IGNORECASE)
_FRACTION = re.compile(r"[0-9]\s?/\s?[0-9]")
_SENTENCE_ENDS = re.compile(r"\.\s+[A-ZÆØÅ]")
_PAIR = re.compile(r"\s*(?:og|ud\s+af|af)\s*(?:de|i\s+alt)?\s*\Z", re.IGNORECASE)


def the_one(text: str, numbers: list[Number], unit: Unit) -> Found | None:
    """The figure that is the answer, or None where several could be or the clause denies it.

    `numbers` are all figures of the text (at least one of them in `unit` or without one).
    """
    fitting = candidates(numbers, unit)
    number = fitting[0]
    named = number.unit is not Unit.NONE
    before, after = text[: number.start], text[number.end :]
    if _SENTENCE_ENDS.match(text, number.end - 1):
        after = ""
    embedded = not leads_in(before)
    rivals = fitting[1:] if named or embedded else [n for n in fitting[1:] if _close(text, number, n)]
    if rivals or doubtful(before, after) or _in_a_range(text, numbers, number):
        return None
    return Found(number, embedded)


def candidates(numbers: list[Number], unit: Unit) -> list[Number]:
    """The figures given in this unit; where there are none, those without any unit."""
    return [n for n in numbers if n.unit is unit] or [n for n in numbers if n.unit is Unit.NONE]


def _close(text: str, number: Number, other: Number) -> bool:
    """Whether two figures rival: in one clause, or "22, 25" but not "22 (to blev ikke startet)"."""
    between = text[number.end : other.start]
    if clause(between) == between:
        return True
    return not words(between) and not tells(clause(text[other.end :]))


def _in_a_range(text: str, numbers: list[Number], number: Number) -> bool:
    """Whether the figure is one end of "10-15 %", "22 ud af 25", or has a sign after it ("25+")."""
    place = numbers.index(number)
    near = numbers[max(0, place - 1) : place + 2]
    for first, second in pairwise(near):
        between = text[first.end : second.start]
        if _RANGE.match(between) or (first.unit is second.unit and _PAIR.match(between)):
            return True
    return bool(re.match(r"\s*[+*=/]|[-–—](?=\w)", text[number.end : number.end + 3]))


def fraction(text: str) -> bool:
    """Whether the text has a figure such as "1/2", whose parts must not be offered as answers."""
    return _FRACTION.search(text) is not None


def account(text: str, numbers: list[Number]) -> str:
    """The text where it says more than its figures, to be kept as a note; else nothing."""
    end = 0
    for number in numbers:
        if tells(text[end : number.start]):
            return text
        end = max(end, number.end)
    return text if tells(text[end:]) else ""
