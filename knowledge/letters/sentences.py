"""How one answer reads in the letter: the definition's words for it, or plain ones, with what was added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.hearings.model import BEGINNING_ENDS, Question, QuestionType
from knowledge.hearings.values import (
    Amount,
    Count,
    Documents,
    Items,
    NoneBecause,
    Text,
    Unknown,
    Value,
    YesNo,
)
from knowledge.letters import texts
from knowledge.letters.clauses import is_sentence
from knowledge.letters.joining import capitalised, ended, filled
from knowledge.letters.model import Bullets, Enclosure
from knowledge.letters.typed import blocks
from knowledge.letters.wording import BULLET, figure, in_words, series
from knowledge.text import clean

_ADDED = re.compile(r"\{(note|reason)\}")
_NAMES_FILES = re.compile(r"\{(answer|list)\}")
#: Where a wording's own sentence ends and what was added begins.
_BEFORE_NOTE = re.compile(r"\.?\s*(?=\{note\}|\Z)")

#: A typed list of items so short reads as a series inside a sentence.
SERIES_CHARACTERS = 60


@dataclass(frozen=True)
class Reading:
    """An answer as text for the letter, typed paragraphs and lists still in it.

    `beginning` is how its sentence begins where a neighbour may share that; `goes_on` tells that
    nothing was added after the sentence, so that a neighbour may go on from it.
    """

    text: str
    beginning: str = ""
    goes_on: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)


def own_words(question: Question, value: Value, *, connected: bool = False) -> str:
    """The definition's template for this answer in a style; empty where it gives none."""
    words = question.letter.connected_words if connected else question.letter.words
    match value:
        case YesNo(yes=yes):
            return (words.yes if yes else words.no) or words.answer
        case Count(count=0, qualifier=""):
            return words.zero or words.many or words.answer
        case Count(count=1, qualifier=""):
            return words.one or words.answer or words.many
        case Count():
            return words.many or words.answer
        case Amount(dkk=dkk, qualifier="") if not dkk:
            return words.zero or words.answer
        case Documents(files=files):
            return (words.one if len(files) == 1 else words.many) or words.answer
        case NoneBecause():
            return words.none or (words.zero if question.type is QuestionType.COUNT else "")
        case Unknown():
            return words.unknown
        case _:
            return words.answer


def reads(
    question: Question, value: Value, enclosures: Sequence[Enclosure] = (), *, connected: bool = False
) -> Reading:
    """The answer as it reads in a style.

    `enclosures` are the answer's own ones; the text refers to each by its number.
    """
    added = clean(_added(value)).strip()
    if isinstance(value, Documents) and not enclosures:
        return Reading(ended(capitalised(added)))
    template = own_words(question, value, connected=connected) or _plain(question, value, enclosures)
    beginning, _, rest = template.rpartition(BEGINNING_ENDS)
    template = f"{beginning.rstrip()} {rest.lstrip()}" if beginning else rest
    if isinstance(value, Text) and _stands_alone(template, value):
        beginning, template = "", "{answer}"
    if enclosures and not _NAMES_FILES.search(template):
        template = _BEFORE_NOTE.sub(" ({answer}). ", template, count=1).rstrip()
    if added and not _ADDED.search(template):
        template += "\n\n{note}" if isinstance(value, Documents) else " {note}"
    tags = {
        "note": added,
        "reason": added,
        "answer": _answer(template, question, value, enclosures),
        "title": enclosures[0].title if enclosures else "",
        "list": "\n".join(BULLET + _titled(one) for one in enclosures),
    }
    text = ended(capitalised(filled(template, tags, denied=isinstance(value, YesNo) and not value.yes)))
    shared = beginning.strip() if text.startswith(beginning.strip()) else ""
    return Reading(text, shared, goes_on=not added and text.endswith("."))


def _stands_alone(template: str, value: Text) -> bool:
    """Whether a text cannot be put inside the definition's sentence, being sentences of its own."""
    before, tag, after = template.partition("{answer}")
    inside = bool(tag) and bool(before.strip() or after.strip(" .")) and not before.rstrip().endswith(":")
    return inside and is_sentence(clean(value.text).strip()) and not _short_list(clean(value.text))


def _short_list(text: str) -> tuple[str, ...]:
    """The items of a text that is one typed list of a few words each."""
    match blocks(text):
        case [Bullets(items=items)] if all(len(item.text) <= SERIES_CHARACTERS for item in items):
            return tuple(item.text.rstrip(".,;") for item in items)
        case _:
            return ()


def numbers(enclosures: Sequence[Enclosure]) -> str:
    """The enclosures as the text names them: "bilag 1", "bilag 1 og 3", "bilag 2-6"."""
    found = sorted({enclosure.number for enclosure in enclosures})
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"{texts.ENCLOSURE} {found[0]}-{found[-1]}"
    return f"{texts.ENCLOSURE} {series([str(number) for number in found])}"


def _titled(one: Enclosure) -> str:
    return texts.TITLED_ENCLOSURE.format(title=one.title, enclosure=numbers([one]))


def _plain(question: Question, value: Value, enclosures: Sequence[Enclosure]) -> str:
    match value:
        case Documents():
            return texts.ENCLOSED_AS if len(enclosures) == 1 else texts.COPIES_ENCLOSED
        case Unknown():
            return texts.NOT_KNOWN
        case NoneBecause() if question.type is QuestionType.DOCUMENTS:
            return texts.NO_COPIES
        case NoneBecause() if question.type is QuestionType.TEXT:
            return texts.NOTHING_TO_GIVE
        case Text() | Items():
            return "{answer}"
        case _:
            return "{answer}."


def _answer(template: str, question: Question, value: Value, enclosures: Sequence[Enclosure]) -> str:
    before, _, after = template.partition("{answer}")
    alone = not after.strip(" .") and (not before.strip() or before.rstrip().endswith(":"))
    match value:
        case Documents():
            return numbers(enclosures)
        case Items(items=items) if not alone:
            return series([clean(item) for item in items])
        case Text(text=text) if not alone and (items := _short_list(clean(text))):
            return series(items)
        case Count(count=count, qualifier="") if before.strip() or AFTER_ANSWER.match(after):
            return in_words(count)
        case _:
            return clean(figure(value, question)).strip()


#: Words of the sentence that follow a figure, not merely what was added to it.
AFTER_ANSWER = re.compile(r"\s*[^\W_]")


def _added(value: Value) -> str:
    match value:
        case Text() | Items():
            return ""
        case NoneBecause(reason=reason):
            return reason
        case _:
            return value.note
