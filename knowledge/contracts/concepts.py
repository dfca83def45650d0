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


#: A concept, the pattern's words after the first, and those without the gaps.
_Phrase = tuple[str, tuple[int, ...], frozenset[int]]


class PatternError(ValueError):
    """A pattern of a concept that cannot be read; the message says which and what to do."""

    def __init__(self, concept: str, fault: str) -> None:
        self.concept = concept
        super().__init__(fault)


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
        self._singles: dict[int, set[str]] = {}
        self._phrases: dict[int, list[_Phrase]] = {}
        for concept, patterns in concepts.items():
            for pattern in patterns:
                self._add(concept, pattern)
        self._longest_prefix = max(map(len, self._prefix), default=0)
        self._longest_suffix = max(map(len, self._suffix), default=0)
        self.items_of = lru_cache(maxsize=50_000)(self._items_of)
        self.singles_of = lru_cache(maxsize=50_000)(self._singles_of)
        self.phrases_of = lru_cache(maxsize=50_000)(self._phrases_of)

    def _add(self, concept: str, pattern: str) -> None:
        items = tuple(_GAP if piece == ".." else self._item(concept, piece) for piece in pattern.split())
        if not items or items[0] == _GAP or items[-1] == _GAP:
            raise PatternError(concept, f"Mønstret »{pattern}« skal begynde og slutte med et ord.")
        if len(items) == 1:
            self._singles.setdefault(items[0], set()).add(concept)
        else:
            rest = items[1:]
            self._phrases.setdefault(items[0], []).append((concept, rest, frozenset(rest) - {_GAP}))

    def _item(self, concept: str, piece: str) -> int:
        if piece in self._item_ids:
            return self._item_ids[piece]
        number = self._item_ids[piece] = len(self._item_ids)
        for alternative in piece.split("/"):
            stem = fold(alternative.strip("*"))
            if not stem or "*" in stem:
                fault = f"Mønstret »{piece}« har et tomt ord eller en stjerne midt i et ord."
                raise PatternError(concept, fault)
            open_start, open_end = alternative.startswith("*"), alternative.endswith("*")
            if (open_start or open_end) and len(stem) < 3:
                fault = f"Ordet »{alternative}« er for kort til en stjerne; skriv mindst tre bogstaver."
                raise PatternError(concept, fault)
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

    def _singles_of(self, form: str) -> frozenset[str]:
        return frozenset().union(*(self._singles.get(item, set()) for item in self.items_of(form)))

    def _phrases_of(self, form: str) -> tuple[_Phrase, ...]:
        return tuple(phrase for item in sorted(self.items_of(form)) for phrase in self._phrases.get(item, ()))

    def knows(self, form: str) -> bool:
        """Whether any pattern is about this word."""
        return bool(self.items_of(form))

    def hits(self, forms: Sequence[str]) -> list[Hit]:
        """Every concept in the words, in order of its first word."""
        items = [self.items_of(form) for form in forms]
        present = frozenset().union(*items)
        denied = denials(forms)
        found: list[Hit] = []
        for first, form in enumerate(forms):
            is_denied = denied[first] and not _denies(form)
            found.extend(Hit(concept, first, first, is_denied) for concept in self.singles_of(form))
            for concept, rest, needed in self.phrases_of(form):
                last = _match(items, forms, first + 1, rest) if needed <= present else None
                if last is not None:
                    # A pattern that has a denial in it ("fremgår ikke") says what it says.
                    has_own = any(map(_denies, forms[first : last + 1]))
                    found.append(Hit(concept, first, last, not has_own and any(denied[first : last + 1])))
        return found


def _denies(form: str) -> bool:
    return form in _DENIES or form in _DENIES_WHAT_FOLLOWS


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
