"""Counts: "25", "ca. 25 sager", "femogtyve", "22, da to ikke blev startet", "ingen"."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogue.parsing import texts, vocabulary
from bot.dialogue.parsing.choosing import account, candidates, the_one
from bot.dialogue.parsing.figures import figure, qualified, read_as
from bot.dialogue.parsing.numbers import Number, Unit, scan
from bot.dialogue.parsing.result import Option, Parsed, Unclear, Understood
from bot.dialogue.parsing.words import added, breaks, clause, opening, words
from knowledge.hearings.model import Question
from knowledge.hearings.values import Count

#: Larger ones are a slip of the hand.
MAX_COUNT = 1_000_000_000


def parse(question: Question, text: str) -> Parsed:
    """The count that the text gives, with what was added to it as note."""
    numbers = scan(text)
    if (none := opening(text, vocabulary.ZERO)) and not _counts_on(none[1]):
        return Understood(Count(count=0, note=_zero_note(question, text, none[1])))
    fitting = candidates(numbers, Unit.NONE)
    if not fitting:
        return Unclear(texts.COUNT_NONE)
    found = the_one(text, numbers, Unit.NONE)
    if found is None:
        return Unclear(texts.COUNT_SEVERAL, _options(text, fitting))
    number = found.number
    if number.value is None:
        options = _options(text, [number])
        return Unclear(texts.NUMBER_HOW if options else texts.COUNT_WHOLE, options)
    if problem := _refused(number.value):
        return Unclear(problem)
    note = text if found.embedded else without_thing(question, text[number.end :])
    remark = read_as(qualified(number.qualifier, figure(number.value)))
    return Understood(
        Count(count=int(number.value), qualifier=number.qualifier, note=note),
        remark if found.embedded or (number.odd and number.value > 20) else "",
    )


def without_thing(question: Question, rest: str) -> str:
    """What was added after the figure, without the bare name of what was counted ("sager i alt")."""
    counted = vocabulary.COUNTED | set(words(question.ask))
    first = words(rest[:60])[:1]
    if first and first[0] in counted and not breaks(rest):
        after = rest.lstrip(" \u00a0")[len(first[0]) :]
        after = after.removeprefix(" i alt")
        if breaks(after):
            return added(after)
    return added(rest.removeprefix(" i alt"))


def _zero_note(question: Question, text: str, rest: str) -> str:
    if breaks(rest) or not vocabulary.BECAUSE.isdisjoint(words(rest)[:1]):
        return "" if added(rest).lower() in vocabulary.BECAUSE else added(rest)
    note = without_thing(question, rest)
    return note if note != added(rest) or not note else text


def _counts_on(rest: str) -> bool:
    """Whether "ingen" goes on to another figure, as in "ingen eller to"; "ingen af de 25" does not."""
    return bool(scan(clause(rest)[:200])) and words(rest)[:1] not in (["af"], ["ud"])


def _refused(value: Decimal) -> str:
    if value < 0:
        return texts.COUNT_NEGATIVE
    if value > MAX_COUNT:
        return texts.COUNT_TOO_LARGE
    return texts.COUNT_WHOLE if value != value.to_integral_value() else ""


def _options(text: str, numbers: list[Number]) -> tuple[Option, ...]:
    """The counts that may be meant; the whole text is kept as note unless it is nothing but figures."""
    fitting = [(number, value) for number in numbers[:4] for value in number.values if not _refused(value)]
    note = account(text, numbers)
    return tuple(
        dict.fromkeys(
            Option(
                qualified(number.qualifier, figure(value)),
                Count(count=int(value), qualifier=number.qualifier, note=note),
            )
            for number, value in fitting
        )
    )
