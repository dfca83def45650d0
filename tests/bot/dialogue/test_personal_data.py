"""Personal data is met at the door, before anything is stored."""

from __future__ import annotations

import pytest

from bot.dialogue.messages import Tone
from knowledge.hearings.values import Text
from tests.bot.dialogue.talking import Chat

CPR_TEXT = "Borgeren 010203-1234 fik et andet tilbud."


def stored(chat: Chat) -> str:
    """Everything the case has stored, as text."""
    return repr(chat.situation.case)


def test_a_cpr_number_is_not_stored_and_the_message_is_to_be_deleted(mette: Chat) -> None:
    """An answer with a CPR number leaves no trace in the case."""
    mette.at("opgaver").says(CPR_TEXT)
    assert mette.tones == [Tone.ERROR]
    assert mette.last is not None
    assert mette.last.delete
    assert not mette.last.recorded
    assert "010203" not in stored(mette)
    assert "010203" not in mette.text


def test_the_answer_without_the_number_is_taken(mette: Chat) -> None:
    """The case goes on once the number is gone."""
    mette.at("opgaver").says(CPR_TEXT).says("Borgeren fik et andet tilbud.")
    assert mette.situation.answers["opgaver"] == Text(text="Borgeren fik et andet tilbud.")


def test_a_cpr_number_is_stopped_in_a_note_an_addition_and_an_edit(mette: Chat) -> None:
    """Every way that words come in is guarded."""
    mette.at("moede_deltagelse").clicks("Ja").says(CPR_TEXT)
    mette.answer("opgaver", "Et kursus.").says("tilføj " + CPR_TEXT)
    mette.at("arbejdsmetode").says("Samtaler.", message="9")
    mette.edits("9", CPR_TEXT)
    assert "010203" not in stored(mette)


def test_a_cpr_number_is_stopped_in_a_leads_comment(mette: Chat, jens: Chat) -> None:
    """A comment is kept on record too."""
    mette.answer("opgaver", "Et kursus.")
    jens.says("returnér 4").says("Skriv om borger 010203-1234")
    assert "010203" not in stored(jens)


def test_a_cpr_number_in_what_is_asked_back_is_not_stored(mette: Chat) -> None:
    """Not even the question back keeps it."""
    mette.answer("sager_udvalgt", "20-25 sager, bl.a. 010203-1234")
    assert "010203" not in stored(mette)


def test_what_may_be_a_citizens_is_asked_about_and_held_back(mette: Chat) -> None:
    """A possible citizen's name is stored only when the person vouches for it."""
    mette.at("opgaver").says("Borgeren Hanne Mikkelsen fik et andet tilbud.")
    assert "Mikkelsen" not in stored(mette)
    mette.clicks("Gem alligevel")
    assert mette.situation.answers["opgaver"] == Text(text="Borgeren Hanne Mikkelsen fik et andet tilbud.")


def test_the_held_message_can_be_dropped(mette: Chat) -> None:
    """Dropping it stores nothing and asks the question again."""
    mette.at("opgaver").says("Borgeren Hanne Mikkelsen fik et andet tilbud.").clicks("Jeg skriver det om")
    assert "opgaver" not in mette.situation.answers
    assert mette.place == "opgaver"


def test_a_held_message_that_is_lost_is_said_to_be_lost(mette: Chat) -> None:
    """After a restart the message is gone from memory; nobody is told that it was saved."""
    mette.at("opgaver").says("Borgeren Hanne Mikkelsen fik et andet tilbud.")
    mette.held = None
    mette.clicks("Gem alligevel")
    assert "opgaver" not in mette.situation.answers
    assert mette.heard[0].tone is Tone.ERROR


@pytest.mark.parametrize(
    "text",
    [
        "Lundager Rådgivning ApS underviste otte sagsbehandlere i Vestager Kommune.",
        "Kontrakten har J.nr. 27.00.00-K03-1-20, og der er betalt 200.000 kr.",
        "Konsulenten deltog i 14 møder med Autismecenter Nord.",
    ],
)
def test_what_belongs_in_the_letter_is_let_through(mette: Chat, text: str) -> None:
    """Firms, municipalities, places, journal numbers and amounts do not stop the talk."""
    mette.answer("opgaver", text)
    assert mette.situation.answers["opgaver"] == Text(text=text)
