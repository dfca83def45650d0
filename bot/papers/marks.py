"""What a draft says of each answer: that it is not approved, that a warning about it is open."""

from __future__ import annotations

from bot.dialogue.situation import Situation
from bot.dialogue.talk import ask_of
from bot.papers import texts
from knowledge.letters.marks import answers, marked
from knowledge.letters.model import Block, Letter
from storage.case import AnswerState

#: Answers in these states are there, but nobody has approved them as they stand.
UNAPPROVED = frozenset({AnswerState.ANSWERED, AnswerState.REOPENED, AnswerState.RETURNED})


def with_marks(letter: Letter, situation: Situation) -> Letter:
    """The draft with its marks. Where no answer is approved yet, that is said once, at the top."""
    states = [situation.case.answer(point.id).state for point in situation.relevant]
    none_approved = AnswerState.APPROVED not in states and AnswerState.ANSWERED in states
    open_keys = {finding.key for finding in situation.open_findings}
    remarks = {
        point.id: _remarks(situation, point.id, open_keys, approval=not none_approved)
        for point in situation.relevant
    }
    shared = _points_that_share_a_paragraph(letter.blocks)
    said = {
        point: texts.ABOUT_ANSWER.format(ask=ask_of(situation, point), remarks=text)
        if point in shared
        else text
        for point, text in remarks.items()
        if text
    }
    return marked(letter, said, texts.NONE_APPROVED if none_approved else "")


def _remarks(situation: Situation, point: str, open_keys: set[str], *, approval: bool) -> str:
    answer = situation.case.answer(point)
    lines = []
    if answer.state is AnswerState.RETURNED:
        lines.append(texts.RETURNED.format(comment=answer.comment))
    elif answer.state is AnswerState.REOPENED:
        lines.append(texts.REOPENED)
    elif answer.state is AnswerState.ANSWERED and approval:
        lines.append(texts.NOT_APPROVED)
    lines += [
        texts.OPEN_FINDING.format(title=finding.title)
        for finding in situation.findings_about(point)
        if finding.key in open_keys
    ]
    return "\n".join(dict.fromkeys(lines))


def _points_that_share_a_paragraph(blocks: tuple[Block, ...]) -> set[str]:
    """Short answers stand together: a remark under them must name which it is about."""
    return {point for block in blocks if len(of := set(answers(block))) > 1 for point in of}
