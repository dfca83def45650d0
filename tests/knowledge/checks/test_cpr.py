"""CPR numbers are found however they are written, and nothing else is taken for one."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.checks.personal_data import PersonalDatum, redacted, scan


def stopped(text: str) -> list[str]:
    """The words at which the text is stopped."""
    return [text[datum.start : datum.end] for datum in scan(text) if datum.stops]


@pytest.mark.parametrize(
    "written",
    [
        "010203-1234",
        "010203 1234",
        "0102031234",
        "010203-xxxx",
        "010203-XXXX",
        "010203-****",
        "010203-____",
        "010203-12xx",
        "01 02 03-1234",
        "01.02.03-1234",
        "01-02-03-1234",
        "01/02/03 1234",
        "010203–1234",
        "010203—1234",
        "010203 - 1234",
        "010203.1234",
        "010203-\n1234",
        "０１０２０３-１２３４",
        "01\u200b02\u200c03\u200d-12\ufeff34",
        "010203\u00ad1234",
        "010203\u00a01234",
        "0 1 0 2 0 3 1 2 3 4",
        "290200-4123",
        "07 07 61 12 34",
        "12 11 80 12 34",
        "07-07-61-12-34",
        "07.07.61.12.34",
        "070761 12 34",
        "070761-12 34",
        "0707 6112 34",
        "070 761 1234",
        "0.7.0.7.6.1.1.2.3.4",
        "070761\n1234",
        "07 07 61\n12 34",
        "0707\n61-1234",
        "070761–\n–1234",
        "070761\u20281234",
        "070761,1234",
        "070761 nr. 1234",
        "070761, sidste fire 1234",
        "07.07.1961-1234",
        "07071961-1234",
        "7.7.61-1234",
        "O70761-l234",
        "٠٧٠٧٦١-١٢٣٤",
        "۰۷۰۷۶۱۱۲۳۴",
        "０７０７６１－１２３４",
        "𝟎𝟕𝟎𝟕𝟔𝟏-𝟏𝟐𝟑𝟒",
        "0\ufe0f\u20e37\ufe0f\u20e30\ufe0f\u20e37\ufe0f\u20e361-1234",
    ],
)
def test_every_written_form_is_stopped(written: str) -> None:
    """A CPR number is stopped at its first and last character, whatever its dividers."""
    assert stopped(f"Det gælder {written}, som fik afslag.") == [written]


@pytest.mark.parametrize(
    "written",
    ["CPR-nr. 670203-1234", "cpr 01 02 03 12 34", "personnummer: 310203-1234", "CPR: 010203-1234-1"],
)
def test_what_is_called_a_cpr_number_is_stopped_whatever_its_day(written: str) -> None:
    """Replacement numbers have no day of birth; the word in front tells them."""
    assert len(stopped(written)) == 1


@pytest.mark.parametrize(
    "text", ["10 010203-1234", "sagsnr. 010203-1234", "borger010203-1234b", "(010203-1234)"]
)
def test_a_cpr_number_is_found_among_other_characters(text: str) -> None:
    """Letters, list numbers and brackets around it hide no CPR number."""
    assert stopped(text) == ["010203-1234"]


def test_two_cpr_numbers_in_one_breath_are_both_found() -> None:
    """A slash between two numbers joins them to nothing."""
    assert stopped("010203-1234/040506-2345") == ["010203-1234", "040506-2345"]


@pytest.mark.parametrize(
    "text",
    [
        "J.nr. 27.00.00-K03-1-20",
        "J.nr. 27.03.04-1234-20",
        "sag 010203-1234-20",
        "200.000 kr.",
        "0102031234 kr.",
        "kr. 0102031234",
        "CVR 12345678",
        "EAN 5790000123456",
        "P-nr. 1012031234",
        "konto 1012031234",
        "+45 12 12 12 12 12",
        "tlf. 1212 1212",
        "2019-12-10",
        "den 09.01.2020",
        "01.02.2019-2020",
        "010203-12345",
        "1010203-1234",
        "320203-1234",
        "011303-1234",
        "290201-1234",
        "31.12.19",
        "25 22 2 4 6 10",
        "010203",
        "DK50 0040 0440 1162 43",
        "Antal sager i fem måneder: 12 11 10 20 30",
        "12 11 10 22 34 sager",
        "tallene 12 11 10 12 14 16",
        "1.210.567.890",
        "12 34 56 78 12",
        "+45 12 11 10 12 34",
        "09.01.20 10.30",
        "09.01.2020 1030",
        "01.01.20 - 31.12.20",
        "den 05.06.19 kl. 12.30",
        "konto 1234 0102031234",
        "IP 12.10.20.1234",
        "m\u00b2 120110\u00b2 og 1234\u00b3",
        "010203 og 1234",
    ],
)
def test_other_numbers_are_not_stopped(text: str) -> None:
    """Journal numbers, amounts, dates, phone, account and firm numbers are no CPR numbers."""
    assert stopped(text) == []


DAYS = st.dates(date(1900, 1, 1), date(2057, 12, 31))
DIVIDERS = st.sampled_from(["", " ", "-", "–", " - ", ".", "/"])
INSIDE = st.sampled_from(["", " ", ".", "-", "/"])


@settings(deadline=None)
@given(DAYS, st.integers(0, 9999), INSIDE, DIVIDERS, st.text("abc æøå,\n", max_size=20))
def test_any_day_and_dividers_are_stopped(
    day: date, serial: int, inside: str, divider: str, around: str
) -> None:
    """Every existing day with any four digits is found in any mix of the usual dividers."""
    # Which century a day belongs to depends on the serial; 29 February needs the right one.
    day = day if (day.month, day.day) != (2, 29) else date(day.year, 2, 28)
    written = f"{day:%d}{inside}{day:%m}{inside}{day:%y}{divider}{serial:04}"
    assert stopped(f"{around} {written} {around}") == [written]


@settings(deadline=None)
@given(st.text("0123456789 abcæ.,-/\n", max_size=60))
def test_without_ten_digits_nothing_is_stopped(text: str) -> None:
    """A text with fewer than ten digits in all holds no CPR number."""
    if sum(char.isdigit() for char in text) < 10:
        assert stopped(text) == []


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_harm(text: str) -> None:
    """Whatever is written, the spans lie in order within it, and blanking them leaves none behind."""
    data = scan(text)
    assert all(0 <= datum.start < datum.end <= len(text) for datum in data)
    assert all(one.end <= other.start for one, other in pairwise(data))
    assert stopped(redacted(text, data)) == []


def test_what_was_found_can_be_shown_blanked_out() -> None:
    """Each number is replaced by a bar of one length, the words around it stay."""
    text = "Borgeren 010203-1234 og 04 05 06 - 2345"
    assert redacted(text, scan(text)) == "Borgeren ████ og ████"


def test_a_harmless_text_is_left_as_it_is() -> None:
    """Where nothing is found nothing is blanked out."""
    assert scan("Der blev udvalgt 25 sager.") == []
    assert redacted("Der blev udvalgt 25 sager.", []) == "Der blev udvalgt 25 sager."


def test_a_huge_text_is_read() -> None:
    """A number at the end of a long text is found, at its own place."""
    text = "Der er ingen navne her. " * 5_000 + "010203-1234"
    assert scan(text) == [PersonalDatum("cpr", len(text) - 11, len(text))]
