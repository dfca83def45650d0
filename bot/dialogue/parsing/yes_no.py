"""Yes or no, with what was added: "ja, men kun i to sager", "ikke endnu", "nehj"."""

from __future__ import annotations

import re

from rapidfuzz.distance import DamerauLevenshtein

from bot.dialogue.parsing import texts, vocabulary
from bot.dialogue.parsing.figures import read_as
from bot.dialogue.parsing.result import Option, Parsed, Unclear, Understood
from bot.dialogue.parsing.words import added, breaks, opening
from knowledge.hearings.values import Unknown, YesNo

_FIRST = re.compile(r"[^\W\d_]+")
_REPEATED = re.compile(r"(.)\1+")
#: Longest word that may be a misspelt yes or no, in letters.
_MAX_LETTERS = 12


def parse(text: str) -> Parsed:
    """The yes or no that the text opens with; what follows is kept word for word as the note."""
    if opening(text, vocabulary.YES_AND_NO):
        return _unclear(text)
    if found := opening(text, vocabulary.YES | vocabulary.NO):
        phrase, rest = found
        yes = phrase in vocabulary.YES
        if (phrase in vocabulary.BARE_YES_NO or breaks(rest)) and not _taken_back(yes, rest):
            return Understood(YesNo(yes=yes, note=text if phrase in vocabulary.TELLING_NO else added(rest)))
    elif (meant := _misspelt(text)) and not _taken_back(*meant):
        yes, rest = meant
        remark = read_as((texts.YES if yes else texts.NO).lower())
        return Understood(YesNo(yes=yes, note=added(rest)), remark)
    return _unclear(text)


def _unclear(text: str) -> Unclear:
    options = [Option(texts.YES, YesNo(yes=True, note=text)), Option(texts.NO, YesNo(yes=False, note=text))]
    if opening(text, vocabulary.UNKNOWN):
        options.append(Option(texts.DO_NOT_KNOW, Unknown(note=text)))
    return Unclear(texts.YES_OR_NO, tuple(options))


def _taken_back(yes: bool, rest: str) -> bool:
    """Whether the addition denies or doubts the yes or no before it: "ja, nej", "ja, det har vi ikke"."""
    addition = added(rest)
    if addition == "?" or opening(addition, vocabulary.MAYBE):
        return True
    opposite = opening(addition, vocabulary.NO if yes else vocabulary.YES)
    return opposite is not None and (opposite[0] in vocabulary.BARE_YES_NO or breaks(opposite[1]))


def _misspelt(text: str) -> tuple[bool, str] | None:
    """The yes or no meant by a first word that stands alone and is one slip away from it, and the rest."""
    first = _FIRST.match(text)
    if first is None or len(first.group()) > _MAX_LETTERS or not breaks(text[first.end() :]):
        return None
    word = first.group().lower()
    if word in vocabulary.NOT_YES_OR_NO:
        return None
    rest = text[first.end() :]
    short = _REPEATED.sub(r"\1", word)
    if short == "ja" or (word[0] == "j" and DamerauLevenshtein.distance(word, "ja") == 1):
        return True, rest
    if short == "nej" or (word[0] in "ne" and DamerauLevenshtein.distance(word, "nej") == 1):
        return False, rest
    return None
