"""From the caseworker's hands to the lead's: submit, look, approve or return, approve the whole."""

from __future__ import annotations

from bot.access import Right, may_approve, rights
from bot.dialogue import screens, texts
from bot.dialogue.asking import ask_back
from bot.dialogue.buttons import Action
from bot.dialogue.guard import Use, Words, guarded
from bot.dialogue.messages import Block, Button, Tone
from bot.dialogue.talk import Talk, reply, small, strong
from knowledge.findings import Severity, Tier
from knowledge.hearings.conditions import Point
from storage.case import AnswerState, CaseState
from storage.events import Approved, CaseApproved, Returned, Role, Submitted, Turned


def submit(talk: Talk, *, anyway: bool) -> None:
    """The caseworker hands the answers over; open high warnings are shown first."""
    case = talk.situation.case
    if case.state is not CaseState.DRAFTING:
        talk.say(texts.ALREADY_SUBMITTED)
        return
    if Right.SUBMIT not in rights(case, talk.person):
        refuse_right(talk)
        return
    missing = talk.situation.missing
    if missing:
        lines = "\n".join(f"• {talk.ask_of(point.id)}" for point in missing[: screens.LIST_LINES])
        talk.say(
            texts.NOT_READY,
            lines,
            buttons=screens.point_buttons(talk.situation, missing),
            tone=Tone.ERROR,
        )
        return
    high = [
        finding
        for finding in talk.situation.open_findings
        if finding.severity is Severity.HIGH and finding.tier is Tier.WARNING
    ]
    if high and not anyway:
        see = screens.button(talk.situation, texts.SEE_FINDINGS, Action.FINDINGS)
        send = screens.button(talk.situation, texts.SUBMIT_ANYWAY, Action.SUBMIT, "", "=")
        talk.say(texts.counted(texts.OPEN_HIGH, len(high)), buttons=((see, send),), tone=Tone.WARNING)
        return
    talk.happen(Submitted(), Turned(point=None))
    leads = talk.situation.persons(Role.TEAM_LEAD)
    names = ", ".join(talk.situation.name(lead) for lead in leads)
    talk.say(texts.SUBMITTED.format(leads=names) if leads else texts.NO_LEAD, tone=Tone.SAVED)
    title = talk.situation.definition.title
    told = texts.NOTICE_SUBMITTED.format(name=talk.situation.name(talk.person), title=title)
    review = screens.button(talk.situation, texts.SEE_REVIEW, Action.REVIEW)
    talk.tell(leads, reply(told, buttons=((review,),)))


def refuse_right(talk: Talk) -> None:
    """Say that the person's role does not do this."""
    member = talk.situation.case.members[talk.person]
    talk.refuse(texts.NOT_ALLOWED.format(role=texts.ROLES[member.role]))


def show_review(talk: Talk, after: str | None = None) -> None:
    """The next answer that waits for the lead, with its findings and history."""
    if Right.REVIEW not in rights(talk.situation.case, talk.person):
        refuse_right(talk)
        return
    waiting = talk.situation.to_review
    if not waiting:
        _nothing_to_review(talk)
        return
    ids = [point.id for point in waiting]
    place = (ids.index(after) + 1) % len(ids) if after in ids else 0
    point = waiting[place]
    for finding in talk.situation.findings_about(point.id)[:3]:
        talk.replies.append(screens.finding(talk.situation, finding, talk.person))
    talk.say(*_review_blocks(talk, point, place + 1, len(waiting)), buttons=_review_buttons(talk, point))


def _review_blocks(talk: Talk, point: Point, number: int, total: int) -> tuple[Block | str, ...]:
    answer = talk.situation.case.answer(point.id)
    latest = answer.versions[-1]
    edits = len(answer.versions) - 1
    return (
        small(texts.REVIEW_HEAD.format(number=number, total=total)),
        strong(talk.ask_of(point.id)),
        screens.answer_in_words(talk.situation, point.id),
        small(
            texts.REVIEW_BY.format(
                name=talk.situation.name(latest.person),
                time=latest.time.strftime("%d.%m.%Y"),
                versions=texts.counted(texts.REVIEW_VERSIONS, edits) if edits else "",
            ).strip()
        ),
    )


def _review_buttons(talk: Talk, point: Point) -> screens.Rows:
    def of(label: str, action: Action) -> Button:
        return screens.button(talk.situation, label, action, point.id)

    first = (of(texts.APPROVE, Action.APPROVE), of(texts.RETURN, Action.RETURN))
    return (first, (of(texts.NEXT, Action.REVIEW), of(texts.APPROVE_ALL, Action.APPROVE_ALL)))


def _nothing_to_review(talk: Talk) -> None:
    case = talk.situation.case
    letter = screens.button(talk.situation, texts.SEE_LETTER, Action.LETTER)
    if case.state is CaseState.SUBMITTED and not _unapproved(talk):
        whole = screens.button(talk.situation, texts.APPROVE_CASE, Action.APPROVE_CASE)
        talk.say(texts.ALL_APPROVED, buttons=((letter, whole),), tone=Tone.QUESTION)
    elif case.state in {CaseState.APPROVED, CaseState.SENT}:
        talk.replies.append(screens.done(talk.situation, talk.person))
    else:
        talk.say(texts.NOTHING_TO_REVIEW, buttons=((letter,),))


def approve(talk: Talk, point: str, seq: int) -> None:
    """The lead approves one answer, as it stood when the button was drawn."""
    answer = talk.situation.case.answer(point)
    if Right.REVIEW not in rights(talk.situation.case, talk.person):
        refuse_right(talk)
    elif answer.versions and answer.versions[-1].seq > seq:
        talk.refuse(texts.STALE_BUTTON)
        show_review(talk)
    elif not may_approve(talk.situation.case, talk.person, point):
        own = answer.state is AnswerState.ANSWERED
        problem = texts.OWN_ANSWER if own else texts.NOT_TO_APPROVE
        talk.refuse(problem.format(ask=talk.ask_of(point), state=texts.STATES[answer.state]))
    else:
        talk.happen(Approved(points={point: answer.versions[-1].seq}))
        talk.say(texts.APPROVED.format(ask=talk.ask_of(point)), tone=Tone.SAVED)
        show_review(talk)


def approve_all(talk: Talk, seq: int) -> None:
    """The lead approves every answer that they may, as they stood when the button was drawn."""
    case = talk.situation.case
    if Right.REVIEW not in rights(case, talk.person):
        refuse_right(talk)
        return
    seen = {
        point.id: case.answer(point.id).versions[-1].seq
        for point in talk.situation.to_review
        if may_approve(case, talk.person, point.id) and case.answer(point.id).versions[-1].seq <= seq
    }
    if seen:
        talk.happen(Approved(points=seen))
        talk.say(texts.counted(texts.APPROVED_MANY, len(seen)), tone=Tone.SAVED)
    show_review(talk)


def give_back(talk: Talk, point: str, comment: str | None, *, vouched: bool = False) -> None:
    """The lead returns an answer; without a comment the lead is asked for it first."""
    case = talk.situation.case
    if Right.REVIEW not in rights(case, talk.person):
        refuse_right(talk)
    elif not case.answer(point).versions or case.state is CaseState.SENT:
        state = texts.STATES[case.answer(point).state]
        talk.refuse(texts.NOT_TO_APPROVE.format(ask=talk.ask_of(point), state=state))
    elif comment is None:
        ask_back(talk, "return", point)
        talk.say(texts.RETURN_WHY.format(ask=talk.ask_of(point)), tone=Tone.QUESTION)
    elif not comment.strip():
        talk.refuse(texts.COMMENT_NEEDED)
    elif guarded(talk, comment, Use(Words.COMMENT, point), vouched=vouched):
        talk.happen(Returned(point=point, comment=comment.strip()))
        talk.say(texts.RETURNED.format(ask=talk.ask_of(point)), tone=Tone.SAVED)
        told = texts.NOTICE_RETURNED.format(
            name=talk.situation.name(talk.person), ask=talk.ask_of(point), comment=comment.strip()
        )
        go = screens.button(talk.situation, texts.GO_TO, Action.EDIT, point)
        talk.tell(talk.situation.persons(Role.CASEWORKER), reply(told, buttons=((go,),), tone=Tone.WARNING))
        show_review(talk)


def approve_case(talk: Talk) -> None:
    """The lead approves the whole; the final letter is made."""
    case = talk.situation.case
    unapproved = _unapproved(talk)
    if Right.APPROVE_CASE not in rights(case, talk.person):
        refuse_right(talk)
    elif case.state is CaseState.DRAFTING:
        talk.refuse(texts.NOT_SUBMITTED)
    elif case.state is not CaseState.SUBMITTED:
        talk.replies.append(screens.done(talk.situation, talk.person))
    elif unapproved:
        lines = "\n".join(f"• {talk.ask_of(point.id)}" for point in unapproved[: screens.LIST_LINES])
        talk.say(texts.NOT_ALL_APPROVED, lines, tone=Tone.ERROR)
    else:
        talk.happen(CaseApproved())
        talk.say(texts.CASE_APPROVED, tone=Tone.SAVED)
        talk.letter = True
        told = texts.NOTICE_APPROVED.format(name=talk.situation.name(talk.person))
        talk.tell(talk.situation.persons(Role.CASEWORKER), reply(told))


def _unapproved(talk: Talk) -> list[Point]:
    """What stands in the way of approving the whole: answers not approved, needed ones not there."""
    case = talk.situation.case
    answered = [
        point
        for point in talk.situation.relevant
        if case.answer(point.id).versions and case.answer(point.id).state is not AnswerState.APPROVED
    ]
    return answered + [point for point in talk.situation.missing if point not in answered]
