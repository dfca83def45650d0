"""What a contract as a whole does not say: only what is easy to see and sure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from knowledge.contracts.catalogue import Risk, catalogue
from knowledge.contracts.rules import Term
from knowledge.contracts.words import words
from knowledge.findings import About, Finding, Kind

#: A text with fewer words is a note or an extract; what it leaves out says nothing.
MIN_WORDS = 120


def findings(file: str, pages: Sequence[str], said: Collection[str]) -> list[Finding]:
    """The lacks of a contract, leaving out those that a clause already gave a finding of (`said`, labels)."""
    forms = [word.form for page in pages for word in words(page)]
    if len(forms) < MIN_WORDS:
        return []
    concepts = frozenset(hit.concept for hit in catalogue().lexicon.hits(forms))
    return [
        _finding(file, risk)
        for risk in catalogue().risks.values()
        if risk.absent is not None and risk.label not in said and _is_lacking(risk.absent.rule, concepts)
    ]


def _is_lacking(rule: Sequence[Term], concepts: frozenset[str]) -> bool:
    """Over a whole document it only counts whether a thing is spoken of, not whether it is affirmed."""
    return all(term.holds(concepts, frozenset()) for term in rule)


def _finding(file: str, risk: Risk) -> Finding:
    assert risk.absent is not None  # noqa: S101 - the caller has chosen those that have one
    return Finding(
        id=risk.label,
        kind=Kind.CONTRACT_TERM,
        tier=risk.absent.tier,
        severity=risk.severity,
        about=About(file=file, quote=""),
        title=risk.absent.title,
        meaning=risk.absent.meaning,
        advice=risk.advice_with_wording,
        sources=risk.grounds,
    )
