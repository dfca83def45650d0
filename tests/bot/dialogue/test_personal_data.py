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


CITIZEN = "Borgeren Hanne Mikkelsen er flyttet."


def test_the_words_that_are_asked_about_are_shown(mette: Chat) -> None:
    """The person sees which words it is about."""
    mette.at("opgaver").says(CITIZEN)
    assert "et navn («Hanne Mikkelsen»)" in mette.text


def test_an_addition_that_is_vouched_for_is_added_without_its_command(mette: Chat) -> None:
    """What was written after "tilføj" follows on the answer."""
    mette.answer("opgaver", "Et kursus.").says("tilføj " + CITIZEN)
    assert "Mikkelsen" not in stored(mette)
    mette.clicks("Gem alligevel")
    assert mette.situation.answers["opgaver"] == Text(text=f"Et kursus.\n\n{CITIZEN}")


def test_a_leads_comment_with_a_name_is_asked_about(mette: Chat, jens: Chat) -> None:
    """A comment is kept only once the lead vouches for the name in it."""
    mette.answer("opgaver", "Et kursus.")
    jens.says("returnér 4").says(CITIZEN)
    assert "Mikkelsen" not in stored(jens)
    jens.clicks("Gem alligevel")
    assert jens.situation.case.answer("opgaver").comment == CITIZEN


def test_a_colleagues_name_in_a_comment_is_let_through(mette: Chat, jens: Chat) -> None:
    """The case's own people belong in it."""
    mette.answer("opgaver", "Et kursus.")
    jens.says("returnér 4").says("Tal med Mette om det.")
    assert jens.situation.case.answer("opgaver").comment == "Tal med Mette om det."


@pytest.mark.parametrize("label", ["Taget til efterretning", "Advarslen er forkert"])
def test_a_reason_with_a_name_is_asked_about(mette: Chat, label: str) -> None:
    """Why a warning may stand, or is wrong, is kept only once the person vouches for the name."""
    mette.answer("sager_udvalgt", "10").answer("sager_behandlet", "12").clicks(label, CITIZEN)
    assert "Mikkelsen" not in stored(mette)
    mette.clicks("Gem alligevel")
    case = mette.situation.case
    reasons = [one.reason for one in case.acknowledged.values()] + [
        one.reason for one in case.disputed.values()
    ]
    assert reasons == [CITIZEN]


def test_dropping_a_reason_keeps_the_warning_open(mette: Chat) -> None:
    """Nothing is stored, and the warning waits still."""
    mette.answer("sager_udvalgt", "10").answer("sager_behandlet", "12")
    waiting = len(mette.situation.open_findings)
    mette.clicks("Taget til efterretning", CITIZEN).clicks("Jeg skriver det om")
    assert len(mette.situation.open_findings) == waiting
    assert "Mikkelsen" not in stored(mette)


@pytest.mark.parametrize("text", ["/statsu Hanne Mikkelsen", "rett Hanne Mikkelsen", "/statsu 010203-1234"])
def test_words_that_are_nearly_a_command_are_guarded_too(mette: Chat, text: str) -> None:
    """Asking whether a command was meant stores nothing that may be a citizen's."""
    mette.at("opgaver").says(text)
    assert "Mikkelsen" not in stored(mette)
    assert "010203" not in stored(mette)


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
