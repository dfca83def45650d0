"""What a contract as a whole does not say: only what is easy to see and sure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from knowledge.contracts.catalogue import Absent, Risk, catalogue, checked_rule, lexicon_of
from knowledge.contracts.concepts import Lexicon
from knowledge.contracts.faults import FaultyCatalogue, cure_of, line_of, read_yaml
from knowledge.contracts.rules import Term, parse_rule
from knowledge.contracts.words import words
from knowledge.findings import About, Finding, Kind, Severity, Tier
from knowledge.law.sources import UnknownSource, source

#: A text with fewer words is a note or an extract; what it leaves out says nothing.
MIN_WORDS = 120
FILE = Path(__file__).with_name("lacks.yaml")


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

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,60}$")
    title: str = Field(min_length=3)
    meaning: str = Field(min_length=20)
    advice: str = Field(min_length=20)
    sources: tuple[str, ...] = Field(min_length=1)
    when: Annotated[str, AfterValidator(checked_rule)]

    @property
    def rule(self) -> tuple[Term, ...]:
        """The parsed condition."""
        return parse_rule(self.when)


class _Others(NamedTuple):
    lexicon: Lexicon
    lacks: tuple[Lack, ...]


@cache
def _others() -> _Others:
    return load(FILE)


def load(file: Path) -> _Others:
    """Read and check the file.

    Raises:
        FaultyCatalogue: with file, line and cure, at the first fault.
    """
    data = read_yaml(file)
    if not isinstance(data, dict) or data.keys() != {"concepts", "lacks"}:
        raise FaultyCatalogue(file, 1, "Filen skal bestå af »concepts:« og »lacks:«.")
    lexicon = lexicon_of(file, data["concepts"], ("concepts",))
    known = lexicon.names | catalogue().lexicon.names
    return _Others(
        lexicon, tuple(_lack(file, index, each, known) for index, each in enumerate(data["lacks"]))
    )


def _lack(file: Path, index: int, entry: object, known: frozenset[str]) -> Lack:
    try:
        lack = Lack.model_validate(entry)
        for ref in lack.sources:
            source(ref)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        line = line_of(file, ("lacks", index, *first["loc"]))
        raise FaultyCatalogue(file, line, f"»{place}«: {cure_of(first)}") from None
    except UnknownSource as error:
        raise FaultyCatalogue(file, line_of(file, ("lacks", index, "sources")), str(error)) from None
    unknown = {name for term in lack.rule for name in term.concepts} - known
    if unknown:
        line = line_of(file, ("lacks", index, "when"))
        raise FaultyCatalogue(file, line, f"Begrebet »{min(unknown)}« findes ikke. Ret navnet.")
    return lack


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
