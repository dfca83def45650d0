"""Who a contract is between: municipality and firm, what they are called in it, and their CVR numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from knowledge.contracts.document import Document

#: Parties are named at the beginning: looked for in so many characters.
OPENING = 6_000
#: An agreed name stands so close behind the party's own, in characters.
_REACH = 250

_NAME_WORD = r"(?!Kommunes?\b|Mellem\b|Firmaet\b)[A-ZÆØÅ][\w&.'’-]{0,40}"
_FIRM = re.compile(rf"{_NAME_WORD}(?:[ ](?:{_NAME_WORD}|&|og)){{0,5}}[ ](?:ApS|A/S|I/S|IVS|P/S|K/S|AMBA)\b")
_MUNICIPALITY = re.compile(r"[A-ZÆØÅ][a-zæøå]+(?:[- ][A-ZÆØÅ][a-zæøå]+)?[ ]Kommunes?\b")
_CALLED = re.compile(
    r"(?:herefter|efterfølgende|i[ ]det[ ]følgende|benævn(?:t|es)|kalde[ts])[ ]?"
    r"(?:kaldet|kaldes|benævnt|benævnes)?"
    r"[ :]{0,2}[»\"“”„']?(?P<name>[A-ZÆØÅ][\w-]{1,30})"
)
_CVR = re.compile(
    r"CVR[-. ]{0,2}(?:nr|nummer)?[.: ]{0,3}(?P<number>\d(?:[ ]?\d){7})(?![ ]?\d)", re.IGNORECASE
)
#: What the firm and the municipality are called anyway.
_ROLES = frozenset(
    [
        "konsulenten",
        "leverandøren",
        "rådgiveren",
        "firmaet",
        "selskabet",
        "virksomheden",
        "databehandleren",
        "databehandler",
        "kunden",
        "kommunen",
        "ordregiver",
        "ordregiveren",
        "opdragsgiver",
        "opdragsgiveren",
        "køber",
        "bestiller",
        "dataansvarlig",
        "dataansvarlige",
        "aftalen",
        "kontrakten",
        "parterne",
        "konsulent",
        "leverandør",
        "rådgiver",
    ]
)


@dataclass(frozen=True)
class Place:
    """Words of a document in their place: the page from 1, and offsets on it."""

    page: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Parties:
    """Who a document is between, as far as it tells. `firm_called` are the names that stand for the firm."""

    municipality: Place | None
    firm: Place | None
    firm_called: frozenset[str]
    cvr_numbers: tuple[tuple[str, Place], ...]


def parties(document: Document) -> Parties:
    """The parties as the document's opening names them."""
    number, page = next(((n, p) for n, p in enumerate(document.pages, start=1) if p.strip()), (1, ""))
    opening = page[:OPENING]
    firm = _FIRM.search(opening)
    municipality = _MUNICIPALITY.search(opening)
    numbers: dict[str, Place] = {}
    for found in _CVR.finditer(opening):
        numbers.setdefault("".join(found["number"].split()), _place(number, found))
    return Parties(
        _place(number, municipality) if municipality else None,
        _place(number, firm) if firm else None,
        _called(opening, firm) if firm else frozenset(),
        # The two parties come first; those that follow are sub-processors and the like.
        tuple(numbers.items())[:2],
    )


def _place(page: int, found: re.Match[str]) -> Place:
    return Place(page, found.start(), found.end(), found[0])


def _called(opening: str, firm: re.Match[str]) -> frozenset[str]:
    behind = opening[firm.end() : firm.end() + _REACH]
    other = _MUNICIPALITY.search(behind)
    called = _CALLED.search(behind, 0, other.start() if other else len(behind))
    short = {called["name"]} if called and called["name"].lower() not in _ROLES else set()
    return frozenset({firm[0], *short})


@dataclass(frozen=True)
class Renamed:
    """A page with "Konsulenten" for each of the firm's names, and the way back to the page's offsets."""

    text: str
    _starts: tuple[int, ...]
    _shifts: tuple[int, ...]

    def origin(self, offset: int) -> int:
        """Where this offset of the text lies on the page itself."""
        return offset - self._shifts[bisect_right(self._starts, offset) - 1]


def renamed(page: str, names: frozenset[str]) -> Renamed:
    """The page as the rules understand it, which know a firm by its role only."""
    parts, starts, shifts, end, length = [], [0], [0], 0, 0
    for found in _occurrences(names).finditer(page) if names else ():
        before = page[end : found.start()]
        role = "Konsulentens" if found["genitive"] else "Konsulenten"
        parts += [before, role]
        length += len(before) + len(role)
        end = found.end()
        starts.append(length)
        shifts.append(length - end)
    return Renamed("".join([*parts, page[end:]]), tuple(starts), tuple(shifts))


def _occurrences(names: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    written = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{written})(?P<genitive>['’]?s)?(?!\w)")
