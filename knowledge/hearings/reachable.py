"""Whether every question of a definition can ever be asked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from math import prod

from knowledge.hearings.conditions import points, reads
from knowledge.hearings.expressions import Compiled, compiled, symbol_types
from knowledge.hearings.model import Definition, Question, QuestionType
from knowledge.hearings.values import Choice, Count, Value, YesNo

#: Combinations of answers tried before a question is taken to be askable.
MAX_COMBINATIONS = 4096


def cycles(definition: Definition) -> list[list[str]]:
    """Each circle of questions that wait for one another, beginning with the one asked first."""
    found: dict[frozenset[str], list[str]] = {}
    for question in definition:
        if (cycle := _cycle_from(definition, question.id)) and frozenset(cycle) not in found:
            found[frozenset(cycle)] = cycle
    return list(found.values())


def never_asked(definition: Definition) -> list[Question]:
    """Questions whose condition no answers make true, as far as that can be tried out.

    Conditions on yes or no, choices and counts are tried with every answer that could make a
    difference; one that reads anything else is taken to be possible.
    """
    return [question for question in definition if question.relevant and not _askable(definition, question)]


def _waits_for(definition: Definition, question_id: str) -> set[str]:
    question = definition.questions[question_id]
    needed = set(reads(definition, question.relevant)) if question.relevant else set()
    return needed | ({question.repeat} if question.repeat else set())


def _cycle_from(definition: Definition, start: str) -> list[str] | None:
    """The shortest way from the question back to itself."""
    ways = [[start]]
    seen = set()
    while ways:
        way = ways.pop(0)
        for needed in sorted(_waits_for(definition, way[-1])):
            if needed == start:
                return way
            if needed not in seen:
                seen.add(needed)
                ways.append([*way, needed])
    return None


def _askable(definition: Definition, question: Question) -> bool:
    needed = sorted(_closure(definition, question.id))
    conditions = list(_conditions(definition, {question.id, *needed}))
    choices = [_candidates(definition.questions[name], conditions) for name in needed]
    tryable = all(choices) and all(condition.simple for condition in conditions)
    if not tryable or prod(map(len, choices)) > MAX_COMBINATIONS:
        return True
    return any(
        _asked(definition, question, dict(zip(needed, answers, strict=True))) for answers in product(*choices)
    )


def _asked(definition: Definition, question: Question, answers: dict[str, Value]) -> bool:
    return any(
        point.relevant is True for point in points(definition, answers) if point.question.id == question.id
    )


def _closure(definition: Definition, question_id: str) -> set[str]:
    """The questions that the question waits for, directly or through others."""
    found: set[str] = set()
    waiting = [question_id]
    while waiting:
        new = _waits_for(definition, waiting.pop()) - found
        found |= new
        waiting.extend(new)
    return found


def _conditions(definition: Definition, names: set[str]) -> Iterator[Compiled]:
    types = symbol_types(definition)
    for name in sorted(names):
        if (condition := definition.questions[name].relevant) is not None:
            yield compiled(condition, types)


def _candidates(question: Question, conditions: list[Compiled]) -> list[Value]:
    """The answers worth trying; none where they cannot be told from the conditions."""
    if question.repeat:
        return []
    match question.type:
        case QuestionType.YES_NO:
            return [YesNo(yes=True), YesNo(yes=False)]
        case QuestionType.CHOICE:
            return [Choice(choice=option.id) for option in question.options]
        case QuestionType.COUNT:
            written = {
                int(number)
                for condition in conditions
                for name, number in condition.compared
                if name == question.id and isinstance(number, Decimal)
            }
            tried = {number + step for number in written | {0} for step in (-1, 0, 1)}
            return [Count(count=count) for count in sorted(tried) if count >= 0]
    return []
