"""Which questions are to be answered, and what holds of the answers, in three values.

An answer that is not there, or is "ved ikke", makes what depends on it undecided, never false. What
expressions may say stands in `expressions`.

A question that repeats has one point per item of its list ("behandling.1", "behandling.2"); inside
such a point the symbols of its fellow questions are those of the same item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from knowledge.hearings.expressions import (
    CONTRACT_PERCENT,
    CONTRACT_TERMS,
    FACT_TYPES,
    Compiled,
    Undecided,
    compiled,
    midnight,
    symbol_types,
    symbols,
)
from knowledge.hearings.model import Definition, Question, Section
from knowledge.hearings.values import Items, NoneBecause, Value
from knowledge.remembered import Remembered

#: Values by point: "qid", or "qid.2" for the second item where a question repeats.
Answers = Mapping[str, Value]

#: How many definitions keep their compiled expressions in memory.
KEPT_DEFINITIONS = 64
#: How many results of conditions a definition remembers.
KEPT_TRUTHS = 20_000
#: How many lists of points a definition remembers.
KEPT_POINTS = 500


@dataclass(frozen=True)
class Facts:
    """What conditions may read besides the answers.

    `contract_terms` are the labels warned of in the uploaded contracts; they are undecided until
    `contracts_read`. `contract_percent` is the share that they pay by result, where they name one.
    """

    contract_terms: frozenset[str] = frozenset()
    contracts_read: bool = False
    letter_date: date | None = None
    request_date: date | None = None
    contract_percent: Decimal | None = None


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Point:
    """A question as it is to be answered: once, or once per item where it repeats.

    `relevant` is None while undecided. `item` is the text of the repeated item ("KMD Nexus").
    """

    id: str
    question: Question
    section: Section
    relevant: bool | None
    item: str = ""


def points(definition: Definition, answers: Answers, facts: Facts = NO_FACTS) -> list[Point]:
    """Every point of every question, in the order they are asked; repeated ones item by item.

    While its list is unanswered, a repeated question is one undecided point with the question's id.
    For relevance an answer counts only while its own question is relevant; a condition that waits
    only for questions that are not asked is false.
    """
    return list(_rules(definition).points(answers, facts))


def truth(
    definition: Definition,
    expression: str,
    answers: Answers,
    facts: Facts = NO_FACTS,
    *,
    point: str | None = None,
) -> bool | None:
    """Whether the expression holds for the answers; None where they do not decide it.

    Every answer given counts, also one whose question is no longer relevant. `point` is where the
    expression stands: inside a repeated point it reads the answers of the same item.

    Raises:
        rule_engine.EngineError: the expression does not fit the definition (refused when it loads).
    """
    return _rules(definition).truth(expression, answers, facts, point)


def truths(
    definition: Definition, answers: Answers, facts: Facts = NO_FACTS
) -> Callable[[str, str], bool | None]:
    """`truth` for many expressions about the same answers: of an expression and the point where it stands."""
    rules = _rules(definition)
    return lambda expression, point: rules.truth(expression, answers, facts, point)


def figure(
    definition: Definition,
    expression: str,
    answers: Answers,
    facts: Facts = NO_FACTS,
    *,
    point: str | None = None,
) -> Decimal | None:
    """The number an expression works out to (kr., per hundred or things); None where undecided.

    Raises:
        rule_engine.EngineError: the expression does not fit the definition (refused when it loads).
    """
    rules = _rules(definition)
    number = rules.expression(expression).number(_AllAnswers(rules, answers, facts, point))
    return number if isinstance(number, Decimal) and number.is_finite() else None


def reads(definition: Definition, expression: str) -> frozenset[str]:
    """The ids of the questions whose answers the expression reads.

    Raises:
        rule_engine.EngineError: the expression does not fit the definition (refused when it loads).
    """
    return frozenset(_rules(definition).condition(expression).questions)


@dataclass(frozen=True)
class _Run:
    """Questions that stand together and repeat together (or not at all)."""

    repeat: str | None
    members: tuple[tuple[Question, Section], ...]
    #: A member's point where nothing about it ever changes.
    fixed: tuple[Point | None, ...]


@dataclass(frozen=True, slots=True)
class _Condition:
    """An expression, the ids of the questions whose answers it reads, and whether it reads facts.

    `blank` is whether it holds where none of the answers is there, as long as no fact decides it.
    """

    compiled: Compiled
    questions: tuple[str, ...]
    reads_facts: bool
    blank: bool | None


class _Rules:
    """A definition's expressions, each compiled once."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.symbols = symbols(definition)
        self.runs = _runs(definition)
        self._types = symbol_types(definition)
        self._conditions: dict[str, _Condition] = {}
        self._truths: Remembered[bool | None] = Remembered(KEPT_TRUTHS)
        self._points: Remembered[list[Point]] = Remembered(KEPT_POINTS)
        # Inside an item relevance reads answers of that item, so with lists every answer may count.
        repeats = any(question.repeat for question in definition)
        self._decides_relevance = (
            None
            if repeats
            else tuple(
                dict.fromkeys(
                    name
                    for question in definition
                    if question.relevant
                    for name in self.condition(question.relevant).questions
                )
            )
        )

    def expression(self, text: str) -> Compiled:
        return self.condition(text).compiled

    def condition(self, text: str) -> _Condition:
        known = self._conditions.get(text)
        if known is None:
            read = compiled(text, self._types)
            names = sorted(read.symbols & self.symbols.keys())
            questions = dict.fromkeys(self.symbols[name].question.id for name in names)
            blank = read.truth(_AllAnswers(self, {}, NO_FACTS))
            known = _Condition(read, tuple(questions), bool(read.symbols & FACT_TYPES.keys()), blank)
            self._conditions[text] = known
        return known

    def points(self, answers: Answers, facts: Facts) -> list[Point]:
        """The points; the same list while nothing that decides relevance has changed."""
        if self._decides_relevance is None:
            return self._worked_out(answers, facts)
        read = tuple([answers.get(name) for name in self._decides_relevance])
        return self._points.get(facts, read, lambda: self._worked_out(answers, facts))

    def _worked_out(self, answers: Answers, facts: Facts) -> list[Point]:
        view = _View(self, answers, facts)
        return [point for run in self.runs for point in _points_of(run, view)]

    def truth(self, text: str, answers: Answers, facts: Facts, point: str | None) -> bool | None:
        """Whether the expression holds: remembered by what it reads, since few answers change at a time."""
        condition = self.condition(text)
        if point and "." in point:
            return condition.compiled.truth(_AllAnswers(self, answers, facts, point))
        read = tuple(map(answers.get, condition.questions))
        if not (condition.reads_facts or any(read)):
            return condition.blank
        return self._truths.get(
            (text, facts if condition.reads_facts else None),
            read,
            lambda: condition.compiled.truth(_AllAnswers(self, answers, facts, point)),
        )


@lru_cache(maxsize=KEPT_DEFINITIONS)
def _rules(definition: Definition) -> _Rules:
    return _Rules(definition)


def _runs(definition: Definition) -> list[_Run]:
    members = [(question, section) for section in definition.sections for question in section.questions]
    groups = groupby(members, key=lambda member: (member[1].id, member[0].repeat))
    return [_run(repeat, tuple(group)) for (_, repeat), group in groups]


def _run(repeat: str | None, members: tuple[tuple[Question, Section], ...]) -> _Run:
    fixed = tuple(
        Point(question.id, question, section, True) if not (question.relevant or repeat) else None
        for question, section in members
    )
    return _Run(repeat, members, fixed)


class _View:
    """The answers as relevance reads them: one counts only while its question is relevant."""

    def __init__(self, rules: _Rules, answers: Answers, facts: Facts, point: str | None = None) -> None:
        self.rules = rules
        self.answers = answers
        self.facts = facts
        question_id, _, self.item = (point or "").partition(".")
        self.repeat = rules.definition.questions[question_id].repeat if self.item else None
        self._relevance: dict[str, bool | None] = {}

    def inside(self, repeat: str, item: str) -> _View:
        """The same answers seen from inside an item of a list."""
        view = type(self)(self.rules, self.answers, self.facts)
        view.repeat, view.item = repeat, item
        return view

    def value(self, name: str) -> object:
        symbol = self.rules.symbols.get(name)
        if symbol is None:
            return self._fact(name)
        answer = self.answers.get(self._point(symbol.question))
        if answer is None or not self._counts(symbol.question):
            raise Undecided
        return symbol.read(answer)

    def relevance(self, question: Question) -> bool | None:
        if question.relevant is None:
            return True
        if question.id not in self._relevance:
            condition = self.rules.expression(question.relevant)
            holds = condition.truth(self)
            in_vain = holds is None and self._waits_in_vain(condition)
            self._relevance[question.id] = False if in_vain else holds
        return self._relevance[question.id]

    def _counts(self, question: Question) -> bool:
        return self.relevance(question) is True

    def _point(self, question: Question) -> str:
        if question.repeat is None:
            return question.id
        if question.repeat != self.repeat:
            raise Undecided
        return f"{question.id}.{self.item}"

    def _waits_in_vain(self, condition: Compiled) -> bool:
        """Whether all that the condition still lacks is answers to questions that are not asked."""
        missing = [name for name in condition.symbols if not self._has(name)]
        known = self.rules.symbols
        return bool(missing) and all(
            name in known and self.relevance(known[name].question) is False for name in missing
        )

    def _has(self, name: str) -> bool:
        try:
            self.value(name)
        except Undecided:
            return False
        return True

    def _fact(self, name: str) -> object:
        if name == CONTRACT_TERMS and self.facts.contracts_read:
            return set(self.facts.contract_terms)
        if name == CONTRACT_PERCENT and self.facts.contract_percent is not None:
            return self.facts.contract_percent
        day = {"letter_date": self.facts.letter_date, "request_date": self.facts.request_date}.get(name)
        if day is None:
            raise Undecided
        return midnight(day)


class _AllAnswers(_View):
    """The answers as checks and figures read them: each one that was given."""

    def _counts(self, question: Question) -> bool:  # noqa: ARG002 - every question's answer counts
        return True


def _points_of(run: _Run, view: _View) -> Iterator[Point]:
    if run.repeat is None:
        for (question, section), fixed in zip(run.members, run.fixed, strict=True):
            yield fixed or Point(question.id, question, section, view.relevance(question))
        return
    items = _items(run.repeat, view)
    if not isinstance(items, tuple):
        for question, section in run.members:
            yield Point(question.id, question, section, items)
        return
    for number, item in enumerate(items, start=1):
        inside = view.inside(run.repeat, str(number))
        for question, section in run.members:
            yield Point(f"{question.id}.{number}", question, section, inside.relevance(question), item)


def _items(repeat: str, view: _View) -> tuple[str, ...] | bool | None:
    """The list's items; False where there are none to repeat for, None while that is undecided."""
    relevant = view.relevance(view.rules.definition.questions[repeat])
    if not relevant:
        return relevant
    match view.answers.get(repeat):
        case Items(items=items) if items:
            return items
        case Items() | NoneBecause():
            return False
    return None
