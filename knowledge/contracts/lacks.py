"""What a contract as a whole does not say: only what is easy to see and sure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from knowledge.contracts.catalogue import Absent, Risk, catalogue
from knowledge.contracts.concepts import Lexicon
from knowledge.contracts.rules import Term, parse_rule
from knowledge.contracts.words import words
from knowledge.findings import About, Finding, Kind, Severity, Tier
from knowledge.law.sources import source

#: A text with fewer words is a note or an extract; what it leaves out says nothing.
MIN_WORDS = 120
_FILE = Path(__file__).with_name("lacks.yaml")


def findings(file: str, pages: Sequence[str], said: Collection[str]) -> list[Finding]:
    """The lacks of a contract, leaving out those that a clause already gave a finding of (`said`, labels)."""
    forms = [word.form for page in pages for word in words(page)]
    if len(forms) < MIN_WORDS:
        return []
    hits = [*catalogue().lexicon.hits(forms), *_others().lexicon.hits(forms)]
    concepts = frozenset(hit.concept for hit in hits)
    risks = [
        _of_risk(file, risk, risk.absent)
        for risk in catalogue().risks.values()
        if risk.absent is not None and risk.label not in said and _is_lacking(risk.absent.rule, concepts)
    ]
    return risks + [_of_lack(file, lack) for lack in _others().lacks if _is_lacking(lack.rule, concepts)]


def _is_lacking(rule: Sequence[Term], concepts: frozenset[str]) -> bool:
    """Over a whole document it only counts whether a thing is spoken of, not whether it is affirmed."""
    return all(term.holds(concepts, frozenset()) for term in rule)


def _of_risk(file: str, risk: Risk, absent: Absent) -> Finding:
    return Finding(
        id=risk.label,
        kind=Kind.CONTRACT_TERM,
        tier=absent.tier,
        severity=risk.severity,
        about=About(file=file, quote=""),
        title=absent.title,
        meaning=absent.meaning,
        advice=risk.advice_with_wording,
        sources=risk.grounds,
    )


class Lack(BaseModel):
    """What a contract should speak of and no clause gives away; `when` is a rule over all words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    meaning: str
    advice: str
    sources: tuple[str, ...]
    when: str

    @property
    def rule(self) -> tuple[Term, ...]:
        """The parsed condition."""
        return parse_rule(self.when)


class _Others(NamedTuple):
    lexicon: Lexicon
    lacks: tuple[Lack, ...]


@cache
def _others() -> _Others:
    data = YAML(typ="safe").load(_FILE.read_text("utf-8"))
    return _Others(Lexicon(data["concepts"]), tuple(Lack.model_validate(each) for each in data["lacks"]))


def _of_lack(file: str, lack: Lack) -> Finding:
    return Finding(
        id=lack.id,
        kind=Kind.CONTRACT_TERM,
        tier=Tier.QUESTION,
        severity=Severity.LOW,
        about=About(file=file, quote=""),
        title=lack.title,
        meaning=lack.meaning,
        advice=lack.advice,
        sources=tuple(map(source, lack.sources)),
    )
