"""Whole numbers of things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.parsing import Understood, parse
from knowledge.hearings.values import Count

from .asking import TODAY, asked_back, offered, question, read, understood, untimed


@pytest.mark.parametrize(
    ("text", "count", "qualifier", "note"),
    [
        ("25", 25, "", ""),
        ("25 sager", 25, "", ""),
        ("25 forløb i alt.", 25, "", ""),
        ("25 stk.", 25, "", ""),
        ("Der er 25 sager", 25, "", ""),
        ("1.200", 1200, "", ""),
        ("2 tusind", 2000, "", ""),
        ("ca. 25", 25, "ca.", ""),
        ("ca 25 sager", 25, "ca.", ""),
        ("25 cirka", 25, "cirka", ""),
        ("godt 20", 20, "godt", ""),
        ("Mindst 25", 25, "mindst", ""),
        ("op til 25", 25, "op til", ""),
        ("kun 3", 3, "kun", ""),
        ("22, da to ikke blev startet", 22, "", "da to ikke blev startet"),
        ("22 (to blev ikke startet)", 22, "", "(to blev ikke startet)"),
        ("22. To blev ikke startet.", 22, "", "To blev ikke startet."),
        ("25 sager i 2019", 25, "", "sager i 2019"),
        ("25 pr. 1. marts 2020", 25, "", "pr. 1. marts 2020"),
        ("to", 2, "", ""),
        ("én", 1, "", ""),
        ("ét", 1, "", ""),
        ("en sag", 1, "", ""),
        ("en enkelt", 1, "", ""),
        ("ingen", 0, "", ""),
        ("nul", 0, "", ""),
        ("0", 0, "", ""),
        ("Ingen sager.", 0, "", ""),
        ("ingen, fordi sagerne ikke var startet", 0, "", "fordi sagerne ikke var startet"),
        ("Ingen af de 25 sager", 0, "", "Ingen af de 25 sager"),
        ("Der har ikke været nogen", 0, "", ""),
    ],
)
def test_a_plain_count_is_understood(text: str, count: int, qualifier: str, note: str) -> None:
    """The figure, the word that weakens it and what was added are told apart."""
    assert understood("count", text) == Count(count=count, qualifier=qualifier, note=note)


def test_none_is_a_count_of_zero_where_none_is_allowed_too() -> None:
    """To a count, "ingen" is 0 and its reason the note."""
    assert understood("count", "ingen, da de er nye", none_allowed=True) == Count(
        count=0, note="da de er nye"
    )


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("22 ud af 25", ["22", "25"]),
        ("22 af 25 sager", ["22", "25"]),
        ("22/25", ["22", "25"]),
        ("20-25", ["20", "25"]),
        ("mellem 20 og 25", ["20", "25"]),
        ("25 eller 26", ["25", "26"]),
        ("22, 25", ["22", "25"]),
        ("2+4", ["2", "4"]),
        ("25+", ["25"]),
        ("25 sager og 3 møder", ["25", "3"]),
        ("Kommunen udvalgte 25 sager, heraf blev 22 behandlet", ["25", "22"]),
        ("Der er ikke 25 sager", ["25"]),
        ("25 sager blev ikke behandlet", ["25"]),
        ("jeg tror 25", ["25"]),
        ("ingen eller to", ["2"]),
        ("1,200", ["1.200"]),
        ("2,5", []),
        ("1.20", []),
        ("halvanden", []),
        ("-3", []),
        ("minus 3", []),
        ("–3", []),
        ("et par", []),
        ("en del", []),
        ("flere hundrede", []),
        ("10 %", []),
        ("25 kr.", []),
        ("20. marts 2020", []),
        ("nr. 3", []),
        ("x25", []),
        ("NaN", []),
        ("１２", []),
        ("9" * 30, []),
        ("mange", []),
    ],
)
def test_an_unclear_count_is_asked_about(text: str, labels: list[str]) -> None:
    """What may be meant is offered; nothing is guessed."""
    assert offered("count", text) == labels


def test_an_offered_count_keeps_what_was_told_beside_it() -> None:
    """An account stays with the count that is chosen; bare figures leave nothing behind."""
    text = "Kommunen udvalgte 25 sager, heraf blev 22 behandlet"
    assert asked_back("count", text).options[1].value == Count(count=22, note=text)
    assert asked_back("count", "22 ud af 25").options[0].value == Count(count=22)


def test_a_count_inside_a_sentence_keeps_the_sentence_and_is_told() -> None:
    """The person's words stay whole, and they see which figure was taken."""
    text = "Konsulenten gennemgik 25 sager."
    assert read("count", text) == Understood(Count(count=25, note=text), "Jeg læste det som 25.")


def test_the_thing_asked_for_is_no_addition() -> None:
    """The name of what the question counts is not kept as a note."""
    asked = question("count", ask="Hvor mange tilsynsbesøg var der?")
    assert parse(asked, "7 tilsynsbesøg", today=TODAY) == Understood(Count(count=7))


TO_NINETEEN = (
    "nul en to tre fire fem seks syv otte ni ti "
    "elleve tolv tretten fjorten femten seksten sytten atten nitten"
)
ONES = TO_NINETEEN.split()
TENS = ["", "", "tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems"]


def spelled(number: int) -> str:
    """The number (under a million) in Danish words."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return (f"{ONES[number % 10]}og" if number % 10 else "") + TENS[number // 10]
    size, name = (100, "hundrede") if number < 1000 else (1000, "tusind")
    whole, rest = divmod(number, size)
    return f"{'et' if whole == 1 else spelled(whole)} {name}" + (
        f" {'og ' if rest < 100 else ''}{spelled(rest)}" if rest else ""
    )


@untimed
@given(st.integers(0, 999_999))
def test_numbers_in_words_are_read_as_danes_say_them(number: int) -> None:
    """Units come before tens, and the tens count in twenties."""
    assert understood("count", spelled(number).capitalize()) == Count(count=number)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("femogtyve", 25),
        ("fem og tyve", 25),
        ("halvtredsindstyve", 50),
        ("tresindstyve", 60),
        ("femoghalvfjerds", 75),
        ("firsindstyve", 80),
        ("hundrede", 100),
        ("ethundredeogfemogtyve", 125),
        ("to hundrede og femogtyve", 225),
        ("tusind", 1000),
        ("Tyve sager", 20),
    ],
)
def test_old_and_joined_number_words_are_read(text: str, count: int) -> None:
    """Long forms of the tens and words written together count as well."""
    assert understood("count", text) == Count(count=count)


@pytest.mark.parametrize("text", ["tyve fem", "nul fem", "to tre"])
def test_number_words_that_make_no_number_are_asked_about(text: str) -> None:
    """Number words in a row are not added up or strung together."""
    asked_back("count", text)


@untimed
@given(
    st.integers(0, 10**9),
    st.sampled_from(["", "ca.", "godt", "knap", "mindst", "højst"]),
    st.sampled_from(["", " sager", " forløb", " i alt"]),
    st.booleans(),
)
def test_a_written_count_is_read_back(number: int, qualifier: str, thing: str, dots: bool) -> None:
    """With or without thousands dots, a qualifier and the thing counted."""
    figure = f"{number:,}".replace(",", ".") if dots else str(number)
    assert understood("count", f"{qualifier} {figure}{thing}") == Count(count=number, qualifier=qualifier)
