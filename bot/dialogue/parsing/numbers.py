"""Figures in Danish text: in digits or words, with what stands around them.

Babel reads the digits (strictly, locale da), text2num the words. Neither is asked about anything
that could be read two ways: "1,200" and "1.20" come out as figures that are not sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from itertools import islice

from babel.numbers import NumberFormatError, parse_decimal

from bot.dialogue.parsing import dates, vocabulary
from bot.dialogue.parsing.spelled import spelled

#: How many figures of a text are looked at; more than a handful is an account, not a figure.
MAX_FIGURES = 50
#: Longest figure that is read, in digits; with a scale it stays within the 28 that Decimal keeps.
MAX_DIGITS = 16


class Unit(Enum):
    """What a figure is said to be of."""

    NONE = auto()
    KRONER = auto()
    PERCENT = auto()
    #: A currency that is not Danish kroner, or another measure.
    OTHER = auto()


@dataclass(frozen=True)
class Number:
    """A figure in a text, from `start` to `end` with its qualifier and unit.

    `values` holds its possible readings, none where it cannot be read; `sure` is False where it was
    not written the Danish way. `odd` tells that the person should see how it was read.
    """

    values: tuple[Decimal, ...]
    start: int
    end: int
    sure: bool = True
    odd: bool = False
    qualifier: str = ""
    unit: Unit = Unit.NONE

    @property
    def value(self) -> Decimal | None:
        """The one reading it has, or None where there are several, none, or the only one is not sure."""
        return self.values[0] if self.sure and len(self.values) == 1 else None


_FIGURE = re.compile(
    r"(?<![0-9.,])[0-9]{1,3}(?:[ \u00a0\u202f\u2009][0-9]{3}){1,4}(?:,[0-9]{1,2})?(?![0-9]|[.,][0-9])"
    r"|[0-9](?:[0-9.,]*[0-9])?"
)
_KRONER = r"(?:kroner?|kr\.?|dkk|d\.?kr\.?)(?!\w)"
_FOREIGN = r"(?:eur|euro|€|usd|us\$|\$|dollars?|sek|nok|gbp|£|pund|svenske|norske|øre|promille|‰)(?!\w)"
_BEFORE = re.compile(
    rf"(?P<qualifier>(?<!\w)(?:{'|'.join(vocabulary.QUALIFIERS)})\s*)?"
    rf"(?P<thousands>(?<!\w)t\.?\s?kr\.?:?\s*)?"
    rf"(?P<kroner>(?:(?<!\w)(?:kr\.?|dkk):?\s*)*)"
    rf"(?P<foreign>(?<!\w){_FOREIGN}\s*)?"
    r"(?P<sign>(?<![\w.,%])[-−–]|minus\s+)?\Z",
    re.IGNORECASE,
)
_SCALE = re.compile(
    r"\s*(?:(?P<thousands>t\.?\s?kr\.?|tdkk)|(?P<million>mio\.?|mill\.?)|(?P<milliard>mia\.?)"
    r"|(?P<plain_thousand>tusinde?)|(?P<plain_million>million(?:er)?)|(?P<plain_milliard>milliard(?:er)?)"
    r"|(?P<unsure>[kt]))(?!\w)",
    re.IGNORECASE,
)
_SCALES = {
    "thousands": 1_000,
    "plain_thousand": 1_000,
    "million": 1_000_000,
    "plain_million": 1_000_000,
    "milliard": 1_000_000_000,
    "plain_milliard": 1_000_000_000,
}
_MONEY_SCALES = {"thousands", "million", "milliard"}
_AFTER = re.compile(
    rf"\s*(?:(?P<percent>%|(?:pct\.?|procent(?:er)?|procentpoint)(?!\w))|(?P<foreign>{_FOREIGN})"
    rf"|(?P<kroner>(?:[,.][-–—]+)?\s*{_KRONER}|[,.][-–—]+))",
    re.IGNORECASE,
)
_LATE_QUALIFIER = re.compile(r"\s*\(?(?P<qualifier>ca\.?|cirka)(?!\w)\)?", re.IGNORECASE)
_HALF = re.compile(r"\s?½|\s+(?:og\s+)?(?:en\s+halv|et\s+halvt)(?!\w)", re.IGNORECASE)
_PLACE = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(place) for place in vocabulary.PLACES)})\.?\s*\Z", re.IGNORECASE
)
_YEAR = re.compile(
    rf"(?<!\w)(?:{'|'.join(vocabulary.YEAR_LEADS)})\s(?:19|20)[0-9]{{2}}(?![\w.,]*[0-9])", re.I
)

#: How far back is looked for a qualifier and a unit, in characters.
_LOOK_BACK = 40


def readings(figure: str) -> tuple[tuple[Decimal, ...], bool]:
    """The possible values of figures such as "1.200,50", and whether they are written the Danish way.

    Three digits after a dot are thousands; three after a lone comma may be either ("1,200").
    """
    if sum(char.isdigit() for char in figure) > MAX_DIGITS:
        return (), False
    danish, english = _parsed(figure, "da"), _parsed(figure, "en")
    if danish is None:
        return ((english,) if english is not None else ()), False
    only_comma = "," in figure and "." not in figure and figure[0] != "0"
    if only_comma and english is not None and english != danish:
        return (danish, english), True
    return (danish,), True


def _parsed(figure: str, locale: str) -> Decimal | None:
    try:
        return parse_decimal(figure, locale=locale, strict=True)
    except NumberFormatError:
        return None


def scan(text: str) -> list[Number]:
    """The first figures of the text in order, but for dates, years and places such as "§ 99"."""
    hidden = [*dates.spans(text), *(match.span() for match in _YEAR.finditer(text))]
    raw = [number for number in islice(_figures(text), MAX_FIGURES) if not _hidden(number, hidden, text)]
    taken: list[Number] = []
    in_words = [
        Number(() if value is None else (value,), start, end, odd=True)
        for start, end, value in islice(spelled(text), MAX_FIGURES)
    ]
    for number in sorted([*raw, *in_words], key=lambda number: number.start):
        if not taken or number.start >= taken[-1].end:
            taken.append(_surrounded(text, number))
    return taken


def _hidden(number: Number, spans: list[tuple[int, int]], text: str) -> bool:
    return any(start <= number.start < end for start, end in spans) or bool(
        _PLACE.search(text[max(0, number.start - _LOOK_BACK) : number.start])
    )


def _figures(text: str) -> Iterator[Number]:
    for match in _FIGURE.finditer(text):
        figure = re.sub(r"\s", "", match.group())
        grouped = len(figure) != len(match.group())
        values, sure = ((Decimal(figure.replace(",", ".")),), True) if grouped else readings(figure)
        if match.start() and (text[match.start() - 1].isalpha() or text[match.start() - 1] == "_"):
            values = ()
        yield Number(values, match.start(), match.end(), sure=sure, odd=grouped)


def _surrounded(text: str, number: Number) -> Number:
    """The figure with its half, scale, unit, sign and qualifier."""
    values, end, odd, sure = number.values, number.end, number.odd, number.sure
    unit = Unit.NONE
    if half := _HALF.match(text, end):
        values, end, odd = tuple(value + Decimal("0.5") for value in values), half.end(), True
    if scale := _SCALE.match(text, end):
        values, sure = _scaled(text[number.start : number.end], values, sure, scale.lastgroup or "")
        end, odd = scale.end(), True
        unit = Unit.KRONER if scale.lastgroup in _MONEY_SCALES else unit
    if after := _AFTER.match(text, end):
        unit, end = Unit[(after.lastgroup or "none").upper().replace("FOREIGN", "OTHER")], after.end()
    start = number.start
    before = _BEFORE.search(text[max(0, start - _LOOK_BACK) : start])
    qualifier = ""
    if before:
        start -= len(before.group())
        qualifier = " ".join((before["qualifier"] or "").split()).lower()
        if before["thousands"]:
            values, odd, unit = tuple(value * 1000 for value in values), True, Unit.KRONER
        unit = Unit.OTHER if before["foreign"] else Unit.KRONER if before["kroner"] else unit
        values = tuple(-value for value in values) if before["sign"] else values
    if not qualifier and (late := _LATE_QUALIFIER.match(text, end)):
        qualifier, end = late["qualifier"].lower(), late.end()
    qualifier = "ca." if qualifier == "ca" else qualifier
    return Number(tuple(map(_short, values)), start, end, sure, odd, qualifier, unit)


def _scaled(
    figure: str, values: tuple[Decimal, ...], sure: bool, scale: str
) -> tuple[tuple[Decimal, ...], bool]:
    """The readings times the scale. "1.2 mio." can only be 1,2; "1.200 mio." may be either."""
    if scale == "unsure":
        return tuple(value * factor for value in values for factor in (1, 1000)), sure
    english = _parsed(figure, "en") if "." in figure and "," not in figure else None
    if english is not None:
        values, sure = tuple(dict.fromkeys((*values, english))), True
    return tuple(value * _SCALES[scale] for value in values), sure


def _short(value: Decimal) -> Decimal:
    """Without trailing zeros and exponent, so that equal figures are written alike."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
