"""What a few words that a person typed are: a sentence of their own, or words that go inside another."""

from __future__ import annotations

import re

from knowledge.letters import texts
from knowledge.letters.model import Paragraph
from knowledge.letters.typed import blocks

#: With a preposition first, so many words up to a comma are a fragment and no sentence.
FRAGMENT_WORDS = 4
#: With a preposition first and no verb that is known, so many are.
VERBLESS_WORDS = 12

_CLAUSE_ENDS = re.compile(r"[,.;:]")
_WORDS = re.compile(r"\w+")
#: A full stop after a whole word with a capital after it: more than one sentence.
_NEXT_SENTENCE = re.compile(r"\w{3,}[.!?]\s+[A-ZÆØÅ]")


def goes_on(added: str) -> bool:
    """Whether added words continue the sentence before ("men kun i to sager") rather than begin one.

    After a preposition only a fragment does ("i to sager", "af den årlige besparelse"); with a verb it
    is a sentence of its own ("i august 2019 holdt firmaet et møde").
    """
    first, *others = added.split() or [""]
    if first in texts.PREPOSITIONS:
        return _is_fragment(_first_clause(added))
    return bool(others) and first.rstrip(",") in texts.GOES_ON


def belongs(added: str) -> bool:
    """Whether added words are so near the sentence before that no comma parts them ("i to sager")."""
    return added.split(maxsplit=1)[0] in texts.PREPOSITIONS and goes_on(added)


def is_sentence(text: str) -> bool:
    """Whether a typed text stands by itself: several sentences, paragraphs, a list, or a main clause."""
    match blocks(text):
        case [Paragraph(parts=(part,))] if "\n" not in part.text:
            return bool(_NEXT_SENTENCE.search(text)) or _has_verb(_main_clause(text))
        case _:
            return True


def _first_clause(text: str) -> str:
    return _CLAUSE_ENDS.split(text, maxsplit=1)[0]


def _main_clause(text: str) -> str:
    """The words before the first comma, and before a clause that only tells more ("som ...")."""
    words = _first_clause(text).split()
    ends = next((at for at, word in enumerate(words) if at and word.lower() in texts.RELATIVES), len(words))
    return " ".join(words[:ends])


def _is_fragment(clause: str) -> bool:
    words = len(clause.split())
    return words <= FRAGMENT_WORDS or (words <= VERBLESS_WORDS and not _has_verb(clause))


def _has_verb(clause: str) -> bool:
    return any(word.lower() in texts.FINITE_VERBS for word in _WORDS.findall(clause))
