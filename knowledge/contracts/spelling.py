"""Repairs misspelt words towards the words that contracts and answers are made of.

A word is only touched if it is in no dictionary near those words, so that real words never become others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: Shorter words, in letters, are left as they are: too many real words lie one letter away.
MIN_LETTERS = 5
#: From this length two letters may be wrong, below it one.
LONG_WORD = 8


def most_wrong(form: str) -> int:
    """How many letters may be wrong in a word of this length."""
    return 2 if len(form) >= LONG_WORD else 1


class Speller:
    """Knows the vocabulary to repair towards, and the real words that only look like misspelt ones."""

    def __init__(self, vocabulary: Iterable[str], lookalikes: Iterable[str]) -> None:
        self._real = frozenset(vocabulary).union(lookalikes)
        self._near: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(vocabulary):
            if len(word) >= MIN_LETTERS:
                for length in range(len(word) - 2, len(word) + 3):
                    self._near[word[0], length].append(word)
        self.repair = lru_cache(maxsize=50_000)(self._repair)

    def _repair(self, form: str) -> str:
        if form in self._real or not form.isalpha():
            return form
        return self.nearest(form) or form

    def nearest(self, form: str) -> str | None:
        """The word of the vocabulary that differs in no more letters than allowed, or None."""
        if len(form) < MIN_LETTERS:
            return None
        near = self._near.get((form[0], len(form)), ())
        found = process.extractOne(form, near, scorer=OSA.distance, score_cutoff=most_wrong(form))
        return found[0] if found else None
