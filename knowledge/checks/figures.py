"""The figures and answers that a check's texts name, in Danish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from types import MappingProxyType

from knowledge.checks.texts import texts
from knowledge.hearings.conditions import Answers, Facts, figure, reads
from knowledge.hearings.model import Definition, QuestionType
from knowledge.hearings.tags import CASE_DATES
from knowledge.hearings.values import Text, Value
from knowledge.letters import wording

_MILLION = Decimal(1_000_000)
#: From a million on, amounts of whole hundred thousands are easier to read as millions.
_READABLE_STEP = Decimal(100_000)

#: Formatting a number takes longer than all else: so many are kept in memory.
REMEMBERED = 4096

#: A tag, with the full stop after it: "kr." ends a sentence without another one.
_TAG = re.compile(r"\{(\w+)(?:\|([^{}|]*)\|([^{}|]*)\|([^{}|]*))?\}(\.?)")
NO_FIGURES: Mapping[str, str] = MappingProxyType({})


def filled(
    text: str,
    definition: Definition,
    answers: Answers,
    facts: Facts,
    *,
    point: str,
    figures: Mapping[str, str] = NO_FIGURES,
) -> str:
    """The text with its tags filled in, seen from `point`.

    `{answer}` is the point's own answer, `{question_id}` another one, `{figure}` an expression of `figures`,
    `{letter_date}` a date of the case. `{count|one case|cases|no cases}` is said as a number is: by itself
    where there is one or none, else with the middle words after it.
    """

    def meant(tag: re.Match[str]) -> str:
        name, one, many, none, stop = tag.groups()
        if name in CASE_DATES:
            said = _day(facts, name)
        elif name in figures:
            said = _figure(figures[name], definition, answers, facts, point)
        else:
            said = _answer(
                point if name == "answer" else fellow(definition, name, point), definition, answers
            )
        if many is not None:
            known = said[-1:].isdigit()
            said = {"1": one, "0": none}.get(said, f"{said if known else texts().some} {many}".strip())
        return said if said.endswith(".") else said + stop

    return _TAG.sub(meant, text)


def fellow(definition: Definition, question_id: str, point: str) -> str:
    """The point of another question: that of the same item where it repeats."""
    item = point.partition(".")[2]
    return f"{question_id}.{item}" if item and definition.questions[question_id].repeat else question_id


@lru_cache(maxsize=REMEMBERED)
def kroner(amount: Decimal) -> str:
    """An amount in DKK that was worked out: "400.000 kr.", "2,5 mio. kr.", "ca. 1.666.667 kr."."""
    if abs(amount) >= _MILLION and amount % _READABLE_STEP == 0:
        return f"{wording.number(amount / _MILLION)} {texts().million}"
    whole = amount.to_integral_value(ROUND_HALF_UP)
    said = wording.kroner(whole)
    return said if whole == amount else f"{texts().rounded} {said}"


def _day(facts: Facts, name: str) -> str:
    day = facts.letter_date if name == "letter_date" else facts.request_date
    return wording.day(day) if day else texts().not_answered


def _figure(expression: str, definition: Definition, answers: Answers, facts: Facts, point: str) -> str:
    number = figure(definition, expression, answers, facts, point=point)
    if number is None:
        return texts().not_answered
    types = {definition.questions[name].type for name in reads(definition, expression)}
    return kroner(number) if QuestionType.AMOUNT in types else wording.number(number)


def _answer(point: str, definition: Definition, answers: Answers) -> str:
    value = answers.get(point)
    if value is None:
        return texts().not_answered
    return value.text if isinstance(value, Text) else _said(definition, point.partition(".")[0], value)


@lru_cache(maxsize=REMEMBERED)
def _said(definition: Definition, question_id: str, value: Value) -> str:
    return wording.figure(value, definition.questions[question_id])
