"""The tags in braces that texts may use, and whether each has an answer or a figure behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.hearings.model import BEGINNING_ENDS, AnswerWords, Definition, Question, QuestionType
from knowledge.hearings.problems import Problem
from knowledge.hearings.yamlfile import Place, YamlFile

#: Tags of the letter's fixed texts.
LETTER_TAGS = frozenset({"municipality", "authority", "request_date", "subject"})

#: Tags of the case's own dates, in the texts of checks.
CASE_DATES = frozenset({"letter_date", "request_date"})

_TAG = re.compile(r"\{([^{}]*)\}")
#: Words that may follow a tag: none, or in the texts of checks those for one, for many and for none.
_PLAIN, _COUNTED = (0,), (0, 3)

_NOTED = frozenset(QuestionType) - {QuestionType.TEXT, QuestionType.LIST}

#: What wordings of an answer each type can use, besides those that every type can.
_ONLY_FOR = {
    "yes": {QuestionType.YES_NO},
    "no": {QuestionType.YES_NO},
    "zero": {QuestionType.COUNT, QuestionType.AMOUNT},
    "one": {QuestionType.COUNT, QuestionType.DOCUMENTS},
    "many": {QuestionType.COUNT, QuestionType.DOCUMENTS},
}


def tags(text: str) -> list[str]:
    """The tags a text uses, in order."""
    return _TAG.findall(text)


def tag_problems(definition: Definition, file: YamlFile) -> Iterator[Problem]:
    """Every text of the definition whose tags cannot be filled in, and every wording that is never used."""
    for index, section in enumerate(definition.sections):
        yield from _check(section.transition, LETTER_TAGS, ("sections", index, "transition"), file)
        for number, question in enumerate(section.questions):
            place: Place = ("sections", index, "questions", number)
            for key in ("ask", "quote", "help", "example"):
                yield from _check(getattr(question, key), frozenset(), (*place, key), file)
            yield from _wording(question, (*place, "letter"), file)
            for position, answer_check in enumerate(question.checks):
                yield from _check(
                    answer_check.message, frozenset(), (*place, "checks", position, "message"), file
                )
    for index, check in enumerate(definition.checks):
        allowed = frozenset(definition.questions) | check.figures.keys() | CASE_DATES
        for key in ("title", "meaning", "advice"):
            yield from _check(getattr(check, key), allowed, ("checks", index, key), file, forms=_COUNTED)
    for key, text in definition.letter:
        if isinstance(text, str):
            yield from _check(text, LETTER_TAGS, ("letter", key), file)
    yield from _beginnings(definition, file)


def _beginnings(definition: Definition, file: YamlFile) -> Iterator[Problem]:
    """Beginnings that are to be varied, but that no answer has."""
    known = {
        beginning.strip()
        for question in definition
        for words in (question.letter.words, question.letter.connected_words)
        for beginning, _, _ in (text.rpartition(BEGINNING_ENDS) for _, text in words)
    }
    for beginning, others in definition.letter.again.items():
        place: Place = ("letter", "again", beginning)
        if beginning not in known:
            yield file.problem("beginning_unknown", place, beginning=beginning)
        for text in others:
            yield from _check(text, frozenset(), place, file)


def _wording(question: Question, place: Place, file: YamlFile) -> Iterator[Problem]:
    yield from _words(question, question.letter, place, file)
    yield from _words(question, question.letter.connected, (*place, "connected"), file)


def _words(question: Question, words: AnswerWords, place: Place, file: YamlFile) -> Iterator[Problem]:
    for key, text in words:
        if not isinstance(text, str) or not text:
            continue
        if question.type not in _ONLY_FOR.get(key, frozenset(QuestionType)):
            yield file.problem("wording_unused", (*place, key), id=question.id, key=key, type=question.type)
        if key == "none" and not question.none_allowed:
            yield file.problem("none_wording_unused", (*place, key), id=question.id)
        beginning, mark, _ = text.rpartition(BEGINNING_ENDS)
        if mark:
            yield from _check(beginning, frozenset(), (*place, key), file)
        yield from _check(text, _wording_tags(question, key), (*place, key), file)


def _wording_tags(question: Question, key: str) -> frozenset[str]:
    if key == "none":
        return frozenset({"reason"})
    if key == "lead":
        return frozenset()
    if key == "unknown":
        return frozenset({"note"})
    files = {"title" if key == "one" else "list"} if question.type is QuestionType.DOCUMENTS else set()
    return frozenset({"answer"}) | ({"note"} if question.type in _NOTED else set()) | files


def _check(
    text: str, allowed: frozenset[str], place: Place, file: YamlFile, *, forms: tuple[int, ...] = _PLAIN
) -> Iterator[Problem]:
    if set(_TAG.sub("", text)) & set("{}"):
        yield file.problem("tag_unclosed", place)
    for tag in tags(text):
        name, *words = tag.split("|")
        if name in allowed and len(words) in forms:
            continue
        if name in allowed and forms is _COUNTED:
            yield file.problem("tag_forms", place, tag=tag, name=name)
            continue
        if not allowed:
            yield file.problem("tag_not_here", place, tag=tag)
        else:
            yield file.problem("tag_without_answer", place, tag=tag, allowed=_listed(allowed))


#: Names that a cure lists before it stops.
LISTED_NAMES = 8


def _listed(names: frozenset[str]) -> str:
    shown = ["{" + name + "}" for name in sorted(names)[:LISTED_NAMES]]
    return ", ".join(shown) + (" ..." if len(names) > LISTED_NAMES else "")
