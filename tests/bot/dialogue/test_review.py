"""The caseworker submits, the lead approves or returns, and nobody approves their own answer."""

from __future__ import annotations

import pytest

from bot.dialogue.buttons import Action, Press
from bot.dialogue.messages import Tone
from knowledge.hearings.model import Required
from storage.case import AnswerState, CaseState
from storage.events import Role
from tests.bot.dialogue.talking import Chat, Room

WORDS = {
    "text": "Vi har gennemgået sagerne sammen med konsulenten.",
    "yes_no": "nej, det er ikke sket",
    "count": "0",
    "amount": "1.000 kr. ekskl. moms",
    "percent": "10 %",
    "date": "14. maj 2019",
}


def press(chat: Chat, action: Action, point: str = "", arg: str = "", text: str | None = None) -> Chat:
    """Press a button drawn now."""
    return chat.presses(Press("c0ffee", chat.situation.case.version, action, point, arg), text)


def answer_everything(chat: Chat) -> Chat:
    """Answer every question that is asked, plainly."""
    for _ in range(60):
        place = chat.place
        if place is None:
            return chat
        question = chat.situation.definition.question(place)
        if question.required is not Required.YES:
            chat.at(place).says("spring over")
        elif question.none_allowed:
            chat.answer(place, "ingen, fordi der ikke er nogen")
        elif question.type == "documents":
            chat.at(place).sends("bilag.pdf").clicks("Færdig med filer")
        else:
            chat.answer(place, WORDS[question.type])
    raise AssertionError("the questions never end")


@pytest.fixture
def submitted(mette: Chat, jens: Chat) -> Chat:
    """The lead's chat once everything is answered and submitted."""
    answer_everything(mette)
    press(mette, Action.SUBMIT, "", "=")
    assert mette.state() is CaseState.SUBMITTED
    return jens


def test_what_is_missing_is_listed_before_submitting(mette: Chat, jens: Chat) -> None:
    """An unfinished case cannot be submitted, and the person sees what is missing."""
    mette.answer("opgaver", "Et kursus.").says("indsend")
    assert mette.state() is CaseState.DRAFTING
    assert mette.situation.definition.questions["arbejdsmetode"].ask in mette.text


def test_open_serious_warnings_are_shown_before_submitting(mette: Chat, jens: Chat) -> None:
    """Serious warnings do not forbid submitting, but nobody submits unawares."""
    answer_everything(mette)
    mette.answer("udkast_afgoerelser", "ja, i tre sager").answer(
        "no_cure_no_pay", "ja, konsulenten får 10 % af besparelsen"
    )
    answer_everything(mette)
    mette.says("indsend")
    assert mette.state() is CaseState.DRAFTING
    mette.clicks("Send alligevel")
    assert mette.state() is CaseState.SUBMITTED


def test_the_lead_is_told_of_a_submitted_case(submitted: Chat) -> None:
    """The lead gets word with a way to the review."""
    told = [notice for notice in submitted.room.notices if notice.person == "jens"]
    assert "Mette" in told[0].reply.text


def test_the_lead_approves_one_answer(submitted: Chat) -> None:
    """An approved answer is marked so, and the next one is shown."""
    submitted.says("gennemgå").clicks("Godkend")
    states = [answer.state for answer in submitted.situation.case.answers.values()]
    assert states.count(AnswerState.APPROVED) == 1
    assert "Godkend" in submitted.labels


def test_a_returned_answer_comes_back_with_its_comment(submitted: Chat, mette: Chat) -> None:
    """The caseworker is told, is taken there, and sees the comment; the case is in their hands again."""
    press(submitted, Action.RETURN, "opgaver")
    submitted.says("Skriv også om kurset.")
    assert submitted.state() is CaseState.DRAFTING
    told = [notice for notice in submitted.room.notices if notice.person == "mette"]
    assert "Skriv også om kurset." in told[-1].reply.text
    mette.says("fortsæt")
    assert mette.place == "opgaver"
    assert "Skriv også om kurset." in mette.text


def test_returning_needs_a_comment(submitted: Chat) -> None:
    """A lead who only presses the button is asked what should change."""
    press(submitted, Action.RETURN, "opgaver")
    assert submitted.situation.case.answer("opgaver").state is AnswerState.ANSWERED
    assert submitted.heard[-1].tone is Tone.QUESTION


def test_nobody_approves_their_own_answer(room: Room, mette: Chat, jens: Chat) -> None:
    """A lead's own answer waits for another lead."""
    anna = room.join("Anna", Role.TEAM_LEAD)
    jens.at("opgaver").says("Et kursus.")
    press(jens, Action.APPROVE, "opgaver")
    assert room.situation.case.answer("opgaver").state is AnswerState.ANSWERED
    assert jens.heard[0].tone is Tone.ERROR
    press(anna, Action.APPROVE, "opgaver")
    assert room.situation.case.answer("opgaver").state is AnswerState.APPROVED


def test_a_caseworker_cannot_approve(mette: Chat, jens: Chat) -> None:
    """Review is the lead's."""
    mette.answer("opgaver", "Et kursus.")
    press(mette, Action.APPROVE, "opgaver")
    press(mette, Action.APPROVE_ALL)
    press(mette, Action.APPROVE_CASE)
    assert mette.situation.case.answer("opgaver").state is AnswerState.ANSWERED
    assert mette.state() is CaseState.DRAFTING


def test_an_answer_changed_after_it_was_shown_is_not_approved_unseen(submitted: Chat, mette: Chat) -> None:
    """An old button does not approve a newer answer."""
    version = submitted.situation.case.version
    mette.answer("opgaver", "Noget andet.")
    submitted.presses(Press("c0ffee", version, Action.APPROVE, "opgaver"))
    assert submitted.situation.case.answer("opgaver").state is AnswerState.ANSWERED


def test_the_whole_is_approved_only_when_every_answer_is(submitted: Chat) -> None:
    """One unapproved answer holds the letter back, and is named."""
    press(submitted, Action.APPROVE_CASE)
    assert submitted.state() is CaseState.SUBMITTED
    press(submitted, Action.APPROVE_ALL)
    press(submitted, Action.APPROVE_CASE)
    assert submitted.state() is CaseState.APPROVED
    assert submitted.last is not None
    assert submitted.last.letter


def test_changing_an_approved_case_takes_the_approval_away(submitted: Chat, mette: Chat) -> None:
    """A letter that was final becomes a draft again when an answer changes."""
    press(submitted, Action.APPROVE_ALL)
    press(submitted, Action.APPROVE_CASE)
    mette.answer("opgaver", "Noget andet.")
    assert mette.state() is CaseState.SUBMITTED
    assert mette.situation.case.answer("opgaver").state is AnswerState.ANSWERED


def test_a_lead_can_return_an_answer_of_an_approved_case(submitted: Chat) -> None:
    """Until the letter is sent, the lead can change their mind."""
    press(submitted, Action.APPROVE_ALL)
    press(submitted, Action.APPROVE_CASE)
    press(submitted, Action.RETURN, "opgaver", text="Se på den igen.")
    assert submitted.state() is CaseState.DRAFTING


def test_a_leads_words_are_not_taken_for_an_answer(mette: Chat, jens: Chat) -> None:
    """A lead who writes something is told how to answer and how to review."""
    jens.says("Hvordan går det?")
    assert not jens.situation.answers
    assert "gennemgang" in jens.text


@pytest.fixture
def approved(submitted: Chat) -> Chat:
    """The lead's chat of a case that is approved as a whole."""
    press(submitted, Action.APPROVE_ALL)
    press(submitted, Action.APPROVE_CASE)
    return submitted


def test_sent_is_said_twice_and_closes_the_case(approved: Chat, mette: Chat) -> None:
    """The first word only asks; the second is noted, told to the others, and ends all changes."""
    approved.says("/sendt")
    assert approved.state() is CaseState.APPROVED
    assert approved.heard[-1].tone is Tone.QUESTION
    approved.clicks("Ja, brevet er sendt")
    assert approved.state() is CaseState.SENT
    assert approved.situation.case.sent_at is not None
    assert any(
        "har sendt svarbrevet" in one.reply.text for one in approved.room.notices if one.person == "mette"
    )
    mette.answer("opgaver", "Noget andet.")
    assert mette.heard[0].tone is Tone.ERROR
    approved.says("markér som sendt")
    assert "blev sendt den 3. marts 2020" in approved.text


def test_only_a_final_letter_is_sent_and_only_a_lead_says_so(submitted: Chat, mette: Chat) -> None:
    """A draft cannot be marked, and a caseworker cannot mark."""
    press(submitted, Action.MARK_SENT, "", "=")
    assert submitted.state() is CaseState.SUBMITTED
    assert "udkast" in submitted.text
    press(submitted, Action.APPROVE_ALL)
    press(submitted, Action.APPROVE_CASE)
    press(mette, Action.MARK_SENT, "", "=")
    assert mette.state() is CaseState.APPROVED
    assert mette.heard[0].tone is Tone.ERROR


def test_a_lead_is_offered_to_mark_the_final_letter_as_sent(room: Room, approved: Chat, mette: Chat) -> None:
    """The button stands where the final letter is offered, for the lead only."""
    approved.says("/gennemgang")
    assert "Markér som sendt" in approved.labels
    mette.says("/fortsaet")
    assert "Markér som sendt" not in mette.labels
