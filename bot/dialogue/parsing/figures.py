"""How figures are shown in remarks and on buttons."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal

from bot.dialogue.parsing import texts


def figure(value: Decimal) -> str:
    """The figure as Danes write it: 1.200,5."""
    return format_decimal(value, format="#,##0.##########", locale="da")


def kroner(value: Decimal) -> str:
    """The amount in kroner: 200.000 kr., or with two decimals where it has øre."""
    pattern = "#,##0" if value == value.to_integral_value() else "#,##0.00"
    return f"{format_decimal(value, format=pattern, locale='da')} kr."


def percent(value: Decimal) -> str:
    """The percentage with its sign: 12,5 %."""
    return f"{figure(value)} %"


def qualified(qualifier: str, shown: str) -> str:
    """The figure with the word that stood before it, if any: ca. 200.000 kr."""
    return f"{qualifier} {shown}".strip()


def read_as(what: str) -> str:
    """The remark that tells how a text was read; one full stop where that ends in one ("kr.")."""
    return texts.READ_AS.format(what=what.removesuffix("."))
