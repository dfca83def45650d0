"""One of a question's options: by its label, its id, its number, or a label with a slip in it."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process, utils

from bot.dialogue.parsing import texts
from bot.dialogue.parsing.figures import read_as
from bot.dialogue.parsing.result import Option, Parsed, Unclear, Understood
from bot.dialogue.parsing.words import added, breaks, plain, words
from knowledge.hearings.model import Option as Offered
from knowledge.hearings.model import Question
from knowledge.hearings.values import Choice

#: Likeness of 100 from which a misspelt label is taken, and how far ahead of the next it must be.
SURE, AHEAD = 84, 12
#: Likeness of 100 from which an option is worth offering first.
NEAR = 60
#: Longest text that may be a misspelt label, in characters.
MAX_LABEL = 100

_NUMBER = re.compile(r"(?:nr\.?|nummer|svar|mulighed)?\s*([0-9]{1,2})\s*[.)]?", re.IGNORECASE)


def exact(question: Question, text: str) -> Parsed | None:
    """The option that the text names outright, with what was added; None where it names none."""
    number = _NUMBER.fullmatch(text)
    if number and 1 <= int(number[1]) <= len(question.options):
        chosen = question.options[int(number[1]) - 1]
        return Understood(Choice(choice=chosen.id), read_as(f"»{chosen.label}«"))
    for option in sorted(question.options, key=lambda option: len(option.label), reverse=True):
        for name in (option.label, option.id):
            if plain(text) == plain(name):
                return Understood(Choice(choice=option.id))
            if text[: len(name)].lower() == name.lower() and breaks(text[len(name) :]):
                return Understood(Choice(choice=option.id, note=added(text[len(name) :])))
    return None


def parse(question: Question, text: str) -> Parsed:
    """The option meant by a label with a slip in it, where no other is near."""
    labels = {option.id: option.label for option in question.options}
    near = process.extract(
        text[:MAX_LABEL], labels, scorer=fuzz.ratio, processor=utils.default_process, limit=None
    )
    by_id = {option.id: option for option in question.options}
    if near and len(text) <= MAX_LABEL:
        runner_up = near[1][1] if len(near) > 1 else 0.0
        if near[0][1] >= SURE and near[0][1] - runner_up >= AHEAD:
            return Understood(Choice(choice=near[0][2]), read_as(f"»{near[0][0]}«"))
    likely = {
        key: max(score, fuzz.partial_ratio(text[:MAX_LABEL], label, processor=utils.default_process))
        for label, score, key in near
    }
    ranked = sorted(likely, key=lambda key: likely[key], reverse=True)
    message = texts.CHOICE_NEAR if ranked and likely[ranked[0]] >= NEAR else texts.CHOICE_NONE
    return Unclear(message, tuple(_option(by_id[key], text) for key in ranked))


def _option(offered: Offered, text: str) -> Option:
    """The option as a button; an account that named none is kept as its note."""
    return Option(offered.label, Choice(choice=offered.id, note=text if len(words(text)) > 4 else ""))
