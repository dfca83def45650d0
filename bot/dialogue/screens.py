"""What a person is shown of a case: the question, the status, the lists; replies only, no events."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.access import Right, rights
from bot.dialogue import texts
from bot.dialogue.buttons import Action, Press, encode
from bot.dialogue.messages import Block, Button, Reply, Style, Tone
from bot.dialogue.placing import passage_of, point_of
from bot.dialogue.situation import Situation, required
from bot.dialogue.talk import ask_of, quote, reply, small, strong
from knowledge.findings import Finding, Tier
from knowledge.hearings.conditions import Point
from knowledge.hearings.model import QuestionType
from knowledge.letters.wording import day, said
from storage.case import AnswerState, CaseState

#: Lines in a list before it is cut, buttons in a list, characters of an answer shown in passing.
LIST_LINES = 40
LIST_BUTTONS = 8
SHOWN_ANSWER = 280
BUTTON_LABEL = 40

#: The arg of a button that confirms what the one before it asked.
CONFIRMED = "="

DENMARK = ZoneInfo("Europe/Copenhagen")

Rows = tuple[tuple[Button, ...], ...]


def button(situation: Situation, label: str, action: Action, point: str = "", arg: str = "") -> Button:
    """A button drawn for the case as it stands."""
    case = situation.case
    return Button(label, encode(Press(case.id, case.version, action, point, arg)))


def shortened(text: str, limit: int = SHOWN_ANSWER) -> str:
    """The text's beginning, cut at a word, in one line."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0] + texts.CUT


def answer_in_words(situation: Situation, point: str) -> str:
    """The newest answer of a point as one reads it; empty where there is none."""
    value = situation.answers.get(point)
    return said(value, situation.definition.question(point)) if value else ""


def question(situation: Situation, point: str) -> Reply:
    """The question as the caseworker meets it, with its buttons."""
    asked = situation.definition.question(point)
    known = situation.points[point]
    answer = situation.case.answer(point)
    head = texts.QUESTION_HEAD.format(number=situation.number(point), total=len(situation.relevant))
    if asked.number:
        head += texts.QUESTION_NUMBER.format(number=asked.number)
    blocks: list[Block | str] = [
        small(f"{known.section.title} · {head}"),
        strong(ask_of(situation, point)),
    ]
    blocks.append(asked.help)
    if answer.state is AnswerState.RETURNED:
        blocks.append(
            quote(texts.RETURNED_NOTE.format(name=situation.name(answer.reviewer), comment=answer.comment))
        )
    if answer.state is AnswerState.REOPENED:
        blocks.append(texts.REOPENED_NOTE.format(ask=ask_of(situation, answer.reopened_by)))
    if answer.versions:
        blocks.append(texts.FORMER_ANSWER.format(said=shortened(answer_in_words(situation, point))))
    return reply(*blocks, buttons=_question_buttons(situation, known), tone=Tone.QUESTION)


def _question_buttons(situation: Situation, point: Point) -> Rows:
    asked = point.question

    def of(label: str, action: Action, arg: str = "") -> Button:
        return button(situation, label, action, point.id, arg)

    rows: list[tuple[Button, ...]] = []
    if asked.type is QuestionType.YES_NO:
        rows.append((of(texts.YES, Action.ANSWER, "ja"), of(texts.NO, Action.ANSWER, "nej")))
    if asked.type is QuestionType.CHOICE:
        rows.extend(
            (of(shortened(option.label, BUTTON_LABEL), Action.ANSWER, option.id),) for option in asked.options
        )
    state = situation.case.answer(point.id).state
    if state in {AnswerState.REOPENED, AnswerState.RETURNED}:
        rows.append((of(texts.KEEP_ANSWER, Action.KEEP),))
    if asked.type is QuestionType.DOCUMENTS and situation.files_of(point.id).files:
        rows.append((of(texts.FILES_DONE, Action.DONE),))
    rows.append((of(texts.UNKNOWN, Action.ANSWER, "ved_ikke"), of(texts.SKIPPABLE, Action.SKIP)))
    rows.append((of(texts.BACK_BUTTON, Action.BACK), of(texts.EXAMPLE_BUTTON, Action.EXAMPLE)))
    return tuple(rows)


def standing(situation: Situation, person: str) -> Reply:
    """What comes next for a caseworker: the question they are at, or that all is answered."""
    place = situation.place(person)
    if place is not None:
        return question(situation, place)
    return finished(situation, person)


def finished(situation: Situation, person: str) -> Reply:
    """No question waits: what was skipped, or that the case can go to review."""
    letter = button(situation, texts.SEE_LETTER, Action.LETTER)
    state = situation.case.state
    if state is CaseState.SUBMITTED:
        return reply(texts.ALREADY_SUBMITTED, buttons=((letter,),))
    if state in {CaseState.APPROVED, CaseState.SENT}:
        return done(situation, person)
    may_submit = Right.SUBMIT in rights(situation.case, person)
    submit = ((button(situation, texts.SUBMIT, Action.SUBMIT),),) if may_submit else ()
    if situation.skipped:
        rows = point_buttons(situation, situation.skipped)
        if not any(required(point.question) for point in situation.skipped):
            rows += submit
        return reply(texts.ONLY_SKIPPED, buttons=(*rows, (letter,)))
    return reply(texts.ALL_ANSWERED, buttons=(*submit, (letter,)))


def done(situation: Situation, person: str) -> Reply:
    """The letter is final: where it is had, and for a lead that it can be marked as sent."""
    letter = button(situation, texts.SEE_LETTER, Action.LETTER)
    sent_at = situation.case.sent_at
    if sent_at is not None:
        return reply(
            texts.CASE_SENT.format(day=day(sent_at.astimezone(DENMARK).date())), buttons=((letter,),)
        )
    if Right.MARK_SENT in rights(situation.case, person):
        mark = button(situation, texts.MARK_SENT, Action.MARK_SENT)
        return reply(texts.CASE_DONE, buttons=((letter, mark),))
    return reply(texts.CASE_DONE, buttons=((letter,),))


def point_buttons(situation: Situation, points: list[Point]) -> Rows:
    """A button to go to each of the first points."""
    return tuple(
        (button(situation, _line(situation, point), Action.EDIT, point.id),)
        for point in points[:LIST_BUTTONS]
    )


def _line(situation: Situation, point: Point) -> str:
    return texts.OPTION_NUMBERED.format(
        number=situation.number(point.id), label=shortened(ask_of(situation, point.id), BUTTON_LABEL)
    )


def status(situation: Situation) -> Reply:
    """Progress, in all and by section."""
    progress = situation.progress
    percent = round(100 * progress.answered / progress.relevant) if progress.relevant else 100
    head = texts.STATUS_HEAD.format(
        answered=progress.answered,
        relevant=progress.relevant,
        percent=percent,
        state=texts.CASE_STATES[situation.case.state],
    )
    sections = "\n".join(
        texts.STATUS_SECTION.format(title=title, answered=answered, relevant=relevant)
        for title, answered, relevant in progress.sections
    )
    returned = sum(situation.case.answer(p.id).state is AnswerState.RETURNED for p in situation.relevant)
    more = texts.STATUS_MORE.format(
        returned=returned, skipped=len(situation.skipped), warnings=len(situation.open_findings)
    )
    return reply(strong(head), sections, more)


def open_points(situation: Situation) -> Reply:
    """The points that wait for the caseworker, with buttons to the first of them."""
    waiting = [*situation.to_answer, *situation.skipped]
    if not waiting:
        return reply(texts.NOTHING_OPEN)
    lines = [
        texts.OPEN_LINE.format(
            number=situation.number(point.id),
            ask=ask_of(situation, point.id),
            state=texts.STATES[situation.case.answer(point.id).state],
        )
        for point in waiting
    ]
    if len(lines) > LIST_LINES:
        lines = [*lines[:LIST_LINES], texts.MORE_LINES.format(count=len(lines) - LIST_LINES)]
    return reply(strong(texts.OPEN_HEAD), "\n".join(lines), buttons=point_buttons(situation, waiting))


def finding(situation: Situation, found: Finding, person: str) -> Reply:
    """A finding with its quote in place, what it means, what to do, and its sources."""
    heads = texts.FINDING_HEAD
    head = heads[found.severity] if found.tier is Tier.WARNING else texts.FINDING_ASK_HEAD
    about = found.about
    blocks: list[Block | str] = [strong(head.format(title=found.title))]
    if about.file and about.file in situation.case.files:
        name = situation.case.files[about.file].name
        where = texts.FINDING_FILE.format(name=name, page=about.page) if about.page else name
        blocks.append(small(where))
    elif about.question and about.question in situation.points:
        blocks.append(small(ask_of(situation, about.question)))
    if about.quote:
        passage = passage_of(situation, found)
        blocks.append(quote(replace(passage, quote=shortened(passage.quote)).marked))
    blocks += [found.meaning, texts.FINDING_ADVICE.format(advice=found.advice)]
    if found.sources:
        named = "; ".join(
            f"{source.title} ({source.url})" if source.url else source.title for source in found.sources
        )
        blocks.append(Block(texts.FINDING_SOURCES.format(sources=named), Style.SMALL))
    return reply(*blocks, buttons=_finding_buttons(situation, found, person), tone=Tone.WARNING)


def _finding_buttons(situation: Situation, found: Finding, person: str) -> Rows:
    if Right.ANSWER not in rights(situation.case, person):
        return ()
    heed = [button(situation, texts.ACKNOWLEDGE, Action.ACKNOWLEDGE, "", found.key)]
    if point_of(situation, found):
        label = texts.CORRECT if found.about.question else texts.CORRECT_FILE
        heed.insert(0, button(situation, label, Action.CORRECT, "", found.key))
    wrong = button(situation, texts.DISPUTE, Action.DISPUTE, "", found.key)
    return (tuple(heed), (wrong,))
