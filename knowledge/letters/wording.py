"""How Danish letters write values: "200.000 kr. ekskl. moms", "20. marts 2020", "10 %"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from knowledge.hearings.model import Question
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
    Unknown,
    Value,
    Vat,
    YesNo,
)
from knowledge.letters import texts
from knowledge.letters.clauses import goes_on

LOCALE = "da"
BULLET = "- "

_VAT = {Vat.INCLUDED: texts.VAT_INCLUDED, Vat.EXCLUDED: texts.VAT_EXCLUDED, Vat.UNSTATED: ""}


def day(value: date) -> str:
    """A date as a letter has it: "20. marts 2020"."""
    return format_date(value, "d. MMMM y", locale=LOCALE)


def number(value: Decimal | int) -> str:
    """A number with Danish separators: "1.234", "3,5"."""
    return _written(value, "#,##0.###")


def in_words(count: int) -> str:
    """A count inside a sentence: small ones as words ("to", "ti"), others in digits ("1.200")."""
    return texts.NUMBERS[count] if 0 <= count < len(texts.NUMBERS) else number(count)


def kroner(value: Decimal) -> str:
    """An amount in DKK: whole kroner without decimals, others with two: "31.500,50 kr."."""
    whole = value == value.to_integral_value()
    return f"{_written(value, '#,##0' if whole else '#,##0.00')} {texts.KRONER}"


def _written(value: Decimal | int, pattern: str) -> str:
    """Decimals are never rounded away: a letter gives the figure that was given."""
    return str(format_decimal(value, format=pattern, locale=LOCALE, decimal_quantization=False))


def percent(value: Decimal) -> str:
    """Per hundred, with the space that Danish puts before the sign: "10 %"."""
    return f"{number(value)} %"


def series(parts: Sequence[str]) -> str:
    """The parts as running text: "a, b og c"."""
    return str(format_list(list(parts), locale=LOCALE))


def figure(value: Value, question: Question) -> str:  # noqa: PLR0911 - one arm per value
    """The answer alone, without what was added to it: the figure, the day, the option, the words."""
    match value:
        case Text(text=text):
            return text
        case YesNo(yes=yes):
            return texts.YES if yes else texts.NO
        case Count(count=count, qualifier=qualifier):
            return _joined(qualifier, number(count))
        case Amount(dkk=dkk, vat=vat, qualifier=qualifier):
            return _joined(qualifier, kroner(dkk), _VAT[vat])
        case Percent(percent=rate, qualifier=qualifier):
            return _joined(qualifier, percent(rate))
        case Day(day=on):
            return day(on)
        case Choice(choice=choice):
            return next((option.label for option in question.options if option.id == choice), choice)
        case Items(items=items):
            return "\n".join(BULLET + " ".join(item.splitlines()) for item in items)
        case Documents(files=(file,)):
            return file.title or file.name
        case Documents(files=files):
            return "\n".join(BULLET + (file.title or file.name) for file in files)
        case NoneBecause():
            return texts.NONE
        case Unknown():
            return texts.UNKNOWN


def said(value: Value, question: Question) -> str:
    """The whole answer in words, with what was added, as the chat shows it: "Ja, men kun i to sager"."""
    match value:
        case Text() | Items():
            added = ""
        case NoneBecause(reason=reason):
            added = reason
        case _:
            added = value.note
    answer = figure(value, question)
    if not added:
        return answer
    if isinstance(value, Documents):
        return f"{answer}\n\n{added}"
    if goes_on(added):
        return f"{answer}, {added}"
    return f"{answer.removesuffix('.')}. {added}"


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
