"""Values in words, as the chat and the letter write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.hearings.model import Definition, Option, Question, QuestionType
from knowledge.hearings.values import (
    Amount,
    Choice,
    Count,
    Day,
    Documents,
    Enclosed,
    Items,
    NoneBecause,
    Percent,
    Text,
    Unknown,
    Value,
    Vat,
    YesNo,
)
from knowledge.letters.wording import kroner, number, percent, said, series

QUESTION = Question(
    id="sted",
    ask="Hvor?",
    help="Skriv hvor.",
    example="By",
    type=QuestionType.CHOICE,
    options=(Option(id="by", label="I byen"),),
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Text(text="Som skrevet."), "Som skrevet."),
        (YesNo(yes=True), "Ja"),
        (YesNo(yes=True, note="men kun i to sager"), "Ja, men kun i to sager"),
        (YesNo(yes=False, note="det er på vej"), "Nej. det er på vej"),
        (Count(count=12500), "12.500"),
        (Count(count=4, qualifier="ca."), "ca. 4"),
        (Amount(dkk=Decimal(200000), vat=Vat.EXCLUDED), "200.000 kr. ekskl. moms"),
        (Amount(dkk=Decimal("31500.50"), vat=Vat.INCLUDED), "31.500,50 kr. inkl. moms"),
        (Amount(dkk=Decimal(250000), qualifier="godt"), "godt 250.000 kr."),
        (Amount(dkk=Decimal(900), note="Det er foreløbigt"), "900 kr. Det er foreløbigt"),
        (Percent(percent=Decimal(10)), "10 %"),
        (Percent(percent=Decimal("2.5")), "2,5 %"),
        (Day(day=date(2020, 3, 20)), "20. marts 2020"),
        (Choice(choice="by", note="men ikke centrum"), "I byen, men ikke centrum"),
        (Items(items=("A", "B\nC")), "- A\n- B C"),
        (
            Documents(files=(Enclosed(file="x", name="a.pdf", title="Aftale"),), note="Se side 2"),
            "Aftale\n\nSe side 2",
        ),
        (NoneBecause(reason="fordi der ikke er nogen"), "Ingen, fordi der ikke er nogen"),
        (Unknown(), "Ved ikke"),
    ],
)
def test_an_answer_is_said_as_danish_letters_write_it(value: Value, words: str) -> None:
    """Thousands have points, decimals a comma, dates no leading zero, and notes go on from the answer."""
    assert said(value, QUESTION) == words


def test_no_decimal_is_rounded_away() -> None:
    """A figure stands in the letter with the digits it was given with."""
    assert number(Decimal("0.123456789")) == "0,123456789"
    assert kroner(Decimal("3.565")) == "3,565 kr."
    assert percent(Decimal("12.50")) == "12,5 %"


def test_a_series_ends_with_and() -> None:
    """The last of several is joined by "og"."""
    assert series(["1", "2", "5"]) == "1, 2 og 5"


def test_an_unknown_option_is_said_as_it_was_stored(definition: Definition) -> None:
    """An option that the definition no longer has is not lost."""
    assert said(Choice(choice="andet"), definition.questions["firma"]) == "andet"


@given(st.decimals(-(10**15), 10**15, places=2) | st.integers(-(10**15), 10**15))
def test_any_figure_that_an_answer_can_hold_is_written(figure: Decimal | int) -> None:
    """Large figures keep all their digits."""
    written = number(figure) if isinstance(figure, int) else kroner(figure)
    digits = "".join(char for char in written if char.isdigit())
    assert Decimal(digits.lstrip("0") or "0") in {abs(Decimal(figure)), abs(Decimal(figure)) * 100}
