"""The cover sheet of a draft: all that is still to be done, for the caseworker's eyes only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.dialogue.situation import Situation, required
from bot.dialogue.talk import ask_of
from bot.dialogue.texts import CASE_STATES, PARTICULARS, STATES
from bot.papers import texts
from bot.papers.marks import UNAPPROVED
from knowledge.findings import Finding
from knowledge.hearings.conditions import Point
from knowledge.hearings.values import NoneBecause
from knowledge.letters.model import Bullets, Heading, Item, Paragraph, Said
from knowledge.letters.sheet import Sheet, SheetBlock
from knowledge.letters.wording import day
from storage.case import AnswerState

#: What a letter must not lack of the case's own facts.
_NEEDED = ("municipality.street", "municipality.postcode_city", "journal_number", "request_date")


def cover_sheet(situation: Situation, today: date) -> Sheet:
    """Open points, answers nobody approved, open warnings, missing copies and facts."""
    profile, case = situation.profile, situation.case
    number = profile.journal_number
    about = texts.COVER_ABOUT.format(
        title=situation.definition.title,
        municipality=profile.municipality.name,
        journal=texts.COVER_JOURNAL.format(number=number) if number else "",
        day=day(today),
        state=CASE_STATES[case.state],
    )
    parts = (
        (texts.COVER_FACTS, _missing_facts(situation)),
        (texts.COVER_OPEN, [_open(situation, point) for point in _open_points(situation)]),
        (texts.COVER_COPIES, missing_copies(situation)),
        (texts.COVER_FINDINGS, [_finding(situation, one) for one in situation.open_findings]),
        (texts.COVER_UNAPPROVED, [_unapproved(situation, point) for point in _unapproved_points(situation)]),
    )
    blocks: list[SheetBlock] = []
    for heading, lines in parts:
        if lines:
            blocks += [Heading(heading.format(count=len(lines)), 2), Bullets(tuple(map(Item, lines)))]
    nothing = Paragraph((Said(texts.COVER_NOTHING),))
    return Sheet(texts.COVER_TITLE, about, tuple(blocks) or (nothing,), today, notice=texts.COVER_NOTICE)


def missing_copies(situation: Situation) -> list[str]:
    """What the hearing asks copies of and is not enclosed, each with its reason where one was given."""
    return [
        _copy(situation, point) for point in situation.documents_points() if _lacks_copy(situation, point)
    ]


def _lacks_copy(situation: Situation, point: Point) -> bool:
    return not situation.files_of(point.id).files


def _copy(situation: Situation, point: Point) -> str:
    """In the authority's words, since the list of enclosures that it gets says so too."""
    asked = situation.case.quotes.get(point.question.id) or point.question.quote
    asked = asked.strip() or ask_of(situation, point.id)
    value = situation.answers.get(point.id)
    reason = value.reason if isinstance(value, NoneBecause) else texts.COPY_MISSING
    return texts.COPY.format(asked=asked, reason=reason)


def _missing_facts(situation: Situation) -> list[str]:
    facts = situation.profile.model_dump()
    missing = []
    for name in _NEEDED:
        value = facts
        for part in name.split("."):
            value = value[part]
        if not value:
            missing.append(PARTICULARS[name])
    return missing


def _open_points(situation: Situation) -> Iterable[Point]:
    return (point for point in situation.relevant if not situation.case.answer(point.id).versions)


def _unapproved_points(situation: Situation) -> Iterable[Point]:
    return (point for point in situation.relevant if situation.case.answer(point.id).state in UNAPPROVED)


def _open(situation: Situation, point: Point) -> str:
    state = STATES[situation.case.answer(point.id).state]
    words = texts.POINT_OPEN if required(point.question) else texts.POINT_OPTIONAL
    return words.format(ask=ask_of(situation, point.id), state=state)


def _unapproved(situation: Situation, point: Point) -> str:
    answer, ask = situation.case.answer(point.id), ask_of(situation, point.id)
    if answer.state is AnswerState.RETURNED:
        return texts.POINT_RETURNED.format(ask=ask, comment=answer.comment)
    return texts.POINT_BY.format(ask=ask, name=situation.name(answer.versions[-1].person))


def _finding(situation: Situation, finding: Finding) -> str:
    point = finding.about.question
    known = point if point in situation.points else None
    return texts.FINDING.format(
        severity=texts.SEVERITIES[finding.severity],
        title=finding.title.rstrip("."),
        place=texts.FINDING_ABOUT.format(ask=ask_of(situation, known)) if known else "",
        advice=finding.advice.partition("\n\n")[0],
    )
