"""The small linear model stacked on the rules: how likely a risk is, from concepts, rules and word stems.

Its file is made by `knowledge.contracts.train` from the labelled texts; it is plain JSON.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from knowledge.contracts import figures
from knowledge.contracts.catalogue import catalogue
from knowledge.contracts.concepts import Hit
from knowledge.contracts.spelling import Speller

MODEL_FILE = Path(__file__).with_name("model.json")
#: Words are cut to this many letters, which takes off most Danish endings.
STEM = 6
#: In the file a weight is a byte: so many steps to one, from this nought.
STEPS, NOUGHT = 40, 128
#: The concepts of those who act in a contract.
ACTORS = frozenset({"consultant", "municipality", "citizen", "provider", "caseworker"})
#: How much "is it a risk at all" counts beside "which risk": a power of its probability.
ANY_RISK = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """What is seen of a passage: the labels whose rules warn and ask, and the model's features."""

    warned: frozenset[str]
    asked: frozenset[str]
    features: frozenset[str]


def read_words(written: Sequence[str], speller: Speller) -> Reading:
    """Repair the spelling, look for concepts, and hold the rules against them.

    The features are the concepts, each affirmed or denied and by whom, the rules that hold, the word stems,
    and each two of them in a row.
    """
    known = catalogue()
    forms = [form if known.lexicon.knows(form) else speller.repair(form) for form in written]
    hits = [*known.lexicon.hits(forms), *figures.hits(forms)]
    warned, asked = known.matches(hits)
    stems = [form[:STEM] for form in forms]
    features = {f"{'n' if hit.denied else 'c'}:{hit.concept}" for hit in hits}
    features.update(_by_actor(hits))
    features.update(f"r:{label}" for label in warned)
    features.update(f"a:{label}" for label in asked)
    features.update(f"w:{stem}" for stem in stems if stem[0].isalpha())
    features.update(f"b:{first} {second}" for first, second in pairwise(stems))
    return Reading(frozenset(warned), frozenset(asked), frozenset(features))


def _by_actor(hits: Sequence[Hit]) -> Iterator[str]:
    """Each concept beside who is named first, mostly the one who acts: who may is half of a term."""
    acting = min((hit for hit in hits if hit.concept in ACTORS), key=lambda hit: hit.first, default=None)
    actor = acting.concept if acting else "nobody"
    for hit in hits:
        yield f"p:{actor} {'n' if hit.denied else 'c'} {hit.concept}"


def probability(score: float) -> float:
    """The logistic function, safe for any score."""
    return 1.0 / (1.0 + math.exp(-max(-35.0, min(35.0, score))))


def combined(scores: Sequence[float]) -> list[float]:
    """How likely each label is, from the scores of the labels and, last, the score of being any risk.

    The topic is easy; whether it is a risk at all is hard, and much alike for all labels (denied, past,
    to the municipality's good). That is learnt once and multiplied in.
    """
    *chances, risky = map(probability, scores)
    return [chance * risky**ANY_RISK for chance in chances]


_NO_WEIGHT = f"{NOUGHT:02x}"


@dataclass(frozen=True)
class Model:
    """Weights by feature, a byte a column in hexadecimal, and the words to repair spelling towards.

    The columns are those of `labels`, and after them the one that tells any risk from harmless texts.
    `warn_from` and `ask_from` tell from which probability to warn and to ask.
    """

    labels: Sequence[str]
    bias: Sequence[float]
    weights: Mapping[str, str]
    warn_from: float
    ask_from: float
    speller: Speller

    def probabilities(self, present: Iterable[str]) -> dict[str, float]:
        """How likely each label the model was trained on is."""
        found = [self.weights[feature] for feature in present if feature in self.weights]
        rows = map(bytes.fromhex, [_NO_WEIGHT * len(self.bias), *found])
        noughts = NOUGHT * (len(found) + 1)
        scores = [
            bias + (sum(column) - noughts) / STEPS
            for bias, column in zip(self.bias, zip(*rows, strict=True), strict=True)
        ]
        return dict(zip(self.labels, combined(scores), strict=True))


@cache
def model() -> Model:
    """The shipped model."""
    data = json.loads(MODEL_FILE.read_text("utf-8"))
    return Model(
        data["labels"],
        data["bias"],
        data["weights"],
        data["warn_from"],
        data["ask_from"],
        Speller(data["vocabulary"], data["lookalikes"]),
    )
