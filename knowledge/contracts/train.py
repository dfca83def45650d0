"""Trains the model: `python -m knowledge.contracts.train` reads texts/train*.jsonl, writes model.json.

1. The words to repair spelling towards are taken from the texts.
2. The thresholds are found on what models say of texts by a hand that each has not seen (`hands`).
3. The weights are learnt from all hands together.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence

import numpy as np
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from knowledge.contracts import hands
from knowledge.contracts.catalogue import catalogue
from knowledge.contracts.evaluate import TRAIN_FILES, Labelled, read_labelled
from knowledge.contracts.hands import Learnt, Thresholds
from knowledge.contracts.model import MODEL_FILE, NOUGHT, STEPS
from knowledge.contracts.spelling import MIN_LETTERS, Speller
from knowledge.contracts.words import fold, words

#: A feature whose weights are all smaller is left out of the file.
MIN_WEIGHT = 0.12
#: A word not in the dictionary is taken as well spelt when this many texts have it.
WELL_SPELT_TEXTS = 3


def main() -> None:
    """Train and write the model file."""
    by_hand = {file.stem: read_labelled(file) for file in TRAIN_FILES}
    texts = [text for written in by_hand.values() for text in written]
    dictionary = danish_words()
    vocabulary = well_spelt(texts, dictionary)
    lookalikes = looking_alike(dictionary, vocabulary)
    speller = Speller(vocabulary, lookalikes)
    thresholds = hands.thresholds(hands.together(hands.unseen(by_hand, speller).values()))
    learnt = hands.learn(texts, speller)
    MODEL_FILE.write_text(_as_json(learnt, thresholds, vocabulary, lookalikes), "utf-8")
    sys.stdout.write(f"{len(texts)} texts, {len(catalogue().risks)} labels: {MODEL_FILE}\n")


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
    learnt: Learnt, thresholds: Thresholds, vocabulary: Sequence[str], lookalikes: Sequence[str]
) -> str:
    stepped = np.clip(np.rint(learnt.weights.of * STEPS), -NOUGHT, NOUGHT - 1).astype(int)
    kept = np.abs(learnt.weights.of).max(axis=1) >= MIN_WEIGHT
    data = {
        "labels": list(catalogue().risks),
        "bias": [round(float(bias), 3) for bias in learnt.weights.bias],
        "warn_from": thresholds.warn_from,
        "ask_from": thresholds.ask_from,
        "weights": {
            feature: bytes((stepped[place] + NOUGHT).tolist()).hex()
            for feature, place in sorted(learnt.places.items())
            if kept[place]
        },
        "vocabulary": vocabulary,
        "lookalikes": lookalikes,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    main()
