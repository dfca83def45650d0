"""Finds risky contract terms in a text: warns where it is sure, asks where it suspects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.contracts.catalogue import Risk, catalogue
from knowledge.contracts.model import Model, model, read_words
from knowledge.contracts.words import Passage, Sentence, passages
from knowledge.findings import About, Finding, Kind, Tier

#: What an authority's own question begins with; quoting it in an answer says nothing about the facts.
_QUESTION_START = (
    r"hvorvidt|hvorledes|hvordan|hvilke[nt]?|om der (?:har|er|blev)|om konsulent|i hvilket omfang"
    r"|redegør|antallet af sager|sager,? hvor|kopi af"
)
_QUOTED_QUESTION = re.compile(
    rf"(?:[^:\n]{{0,80}}:)?[\W\d]*(?:ad\W{{0,3}}\d+\W{{0,3}})?(?:{_QUESTION_START})\b", re.IGNORECASE
)
#: "Ad 3. lavet vurderinger": the authority's point, in small letters; an answer has a sentence of its own.
_QUOTED_POINT = re.compile(
    r"\W*(?:[Aa]d\W{0,3}\d+\W{0,3}[a-zæøå]"
    r"|\d+[.)]\W{0,2}(?:udført|deltaget|lavet|udarbejdet|foretaget|truffet|givet|haft|skrevet)\b)"
)
_REQUEST = re.compile(r"\b(?:beder vi|vi beder|bedes|anmodes om)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Labels:
    """The risks of a text: those warned of, and those only asked about."""

    risks: tuple[str, ...]
    maybe: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    label: str
    tier: Tier
    start: int
    end: int


def labels(text: str, learnt: Model | None = None) -> Labels:
    """The labels a text is warned of and asked about, in the catalogue's order; no label is in both.

    `learnt` is another model than the shipped one, to measure it.
    """
    found = _find(text, learnt or model())
    warned = {each.label for each in found if each.tier is Tier.WARNING}
    asked = {each.label for each in found} - warned
    order = catalogue().risks
    return Labels(
        tuple(label for label in order if label in warned), tuple(label for label in order if label in asked)
    )


def detect(text: str, about: About) -> list[Finding]:
    """The risky terms of one answer or page, in the order they stand.

    Each label is said once a passage. `about` gives question, file and page; quote and offsets are filled in
    so that `text[start:end]` is the quote. Severity counts the other labels of the same text.
    """
    found = _find(text, model())
    company = {each.label for each in found if each.tier is Tier.WARNING}
    return [_finding(text, about, each, company) for each in found]


def _finding(text: str, about: About, found: _Found, company: set[str]) -> Finding:
    risk: Risk = catalogue().risks[found.label]
    quote = text[found.start : found.end]
    return Finding(
        id=found.label,
        kind=Kind.CONTRACT_TERM,
        tier=found.tier,
        severity=risk.severity_among(company),
        about=about.model_copy(update={"quote": quote, "start": found.start, "end": found.end}),
        title=risk.title if found.tier is Tier.WARNING else risk.question,
        meaning=risk.meaning,
        advice=risk.advice_with_wording,
        sources=risk.grounds,
    )


def _find(text: str, learnt: Model) -> list[_Found]:
    found: list[_Found] = []
    for passage in passages(text):
        asserted = Passage(tuple(each for each in passage.sentences if not _is_quoted_question(text, each)))
        if asserted.sentences:
            found.extend(_find_in(asserted, learnt))
    return found


def _is_quoted_question(text: str, sentence: Sentence) -> bool:
    start, end = sentence.start, sentence.end
    if text[end - 1] == "?" or _QUOTED_POINT.match(text, start, end) or _REQUEST.search(text, start, end):
        return True
    if sentence.heading and _QUOTED_QUESTION.match(text, sentence.heading[0].start, sentence.heading[-1].end):
        return True
    return bool(_QUOTED_QUESTION.match(text, start, end))


def _find_in(passage: Passage, learnt: Model) -> list[_Found]:
    tiers = _tiers([word.form for word in passage.words], learnt)
    if not tiers:
        return []
    alone: list[tuple[Sentence, dict[str, Tier]]] = []
    if len(passage.sentences) > 1:
        alone = [(each, _tiers([word.form for word in each.all_words], learnt)) for each in passage.sentences]
    found = []
    for label, tier in tiers.items():
        place = [sentence for sentence, theirs in alone if theirs.get(label) is tier]
        first, last = (place[0], place[0]) if place else (passage.sentences[0], passage.sentences[-1])
        # What no sentence says by itself is only suspected.
        sure = tier if place or not alone else Tier.QUESTION
        found.append(_Found(label, sure, first.start, last.end))
    return found


def _tiers(written: Sequence[str], learnt: Model) -> dict[str, Tier]:
    """The labels of these words, in the catalogue's order, each with whether to warn or to ask."""
    seen = read_words(written, learnt.speller)
    likely = learnt.probabilities(seen.features)
    tiers = {}
    for label in catalogue().risks:
        if label not in likely:
            # A risk added after the model was trained is decided by its rules alone.
            warns, asks = label in seen.warned, label in seen.asked
        else:
            warns, asks = likely[label] >= learnt.warn_from, likely[label] >= learnt.ask_from
        if warns:
            tiers[label] = Tier.WARNING
        elif asks:
            tiers[label] = Tier.QUESTION
    return tiers
