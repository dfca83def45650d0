"""What a case's next situation takes over from the one before."""

from __future__ import annotations

from tests.bot.dialogue.talking import Chat


def test_answers_that_did_not_change_stay_the_same_objects(mette: Chat) -> None:
    """By them what rests on answers is remembered: checks are worked out anew for the changed one only."""
    mette.says("Havblik Rådgivning ApS")
    first = mette.situation
    mette.says("4. februar 2019")
    second = mette.situation
    assert second.answers.keys() == {"konsulentfirma", "kontrakt_indgaaet"}
    assert second.answers["konsulentfirma"] is first.answers["konsulentfirma"]
    assert second.profile is first.profile


def test_equal_answers_are_one_object(mette: Chat) -> None:
    """An answer given anew in the same words is the one that was there, whoever gives it."""
    mette.says("Havblik Rådgivning ApS")
    before = mette.situation.answers["konsulentfirma"]
    mette.says("/ret 1")
    mette.says("Havblik Rådgivning ApS")
    assert len(mette.situation.case.answers["konsulentfirma"].versions) == 2
    assert mette.situation.answers["konsulentfirma"] is before


def test_what_is_carried_over_is_made_anew_when_it_changed(mette: Chat) -> None:
    """The firm's name belongs in the reply from the moment it is the answer, and no longer than that."""
    mette.says("Havblik Rådgivning ApS")
    assert "Havblik Rådgivning ApS" in mette.situation.allowed_names
    mette.says("/ret 1")
    mette.says("Klarsyn Konsulenter A/S")
    assert "Klarsyn Konsulenter A/S" in mette.situation.allowed_names
    assert "Havblik Rådgivning ApS" not in mette.situation.allowed_names
