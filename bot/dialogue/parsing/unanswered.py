"""What may be said to any question: that the person does not know, or that there is nothing, because."""

from __future__ import annotations

from bot.dialogue.parsing import texts, vocabulary
from bot.dialogue.parsing.result import Parsed, Unclear, Understood
from bot.dialogue.parsing.words import added, breaks, clause, opening, words
from knowledge.hearings.model import Question, QuestionType
from knowledge.hearings.values import NoneBecause, Unknown

#: To a text question, a longer addition than this many words makes it an account of its own.
MAX_NOTE_WORDS = 15
#: How many words may name what there is none of: "ingen interne redegørelser, fordi ...".
MAX_THING_WORDS = 4


def unknown(question: Question, text: str) -> Understood | None:
    """`Unknown` where the text is in essence "ved ikke"; what follows is the note."""
    found = opening(text, vocabulary.UNKNOWN)
    if found is None:
        return None
    rest = found[1]
    goes_on = not vocabulary.UNKNOWN_GOES_ON.isdisjoint(words(rest[:40])[:1])
    is_text = question.type is QuestionType.TEXT
    if is_text and (len(words(rest)) > MAX_NOTE_WORDS or "\n" in rest.strip()):
        return None
    if not breaks(rest) and (is_text or not goes_on):
        return None
    return Understood(Unknown(note=added(rest)))


def none_because(question: Question, text: str) -> Parsed | None:
    """`NoneBecause` where nothing may be given and a reason stands; without one it is asked for.

    A count has a plainer word for it, 0, and a yes or no question has no.
    """
    if not question.none_allowed or question.type in {QuestionType.COUNT, QuestionType.YES_NO}:
        return None
    is_documents = question.type is QuestionType.DOCUMENTS
    found = opening(text, vocabulary.NO_DOCUMENTS if is_documents else vocabulary.NONE)
    if found is None:
        return None
    rest = found[1]
    thing = "" if breaks(rest) or _begins_reason(rest) else clause(rest)
    if len(words(thing)) > MAX_THING_WORDS:
        return None
    reason = rest[len(thing) :]
    if (thing or added(reason)) and not _parted(question, reason):
        return None
    return _reasoned(added(reason))


def _parted(question: Question, reason: str) -> bool:
    """Whether the reason is marked as one; in prose a full stop after "ingen" does not do that."""
    marked = reason.lstrip().startswith(":") or _begins_reason(reason)
    return marked or question.type is not QuestionType.TEXT


def _begins_reason(rest: str) -> bool:
    return not vocabulary.BECAUSE.isdisjoint(words(rest[:40])[:1])


def _reasoned(reason: str) -> Parsed:
    without = [word for word in words(reason) if word not in vocabulary.BECAUSE]
    return Understood(NoneBecause(reason=reason)) if without else Unclear(texts.WHY_NONE)
