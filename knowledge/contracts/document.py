"""A file's text, page by page, as every rule about documents reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from knowledge.contracts.extract import MIN_LETTERS_ON_PAGE

#: A document's title is looked for in so many characters from its first letter.
TITLE = 300
_DPA = re.compile(r"databehandl", re.IGNORECASE)
_CONTRACT_TITLE = re.compile(r"(?P<dpa>databehandl\w*aftale)|kontrakt|(?<!i )aftale", re.IGNORECASE)
_LEADERS = re.compile(r"[.…_·](?:[ \t]?[.…_·]){3,}")
_BULLET_ALONE = re.compile(r"^([ \t]*[-–•*▪◦·][ \t]*)\n(?=[ \t]*\S)", re.MULTILINE)
#: Word's Courier bullet; no Danish word is an "o" alone.
_LETTER_BULLET = re.compile(r"^([ \t]*)o(?=[ \t])", re.MULTILINE)
#: Bullets of Word's symbol fonts, which lie in the private use area.
_SYMBOL_BULLETS = str.maketrans(dict.fromkeys("\uf0a7\uf0b7\uf0d8\uf0fc\uf02d", "•"))


@dataclass(frozen=True)
class Document:
    """A file's text (a DOCX is split at its page breaks, plain text at form feeds).

    `scanned` are the numbers, from 1, of pages whose text was recognised from a picture. `paged` tells
    that the pages are those of the paper.
    """

    name: str
    pages: tuple[str, ...]
    scanned: frozenset[int] = frozenset()
    paged: bool = False

    @cached_property
    def is_dpa(self) -> bool:
        """Whether it is a data-processing agreement, as its title or the file's name says."""
        start = next((page for page in self.pages if letters(page)), "")[:TITLE]
        title = _CONTRACT_TITLE.search(start)
        return _DPA.search(self.name) is not None or (title is not None and title["dpa"] is not None)

    @property
    def unread_pages(self) -> tuple[int, ...]:
        """The numbers, from 1, of pages with no text that nobody has looked at yet: pictures or blank."""
        return tuple(
            number
            for number, page in enumerate(self.pages, start=1)
            if number not in self.scanned and letters(page) < MIN_LETTERS_ON_PAGE
        )


def letters(page: str) -> int:
    """How many letters stand on the page."""
    return sum(map(str.isalpha, page))


def tidy(page: str) -> str:
    """The page as long as before, without what no letter or screen can show and what breaks sentences.

    Control characters, lone surrogates and dot leaders become spaces; a list's mark on a line of its own is
    joined to its item.
    """
    shown = "".join(
        mark if mark in "\n\t" or (mark >= " " and not "\ud800" <= mark <= "\udfff") else " " for mark in page
    ).translate(_SYMBOL_BULLETS)
    bulleted = _BULLET_ALONE.sub(r"\1 ", _LETTER_BULLET.sub(r"\1•", shown))
    return _LEADERS.sub(lambda leader: " " * len(leader[0]), bulleted)
