"""What a text says about VAT (moms) on an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.dialogue.parsing import vocabulary
from knowledge.hearings.values import Vat

#: How much of a text is looked at, in characters: an answer with an amount is no longer.
MAX_LENGTH = 5_000
#: How many words before or after "moms" may tell what holds of it.
NEAR = 4
#: Words of at least this many letters may have one of them wrong ("eksl. moms").
LONG = 4

_TOKEN = re.compile(r"[^\W\d_]+|[+/%]")


@dataclass(frozen=True)
class Said:
    """Where a text speaks of VAT, and what it says; `free` where the amount is free of VAT."""

    start: int
    end: int
    vat: Vat
    free: bool = False


def vat_said(text: str) -> Vat | None:
    """What the text says about VAT: None where it says nothing or contradicts itself.

    A bare "ekskl." or "uden" counts where it is the whole text, as a reply to the question about VAT.
    "Momsfrit" counts as without VAT; "moms ikke oplyst" is `UNSTATED`.
    """
    said = {mention.vat for mention in mentions(text[:MAX_LENGTH])}
    return said.pop() if len(said) == 1 else None


def mentions(text: str) -> list[Said]:
    """Every place where the text says something about VAT."""
    tokens = list(_TOKEN.finditer(text))
    words = [token.group().lower() for token in tokens]
    found = [said for said in _beside_moms(tokens, words) if said]
    return found or list(_bare(text, tokens, words))


def _beside_moms(tokens: list[re.Match[str]], words: list[str]) -> Iterator[Said | None]:
    for place, word in enumerate(words):
        if word.startswith("momsfri"):
            yield Said(tokens[place].start(), tokens[place].end(), Vat.EXCLUDED, free=True)
        elif word in {"moms", "momsen"}:
            before = words[max(0, place - NEAR) : place]
            yield _before(tokens, before, place) or _after(tokens, words[place + 1 : place + 1 + NEAR], place)


def _before(tokens: list[re.Match[str]], before: list[str], place: int) -> Said | None:
    """From the words before: "ekskl. kørsel og moms", "ikke inkl. moms", "uden angivelse af moms"."""
    first = place - len(before)
    kinds = [_kind(word) for word in before]
    untold = _untold(before)
    if untold is not None:
        return Said(tokens[first + untold].start(), tokens[place].end(), Vat.UNSTATED)
    told = [index for index, kind in enumerate(kinds) if kind]
    if not told:
        return None
    last = told[-1]
    if "eller" in before[told[0] : last]:
        return Said(tokens[first + told[0]].start(), tokens[place].end(), Vat.UNSTATED)
    denied = last > 0 and before[last - 1] == "ikke"
    vat = _opposite(kinds[last]) if denied else kinds[last]
    return Said(tokens[first + last - denied].start(), tokens[place].end(), vat or Vat.UNSTATED)


def _after(tokens: list[re.Match[str]], after: list[str], place: int) -> Said | None:
    """From the words after: "moms ikke oplyst", "momsen er inkluderet", "moms kommer oveni"."""
    for index, word in enumerate(after):
        denied = "ikke" in after[:index]
        span = tokens[place].start(), tokens[place + 1 + index].end()
        if (word in vocabulary.TOLD and denied) or word in vocabulary.UNTOLD:
            return Said(*span, Vat.UNSTATED)
        if word in vocabulary.VAT_INSIDE:
            return Said(*span, Vat.EXCLUDED if denied else Vat.INCLUDED)
        if word in vocabulary.VAT_ON_TOP:
            return Said(*span, Vat.EXCLUDED)
    return None


def _bare(text: str, tokens: list[re.Match[str]], words: list[str]) -> Iterator[Said]:
    """Without the word moms: "200.000 kr. ekskl." at the end, or a reply such as "uden", "ikke oplyst"."""
    if not words or text[tokens[-1].end() :].strip(" .!)"):
        return
    said = words[2:] if words[:2] == ["det", "er"] else words
    strong = words[-1] not in {"med", "uden", "før", "plus", "+", "/"}
    kind = _kind(words[-1]) if strong or len(said) == 1 else None
    if kind:
        yield Said(tokens[-1].start(), tokens[-1].end(), kind)
    elif " ".join(words) in vocabulary.NOT_STATED:
        yield Said(tokens[0].start(), tokens[-1].end(), Vat.UNSTATED)


def _untold(before: list[str]) -> int | None:
    """Where "uden angivelse af" or "ikke oplyst noget om" begins in the words before moms."""
    for index, word in enumerate(before):
        if word in {"ikke", "uden", "intet", "ingen"} and not vocabulary.TOLD.isdisjoint(before[index + 1 :]):
            return index
    return None


def _kind(word: str) -> Vat | None:
    for known, vat in ((vocabulary.WITH_VAT, Vat.INCLUDED), (vocabulary.WITHOUT_VAT, Vat.EXCLUDED)):
        if word in known:
            return vat
        if len(word) >= LONG and any(len(one) >= LONG and OSA.distance(word, one) == 1 for one in known):
            return vat
    return None


def _opposite(vat: Vat | None) -> Vat:
    return Vat.EXCLUDED if vat is Vat.INCLUDED else Vat.INCLUDED
