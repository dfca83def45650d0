"""How one answer reads in the letter: the definition's words for it, or plain ones, with what was added."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.hearings.model import Question, QuestionType
from knowledge.hearings.values import (
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
from knowledge.letters.model import Enclosure, Paragraph
from knowledge.letters.typed import blocks
from knowledge.letters.wording import BULLET, figure, goes_on, series
from knowledge.text import clean

_TAG = re.compile(r"\{(answer|note|reason|title)\}")
_ADDED = re.compile(r"\{(note|reason)\}")
#: A full stop after a whole word, not after an abbreviation such as "kr." or "m.v.".
_WORD_AND_STOP = re.compile(r"\w{4,}\.$")
_ENDS_SENTENCE = tuple(".!?:…")
_CLOSING_MARKS = "\"'”’»)]}>"


def own_words(question: Question, value: Value) -> str:
    """The definition's template for this answer; empty where it gives none."""
    letter = question.letter
    match value:
        case YesNo(yes=yes):
            return (letter.yes if yes else letter.no) or letter.answer
        case Count(count=0, qualifier=""):
            return letter.zero or letter.many or letter.answer
        case Count(count=1, qualifier=""):
            return letter.one or letter.answer or letter.many
        case Count():
            return letter.many or letter.answer
        case Documents(files=files):
            return (letter.one if len(files) == 1 else letter.many) or letter.answer
        case NoneBecause():
            return letter.none or (letter.zero if question.type is QuestionType.COUNT else "")
        case Unknown():
            return letter.unknown
        case _:
            return letter.answer


def reads(question: Question, value: Value, enclosures: Sequence[Enclosure] = ()) -> str:
    """The answer as text for the letter, typed paragraphs and lists still in it.

    `enclosures` are the answer's own ones; the text refers to each by its number.
    """
    added = clean(_added(value)).strip()
    if isinstance(value, Documents) and not enclosures:
        return ended(capitalised(added))
    template = own_words(question, value) or _plain(question, value, enclosures)
    tags = {"note": added, "reason": added, "answer": _answer(template, question, value, enclosures)}
    tags["title"] = enclosures[0].title if enclosures else ""
    if added and not _ADDED.search(template):
        template += "\n\n{note}" if isinstance(value, Documents) else " {note}"
    filled = ended(capitalised(_filled(template, tags)))
    if enclosures and "{answer}" not in template:
        filled = f"{filled.removesuffix('.')} ({numbers(enclosures)})."
    return filled


def numbers(enclosures: Sequence[Enclosure]) -> str:
    """The enclosures as the text names them: "bilag 1", "bilag 1 og 3", "bilag 2-6"."""
    found = sorted({enclosure.number for enclosure in enclosures})
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"{texts.ENCLOSURE} {found[0]}-{found[-1]}"
    return f"{texts.ENCLOSURE} {series([str(number) for number in found])}"


def ended(text: str) -> str:
    """The text with a full stop where it ends in running text that lacks its own."""
    last = text.rstrip(_CLOSING_MARKS)[-1:]
    in_words = last.isalnum() or last == "%"
    return f"{text}." if in_words and isinstance(blocks(text)[-1], Paragraph) else text


def capitalised(text: str) -> str:
    """The text with a capital first; names spelled small ("iPad", "www.eksempel.dk") stay as they are."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    plain_word = first.rstrip(".,:;").isalpha() and first.islower()
    return text[0].upper() + text[1:] if plain_word else text


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
        case Documents() if template == texts.COPIES_ENCLOSED:
            titled = texts.TITLED_ENCLOSURE
            lines = [titled.format(title=one.title, enclosure=numbers([one])) for one in enclosures]
            return "\n".join(BULLET + line for line in lines)
        case Documents():
            return numbers(enclosures)
        case Items(items=items) if not alone:
            return series([clean(item) for item in items])
        case _:
            return clean(figure(value, question)).strip()


def _added(value: Value) -> str:
    match value:
        case Text() | Items():
            return ""
        case NoneBecause(reason=reason):
            return reason
        case _:
            return value.note


def _filled(template: str, tags: dict[str, str]) -> str:
    """The template with its tags filled, joined as sentences are: full stops, commas and capitals."""
    text = ""
    for at, piece in enumerate(_TAG.split(template)):
        if at % 2 == 0:
            text = _followed(text, piece)
        elif tags[piece]:
            text = _joined(text, tags[piece])
        else:
            text = re.sub(r"[ ,:]+$", lambda gap: "." if gap[0].strip() else "", text)
    return text.strip()


def _followed(text: str, literal: str) -> str:
    """The text with the template's next words: no full stop twice, none inside a sentence."""
    if literal.startswith(".") and text.endswith(_ENDS_SENTENCE):
        return text + literal[1:]
    if literal[:1] in {" ", ","} and literal.strip() and _WORD_AND_STOP.search(text):
        return text[:-1] + literal
    return text + literal


def _joined(text: str, added: str) -> str:
    """The text with an answer or a note after it, as a clause, a sentence or a list of its own."""
    before = text.rstrip()
    if not isinstance(blocks(added)[0], Paragraph):
        return f"{before}\n{added}"
    if text.endswith("\n"):
        return text + capitalised(added)
    if not before.endswith((".", "!", "?")) or before == text:
        return text + added
    if goes_on(added) and before.endswith("."):
        return f"{before[:-1]}, {added}"
    return text + capitalised(added)
