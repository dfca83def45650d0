"""Figures in words: "femogtyve", "to hundrede tusind", "halvanden". text2num reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from text_to_num import text2num

from bot.dialogue.parsing import vocabulary
from bot.dialogue.parsing.words import clause, leads_in, words

#: Longest number word that is read, in characters, and how many may stand in a row.
MAX_LETTERS = 60
MAX_WORDS = 12

_WORD = re.compile(r"[^\W\d_]+")
_DANISH_LETTERS = re.compile(r"[a-zæøåé]+")
_HALVES = {("halvanden",): "1.5", ("en", "halv"): "0.5", ("et", "halvt"): "0.5"}
#: How far on is looked for what "en" stands before, in characters.
_LOOK_AHEAD = 40


def spelled(text: str) -> Iterator[tuple[int, int, Decimal | None]]:
    """Start, end and value of each figure in words, the longest run at each place that makes one.

    The value is None in "flere hundrede", which tells of a figure without telling it.
    """
    tokens = list(_WORD.finditer(text))
    place = 0
    while place < len(tokens):
        size, value = _longest(_run(text, tokens[place : place + MAX_WORDS]))
        if place and tokens[place - 1].group().lower() in vocabulary.VAGUE:
            value = None
        if size == 1 and tokens[place].group().lower() in {"en", "et"}:
            size = size if _is_figure(text, tokens[place]) else 0
        if size:
            yield tokens[place].start(), tokens[place + size - 1].end(), value
        place += size or 1


def _run(text: str, tokens: list[re.Match[str]]) -> list[str]:
    """The words from the first on that may make one figure, with blanks alone between them."""
    run: list[str] = []
    for before, token in zip([tokens[0], *tokens], tokens, strict=False):
        word = token.group().lower()
        if text[before.end() : token.start()].strip(" \u00a0"):
            break
        if not _is_number_word(word) and not (run and word in {"og", "halv", "halvt"}):
            break
        run.append(word)
    return run


def _longest(run: list[str]) -> tuple[int, Decimal | None]:
    for size in range(len(run), 0, -1):
        if (value := _value(tuple(run[:size]))) is not None:
            return size, value
    return 0, None


def _is_figure(text: str, article: re.Match[str]) -> bool:
    """Whether "en" or "et" is meant as 1: it leads the text and is not "en del", "et par"."""
    if not leads_in(text[: article.start()]):
        return False
    after = words(clause(text[article.end() : article.end() + _LOOK_AHEAD]))
    return not after or after[0] in vocabulary.COUNTED | vocabulary.AFTER_ONE


@lru_cache(maxsize=4096)
def _is_number_word(word: str) -> bool:
    scale_alone = word in {"og", "million", "millioner", "milliard", "milliarder"}
    return not scale_alone and _value((word,)) is not None


@lru_cache(maxsize=4096)
def _value(run: tuple[str, ...]) -> Decimal | None:
    if run in _HALVES:
        return Decimal(_HALVES[run])
    # text2num panics at an empty text, reads "ogto" as 2 and "nul fem" as 5, and misses "ét".
    if any(len(word) > MAX_LETTERS or not _DANISH_LETTERS.fullmatch(word) for word in run):
        return None
    if run[0].startswith("og") or (len(run) > 1 and "nul" in run):
        return None
    try:
        return Decimal(int(text2num(" ".join(run).replace("ét", "et").replace("én", "en"), "da")))
    except ValueError:
        return None
