"""Two caseworkers at one case never overwrite each other unseen."""

from __future__ import annotations

from knowledge.hearings.values import Text
from tests.bot.dialogue.talking import Chat, Room


def test_an_answer_goes_to_the_question_that_the_person_was_shown(room: Room, mette: Chat) -> None:
    """What one writes is meant for what one saw, even where a colleague has gone ahead."""
    anna = room.join("Anna")
    mette.at("opgaver")
    anna.at("arbejdsmetode").says("Samtaler.")
    mette.says("Et kursus.")
    assert mette.situation.answers["opgaver"] == Text(text="Et kursus.")


def test_a_colleagues_answer_from_meanwhile_is_shown_before_anything_is_replaced(
    room: Room, mette: Chat
) -> None:
    """Where both answered the same question, the later one chooses, and both versions are seen."""
    anna = room.join("Anna")
    mette.at("opgaver")
    anna.at("opgaver").says("Annas svar.")
    mette.says("Mettes svar.")
    assert "Annas svar." in mette.text
    assert mette.situation.answers["opgaver"] == Text(text="Annas svar.")
    mette.clicks("Tilføj mit")
    assert mette.situation.answers["opgaver"] == Text(text="Annas svar.\n\nMettes svar.")


def test_replacing_a_colleagues_answer_keeps_theirs_in_the_history(room: Room, mette: Chat) -> None:
    """The replaced answer stays as a version of its own."""
    anna = room.join("Anna")
    mette.at("opgaver")
    anna.at("opgaver").says("Annas svar.")
    mette.says("Mettes svar.").clicks("Erstat med mit")
    said = [version.value["text"] for version in mette.situation.case.answer("opgaver").versions]
    assert said == ["Annas svar.", "Mettes svar."]


def test_leaving_a_colleagues_answer_changes_nothing(room: Room, mette: Chat) -> None:
    """The colleague's answer can stand."""
    anna = room.join("Anna")
    mette.at("opgaver")
    anna.at("opgaver").says("Annas svar.")
    mette.says("Mettes svar.").clicks("Behold det")
    assert mette.situation.answers["opgaver"] == Text(text="Annas svar.")


def test_correcting_a_colleagues_answer_that_one_has_seen_needs_no_question(room: Room, mette: Chat) -> None:
    """Who goes to an answer and sees it may change it at once."""
    anna = room.join("Anna")
    anna.at("opgaver").says("Annas svar.")
    mette.at("opgaver").says("Mettes svar.")
    assert mette.situation.answers["opgaver"] == Text(text="Mettes svar.")
