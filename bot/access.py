"""Who may do what in a case: the one place that decides it."""

from __future__ import annotations

from enum import StrEnum

from storage.case import AnswerState, Case, CaseState
from storage.events import Role


class Right(StrEnum):
    """Something a person may do in a case."""

    SEE = "see"
    ANSWER = "answer"
    SUBMIT = "submit"
    REVIEW = "review"
    APPROVE_CASE = "approve_case"
    MARK_SENT = "mark_sent"
    INVITE = "invite"


_BY_ROLE = {
    Role.CASEWORKER: frozenset({Right.SEE, Right.ANSWER, Right.SUBMIT}),
    Role.TEAM_LEAD: frozenset(
        {Right.SEE, Right.ANSWER, Right.REVIEW, Right.APPROVE_CASE, Right.MARK_SENT, Right.INVITE}
    ),
}


def rights(case: Case, person: str) -> frozenset[Right]:
    """What the person may do in the case as it stands; nothing for someone who is not a member."""
    member = case.members.get(person)
    if member is None or case.state is CaseState.ERASED:
        return frozenset()
    granted = _BY_ROLE[member.role]
    if case.state is CaseState.SENT:
        granted &= {Right.SEE}
    if case.state is not CaseState.DRAFTING:
        granted -= {Right.SUBMIT}
    if case.state is not CaseState.APPROVED:
        granted -= {Right.MARK_SENT}
    return granted


def may_approve(case: Case, person: str, point: str) -> bool:
    """Whether the person may approve the point's answer: a lead, and never their own words.

    Every person who wrote the version that stands is its author; an answer that is open, returned or
    reopened has nothing to approve.
    """
    answer = case.answer(point)
    return (
        Right.REVIEW in rights(case, person)
        and answer.state is AnswerState.ANSWERED
        and bool(answer.versions)
        and answer.versions[-1].person != person
    )
