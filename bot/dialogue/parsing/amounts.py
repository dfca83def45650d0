"""Amounts in DKK: "200.000 kr. ekskl. moms", "400 t.kr.", "1,2 mio.", "godt 250.000"."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.dialogue.parsing import texts, vocabulary
from bot.dialogue.parsing.choosing import Found, account, candidates, fraction, the_one
from bot.dialogue.parsing.figures import kroner, qualified, read_as
from bot.dialogue.parsing.numbers import Number, Unit, scan
from bot.dialogue.parsing.result import Option, Parsed, Unclear, Understood
from bot.dialogue.parsing.words import added, breaks, opening, words
from knowledge.hearings.values import Amount, Vat

#: In kroner; larger ones are a slip of the hand.
MAX_DKK = 1_000_000_000_000

_IN = r"inkl\.?|incl\.?|inklusive?|inclusive|med|m/|indeholder|indeholdende|indregnet|iberegnet"
_OUT = r"ekskl\.?|exkl\.?|excl\.?|eks\.?|ex\.?|eksklusive?|exclusive|uden|u/|før|plus|\+|tillagt|fratrukket"
_UNSTATED = re.compile(
    rf"(?:{_IN}|{_OUT})\s+(?:eller|og/eller)\s+(?:{_IN}|{_OUT})\s*moms|"
    r"moms(?:en)?\s+(?:er\s+|var\s+)?(?:ikke|ej|u)\s?(?:oplyst|angivet|nævnt|kendt|specificeret|anført)"
    r"|moms(?:en)?\s+(?:er\s+)?(?:uoplyst|ukendt|uvis)|(?:intet|ingen(?:ting)?|ikke\s+(?:noget|angivet|oplyst))\s+"
    r"(?:nævnt\s+|angivet\s+|oplyst\s+|angivelse\s+|oplysning\s+)?om\s+(?:[^\W\d_]+\s+)?moms"
    r"|uden\s+(?:angivelse|oplysning|stillingtagen)\s+(?:af|om|til)\s+moms"
    r"|(?:om|vedr\.?)\s+(?:det\s+er\s+|beløbet\s+er\s+|der\s+er\s+)?(?:inkl\.?|med|ekskl\.?)\s+(?:eller\s+"
    r"(?:ekskl\.?|uden|inkl\.?)\s+)?moms",
    re.IGNORECASE,
)
_FREE = re.compile(r"moms\s?-?fri(?:t|e)?(?!\w)|fri(?:t|taget)?\s+for\s+moms", re.IGNORECASE)
_NEAR_VAT = re.compile(
    rf"(?<!\w)(?P<deny>ikke\s+)?(?:(?P<out>{_OUT})|(?P<in>{_IN}))"
    r"(?:\s+(?:[^\W\d_]+\.?\s+){0,3}?|\s*)(?:(?:evt\.?|gældende|25\s?%)\s+)?moms(?:en)?(?!\w)",
    re.IGNORECASE,
)
_LATE_VAT = re.compile(
    r"moms(?:en)?\s+(?:er\s+)?(?P<deny>ikke\s+)?(?:(?P<in>inkluderet|indregnet|indeholdt|med(?:regnet)?)"
    r"|(?P<out>lægges\s+til|kommer\s+oveni|tillægges))(?!\w)",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<!\w)(?:(?P<out>ekskl\.?|eksklusive?|excl\.?)|(?P<in>inkl\.?|inklusive?))\s*\Z", re.I)
_RIGHT_AFTER = re.compile(
    rf"\s*[,(]?\s*(?:ikke\s+)?(?:(?:{_OUT}|{_IN})\s*moms|moms\s?-?fri(?:t|e)?(?!\w)|moms\s+ikke\s+(?:oplyst|angivet)"
    rf"|uden\s+angivelse\s+af\s+moms|(?:ekskl\.?|inkl\.?|eksklusive?|inklusive?)(?=\s*\Z))\)?",
    re.IGNORECASE,
)


def vat_said(text: str) -> Vat | None:
    """What the text says about VAT: None where it says nothing or contradicts itself.

    "Momsfrit" counts as without VAT; "moms ikke oplyst" is `UNSTATED`.
    """
    if _UNSTATED.search(text):
        return Vat.UNSTATED
    said = {
        Vat.INCLUDED if (match.lastgroup == "in") is not bool(_denied(match)) else Vat.EXCLUDED
        for pattern in (_NEAR_VAT, _LATE_VAT, _BARE)
        for match in pattern.finditer(text)
    }
    if _FREE.search(text):
        said.add(Vat.EXCLUDED)
    return said.pop() if len(said) == 1 else None


def _denied(match: re.Match[str]) -> str | None:
    return match.groupdict().get("deny")


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
    note = text if found.embedded else _note(text[found.number.end :])
    return Understood(_amount(text, value, found.number.qualifier, note), _remark(found, value, note))


def _zero_note(rest: str) -> str | None:
    """What was added to "ingen" or "ingen udgifter"; None where "ingen" says something else."""
    if breaks(rest) or not vocabulary.BECAUSE.isdisjoint(words(rest)[:1]):
        return added(rest)
    cost = opening(rest, vocabulary.COSTS)
    return added(cost[1]) if cost and breaks(cost[1]) else None


def _without_vat(text: str) -> str:
    """The text with what it says about VAT blanked out, so that "ikke inkl. 25 % moms" denies no amount."""
    for pattern in (_UNSTATED, _NEAR_VAT):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def _note(rest: str) -> str:
    vat = _RIGHT_AFTER.match(rest)
    return added(rest[vat.end() :] if vat and not _FREE.search(vat.group()) else rest)


def _remark(found: Found, value: Decimal, note: str) -> str:
    number = found.number
    odd = found.embedded or number.odd or number.unit is Unit.NONE
    as_read = read_as(qualified(number.qualifier, kroner(value))) if odd else ""
    return f"{as_read} {texts.FREE_OF_VAT if _FREE.search(note) else ''}".strip()


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
