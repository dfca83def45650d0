"""Amounts in DKK: "200.000 kr. ekskl. moms", "400 t.kr.", "1,2 mio.", "godt 250.000"."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogue.parsing import texts, vocabulary
from bot.dialogue.parsing.choosing import Found, account, candidates, fraction, the_one
from bot.dialogue.parsing.figures import kroner, qualified, read_as
from bot.dialogue.parsing.numbers import Number, Unit, scan
from bot.dialogue.parsing.result import Option, Parsed, Unclear, Understood
from bot.dialogue.parsing.vat import mentions, vat_said
from bot.dialogue.parsing.words import added, breaks, opening, words
from knowledge.hearings.values import Amount, Vat

#: In kroner; larger ones are a slip of the hand.
MAX_DKK = 1_000_000_000_000


def parse(text: str) -> Parsed:
    """The amount in kroner that the text gives; VAT is `UNSTATED` where `vat_said` finds nothing."""
    zero = opening(text, vocabulary.ZERO)
    if zero and (note := _zero_note(zero[1])) is not None:
        return Understood(_amount(text, Decimal(0), "", note), read_as(kroner(Decimal(0))))
    numbers = scan(_without_vat(text))
    fitting = candidates(numbers, Unit.KRONER)
    if not fitting:
        foreign = any(number.unit is Unit.OTHER for number in numbers)
        return Unclear(texts.AMOUNT_FOREIGN if foreign else texts.AMOUNT_NONE)
    found = the_one(_without_vat(text), numbers, Unit.KRONER)
    if found is None:
        return Unclear(texts.AMOUNT_SEVERAL, _options(text, fitting))
    value = found.number.value
    if value is None:
        options = _options(text, [found.number])
        return Unclear(texts.NUMBER_HOW if options else texts.AMOUNT_NONE, options)
    if problem := _refused(value):
        return Unclear(problem)
    note = text if found.embedded else _note(text, found.number.end)
    return Understood(_amount(text, value, found.number.qualifier, note), _remark(text, found, value))


def _zero_note(rest: str) -> str | None:
    """What was added to "ingen" or "ingen udgifter"; None where "ingen" says something else."""
    if breaks(rest) or not vocabulary.BECAUSE.isdisjoint(words(rest)[:1]):
        return added(rest)
    cost = opening(rest, vocabulary.COSTS)
    return added(cost[1]) if cost and breaks(cost[1]) else None


def _without_vat(text: str) -> str:
    """The text with what it says about VAT blanked out, so that "ikke inkl. 25 % moms" denies no amount."""
    for said in mentions(text):
        text = text[: said.start] + " " * (said.end - said.start) + text[said.end :]
    return text


def _note(text: str, end: int) -> str:
    """What was added after the figure and what stands right after it about VAT."""
    for said in mentions(text):
        bare = not said.free and vocabulary.VAT_ONLY.issuperset(words(text[said.start : said.end]))
        if bare and said.start >= end and not text[end : said.start].strip(" ,("):
            return added(text[said.end :].lstrip(".)"))
    return added(text[end:])


def _remark(text: str, found: Found, value: Decimal) -> str:
    number = found.number
    odd = found.embedded or number.odd or number.unit is Unit.NONE
    as_read = read_as(qualified(number.qualifier, kroner(value))) if odd else ""
    free = any(said.free for said in mentions(text))
    return f"{as_read} {texts.FREE_OF_VAT if free else ''}".strip()


def _amount(text: str, value: Decimal, qualifier: str, note: str) -> Amount:
    return Amount(dkk=value, vat=vat_said(text) or Vat.UNSTATED, qualifier=qualifier, note=note)


def _refused(value: Decimal) -> str:
    if value < 0:
        return texts.AMOUNT_NEGATIVE
    if value > MAX_DKK:
        return texts.AMOUNT_TOO_LARGE
    return texts.AMOUNT_ORE if value != round(value, 2) else ""


def _options(text: str, numbers: list[Number]) -> tuple[Option, ...]:
    """The amounts that may be meant; the whole text stays as note where it says more than figures."""
    if fraction(text):
        return ()
    note = account(text, numbers)
    return tuple(
        dict.fromkeys(
            Option(qualified(number.qualifier, kroner(value)), _amount(text, value, number.qualifier, note))
            for number in numbers[:4]
            for value in number.values
            if not _refused(value)
        )
    )
