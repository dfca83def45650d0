"""The rules' language: `a + b|c + -d + ~e + !f`, concepts that must stand together in a passage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

#: A word without a mark means: affirmed. See `Term`.
_MARKS = {"-": "denied", "~": "either", "!": "absent"}


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a rule: any of these concepts, and how it must stand in the passage."""

    concepts: frozenset[str]
    stands: Literal["affirmed", "denied", "either", "absent"]

    def holds(self, affirmed: frozenset[str], denied: frozenset[str]) -> bool:
        """Whether it holds where these concepts are affirmed and those denied."""
        if self.stands == "affirmed":
            return not self.concepts.isdisjoint(affirmed)
        if self.stands == "denied":
            return not self.concepts.isdisjoint(denied)
        found = not (self.concepts.isdisjoint(affirmed) and self.concepts.isdisjoint(denied))
        return found == (self.stands == "either")


#: Any of several rules.
Alternatives = tuple[tuple[Term, ...], ...]


def parse_rule(text: str) -> tuple[Term, ...]:
    """The terms of a rule: `a + b|c + -d + ~e + !f` (a; b or c; d denied; e either way; f nowhere).

    Raises:
        ValueError: a term is empty.
    """
    terms = []
    for piece in text.split("+"):
        stripped = piece.strip()
        stands = _MARKS.get(stripped[:1], "affirmed")
        names = [name.strip().lstrip("-~!") for name in stripped.split("|")]
        if not all(names):
            raise ValueError(f"Reglen »{text}« har et tomt led. Skriv et begreb mellem hvert +.")
        terms.append(Term(frozenset(names), stands))  # type: ignore[arg-type]
    return tuple(terms)


def holding(rules: Mapping[str, Alternatives], affirmed: frozenset[str], denied: frozenset[str]) -> set[str]:
    """The labels of which any rule holds where these concepts are affirmed and those denied."""
    return {
        label
        for label, alternatives in rules.items()
        if any(_holds(rule, affirmed, denied) for rule in alternatives)
    }


def _holds(rule: tuple[Term, ...], affirmed: frozenset[str], denied: frozenset[str]) -> bool:
    # A plain loop: this runs a hundred times a sentence, and a generator costs twice as much.
    for term in rule:  # noqa: SIM110
        if not term.holds(affirmed, denied):
            return False
    return True
