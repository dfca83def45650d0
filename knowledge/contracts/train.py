"""Trains the model: `python -m knowledge.contracts.train` reads texts/train*.jsonl, writes model.json.

Logistic regression with a ridge penalty, one label against the rest, by stochastic descent in plain Python:
a minute on one core, and the same file for the same texts.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from knowledge.contracts import figures
from knowledge.contracts.catalogue import catalogue
from knowledge.contracts.evaluate import Labelled, read_labelled
from knowledge.contracts.model import MODEL_FILE, features, probability
from knowledge.contracts.spelling import MIN_LETTERS, Speller
from knowledge.contracts.words import fold, words

#: Texts to learn from, by three hands; the others in the folder are only ever measured.
TRAIN_FILES = sorted((Path(__file__).parent / "texts").glob("train*.jsonl"))
#: Passes over the texts.
ROUNDS = 40
#: The ridge penalty per text of a label, and of telling any risk from harmless texts.
RIDGE = 3e-4
RIDGE_ANY = 1e-3
#: The first step's size; the last is nearly nought.
STEP = 0.2
#: A feature seen in fewer texts than this is chance.
MIN_TEXTS = 2
#: So many texts are put together from two, and this share of them from two harmless ones.
PAIRS = 700
HARMLESS = 0.6
#: Weights smaller than this are left out of the file.
MIN_WEIGHT = 0.05
#: A word not in the dictionary is taken as well spelt when this many texts have it.
WELL_SPELT_TEXTS = 3


def main() -> None:
    """Train and write the model file."""
    texts = [text for file in TRAIN_FILES for text in read_labelled(file)]
    dictionary = danish_words()
    vocabulary = well_spelt(texts, dictionary)
    lookalikes = looking_alike(dictionary, vocabulary)
    speller = Speller(vocabulary, lookalikes)
    texts = [*texts, *paired(texts)]
    rows = [seen(each.text, speller) for each in texts]
    counts = Counter(feature for row in rows for feature in row)
    kept = [sorted(feature for feature in row if counts[feature] >= MIN_TEXTS) for row in rows]
    labels = list(catalogue().risks)
    fitted = [fit(kept, [label in each.labels for each in texts], RIDGE) for label in labels]
    fitted.append(fit(kept, [bool(each.labels) for each in texts], RIDGE_ANY))
    MODEL_FILE.write_text(_as_json(labels, fitted, vocabulary, lookalikes), "utf-8")
    sys.stdout.write(f"{len(texts)} texts, {len(labels)} labels: {MODEL_FILE}\n")


def paired(texts: Sequence[Labelled]) -> list[Labelled]:
    """Texts put together by two, at least one of them harmless, as sentences of a contract stand together."""
    shuffler = random.Random(2)  # noqa: S311 - an order to learn in, not a secret
    harmless = [each for each in texts if not each.labels]
    pairs = []
    for _ in range(PAIRS):
        first, second = (
            shuffler.choice(harmless),
            shuffler.choice(harmless if shuffler.random() < HARMLESS else texts),
        )
        if shuffler.random() < 0.5:
            first, second = second, first
        pairs.append(Labelled(f"{first.text} {second.text}", first.labels | second.labels))
    return pairs


def seen(text: str, speller: Speller) -> frozenset[str]:
    """The features of a whole text."""
    lexicon = catalogue().lexicon
    forms = [word.form if lexicon.knows(word.form) else speller.repair(word.form) for word in words(text)]
    return features(forms, [*lexicon.hits(forms), *figures.hits(forms)])


def fit(
    rows: Sequence[Sequence[str]], is_positive: Sequence[bool], ridge: float
) -> tuple[float, dict[str, float]]:
    """Bias and weights of one label, by stochastic descent in a fixed random order with shrinking steps.

    The penalty of the texts that lack a feature is made up for when the feature comes again.
    """
    weights: dict[str, float] = {}
    seen_at: dict[str, int] = {}
    bias = -1.0
    order = list(range(len(rows)))
    shuffler = random.Random(1)  # noqa: S311 - an order to learn in, not a secret
    taken = 0
    for turn in range(ROUNDS):
        step = STEP * (1.0 - turn / ROUNDS)
        keep = 1.0 - step * ridge
        shuffler.shuffle(order)
        for index in order:
            taken += 1
            row = rows[index]
            for feature in row:
                weights[feature] = weights.get(feature, 0.0) * keep ** (taken - seen_at.get(feature, taken))
                seen_at[feature] = taken
            error = probability(bias + sum(weights[feature] for feature in row)) - is_positive[index]
            bias -= step * error
            for feature in row:
                weights[feature] -= step * error
    return bias, weights


def danish_words() -> frozenset[str]:
    """All word forms of simplemma's Danish dictionary, folded."""
    forms = DefaultDictionaryFactory().get_dictionary("da")
    return frozenset(fold(form.decode() if isinstance(form, bytes) else form) for form in forms)


def well_spelt(texts: Sequence[Labelled], dictionary: frozenset[str]) -> list[str]:
    """The words of the texts that are in the dictionary, or in several texts."""
    counts = Counter(form for each in texts for form in {word.form for word in words(each.text)})
    return sorted(
        form
        for form, count in counts.items()
        if form.isalpha() and len(form) >= MIN_LETTERS and (form in dictionary or count >= WELL_SPELT_TEXTS)
    )


def looking_alike(dictionary: frozenset[str], vocabulary: Sequence[str]) -> list[str]:
    """The dictionary's words that would be taken for a misspelt one of the vocabulary."""
    speller = Speller(vocabulary, ())
    own = frozenset(vocabulary)
    return sorted(form for form in dictionary - own if form.isalpha() and speller.nearest(form) is not None)


def _as_json(
    labels: Sequence[str],
    fitted: Sequence[tuple[float, dict[str, float]]],
    vocabulary: Sequence[str],
    lookalikes: Sequence[str],
) -> str:
    weights: dict[str, list[float]] = {}
    for index, (_, learnt) in enumerate(fitted):
        for feature, weight in sorted(learnt.items()):
            if abs(weight) >= MIN_WEIGHT:
                weights.setdefault(feature, []).extend((index, round(weight, 3)))
    data = {
        "labels": labels,
        "bias": [round(bias, 3) for bias, _ in fitted],
        "weights": dict(sorted(weights.items())),
        "vocabulary": vocabulary,
        "lookalikes": lookalikes,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    main()
