"""What the parts of this package share: openings of a text, where its clauses end, its remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.dialogue.parsing import vocabulary

_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[ \t\u00a0]*(?:\Z|[.,;:!?()\n\r–—/]|-(?!\w))")
_CLAUSE_END = re.compile(
    r"[,;:!?()\n]|\.(?=\s|\Z)|\s[-–—]\s|\b(?:" + "|".join(vocabulary.SUBCLAUSE) + r")\b", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]+")

#: "Ja:" with a list on the lines below: the first item keeps its mark.
_LIST_BELOW = re.compile(r"[ \t\u00a0.,:;]*\n\s*(?=[-–—*•][ \t])")

#: What may stand between an answer and what was added to it.
_SEPARATORS = " \t\n\r\u00a0,.;:!–—-/"


def words(text: str) -> list[str]:
    """The words of a text in small letters, figures left out."""
    return [word.lower() for word in _LETTERS.findall(text)]


def plain(text: str) -> str:
    """A short text in small letters, single blanks, without the marks around it: for looking it up."""
    return " ".join(text.lower().split()).strip(" .,;:!?\"'»«”“")


@lru_cache(maxsize=64)
def _by_length(phrases: frozenset[str]) -> tuple[tuple[int, frozenset[tuple[str, ...]]], ...]:
    lengths: dict[int, set[tuple[str, ...]]] = {}
    for phrase in phrases:
        split = tuple(phrase.split())
        lengths.setdefault(len(split), set()).add(split)
    return tuple((length, frozenset(lengths[length])) for length in sorted(lengths, reverse=True))


def opening(text: str, phrases: frozenset[str]) -> tuple[str, str] | None:
    """The longest of the phrases that the text opens with, and the rest of the text after it."""
    found: list[str] = []
    ends: list[int] = []
    lengths = _by_length(phrases)
    for match in _WORD.finditer(text):
        between = text[ends[-1] if ends else 0 : match.start()]
        if len(found) == lengths[0][0] or between.strip(" \t\u00a0,"):
            break
        found.append(match.group().lower())
        ends.append(match.end())
    for length, known in lengths:
        if len(found) >= length and tuple(found[:length]) in known:
            return " ".join(found[:length]), text[ends[length - 1] :]
    return None


def breaks(rest: str) -> bool:
    """Whether a text ends here or goes on after a mark, so that what stood before stands alone."""
    return _BREAK.match(rest) is not None


def added(rest: str) -> str:
    """What was added after an answer, in the words it was written, without the mark that parts them."""
    if not rest.strip(_SEPARATORS + "()"):
        return ""
    if typed_list := _LIST_BELOW.match(rest):
        return rest[typed_list.end() :].rstrip()
    return rest.lstrip(_SEPARATORS).rstrip()


def clause(rest: str) -> str:
    """The part of the text up to where its clause ends."""
    end = _CLAUSE_END.search(rest)
    return rest[: end.start()] if end else rest


def last_clause(text: str) -> str:
    """The part of the text after its last clause end."""
    start = 0
    for end in _CLAUSE_END.finditer(text):
        start = end.end()
    return text[start:]


def holds(text: str, any_of: Iterable[str]) -> bool:
    """Whether one of these words stands in the text."""
    return not set(any_of).isdisjoint(words(text))


def leads_in(text: str) -> bool:
    """Whether a text before a figure or date only leads up to it ("Vi har i alt betalt")."""
    return set(words(text)) <= vocabulary.LEAD_IN and not any(char.isdigit() for char in text)


def tells(text: str) -> bool:
    """Whether a text around figures or dates says anything worth keeping ("22 ud af 25" does not)."""
    return not set(words(text)) <= vocabulary.TELLING_NOTHING


def doubtful(before: str, after: str) -> bool:
    """Whether the clause around a figure or date denies it or doubts it."""
    return holds(last_clause(before), vocabulary.DOUBT) or holds(clause(after), vocabulary.DOUBT)
