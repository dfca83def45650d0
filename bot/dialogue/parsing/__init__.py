"""What a caseworker writes, as a typed value: one module per kind of answer, never a guess."""

from __future__ import annotations

from datetime import date

from bot.dialogue.parsing import (
    amounts,
    choices,
    counts,
    dates,
    documents,
    lists,
    percents,
    texts,
    unanswered,
    vat,
    yes_no,
)
from bot.dialogue.parsing.result import Option, Parsed, Unclear, Understood
from bot.dialogue.parsing.vat import vat_said
from knowledge.hearings.model import Question, QuestionType
from knowledge.hearings.values import Text

__all__ = ["MAX_LENGTH", "Option", "Parsed", "Unclear", "Understood", "parse", "vat_said"]

#: Longest answer that is read, in characters, by the question's type; prose has room for 25 pages.
MAX_LENGTH = {
    QuestionType.TEXT: 60_000,
    QuestionType.YES_NO: 20_000,
    QuestionType.COUNT: 5_000,
    QuestionType.AMOUNT: vat.MAX_LENGTH,
    QuestionType.PERCENT: 5_000,
    QuestionType.DATE: 5_000,
    QuestionType.CHOICE: 5_000,
    QuestionType.LIST: 20_000,
    QuestionType.DOCUMENTS: 5_000,
}


def parse(question: Question, text: str, *, today: date) -> Parsed:
    """The value that the text gives to the question, or a question back; raises nothing.

    `text` has been cleaned of control characters. `today` is the day the person writes, for "i går"
    and for dates without a year.
    """
    text = text.strip()
    if not text:
        return Unclear(texts.EMPTY)
    limit = MAX_LENGTH[question.type]
    if len(text) > limit:
        return Unclear(texts.TOO_LONG.format(length=len(text), limit=limit))
    if question.type is QuestionType.CHOICE and (chosen := choices.exact(question, text)):
        return chosen
    return (
        unanswered.unknown(question, text)
        or unanswered.none_because(question, text)
        or _by_type(question, text, today)
    )


def _by_type(question: Question, text: str, today: date) -> Parsed:
    match question.type:
        case QuestionType.TEXT:
            return Understood(Text(text=text))
        case QuestionType.YES_NO:
            return yes_no.parse(text)
        case QuestionType.COUNT:
            return counts.parse(question, text)
        case QuestionType.AMOUNT:
            return amounts.parse(text)
        case QuestionType.PERCENT:
            return percents.parse(text)
        case QuestionType.DATE:
            return dates.parse(text, today=today)
        case QuestionType.CHOICE:
            return choices.parse(question, text)
        case QuestionType.LIST:
            return lists.parse(text)
        case QuestionType.DOCUMENTS:
            return documents.parse(question, text)
