"""Percentages, per hundred."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.parsing import Understood
from knowledge.hearings.values import Percent

from .asking import offered, read, understood, untimed


@pytest.mark.parametrize(
    ("text", "percent", "note"),
    [
        ("10 %", "10", ""),
        ("10%", "10", ""),
        ("10 pct.", "10", ""),
        ("10 procent", "10", ""),
        ("ti procent", "10", ""),
        ("halvanden procent", "1.5", ""),
        ("12,5", "12.5", ""),
        ("12.5 %", "12.5", ""),
        ("12,375 %", "12.375", ""),
        ("0,1", "0.1", ""),
        ("120 %", "120", ""),
        ("Honoraret er 10 %", "10", ""),
        ("nul", "0", ""),
        ("10 % af den opnåede årlige besparelse", "10", "af den opnåede årlige besparelse"),
        ("10 % af 200.000 kr.", "10", "af 200.000 kr."),
        ("10 % af besparelsen, dog ikke kørsel", "10", "af besparelsen, dog ikke kørsel"),
    ],
)
def test_a_plain_percentage_is_understood(text: str, percent: str, note: str) -> None:
    """10 means 10 %; what it is taken of stays in the note."""
    assert understood("percent", text) == Percent(percent=Decimal(percent), note=note)


@pytest.mark.parametrize(
    ("text", "shown"), [("en tiendedel", "10 %"), ("halvdelen", "50 %"), ("en ottendedel", "12,5 %")]
)
def test_a_part_is_told_in_per_cent(text: str, shown: str) -> None:
    """The person sees which percentage their words were read as."""
    parsed = read("percent", text)
    assert isinstance(parsed, Understood)
    assert parsed.remark == f"Jeg læste det som {shown}."


def test_a_qualifier_is_kept() -> None:
    """About 10 % stays about 10 %."""
    assert understood("percent", "ca. 10 %") == Percent(percent=Decimal(10), qualifier="ca.")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("10-15 %", ["10 %", "15 %"]),
        ("10 til 15 procent", ["10 %", "15 %"]),
        ("10 % og 15 %", ["10 %", "15 %"]),
        ("ikke 10 %", ["10 %"]),
        ("-5 %", []),
        ("1 1/2 %", []),
        ("en tredjedel", []),
        ("10 promille", []),
        ("200.000 kr.", []),
        ("en del", []),
    ],
)
def test_an_unclear_percentage_is_asked_about(text: str, labels: list[str]) -> None:
    """What may be meant is offered; nothing is guessed."""
    assert offered("percent", text) == labels


@untimed
@given(st.integers(0, 100_000), st.sampled_from([" %", "%", " pct.", " procent", ""]))
def test_a_written_percentage_is_read_back(hundredths: int, unit: str) -> None:
    """Up to two decimals after a Danish comma."""
    percent = Decimal(hundredths) / 100
    assert understood("percent", f"{percent:f}".replace(".", ",") + unit) == Percent(percent=percent)
