"""Learns from all hands but one and measures on that one: `python -m knowledge.contracts.hands`.

Texts by whoever wrote the training texts are easier than those of a stranger. So thresholds are set, and
quality is told, by what a model says of texts whose writer it has not read. (Only the words to repair
spelling towards come from all hands.)
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.contracts.catalogue import catalogue
from knowledge.contracts.evaluate import TRAIN_FILES, Labelled, read_labelled
from knowledge.contracts.fitting import Weights, fit, scores
from knowledge.contracts.model import combined, model, read_words
from knowledge.contracts.spelling import Speller
from knowledge.contracts.words import words

#: A feature seen in fewer texts than this is chance.
MIN_TEXTS = 2
#: So many texts are put together from two, and this share of them from two harmless ones.
PAIRS = 800
HARMLESS = 0.6
#: What warnings have to reach on unseen hands when their thresholds are set: above what is promised.
WARN_PRECISION = 0.92
HARMLESS_WARNED = 0.035
#: The thresholds that are tried.
TRIED = np.geomspace(0.02, 0.98, 80)

Chances = NDArray[np.float64]


@dataclass(frozen=True)
class Learnt:
    """Weights, and at which row of them a feature stands."""

    weights: Weights
    places: Mapping[str, int]


@dataclass(frozen=True)
class Unseen:
    """Texts of some hands, their true labels, and each label's probability by models of other hands."""

    truth: NDArray[np.bool_]
    chances: Chances


@dataclass(frozen=True)
class Thresholds:
    """From which probability to warn, and to ask."""

    warn_from: float
    ask_from: float


def learn(texts: Sequence[Labelled], speller: Speller) -> Learnt:
    """What the texts teach."""
    texts = [*texts, *paired(texts)]
    seen = [features(each.text, speller) for each in texts]
    counts = Counter(feature for row in seen for feature in row)
    kept = sorted(feature for feature, count in counts.items() if count >= MIN_TEXTS)
    places = {feature: place for place, feature in enumerate(kept)}
    return Learnt(fit(_rows(seen, places), _truth(texts, with_any=True), len(places)), places)


@lru_cache(maxsize=20_000)
def features(text: str, speller: Speller) -> frozenset[str]:
    """The features of a whole text."""
    return read_words([word.form for word in words(text)], speller).features


def paired(texts: Sequence[Labelled]) -> list[Labelled]:
    """Texts put together by two, at least one of them harmless, as sentences of a contract stand together."""
    shuffler = random.Random(2)  # noqa: S311 - an order to learn in, not a secret
    harmless = [each for each in texts if not each.labels]
    pairs = []
    for _ in range(PAIRS if harmless else 0):
        first, second = (
            shuffler.choice(harmless),
            shuffler.choice(harmless if shuffler.random() < HARMLESS else texts),
        )
        if shuffler.random() < 0.5:
            first, second = second, first
        pairs.append(Labelled(f"{first.text} {second.text}", first.labels | second.labels))
    return pairs


def unseen(by_hand: Mapping[str, Sequence[Labelled]], speller: Speller) -> dict[str, Unseen]:
    """What is said of each hand's texts by a model that learnt from the others."""
    found = {}
    for hand, written in by_hand.items():
        others = [each for other, theirs in by_hand.items() if other != hand for each in theirs]
        learnt = learn(others or written, speller)
        rows = _rows([features(each.text, speller) for each in written], learnt.places)
        chances = [combined(row) for row in scores(rows, learnt.weights).tolist()]
        found[hand] = Unseen(_truth(written, with_any=False), np.array(chances))
    return found


def together(some: Iterable[Unseen]) -> Unseen:
    """All of them as one."""
    each = list(some)
    return Unseen(np.vstack([one.truth for one in each]), np.vstack([one.chances for one in each]))


def thresholds(of: Unseen) -> Thresholds:
    """Asking where it serves F1 best, warning from where warnings are as sure as they must be."""
    ask = max(TRIED, key=lambda tried: f1(of.truth, of.chances >= tried))
    warn = min((tried for tried in TRIED if tried >= ask and _is_sure(of, tried)), default=TRIED[-1])
    return Thresholds(round(float(warn), 3), round(float(ask), 3))


def f1(true: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    """The harmonic mean of precision and recall."""
    return float(2 * (true & said).sum() / max(1, true.sum() + said.sum()))


def _is_sure(of: Unseen, tried: float) -> bool:
    said = of.chances >= tried
    precision = (of.truth & said).sum() / max(1, said.sum())
    harmless = said[~of.truth.any(axis=1)]
    return bool(precision >= WARN_PRECISION and harmless.any(axis=1).mean() <= HARMLESS_WARNED)


def _rows(seen: Sequence[frozenset[str]], places: Mapping[str, int]) -> list[list[int]]:
    return [sorted(places[feature] for feature in row if feature in places) for row in seen]


def _truth(texts: Sequence[Labelled], *, with_any: bool) -> NDArray[np.bool_]:
    rows = [[label in each.labels for label in catalogue().risks] for each in texts]
    return np.array([[*row, any(row)] if with_any else row for row in rows])


def report(found: Mapping[str, Unseen]) -> Iterator[str]:
    """The table, line by line: each hand, with thresholds set on the others."""
    yield f"{'hand left out':20}{'texts':>6}{'F1':>6}   {'warn P':>6}{'warn R':>7}   harmless warned, asked"
    for hand, own in found.items():
        at = thresholds(together(other for name, other in found.items() if name != hand))
        warned, said = own.chances >= at.warn_from, own.chances >= at.ask_from
        harmless = ~own.truth.any(axis=1)
        on_warned = warned[harmless].any(axis=1)
        on_asked = said[harmless].any(axis=1) & ~on_warned
        right = (own.truth & warned).sum()
        yield (
            f"{hand:20}{len(own.truth):6}{f1(own.truth, said):6.2f}   {right / max(1, warned.sum()):6.2f}"
            f"{right / max(1, own.truth.sum()):7.2f}   {on_warned.mean():15.1%}{on_asked.mean():7.1%}"
        )


def main() -> None:
    """Print what is reached on each hand's texts by learning from the others."""
    by_hand = {file.stem: read_labelled(file) for file in TRAIN_FILES}
    sys.stdout.write("\n".join([*report(unseen(by_hand, model().speller)), ""]))


if __name__ == "__main__":
    main()
