"""Bad input gets a clear message; the case goes on and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.buttons import Action, Press, decode, encode
from bot.dialogue.messages import Tone
from knowledge.hearings.load import definition
from knowledge.hearings.values import Text
from tests.bot.dialogue.talking import Chat, Room

HOSTILE = st.text(alphabet=st.characters(codec=None), max_size=200)  # lone surrogates and controls too


def fresh() -> Chat:
    """A caseworker at a new case."""
    return Room(definition("ankestyrelsen-konsulenter-2020")).join("Mette")


@given(HOSTILE)
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered_and_the_case_goes_on(text: str) -> None:
    """Whatever is written, something is said, and the next good answer is taken."""
    chat = fresh().at("opgaver")
    chat.says(text)
    assert chat.answered
    chat.answer("opgaver", "Et kursus.")
    assert "opgaver" in chat.situation.answers or chat.labels


@given(HOSTILE)
@settings(max_examples=150, deadline=None)
def test_any_button_is_answered(data: str) -> None:
    """A button that is not ours changes no answer."""
    chat = fresh()
    chat.presses(data)
    assert chat.heard
    assert not chat.situation.answers


@given(st.sampled_from(list(Action)), st.sampled_from(["", "opgaver", "moede_deltagelse", "x"]), HOSTILE)
@settings(max_examples=200, deadline=None)
def test_any_press_of_our_own_actions_is_answered(action: Action, point: str, arg: str) -> None:
    """No combination of action, point and argument breaks the talk."""
    chat = fresh()
    chat.presses("|".join(("c0ffee", "3", action, point, arg)))
    assert chat.answered


@given(st.integers(0, 999_999_999), st.sampled_from(list(Action)))
def test_a_button_is_read_back_as_it_was_written(seq: int, action: Action) -> None:
    """What a button carries survives the way to the chat and back."""
    press = Press("c0ffee0000", seq, action, "kopi_databehandleraftale", "abcdef0123")
    assert decode(encode(press)) == press


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Et\u0000 kursus.\u0007", "Et kursus."),
        ("Et \u202ekursus\u202c.", "Et kursus."),
        ("<b>Et</b> & **kursus**", "<b>Et</b> & **kursus**"),
        ("Et kursus 👍", "Et kursus 👍"),
        ("Et\r\nkursus.", "Et\nkursus."),
    ],
)
def test_strange_characters_are_dealt_with_when_they_come_in(text: str, kept: str) -> None:
    """Control characters go, everything a person can mean stays."""
    chat = fresh().at("opgaver").says(text)
    assert chat.situation.answers["opgaver"] == Text(text=kept)


def test_a_huge_text_is_refused_with_the_limit() -> None:
    """A megabyte of text is not stored, and the limit is told."""
    chat = fresh().at("opgaver").says("a" * 1_000_000)
    assert chat.tones == [Tone.ERROR]
    assert "50000" in chat.text
    assert not chat.situation.answers


@pytest.mark.parametrize("text", ["", "   ", "\n\n", None])
def test_nothing_is_told_as_nothing(text: str | None) -> None:
    """An empty message, or one that is not text, changes nothing."""
    chat = fresh().says(text)
    assert chat.tones == [Tone.ERROR]
    assert not chat.situation.answers


def test_a_stale_button_is_answered_kindly() -> None:
    """A button drawn before the answer changed does not change it back."""
    chat = fresh().at("moede_deltagelse")
    old = next(b.data for reply in chat.heard for row in reply.buttons for b in row if b.label == "Ja")
    chat.answer("moede_deltagelse", "nej, aldrig")
    chat.presses(old)
    assert chat.situation.answers["moede_deltagelse"].yes is False  # type: ignore[union-attr]
    assert chat.heard[-1].tone is Tone.QUESTION


def test_a_choice_of_an_earlier_question_back_is_stale() -> None:
    """The buttons of a question back are good for that question only."""
    chat = fresh().answer("beloeb_budgetteret", "200.000 kr.")
    old = next(
        b.data for reply in chat.heard for row in reply.buttons for b in row if b.label == "Inkl. moms"
    )
    chat.clicks("Ekskl. moms")
    chat.presses(old)
    assert chat.situation.answers["beloeb_budgetteret"].vat == "excluded"  # type: ignore[union-attr]
