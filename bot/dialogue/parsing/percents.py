"""Percentages: "10 %", "12,5 pct.", "ti procent", "en tiendedel"."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogue.parsing import texts, vocabulary
from bot.dialogue.parsing.choosing import account, candidates, fraction, the_one
from bot.dialogue.parsing.figures import percent, qualified, read_as
from bot.dialogue.parsing.numbers import Number, Unit, scan
from bot.dialogue.parsing.result import Option, Parsed, Unclear, Understood
from bot.dialogue.parsing.words import added, opening
from knowledge.hearings.values import Percent

#: Per hundred; larger ones are a slip of the hand. Those over 100 are the definition's to judge.
MAX_PERCENT = 1_000_000


def parse(text: str) -> Parsed:
    """The percentage that the text gives, per hundred."""
    numbers = scan(text)
    fitting = candidates(numbers, Unit.PERCENT)
    if not fitting or fitting[0].unit is Unit.NONE:
        for phrases, value in _IN_WORDS.items():
            if found := opening(text, phrases):
                return Understood(Percent(percent=value, note=added(found[1])), read_as(percent(value)))
    return _from_figures(text, numbers) if fitting else Unclear(texts.PERCENT_NONE)


_IN_WORDS = {frozenset({part}): Decimal(value) for part, value in vocabulary.PARTS.items()} | {
    vocabulary.ZERO: Decimal(0)
}


def _from_figures(text: str, numbers: list[Number]) -> Parsed:
    found = the_one(text, numbers, Unit.PERCENT)
    if found is None:
        return Unclear(
            texts.PERCENT_SEVERAL, _options(text, [n for n in numbers if n.unit in {Unit.PERCENT, Unit.NONE}])
        )
    number = found.number
    value = _sensible(number)
    if value is None:
        options = _options(text, [number])
        return Unclear(texts.NUMBER_HOW if options else texts.PERCENT_NONE, options)
    if problem := _refused(value):
        return Unclear(problem)
    note = text if found.embedded else added(text[number.end :])
    odd = found.embedded or number.odd or not number.sure
    return Understood(
        Percent(percent=value, qualifier=number.qualifier, note=note),
        read_as(qualified(number.qualifier, percent(value))) if odd else "",
    )


def _sensible(number: Number) -> Decimal | None:
    """The one reading up to 100 where there are several: "12,375 %" and "12.5 %" are no thousands."""
    if number.value is not None:
        return number.value
    up_to_all = [value for value in number.values if 0 <= value <= 100]
    return up_to_all[0] if len(up_to_all) == 1 else None


def _refused(value: Decimal) -> str:
    if value < 0:
        return texts.PERCENT_NEGATIVE
    return texts.PERCENT_TOO_LARGE if value > MAX_PERCENT else ""


def _options(text: str, numbers: list[Number]) -> tuple[Option, ...]:
    if fraction(text):
        return ()
    note = account(text, numbers)
    return tuple(
        dict.fromkeys(
            Option(
                qualified(number.qualifier, percent(value)),
                Percent(percent=value, qualifier=number.qualifier, note=note),
            )
            for number in numbers[:4]
            for value in number.values
            if not _refused(value)
        )
    )
