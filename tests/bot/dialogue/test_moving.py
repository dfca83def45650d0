"""Going back and forth, pausing, and looking at where things stand."""

from __future__ import annotations

import pytest

from bot.dialogue.messages import Tone
from storage.case import AnswerState
from tests.bot.dialogue.talking import Chat


def test_back_goes_to_the_question_before_and_shows_its_answer(mette: Chat) -> None:
    """Going back shows what was answered, ready to be answered anew."""
    mette.says("Lundager Rådgivning ApS").says("tilbage")
    assert mette.place == "konsulentfirma"
    assert "Lundager Rådgivning ApS" in mette.text


def test_back_at_the_first_question_stays_there(mette: Chat) -> None:
    """There is nothing before the first question."""
    mette.says("tilbage")
    assert mette.place == "konsulentfirma"


def test_a_skipped_question_comes_again_at_the_end(mette: Chat) -> None:
    """Skipping puts off; nothing is forgotten."""
    mette.says("spring over")
    assert mette.situation.case.answer("konsulentfirma").state is AnswerState.SKIPPED
    assert mette.place == "kontrakt_indgaaet"
    assert [point.id for point in mette.situation.skipped] == ["konsulentfirma"]
    mette.says("mangler")
    assert "sprunget over" in mette.text


def test_skipping_an_answered_question_keeps_its_answer(mette: Chat) -> None:
    """Passing by an answer does not take it away."""
    mette.says("Lundager Rådgivning ApS").says("tilbage").says("spring over")
    assert mette.situation.case.answer("konsulentfirma").state is AnswerState.ANSWERED


@pytest.mark.parametrize("words", ["ret 4", "/ret 4", "ret opgaver"])
def test_a_question_is_found_by_number_or_words(mette: Chat, words: str) -> None:
    """An answer can be edited by the number on screen or by words of its question."""
    mette.says(words)
    if mette.labels and mette.labels[0].startswith("Ja"):
        mette.clicks(mette.labels[0])
    assert mette.place == "opgaver"


def test_a_number_that_no_question_has_is_told(mette: Chat) -> None:
    """Asking for question 99 is answered, and the person stays where they were."""
    mette.says("ret 99")
    assert mette.tones == [Tone.ERROR]
    assert mette.place == "konsulentfirma"


def test_pause_and_resume_continue_where_one_was(mette: Chat) -> None:
    """After a pause the same question is shown."""
    mette.says("Lundager Rådgivning ApS").says("pause")
    assert "mette" in mette.situation.case.paused
    mette.says("fortsæt")
    assert mette.place == "kontrakt_indgaaet"
    assert "mette" not in mette.situation.case.paused


def test_status_tells_progress_by_section(mette: Chat) -> None:
    """Status counts the answers in all and by section."""
    mette.says("Lundager Rådgivning ApS").says("status")
    assert mette.heard[0].text.startswith("1 af ")
    assert "Samarbejdet kort: 1 af 3" in mette.text


def test_status_does_not_lose_the_place(mette: Chat) -> None:
    """Looking at the status leaves the person at their question."""
    mette.says("Lundager Rådgivning ApS").says("status").says("14/5-2019")
    assert "kontrakt_indgaaet" in mette.situation.answers


def test_help_names_the_commands(mette: Chat) -> None:
    """Help tells what can be written."""
    mette.says("hjælp")
    assert "status" in mette.text
    assert "tilbage" in mette.text


def test_the_example_belongs_to_the_question(mette: Chat) -> None:
    """The example shown is the question's own."""
    mette.at("sager_udvalgt").clicks("Vis et eksempel")
    assert mette.situation.definition.questions["sager_udvalgt"].example in mette.text


def test_the_letter_can_be_asked_for_at_any_time(mette: Chat) -> None:
    """Asking for the letter works before anything is answered."""
    mette.says("/brev")
    assert mette.last is not None
    assert mette.last.letter


def test_a_misspelt_command_is_confirmed_first(mette: Chat) -> None:
    """A word that is nearly a command is asked about, and neither done nor stored."""
    mette.at("opgaver").says("sttaus")
    assert "opgaver" not in mette.situation.answers
    mette.clicks("Ja, status")
    assert "spørgsmål er besvaret" in mette.text


def test_a_word_that_only_looks_like_a_command_can_be_the_answer(mette: Chat) -> None:
    """The person can say that it was their answer."""
    mette.at("opgaver").says("sttaus").clicks("Nej, det er mit svar")
    assert mette.situation.answers["opgaver"].text == "sttaus"  # type: ignore[union-attr]


def test_a_greeting_is_no_answer(mette: Chat) -> None:
    """Saying hello shows the question instead of being stored as the firm's name."""
    mette.says("Hej")
    assert "konsulentfirma" not in mette.situation.answers
    assert mette.heard[-1].tone is Tone.QUESTION


def test_the_facts_of_the_case_are_shown_and_changed(mette: Chat) -> None:
    """The municipality's journal number can be changed in the chat."""
    mette.says("oplysninger")
    assert "27.00.00-K03-1-20" in mette.text
    mette.says("/oplysninger 8 2020-12345")
    assert mette.situation.profile.authority_reference == "2020-12345"
    mette.says("/oplysninger 14 sammenhængende")
    assert mette.situation.profile.letter_style == "connected"


def test_a_date_that_is_none_is_refused_for_a_fact(mette: Chat) -> None:
    """The letter's date must be a day."""
    mette.says("/oplysninger 11 snart")
    assert mette.tones == [Tone.ERROR]


def test_a_case_can_move_to_another_department(mette: Chat) -> None:
    """The department's details and signatory come along; an unknown one is told which there are."""
    mette.says("/oplysninger 16 skole og fritid")
    profile = mette.situation.profile
    assert profile.department == "Skole og Fritid"
    assert (profile.municipality.phone, profile.signatory.title) == ("55 66 77 88", "Skolechef")
    mette.says("/oplysninger 16 Vej og Park")
    assert "Vælg en af disse: Skole og Fritid." in mette.text
    assert mette.situation.profile.department == "Skole og Fritid"
