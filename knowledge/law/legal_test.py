"""The legal test: which row of the decision table (legal_test.yaml) a case's facts lead to.

A definition says which answers decide which fact. A row whose facts all hold is a warning; one that
only lacks facts nobody has decided yet is a question that names them. The test warns, it decides
nothing: each finding says what it rests on, what would change it, and what would not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field, model_validator
from ruamel.yaml import YAML

from knowledge.findings import About, Finding, Kind, Severity, Source, Tier
from knowledge.hearings.conditions import (
    KEPT_DEFINITIONS,
    NO_FACTS,
    Answers,
    Facts,
    points,
    reads,
    truth,
)
from knowledge.hearings.model import Definition
from knowledge.hearings.values import words
from knowledge.law.sources import source
from knowledge.remembered import Remembered

_NOT = "not "
#: How many cases' findings are remembered.
_KNOWN: Remembered[list[Finding]] = Remembered(500)


def _fact(literal: str) -> str:
    return literal.removeprefix(_NOT)


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FactWording(_Data):
    """A fact in Danish, each to follow "at": that it holds, that it fails; `asks` is a question after it."""

    holds: str
    fails: str
    asks: str


class NoDefence(_Data):
    """What does not help, told where the facts of `when` are as it says (always where it is empty)."""

    when: dict[str, bool] = {}
    text: str
    sources: tuple[str, ...] = ()


class Row(_Data):
    """A row of the decision table, in the YAML file's terms."""

    id: str
    number: int
    group: str = ""
    severity: Severity
    holds: tuple[tuple[str, ...], ...] = Field(min_length=1)
    #: Facts that decide nothing but belong in the picture where they hold.
    signs: tuple[str, ...] = ()
    title: str
    question: str
    meaning: str
    advice: str
    #: What the sources leave open.
    unclear: str = ""
    changes: tuple[str, ...] = Field(min_length=1)
    does_not_save: tuple[NoDefence, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)


class Sentences(_Data):
    """The sentences that a row's words and facts are put into."""

    led: str
    signs: str
    missing: str
    unread: str
    in_contract: str
    changes: str
    does_not_save: str
    that: str
    if_: str = Field(alias="if")
    both: str = Field(alias="and")
    either: str = Field(alias="or")


class DecisionTable(_Data):
    """The whole table; what it refers to exists."""

    facts: dict[str, FactWording]
    rows: tuple[Row, ...]
    texts: Sentences

    @model_validator(mode="after")
    def _refers_to_what_exists(self) -> DecisionTable:
        for row in self.rows:
            literals = [_fact(literal) for line in row.holds for literal in line]
            defences = [name for defence in row.does_not_save for name in defence.when]
            unknown = {*literals, *row.signs, *defences} - self.facts.keys()
            if unknown:
                raise ValueError(f"row {row.id} names unknown facts: {', '.join(sorted(unknown))}")
            for ref in (*row.sources, *(ref for defence in row.does_not_save for ref in defence.sources)):
                source(ref)
        return self


@cache
def decision_table() -> DecisionTable:
    """The shipped table.

    Raises:
        pydantic.ValidationError: the file is not in order.
        UnknownSource: a row rests on a source that is not listed.
    """
    text = files("knowledge.law").joinpath("legal_test.yaml").read_text("utf-8")
    return DecisionTable.model_validate(YAML(typ="safe").load(text))


#: The facts the test knows: what a definition's `legal_facts` may name.
FACTS: frozenset[str] = frozenset(decision_table().facts)


def legal_findings(definition: Definition, answers: Answers, facts: Facts = NO_FACTS) -> list[Finding]:
    """The rows that the answers lead to, or may lead to; none where the definition names no facts."""
    if not definition.legal_facts:
        return []
    asked = {point.id for point in points(definition, answers, facts) if point.relevant is not False}
    counted = {point: answers[point] for point in _read(definition) if point in asked and point in answers}
    objects = tuple([counted.get(point) for point in _read(definition)])
    return list(_KNOWN.get((definition, facts), objects, lambda: _worked_out(definition, counted, facts)))


def _worked_out(definition: Definition, answers: Answers, facts: Facts) -> list[Finding]:
    case = _Case(definition, answers, _decided(definition, answers, facts), facts)
    return list(_findings(case))


@lru_cache(maxsize=KEPT_DEFINITIONS)
def _read(definition: Definition) -> tuple[str, ...]:
    """The questions that the definition's legal facts read or point to."""
    names: dict[str, None] = {}
    for fact in definition.legal_facts.values():
        names |= dict.fromkeys(sorted(reads(definition, fact.when)))
        names |= dict.fromkeys(fact.about)
    return tuple(names)


@dataclass(frozen=True)
class _Decided:
    """What a fact is: by answers and contracts, and by the answers alone while no contract was read.

    `by_contract`: it holds because the contract says so, whatever the answers say.
    """

    surely: bool | None
    by_answers: bool | None
    by_contract: bool = False


@dataclass(frozen=True)
class _Case:
    definition: Definition
    answers: Answers
    decided: Mapping[str, _Decided]
    facts: Facts

    def surely(self, name: str) -> bool | None:
        return self.decided[name].surely

    def line(self, line: Sequence[str]) -> bool | None:
        """Whether one of the line's facts is as it says, in three values."""
        values = [self.literal(literal) for literal in line]
        return True if True in values else None if None in values else False

    def literal(self, literal: str) -> bool | None:
        value = self.decided[_fact(literal)].by_answers
        return value if value is None else value is not literal.startswith(_NOT)


def _decided(definition: Definition, answers: Answers, facts: Facts) -> dict[str, _Decided]:
    nothing_in_contract = replace(facts, contracts_read=True, contract_terms=frozenset())
    decided = dict.fromkeys(FACTS, _Decided(None, None))
    for name in FACTS & definition.legal_facts.keys():
        expression = definition.legal_facts[name].when
        surely = truth(definition, expression, answers, facts)
        by_answers, by_contract = surely, False
        if surely is None and not facts.contracts_read:
            by_answers = truth(definition, expression, answers, nothing_in_contract)
        elif surely and facts.contract_terms:
            by_contract = truth(definition, expression, answers, nothing_in_contract) is not True
        decided[name] = _Decided(surely, by_answers, by_contract)
    return decided


def _findings(case: _Case) -> Iterator[Finding]:
    told: set[str] = set()
    for row in decision_table().rows:
        lines = [case.line(line) for line in row.holds]
        if row.group in told or False in lines:
            continue
        if None in lines and not _has_ground(row, case):
            continue
        yield _finding(row, case, Tier.QUESTION if None in lines else Tier.WARNING)
        told |= {row.group} - {""}


def _has_ground(row: Row, case: _Case) -> bool:
    """Whether a fact that holds, not only ones that fail, points to the row."""
    return any(
        case.literal(literal) and not literal.startswith(_NOT) for line in row.holds for literal in line
    )


def _finding(row: Row, case: _Case, tier: Tier) -> Finding:
    literals = [literal for line in row.holds for literal in line]
    led = [literal for literal in literals if case.literal(literal)]
    missing = [
        _fact(literal)
        for line in row.holds
        if case.line(line) is None
        for literal in line
        if case.literal(literal) is None
    ]
    defences = [
        defence
        for defence in row.does_not_save
        if all(case.surely(name) is wanted for name, wanted in defence.when.items())
    ]
    asked = _questions([*map(_fact, led), *missing], case)
    refs = dict.fromkeys((*row.sources, *(ref for defence in defences for ref in defence.sources)))
    return Finding(
        id=row.id,
        kind=Kind.LEGAL_TEST,
        tier=tier,
        severity=row.severity,
        about=_about(asked, case),
        title=row.question if tier is Tier.QUESTION else row.title,
        meaning=_meaning(row, case, led, missing),
        advice=_advice(row, defences),
        sources=tuple(_sources(refs)),
        also_about=tuple(asked[1:]),
    )


def _meaning(row: Row, case: _Case, led: list[str], missing: list[str]) -> str:
    table = decision_table()
    texts = table.texts
    # A denial that rests on the answers alone is told last, so that `unread` can say so of it.
    led = sorted(led, key=lambda literal: case.surely(_fact(literal)) is None)
    grounds = [
        table.facts[_fact(literal)].fails if literal.startswith(_NOT) else _holds(literal, case)
        for literal in led
    ]
    signs = [_holds(name, case) for name in row.signs if case.surely(name)]
    parts = [row.meaning, texts.led.format(facts=_clauses(texts.that, grounds, texts.both))]
    if any(case.surely(_fact(literal)) is None for literal in led):
        parts.append(texts.unread)
    if signs:
        parts.append(texts.signs.format(facts=_clauses(texts.that, signs, texts.both)))
    if missing:
        asks = [table.facts[name].asks for name in missing]
        parts.append(texts.missing.format(facts=_clauses("", asks, texts.either)))
    return "\n\n".join(parts)


def _holds(name: str, case: _Case) -> str:
    """That the fact holds; by the contract's word alone, where it is that."""
    table = decision_table()
    holds = table.facts[name].holds
    return table.texts.in_contract.format(fact=holds) if case.decided[name].by_contract else holds


def _advice(row: Row, defences: list[NoDefence]) -> str:
    texts = decision_table().texts
    parts = [
        row.advice,
        row.unclear,
        texts.changes.format(facts=_clauses(texts.if_, row.changes, texts.either)),
    ]
    if defences:
        reasons = [defence.text for defence in defences]
        parts.append(texts.does_not_save.format(facts=_clauses(texts.that, reasons, texts.either)))
    return "\n\n".join(filter(None, parts))


def _clauses(opening: str, clauses: Sequence[str], conjunction: str) -> str:
    """The clauses as a list, each with its opening word: "at a, at b og at c"."""
    opened = [f"{opening} {clause}".strip() for clause in clauses]
    return f" {conjunction} ".join(filter(None, [", ".join(opened[:-1]), opened[-1]]))


def _questions(names: list[str], case: _Case) -> list[str]:
    """The questions that decide these facts, answered ones first; unanswered ones where none is answered."""
    about: dict[str, None] = {}
    for name in names:
        fact = case.definition.legal_facts.get(name)
        asked = fact.about if fact else ()
        answered = [question for question in asked if question in case.answers]
        about.update(dict.fromkeys(answered or asked))
    return list(about)


def _about(asked: list[str], case: _Case) -> About:
    question = asked[0]
    quote = words(case.answers[question]) if question in case.answers else ""
    return (
        About(question=question, quote=quote, start=0, end=len(quote)) if quote else About(question=question)
    )


def _sources(refs: Mapping[str, None]) -> Iterator[Source]:
    return (source(ref) for ref in refs)
