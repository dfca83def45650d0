"""Expressions over answers: their symbols, their types, and their truth in three values.

An expression is written in the language of rule-engine. Its symbols are question ids: `yes_no` is a
boolean; `count`, `amount` (kr.) and `percent` are numbers; a `date` is a datetime at midnight UTC;
`text` and `choice` (the option's id) are strings; `list` is the number of items, `documents` the
number of files. `<id>_vat` is an amount's "included", "excluded" or "unstated"; `<id>_note` is what
was added to a yes or no. "None, because ..." is 0 of a count, amount, list or documents. From outside
the answers come `contract_terms` (a set of labels), `contract_percent` (the share that the contract pays
by result), `letter_date` and `request_date`.

`and`, `or`, `not` and `a ? b : c` follow Kleene's logic ("true or undecided" is true); everything else
is undecided as soon as it touches a symbol without a value.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Protocol, cast

# rule-engine is annotated but ships no py.typed marker.
from rule_engine import Context, DataType, EvaluationError, Rule  # type: ignore[import-untyped]
from rule_engine.ast import (  # type: ignore[import-untyped]
    ArithmeticComparisonExpression,
    BooleanExpression,
    ComparisonExpression,
    ContainsExpression,
    FloatExpression,
    FuzzyComparisonExpression,
    LiteralExpressionBase,
    LogicExpression,
    StringExpression,
    SymbolExpression,
    TernaryExpression,
    UnaryExpression,
)

from knowledge.hearings.model import Definition, Question, QuestionType
from knowledge.hearings.values import (
    Amount,
    Choice,
    Count,
    Day,
    Documents,
    Items,
    NoneBecause,
    Percent,
    Text,
    Value,
    YesNo,
)

_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}

VAT_SUFFIX = "_vat"
NOTE_SUFFIX = "_note"

SYMBOL_TYPES = {
    QuestionType.TEXT: DataType.STRING,
    QuestionType.YES_NO: DataType.BOOLEAN,
    QuestionType.COUNT: DataType.FLOAT,
    QuestionType.AMOUNT: DataType.FLOAT,
    QuestionType.PERCENT: DataType.FLOAT,
    QuestionType.DATE: DataType.DATETIME,
    QuestionType.CHOICE: DataType.STRING,
    QuestionType.LIST: DataType.FLOAT,
    QuestionType.DOCUMENTS: DataType.FLOAT,
}

CONTRACT_TERMS = "contract_terms"
CONTRACT_PERCENT = "contract_percent"

FACT_TYPES = {
    CONTRACT_TERMS: DataType.SET(DataType.STRING),
    "letter_date": DataType.DATETIME,
    "request_date": DataType.DATETIME,
    CONTRACT_PERCENT: DataType.FLOAT,
}

_COUNTABLE = (QuestionType.COUNT, QuestionType.AMOUNT, QuestionType.LIST, QuestionType.DOCUMENTS)


class Undecided(Exception):
    """An expression touched a symbol that has no value yet."""


class View(Protocol):
    """What an expression is worked out against."""

    def value(self, name: str) -> object:
        """The symbol's value; raises `Undecided` where it has none yet."""


#: An expression's truth against a view; None where undecided.
Truth = Callable[[View], bool | None]


@dataclass(frozen=True)
class Symbol:
    """What a name in an expression stands for: a question, the type, and how its answer is read."""

    question: Question
    type: Any
    read: Callable[[Value], object]


@dataclass(frozen=True)
class Compiled:
    """A compiled expression with the symbols it reads and the type it works out to."""

    text: str
    symbols: frozenset[str]
    result_type: Any
    truth: Truth
    #: The plain value against a view; None where undecided.
    number: Callable[[View], object]
    #: Each symbol that is compared with a written value, or looked for it in, and that value.
    compared: tuple[tuple[str, object], ...]
    #: Whether it says nothing but such comparisons and plain symbols of answers, joined by and, or, not, ?:.
    simple: bool


def symbols(definition: Definition) -> dict[str, Symbol]:
    """Every symbol that stands for an answer of the definition."""
    found = {}
    for question in definition:
        found[question.id] = Symbol(question, SYMBOL_TYPES[question.type], _main(question.type))
        if question.type is QuestionType.AMOUNT:
            found[question.id + VAT_SUFFIX] = Symbol(question, DataType.STRING, _vat)
        if question.type is QuestionType.YES_NO:
            found[question.id + NOTE_SUFFIX] = Symbol(question, DataType.STRING, _note)
    return found


def symbol_types(definition: Definition) -> dict[str, Any]:
    """The type of every symbol that the definition's expressions may use."""
    return {**FACT_TYPES, **{name: symbol.type for name, symbol in symbols(definition).items()}}


def compiled(text: str, types: Mapping[str, Any]) -> Compiled:
    """The expression checked against the types of its symbols.

    Raises:
        rule_engine.EngineError: syntax, an unknown symbol, or types that clash.
    """
    context = Context(type_resolver=types, resolver=_resolve, default_timezone="utc")
    node = Rule(text, context).statement.expression
    parts = list(_parts(node))
    return Compiled(
        text=text,
        symbols=frozenset(context.symbols),
        result_type=node.result_type,
        truth=_kleene(node),
        number=_value(node),
        compared=tuple(pair for part in parts if (pair := _compared(part))),
        simple=not context.symbols & FACT_TYPES.keys()
        and all(
            isinstance(part, SymbolExpression | LiteralExpressionBase) or _compared(part) for part in parts
        ),
    )


def midnight(day: date) -> datetime:
    """The day as expressions compare days."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _main(kind: QuestionType) -> Callable[[Value], object]:
    countable = kind in _COUNTABLE

    def read(value: Value) -> object:  # noqa: PLR0911 - one line a kind of value
        match value:
            case YesNo():
                return value.yes
            case Count():
                return Decimal(value.count)
            case Amount():
                return value.dkk
            case Percent():
                return value.percent
            case Text():
                return value.text
            case Day():
                return midnight(value.day)
            case Choice():
                return value.choice
            case Items():
                return Decimal(len(value.items))
            case Documents():
                return Decimal(len(value.files))
            case NoneBecause() if countable:
                return Decimal(0)
        raise Undecided

    return read


def _vat(value: Value) -> object:
    if isinstance(value, Amount):
        return str(value.vat)
    raise Undecided


def _note(value: Value) -> object:
    if isinstance(value, YesNo):
        return value.note
    raise Undecided


def _resolve(view: View, name: str) -> object:
    return view.value(name)


def _value(node: Any) -> Callable[[View], object]:
    operand = _operand(node)

    def value(view: View) -> object:
        # A number that cannot be worked out (division by zero), or an answer of another kind than the
        # question's, is as good as one that is not given.
        try:
            return operand(view)
        except (Undecided, EvaluationError, ArithmeticError, TypeError):
            return None

    return value


def _operand(node: Any) -> Callable[[View], object]:
    """What the node works out to; raises `Undecided`.

    Symbols, written values and comparisons of the two are most of what conditions say. Their types were
    checked when they were compiled, so they need not go the library's own way, which takes ten times as long.
    """
    match node:
        case SymbolExpression(scope=None, name=str() as name):
            return lambda view: view.value(name)
        case (
            FloatExpression(value=written)
            | StringExpression(value=written)
            | BooleanExpression(value=written)
        ):
            return lambda _: written
        case ArithmeticComparisonExpression(type=kind, left=one, right=other) if kind in _COMPARISONS:
            compare, left, right = _COMPARISONS[kind], _operand(one), _operand(other)
            return lambda view: compare(left(view), right(view))
    return cast("Callable[[View], object]", node.evaluate)


def _parts(node: Any) -> Iterator[Any]:
    """What stands between the connectives."""
    match node:
        case LogicExpression():
            inner = [node.left, node.right]
        case UnaryExpression(type="not"):
            inner = [node.right]
        case TernaryExpression():
            inner = [node.condition, node.case_true, node.case_false]
        case _:
            yield node
            return
    for part in inner:
        yield from _parts(part)


def _compared(node: Any) -> tuple[str, object] | None:
    match node:
        case FuzzyComparisonExpression():
            return None
        case ComparisonExpression(left=one, right=other) | ContainsExpression(container=one, member=other):
            pass
        case _:
            return None
    match one, other:
        case (SymbolExpression() as symbol, LiteralExpressionBase() as literal) | (
            LiteralExpressionBase() as literal,
            SymbolExpression() as symbol,
        ):
            return symbol.name, literal.value
    return None


def _kleene(node: Any) -> Truth:
    if isinstance(node, LogicExpression):
        return _connective(_kleene(node.left), _kleene(node.right), decider=node.type == "or")
    if isinstance(node, UnaryExpression) and node.type == "not":
        return _negation(_kleene(node.right))
    if isinstance(node, TernaryExpression):
        return _choice(_kleene(node.condition), _kleene(node.case_true), _kleene(node.case_false))
    return _plain(_value(node))


def _plain(value: Callable[[View], object]) -> Truth:
    def plain(view: View) -> bool | None:
        found = value(view)
        return None if found is None else bool(found)

    return plain


def _connective(left: Truth, right: Truth, *, decider: bool) -> Truth:
    """`or` is decided by one true side, `and` by one false side (`decider`), whatever the other is."""

    def connected(view: View) -> bool | None:
        first = left(view)
        if first is decider:
            return decider
        second = right(view)
        if second is decider:
            return decider
        return None if first is None or second is None else not decider

    return connected


def _negation(inner: Truth) -> Truth:
    def negated(view: View) -> bool | None:
        value = inner(view)
        return None if value is None else not value

    return negated


def _choice(condition: Truth, if_true: Truth, if_false: Truth) -> Truth:
    def chosen(view: View) -> bool | None:
        decided = condition(view)
        if decided is not None:
            return if_true(view) if decided else if_false(view)
        first, second = if_true(view), if_false(view)
        return first if first == second else None

    return chosen
