"""Days, the Danish way round."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.parsing import Understood
from knowledge.hearings.values import Day

from .asking import TODAY, asked_back, offered, read, understood, untimed

SPRING = date(2020, 3, 20)
JANUARY = date(2020, 1, 9)


@pytest.mark.parametrize(
    ("text", "day", "note"),
    [
        ("20. marts 2020", SPRING, ""),
        ("20 marts 2020", SPRING, ""),
        ("20. Marts 2020.", SPRING, ""),
        ("Fredag den 20. marts 2020", SPRING, ""),
        ("2020-03-20", SPRING, ""),
        ("20-03-2020", SPRING, ""),
        ("20/3 20", SPRING, ""),
        ("den 9/1-2020", JANUARY, ""),
        ("d.9/1 2020", JANUARY, ""),
        ("9.1.2020", JANUARY, ""),
        ("09.01.2020", JANUARY, ""),
        ("9. jan. 2020", JANUARY, ""),
        ("9.januar 2020", JANUARY, ""),
        ("9. januar '20", JANUARY, ""),
        ("29. februar 2020", date(2020, 2, 29), ""),
        ("i dag", TODAY, ""),
        ("I går", TODAY - timedelta(days=1), ""),
        ("9. januar 2020, da den blev underskrevet", JANUARY, "da den blev underskrevet"),
    ],
)
def test_a_plain_date_is_understood(text: str, day: date, note: str) -> None:
    """The day comes first, never the month."""
    assert understood("date", text) == Day(day=day, note=note)


@pytest.mark.parametrize(
    "text", ["20. martz 2020", "20/3 20", "i dag", "20. mrts 2020", "Den 20. marts 2020 skrev vi under"]
)
def test_a_date_that_was_worked_out_is_told_in_full(text: str) -> None:
    """The person sees the whole date where they did not write it so; the last shows no remark."""
    parsed = read("date", text)
    assert isinstance(parsed, Understood)
    assert parsed.remark == ("" if "skrev" in text else "Jeg læste det som 20. marts 2020.")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("20. marts", ["20. marts 2020", "20. marts 2019"]),
        ("9/1", ["9. januar 2020", "9. januar 2019"]),
        ("29/2", ["29. februar 2020"]),
        ("1. juki 2019", ["1. juni 2019", "1. juli 2019"]),
        ("1. juli 2019 eller 1. august 2019", ["1. juli 2019", "1. august 2019"]),
        ("mellem 1. juli 2019 og 5. august 2019", ["1. juli 2019", "5. august 2019"]),
        ("1. og 5. juli 2019", ["5. juli 2019"]),
        ("før 20. marts 2020", ["20. marts 2020"]),
        ("ca. 1. juli 2019", ["1. juli 2019"]),
        ("ikke den 1. juli 2019", ["1. juli 2019"]),
        ("torsdag den 20. marts 2020", ["20. marts 2020"]),
        ("ikke i dag", ["20. marts 2020"]),
    ],
)
def test_an_unclear_date_is_asked_about(text: str, labels: list[str]) -> None:
    """The days that may be meant are offered."""
    assert offered("date", text) == labels


@pytest.mark.parametrize(
    "text", ["31/2", "31/2 2020", "3/13", "12/31/2019", "29/2 2019", "0/0 2020", "1/1 0001"]
)
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    """A date the calendar lacks is never bent into another."""
    assert "findes ikke" in asked_back("date", text).message


@pytest.mark.parametrize("text", ["marts 2020", "ultimo marts 2020", "juli", "1.-5. juli 2019"])
def test_a_month_is_asked_for_its_day(text: str) -> None:
    """A month alone is no date."""
    assert "Hvilken dag" in asked_back("date", text).message


@pytest.mark.parametrize("text", ["2020", "snart", "25", "9999999999", "1/2/3/4"])
def test_what_is_no_date_is_asked_about(text: str) -> None:
    """An example shows how to write it."""
    assert "20. marts 2020" in asked_back("date", text).message


def test_a_date_weighs_more_than_a_word_such_as_today() -> None:
    """Where a date is written out, "i dag" beside it is no answer."""
    text = "Ikke i dag, men den 1. juli 2019"
    assert understood("date", text) == Day(day=date(2019, 7, 1), note=text)


def test_a_date_inside_a_sentence_keeps_the_sentence() -> None:
    """The person's words stay whole, and they see which day was taken."""
    text = "Aftalen trådte i kraft den 1. juli 2019"
    assert read("date", text) == Understood(
        Day(day=date(2019, 7, 1), note=text), "Jeg læste det som 1. juli 2019."
    )


@untimed
@given(
    st.dates(date(1950, 1, 1), date(2100, 12, 31)),
    st.sampled_from(
        ["d. MMMM y", "d. MMM y", "d/M-y", "d/M y", "dd.MM.y", "dd-MM-y", "y-MM-dd", "EEEE 'den' d. MMMM y"]
    ),
    st.sampled_from(["", "den ", "Det var "]),
)
def test_a_written_date_is_read_back(day: date, form: str, lead: str) -> None:
    """Every usual Danish form gives the same day."""
    written = format_date(day, form, locale="da")
    assert understood("date", written if form.startswith("EEEE") else lead + written) == Day(day=day)
