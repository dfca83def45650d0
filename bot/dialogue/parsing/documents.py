"""Text where files are asked for: a reason why there are none, or how to send one."""

from __future__ import annotations

from bot.dialogue.parsing import texts
from bot.dialogue.parsing.result import Option, Unclear
from bot.dialogue.parsing.words import holds, words
from knowledge.hearings.model import Question
from knowledge.hearings.values import NoneBecause

_DENIALS = frozenset(["ikke", "ingen", "intet", "aldrig", "ej"])


def parse(question: Question, text: str) -> Unclear:
    """Says how to send a file; an account of why there is none may be taken as the reason."""
    if not question.none_allowed:
        return Unclear(texts.DOCUMENTS_HOW)
    if holds(text, _DENIALS) and len(words(text)) > 2:
        reason = Option(texts.DOCUMENTS_REASON_YES, NoneBecause(reason=text))
        return Unclear(texts.DOCUMENTS_REASON, (reason,))
    return Unclear(texts.DOCUMENTS_NONE_HOW)
