"""The small linear model stacked on the rules: how likely a risk is, from concepts and word stems.

Its file is made by `knowledge.contracts.train` from the labelled texts; it is plain JSON.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.contracts.concepts import Hit
from knowledge.contracts.spelling import Speller

MODEL_FILE = Path(__file__).with_name("model.json")
#: Words are cut to this many letters, which takes off most Danish endings.
STEM = 6


def features(forms: Sequence[str], hits: Iterable[Hit]) -> frozenset[str]:
    """What the model sees of a passage: its concepts, each affirmed or denied, and its word stems."""
    concepts = {f"{'n' if hit.denied else 'c'}:{hit.concept}" for hit in hits}
    return frozenset(concepts | {f"w:{form[:STEM]}" for form in forms if form[0].isalpha()})


def probability(score: float) -> float:
    """The logistic function, safe for any score."""
    return 1.0 / (1.0 + math.exp(-max(-35.0, min(35.0, score))))


@dataclass(frozen=True)
class Model:
    """Weights by feature, as (place, weight), and the words to repair spelling towards.

    The places are those of `labels`, and after them the one that tells any risk from harmless texts.
    """

    labels: Sequence[str]
    bias: Sequence[float]
    weights: Mapping[str, Sequence[tuple[int, float]]]
    speller: Speller

    def probabilities(self, present: Iterable[str]) -> dict[str, float]:
        """How likely each label the model was trained on is.

        The topic is easy; whether it is a risk at all is hard, and much alike for all labels (denied, past,
        to the municipality's good). That is learnt once and multiplied in.
        """
        scores = list(self.bias)
        for feature in present:
            for index, weight in self.weights.get(feature, ()):
                scores[index] += weight
        *chances, risky = map(probability, scores)
        return {label: chance * risky for label, chance in zip(self.labels, chances, strict=True)}


@cache
def model() -> Model:
    """The shipped model."""
    data = json.loads(MODEL_FILE.read_text("utf-8"))
    weights = {
        feature: tuple(zip(row[::2], row[1::2], strict=True)) for feature, row in data["weights"].items()
    }
    return Model(data["labels"], data["bias"], weights, Speller(data["vocabulary"], data["lookalikes"]))
