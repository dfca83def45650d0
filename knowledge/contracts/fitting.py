"""Fits the model's weights: logistic regression of all labels at once, on features that come and go.

At each step half of a text's features are hidden, so that no single word may decide: what holds for texts by
other hands is carried by many words and concepts together. Needs numpy and scipy, which only training does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

#: Passes over the texts, and texts a step.
ROUNDS = 15
BATCH = 64
#: The first step's size; the last is nearly nought.
STEP = 0.02
#: The share of a text's features that is hidden at each step.
HIDDEN = 0.5
#: The ridge penalty.
RIDGE = 1e-4
#: How fast the running means of the gradient and of its square forget (Adam's usual values).
FORGET = (0.1, 0.001)

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """Per column of the truth a bias, and per feature and column a weight."""

    bias: Floats
    of: Floats


def fit(rows: Sequence[Sequence[int]], truth: NDArray[np.bool_], features: int, seed: int = 1) -> Weights:
    """The weights for texts that have these features (numbers below `features`) and these labels.

    The order of the texts and what is hidden of them depend on the seed alone.
    """
    chance = np.random.default_rng(seed)
    seen = _matrix(rows, features)
    columns = truth.shape[1]
    # Row 0 is the bias, which is never hidden and never penalised.
    parameters = np.zeros((features + 1, columns), np.float32)
    parameters[0] = -2.0
    mean, square = np.zeros_like(parameters), np.zeros_like(parameters)
    taken = 0
    for turn in range(ROUNDS):
        order = chance.permutation(len(rows))
        for first in range(0, len(rows), BATCH):
            taken += 1
            some = order[first : first + BATCH]
            shown = seen[some]
            shown.data = shown.data * (chance.random(len(shown.data)) >= HIDDEN) / np.float32(1 - HIDDEN)
            gradient = _gradient(shown, truth[some], parameters)
            mean += FORGET[0] * (gradient - mean)
            square += FORGET[1] * (gradient**2 - square)
            steady = np.sqrt(square / (1 - (1 - FORGET[1]) ** taken)) + np.float32(1e-8)
            step = STEP * (1 - turn / ROUNDS) / (1 - (1 - FORGET[0]) ** taken)
            parameters -= np.float32(step) * mean / steady
    return Weights(parameters[0], parameters[1:])


def scores(rows: Sequence[Sequence[int]], weights: Weights) -> Floats:
    """The score of each text for each column, before the logistic function."""
    found: Floats = _matrix(rows, len(weights.of)) @ weights.of + weights.bias
    return found


def _gradient(shown: csr_matrix, truth: NDArray[np.bool_], parameters: Floats) -> Floats:
    score = np.clip(shown @ parameters[1:] + parameters[0], -30, 30)
    error = ((1 / (1 + np.exp(-score)) - truth) / len(truth)).astype(np.float32)
    return np.vstack([error.sum(axis=0)[None], shown.T @ error + np.float32(RIDGE) * parameters[1:]])


def _matrix(rows: Sequence[Sequence[int]], features: int) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    places = np.fromiter((place for row in rows for place in row), np.int32, int(ends[-1]))
    return csr_matrix((np.ones(len(places), np.float32), places, ends), shape=(len(rows), features))
