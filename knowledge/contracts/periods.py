"""From when to when an agreement says it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.contracts.document import Document
from knowledge.contracts.parties import Place

_MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
_DATE = (
    r"(?:den[ \n])?(?P<{0}day>\d{{1,2}})(?:\.?[ \n]?(?P<{0}name>" + "|".join(_MONTHS) + r")[ \n,]{{1,2}}"
    r"|[-./][ ]?(?P<{0}month>\d{{1,2}})[-./ ]{{1,2}})(?P<{0}year>20\d\d)\b"
)
_NO_SENTENCE_END = r"[^.;:?!]{0,60}?"
_TO = r"[ \n]{1,2}(?:og[ \n])?(?:til[ \n]og[ \n]med|t\.?o\.?m\.?|til|indtil|-|–)[ \n]{1,2}"
_SPAN = re.compile(
    rf"\b(?:gælder|løber|periode\w*|\w+perioden?|varighed|indgået|indgås|i[ ]kraft|fra){_NO_SENTENCE_END}"
    + _DATE.format("from_")
    + _TO
    + _DATE.format("to_"),
    re.IGNORECASE,
)
_START = re.compile(
    r"\b(?:træder[ \n]i[ \n]kraft|ikrafttræde\w*|gælder[ \n]fra|gældende[ \n]fra|begynder|påbegyndes|starter)"
    r"[^.;:?!0-9]{0,40}?" + _DATE.format("from_"),
    re.IGNORECASE,
)
_END = re.compile(
    r"\b(?:udløber|ophører|løber[ \n](?:ind)?til|gælder[ \n](?:ind)?til|gældende[ \n]til)[^.;:?!0-9]{0,50}?"
    + _DATE.format("to_"),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Day:
    """A day that a document names as its first or last, with the words that say so."""

    day: date
    place: Place


@dataclass(frozen=True)
class Period:
    """The first and the last day, each None where the document does not tell."""

    start: Day | None
    end: Day | None


def period(document: Document) -> Period:
    """When the document says it holds; the first place that says so counts."""
    starts, ends = (
        list(_days(document, (_SPAN, _START), "from_")),
        list(_days(document, (_SPAN, _END), "to_")),
    )
    first = next(iter(starts), None)
    return Period(first, next((end for end in ends if first is None or end.day >= first.day), None))


def _days(document: Document, patterns: tuple[re.Pattern[str], ...], prefix: str) -> Iterator[Day]:
    for pattern in patterns:
        for number, page in enumerate(document.pages, start=1):
            for found in pattern.finditer(page):
                day = _day(found, prefix)
                if day is not None:
                    yield Day(day, Place(number, *found.span(), found[0]))


def _day(found: re.Match[str], prefix: str) -> date | None:
    name = found[f"{prefix}name"]
    month = _MONTHS.index(name.lower()) + 1 if name else int(found[f"{prefix}month"])
    try:
        return date(int(found[f"{prefix}year"]), month, int(found[f"{prefix}day"]))
    except ValueError:
        return None
