"""Options of a question, and lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.parsing import Understood
from knowledge.hearings.values import Choice, Items, Unknown

from .asking import OPTIONS, asked_back, offered, read, understood, untimed


@pytest.mark.parametrize(
    ("text", "choice", "note"),
    [
        ("Helt opfyldt", "helt", ""),
        ("helt opfyldt.", "helt", ""),
        ("helt", "helt", ""),
        ("2", "delvis", ""),
        ("nr. 3", "ikke", ""),
        ("Delvist opfyldt, fordi to mangler", "delvis", "fordi to mangler"),
    ],
)
def test_an_option_is_taken_by_label_id_or_number(text: str, choice: str, note: str) -> None:
    """What follows the label is kept."""
    assert understood("choice", text) == Choice(choice=choice, note=note)


@pytest.mark.parametrize(
    ("text", "label"), [("ike opfyldt", "Ikke opfyldt"), ("helt opfylt", "Helt opfyldt")]
)
def test_a_misspelt_option_is_understood_and_told(text: str, label: str) -> None:
    """A slip is forgiven where only one option is near."""
    parsed = read("choice", text)
    assert isinstance(parsed, Understood)
    assert parsed.remark == f"Jeg læste det som »{label}«."


@pytest.mark.parametrize("text", ["opfyldt", "delvist", "banan", "4", "0", "opfyldt ikke", "x" * 4000])
def test_what_is_near_no_option_or_several_is_asked_about(text: str) -> None:
    """All options are offered."""
    assert sorted(offered("choice", text)) == sorted(option.label for option in OPTIONS)


def test_the_nearest_option_is_offered_first() -> None:
    """Half a label leads to its option."""
    assert offered("choice", "delvist")[0] == "Delvist opfyldt"


def test_an_account_stays_with_the_option_that_is_chosen() -> None:
    """Words that named no option become the note of the one that is picked."""
    text = "Det har vi gjort i alle sager på nær to"
    assert all(option.value.note == text for option in asked_back("choice", text).options)  # type: ignore[union-attr]
    assert understood("choice", "ved ikke") == Unknown()


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Nexus", ["Nexus"]),
        ("Nexus\nDUBU", ["Nexus", "DUBU"]),
        ("- Nexus\n- DUBU\n", ["Nexus", "DUBU"]),
        ("1. Nexus\n2. DUBU", ["Nexus", "DUBU"]),
        ("• Nexus, version 3\n• DUBU", ["Nexus, version 3", "DUBU"]),
        ("Nexus; DUBU; Cura", ["Nexus", "DUBU", "Cura"]),
        ("Nexus, fagsystem;\nDUBU;", ["Nexus, fagsystem", "DUBU"]),
        ("- Nexus\n  til voksne\n- DUBU", ["Nexus til voksne", "DUBU"]),
        ("2. distrikt", ["2. distrikt"]),
    ],
)
def test_a_list_is_read_line_by_line(text: str, items: list[str]) -> None:
    """Bullets and numbers go; a comma stays inside its item."""
    assert understood("list", text) == Items(items=tuple(items))


@pytest.mark.parametrize(
    ("text", "items"),
    [("Nexus, DUBU og Cura", ("Nexus", "DUBU", "Cura")), ("Børn og Unge", ("Børn", "Unge"))],
)
def test_one_line_with_commas_is_asked_about(text: str, items: tuple[str, ...]) -> None:
    """It may be one item or several, and only the person knows."""
    values = [option.value for option in asked_back("list", text).options]
    assert values == [Items(items=items), Items(items=(text,))]


def test_a_heading_line_is_left_out_and_told() -> None:
    """A line that ends in a colon leads the list in."""
    parsed = read("list", "Vi bruger:\n- Nexus\n- DUBU")
    assert isinstance(parsed, Understood)
    assert parsed.value == Items(items=("Nexus", "DUBU"))
    assert "overskrift" in parsed.remark


def test_a_list_of_none_is_confirmed() -> None:
    """The word "ingen" is no item; an empty list is offered instead."""
    assert [option.value for option in asked_back("list", "ingen").options] == [Items(items=())]


@pytest.mark.parametrize("text", [";", "-\n-", "•"])
def test_a_list_without_words_is_asked_about(text: str) -> None:
    """Marks alone are no items."""
    assert offered("list", text) == []


def test_a_list_that_is_far_too_long_is_refused_with_the_limit() -> None:
    """The person is told how many there may be."""
    assert "100" in asked_back("list", "\n".join(f"System {number}" for number in range(101))).message


WORD = st.text("abcdefhijklæøå", min_size=1, max_size=8)


@untimed
@given(st.lists(WORD | st.tuples(WORD, WORD).map(", ".join), min_size=2, max_size=20))
def test_a_written_list_is_read_back(items: list[str]) -> None:
    """With bullets, numbers or bare lines."""
    for form in ("- {}", "• {}", "{}"):
        assert understood("list", "\n".join(form.format(item) for item in items)) == Items(items=tuple(items))
