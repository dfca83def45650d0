"""How the words of a template and what a person typed become one text: stops, commas, capitals."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.letters.clauses import belongs, goes_on
from knowledge.letters.model import Paragraph
from knowledge.letters.typed import blocks

_TAG = re.compile(r"\{(answer|note|reason|title|list)\}")
#: A full stop after a whole word, not after an abbreviation such as "kr." or "m.v.".
_WORD_AND_STOP = re.compile(r"\w{4,}\.$")
_IN_BRACKETS = re.compile(r"\([^()]*\)\.?")
_ENDS_SENTENCE = tuple(".!?:…")
_CLOSING_MARKS = "\"'”’»)]}>"


def ended(text: str) -> str:
    """The text with a full stop where it ends in running text that lacks its own."""
    last = text.rstrip(_CLOSING_MARKS)[-1:]
    in_sentence = last.isalnum() or last == "%"
    return f"{text}." if in_sentence and isinstance(blocks(text)[-1], Paragraph) else text


def capitalised(text: str) -> str:
    """The text with a capital first; names spelled small ("iPad", "www.eksempel.dk") stay as they are."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    plain_word = first.rstrip(".,:;").isalpha() and first.islower()
    return text[0].upper() + text[1:] if plain_word else text


def filled(template: str, tags: Mapping[str, str], *, denied: bool = False) -> str:
    """The template with its tags filled; `denied` tells that its sentence says no."""
    text = ""
    for at, piece in enumerate(_TAG.split(template)):
        if at % 2 == 0:
            text = _followed(text, piece)
        elif tags[piece]:
            text = _joined(text, tags[piece], denied=denied)
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


def _joined(text: str, added: str, *, denied: bool) -> str:
    """The text with an answer or a note after it, as a clause, a sentence or a list of its own."""
    before = text.rstrip()
    if not isinstance(blocks(added)[0], Paragraph):
        return f"{before}\n{added}"
    if text.endswith("\n"):
        return text + capitalised(added)
    if not before.endswith((".", "!", "?")) or before == text:
        return text + added
    if before.endswith(".") and _IN_BRACKETS.fullmatch(added):
        return f"{before[:-1]} {added.removesuffix('.')}."
    if before.endswith(".") and goes_on(added):
        # "ikke i to sager" would say another thing than "ikke, i to sager"
        parted = " " if belongs(added) and not denied else ", "
        return f"{before[:-1]}{parted}{added}"
    return text + capitalised(added)
