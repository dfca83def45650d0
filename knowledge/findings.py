"""The one shape of everything the assistant warns about.

A finding warns, it never decides: it says which fact led to it and what to check.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Severity(StrEnum):
    """How much is at stake."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for the most severe, so that sorting by rank puts it first."""
        return (Severity.HIGH, Severity.MEDIUM, Severity.LOW).index(self)


class Kind(StrEnum):
    """What sort of rule found it."""

    CONTRACT_TERM = "contract_term"
    CONTRADICTION = "contradiction"
    LEGAL_TEST = "legal_test"
    PERSONAL_DATA = "personal_data"
    ANSWER_CHECK = "answer_check"


class Tier(StrEnum):
    """A warning where the assistant is sure, a question where it only suspects."""

    WARNING = "warning"
    QUESTION = "question"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Frozen):
    """A law, a statement or a report that a finding rests on; `ref` is its short name in the sources list."""

    ref: str
    title: str
    url: str | None = None


class About(_Frozen):
    """Where the finding stands: an answer (`question`) or a file, with the exact words and their offsets.

    `quote` is `text[start:end]` of the answer's or page's text; pages count from 1. `before` and `after`
    are what stands around it on a page, in one line.
    """

    question: str | None = None
    file: str | None = None
    page: int | None = None
    quote: str = ""
    start: int | None = None
    end: int | None = None
    before: str = ""
    after: str = ""


class Finding(_Frozen):
    """One warning or question, in Danish, with its ground and its cure."""

    id: str
    kind: Kind
    tier: Tier = Tier.WARNING
    severity: Severity
    about: About
    title: str
    meaning: str
    advice: str
    sources: tuple[Source, ...] = ()
    #: The other questions whose answers led to this (a contradiction has at least two in all).
    also_about: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Ten characters that stay the same while the finding says the same about the same words.

        An acknowledgement names this key: when the answer changes so that the quote or the figures
        change, the finding is a new one and must be looked at again.
        """
        parts = (self.id, self.about.question, self.about.file, self.about.quote, self.meaning)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:10]


def by_severity(findings: list[Finding]) -> list[Finding]:
    """The most severe first, warnings before questions; otherwise in the order found."""
    return sorted(findings, key=lambda finding: (finding.severity.rank, finding.tier is Tier.QUESTION))
