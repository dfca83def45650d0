"""Finds what a reader can follow in a text: web and e-mail addresses, and enclosures by their number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

#: An address longer than this (in characters) is only text.
MAX_ADDRESS = 2000

_PLACES = re.compile(
    r"""(?P<web>\b(?:https?://|www\.)[^\s<>"«»]*[^\s<>"«».,;:!?)\]'])
    |(?P<mail>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    |\b[Bb]ilag\ (?P<number>\d{1,3})\b""",
    re.VERBOSE,
)
_ASCII_SIGNS = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `address` is a URI, `enclosure` a number in the list of enclosures."""

    text: str
    address: str = ""
    enclosure: int = 0


def pieces(text: str, *, enclosures: int) -> list[Piece]:
    """The text in pieces, in order and with nothing left out; `enclosures` is how many there are."""
    found: list[Piece] = []
    at = 0
    for match in _PLACES.finditer(text):
        piece = _piece(match, enclosures)
        if piece is None:
            continue
        if match.start() > at:
            found.append(Piece(text[at : match.start()]))
        found.append(piece)
        at = match.end()
    if at < len(text):
        found.append(Piece(text[at:]))
    return found


def _piece(match: re.Match[str], enclosures: int) -> Piece | None:
    words = match[0]
    if match["number"]:
        number = int(match["number"])
        return Piece(words, enclosure=number) if 1 <= number <= enclosures else None
    if len(words) > MAX_ADDRESS:
        return None
    scheme = "mailto:" if match["mail"] else "" if words.startswith("http") else "https://"
    return Piece(words, address=scheme + quote(words, safe=_ASCII_SIGNS))
