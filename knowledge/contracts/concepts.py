"""Concepts: what words stand for, and whether a sentence affirms or denies it.

A pattern language small enough to be safe: words, `stem*`, `*stem*`, `a/b`, and `..` for up to four
words between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.contracts.words import fold

#: The most words that `..` stands for.
GAP_WORDS = 4
#: The most patterns a concept may have, so that one file cannot make every sentence slow.
MAX_PATTERNS = 400
_GAP = -1
_CLAUSE_MARKS = frozenset({",", ";", ":", "(", ")", ".", "?", "!", "–"})
_CLAUSE_WORDS = frozenset({"men", "fordi", "selvom", "idet", "mens", "dog"})
_CARRIES_ON = frozenset({"hvor", "der", "som", "hvori", "hvorved", "hvorefter", "om", "at", "eller"})
_DENIES = frozenset({"ikke", "ingen", "intet", "aldrig", "hverken", "ej", "ingensinde"})
_DENIES_WHAT_FOLLOWS = {
    "uden": 5,
    "uafhaengig": 6,
    "uafhaengigt": 6,
    "uafhaengige": 6,
    "uanset": 5,
    "afskaaret": 9,
}
_NOT_A_DENIAL = frozenset({"kun", "alene", "blot", "mindst", "bare", "udelukkende"})
_CONDITIONS = frozenset({"hvis", "saafremt", "medmindre", "naar", "ifald"})


class PatternError(ValueError):
    """A pattern that cannot be read; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found: words `first` to `last` (inclusive) of the passage, denied or not."""

    concept: str
    first: int
    last: int
    denied: bool


class Lexicon:
    """All concepts, ready to be looked for."""

    def __init__(self, concepts: Mapping[str, Sequence[str]]) -> None:
        self.names = frozenset(concepts)
        self._exact: dict[str, set[int]] = {}
        self._prefix: dict[str, set[int]] = {}
        self._suffix: dict[str, set[int]] = {}
        self._infix: dict[str, set[int]] = {}
        self._item_ids: dict[str, int] = {}
        self._phrases: dict[int, list[tuple[str, tuple[int, ...]]]] = {}
        for concept, patterns in concepts.items():
            for pattern in patterns:
                self._add(concept, pattern)
        self._longest_prefix = max(map(len, self._prefix), default=0)
        self._longest_suffix = max(map(len, self._suffix), default=0)
        self.items_of = lru_cache(maxsize=50_000)(self._items_of)

    def _add(self, concept: str, pattern: str) -> None:
        items = tuple(_GAP if piece == ".." else self._item(piece) for piece in pattern.split())
        if not items or items[0] == _GAP or items[-1] == _GAP:
            raise PatternError(f"Mønstret »{pattern}« skal begynde og slutte med et ord.")
        self._phrases.setdefault(items[0], []).append((concept, items[1:]))

    def _item(self, piece: str) -> int:
        if piece in self._item_ids:
            return self._item_ids[piece]
        number = self._item_ids[piece] = len(self._item_ids)
        for alternative in piece.split("/"):
            stem = fold(alternative.strip("*"))
            if not stem or "*" in stem:
                raise PatternError(f"Mønstret »{piece}« har et tomt ord eller en stjerne midt i et ord.")
            open_start, open_end = alternative.startswith("*"), alternative.endswith("*")
            if (open_start or open_end) and len(stem) < 3:
                raise PatternError(
                    f"Ordet »{alternative}« er for kort til en stjerne; skriv mindst tre bogstaver."
                )
            table = {
                (False, False): self._exact,
                (False, True): self._prefix,
                (True, False): self._suffix,
                (True, True): self._infix,
            }[open_start, open_end]
            table.setdefault(stem, set()).add(number)
        return number

    def _items_of(self, form: str) -> frozenset[int]:
        found: set[int] = set(self._exact.get(form, ()))
        if "-" in form:
            found |= self._items_of(form.replace("-", ""))
        for size in range(3, min(len(form), self._longest_prefix) + 1):
            found |= self._prefix.get(form[:size], set())
        for size in range(3, min(len(form), self._longest_suffix) + 1):
            found |= self._suffix.get(form[-size:], set())
        for stem, numbers in self._infix.items():
            if stem in form:
                found |= numbers
        return frozenset(found)

    def knows(self, form: str) -> bool:
        """Whether any pattern is about this word."""
        return bool(self.items_of(form))

    def hits(self, forms: Sequence[str]) -> list[Hit]:
        """Every concept in the words, in order of its first word."""
        items = [self.items_of(form) for form in forms]
        denied = denials(forms)
        found: dict[tuple[str, int, int], Hit] = {}
        for first, here in enumerate(items):
            for item in here:
                for concept, rest in self._phrases.get(item, ()):
                    last = _match(items, forms, first + 1, rest)
                    if last is not None:
                        hit = Hit(concept, first, last, _is_hit_denied(forms, denied, first, last))
                        found.setdefault((concept, first, last), hit)
        return list(found.values())


def _is_hit_denied(forms: Sequence[str], denied: Sequence[bool], first: int, last: int) -> bool:
    """A pattern that has a denial in it ("fremgår ikke") says what it says; nothing denies it further."""
    has_own = any(form in _DENIES or form in _DENIES_WHAT_FOLLOWS for form in forms[first : last + 1])
    return not has_own and any(denied[first : last + 1])


def _match(
    items: Sequence[frozenset[int]], forms: Sequence[str], at: int, rest: tuple[int, ...]
) -> int | None:
    """The index of the last word if the rest of a pattern stands at `at`, else None."""
    if not rest:
        return at - 1
    if rest[0] == _GAP:
        for skipped in range(GAP_WORDS + 1):
            if at + skipped >= len(items) or forms[at + skipped] == ".":
                return None
            last = _match(items, forms, at + skipped, rest[1:])
            if last is not None:
                return last
        return None
    if at >= len(items) or rest[0] not in items[at]:
        return None
    return _match(items, forms, at + 1, rest[1:])


def denials(forms: Sequence[str]) -> list[bool]:
    """For each word whether the clause it stands in denies it.

    A denial reaches over its clause, and over the clauses that hang on it ("ikke aftalt, at ..., hvor ...").
    "Ikke kun" and "hvis ... ikke" deny nothing.
    """
    denied = [False] * len(forms)
    carried = False
    for first, last in _clauses(forms):
        clause = forms[first:last]
        is_denied = _is_denied(clause) or (carried and bool(clause) and clause[0] in _CARRIES_ON)
        if is_denied:
            denied[first:last] = [True] * (last - first)
        carried = is_denied
        for offset, form in enumerate(clause):
            reach = _DENIES_WHAT_FOLLOWS.get(form, 0)
            for index in range(first + offset + 1, min(first + offset + 1 + reach, last)):
                denied[index] = True
    return denied


def _is_denied(clause: Sequence[str]) -> bool:
    for index, form in enumerate(clause):
        if form in _DENIES:
            following = clause[index + 1] if index + 1 < len(clause) else ""
            if following not in _NOT_A_DENIAL and not any(word in _CONDITIONS for word in clause[:index]):
                return True
    return False


def _clauses(forms: Sequence[str]) -> Iterable[tuple[int, int]]:
    first = 0
    for index, form in enumerate(forms):
        if form in _CLAUSE_MARKS:
            yield first, index
            first = index + 1
        elif form in _CLAUSE_WORDS:
            yield first, index
            first = index
    yield first, len(forms)
