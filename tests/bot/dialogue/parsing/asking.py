"""A question of each type, and what an answer to it is read as."""

from __future__ import annotations

from datetime import date

from hypothesis import settings

from bot.dialogue.parsing import Parsed, Unclear, Understood, parse
from knowledge.hearings.model import Option, Question, QuestionType
from knowledge.hearings.values import Value

#: A machine busy with other things is no reason to fail.
untimed = settings(deadline=None)

TODAY = date(2020, 3, 20)
OPTIONS = (
    Option(id="helt", label="Helt opfyldt"),
    Option(id="delvis", label="Delvist opfyldt"),
    Option(id="ikke", label="Ikke opfyldt"),
)


def question(kind: str, *, none_allowed: bool = False, ask: str = "Hvor mange forløb var der?") -> Question:
    """A question of this type."""
    return Question(
        id="emne",
        ask=ask,
        help="Hjælp",
        example="Eksempel",
        type=QuestionType(kind),
        none_allowed=none_allowed,
        options=OPTIONS if kind == "choice" else (),
    )


def read(kind: str, text: str, *, none_allowed: bool = False) -> Parsed:
    """What the text is read as."""
    return parse(question(kind, none_allowed=none_allowed), text, today=TODAY)


def understood(kind: str, text: str, *, none_allowed: bool = False) -> Value:
    """The value that the text must be read as, without a question back."""
    parsed = read(kind, text, none_allowed=none_allowed)
    assert isinstance(parsed, Understood), parsed
    return parsed.value


def asked_back(kind: str, text: str, *, none_allowed: bool = False) -> Unclear:
    """The question back that the text must lead to."""
    parsed = read(kind, text, none_allowed=none_allowed)
    assert isinstance(parsed, Unclear), parsed
    return parsed


def offered(kind: str, text: str, *, none_allowed: bool = False) -> list[str]:
    """The labels of the ready-made answers to the question back."""
    return [option.label for option in asked_back(kind, text, none_allowed=none_allowed).options]
