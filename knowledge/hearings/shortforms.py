"""The short forms of answers in case files, turned into values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pydantic import ValidationError

from knowledge.hearings.model import Question, QuestionType
from knowledge.hearings.texts import NO_WORDS, UNKNOWN_WORDS, YES_WORDS
from knowledge.hearings.values import (
    Documents,
    NoneBecause,
    Unknown,
    Value,
    parse_value,
)


class NotThisType(Exception):
    """The answer's form does not fit the question's type."""


#: What a bare answer of each type is the value of.
_MAIN = {
    QuestionType.TEXT: "text",
    QuestionType.YES_NO: "yes",
    QuestionType.COUNT: "count",
    QuestionType.AMOUNT: "dkk",
    QuestionType.PERCENT: "percent",
    QuestionType.DATE: "day",
    QuestionType.CHOICE: "choice",
    QuestionType.LIST: "items",
}

#: A YAML number "200.000" is two hundred; a Dane means two hundred thousand. It has to be written otherwise.
_AMBIGUOUS = re.compile(r"\d{1,3}(\.\d{3})+")

#: No hearing is about a thousand billion of anything.
MAX_DIGITS = 12
_NUMBER = re.compile(rf"[0-9]{{1,{MAX_DIGITS}}}([.,][0-9]{{1,6}})?")


def value_of(form: object, question: Question) -> Value:
    """The answer's value, read as the question's type wants it.

    Raises:
        NotThisType: the form fits no answer to such a question.
    """
    if isinstance(form, str) and form.strip().casefold() in UNKNOWN_WORDS:
        return Unknown()
    if isinstance(form, dict) and len(form) == 1:
        match form:
            case {"unknown": str() | None as note}:
                return Unknown(note=note or "")
            case {"none": str() as reason}:
                return NoneBecause(reason=reason)
    if question.type is QuestionType.DOCUMENTS:
        return _documents(form)
    try:
        return parse_value({"kind": question.type.value, **_fields(form, question)})
    except ValidationError:
        raise NotThisType from None


def _fields(form: object, question: Question) -> dict[str, object]:
    main = _MAIN[question.type]
    if isinstance(form, dict):
        fields = {("day" if key == "date" else key): part for key, part in form.items()}
    else:
        fields = {main: form}
    read = _READERS.get(question.type)
    if read is not None and isinstance(fields.get(main), str | bool):
        fields[main] = read(fields[main], question)
    if "kind" in fields or (question.type is QuestionType.TEXT and not str(fields.get("text") or "").strip()):
        raise NotThisType
    return fields


def _yes(form: object, _question: Question) -> bool:
    if isinstance(form, bool):
        return form
    word = str(form).strip().casefold()
    if word not in YES_WORDS | NO_WORDS:
        raise NotThisType
    return word in YES_WORDS


def _decimal(form: object, _question: Question) -> str:
    text = str(form).strip().removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(text) or _AMBIGUOUS.fullmatch(text):
        raise NotThisType
    return text.replace(",", ".")


def _whole(form: object, question: Question) -> str:
    text = _decimal(form, question)
    if "." in text:
        raise NotThisType
    return text


def _option(form: object, question: Question) -> str:
    for option in question.options:
        if str(form) in (option.id, option.label):
            return option.id
    raise NotThisType


_READERS: Mapping[QuestionType, Callable[[object, Question], object]] = {
    QuestionType.YES_NO: _yes,
    QuestionType.COUNT: _whole,
    QuestionType.AMOUNT: _decimal,
    QuestionType.PERCENT: _decimal,
    QuestionType.CHOICE: _option,
}


def _documents(form: object) -> Documents:
    fields = form if isinstance(form, dict) else {"files": form}
    files, titles, note = fields.get("files"), fields.get("titles") or [], fields.get("note") or ""
    if fields.keys() - {"files", "titles", "note"} or not isinstance(files, list) or not files:
        raise NotThisType
    if not isinstance(titles, list) or len(titles) > len(files):
        raise NotThisType
    titles = [*titles, *[""] * (len(files) - len(titles))]
    if not all(isinstance(text, str) for text in (*files, *titles, note)):
        raise NotThisType
    enclosed = [
        {"file": file, "name": file, "title": title} for file, title in zip(files, titles, strict=True)
    ]
    return Documents.model_validate({"files": enclosed, "note": note})
