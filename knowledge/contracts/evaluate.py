"""How well the detector does on labelled texts: `python -m knowledge.contracts.evaluate [FILE.jsonl ...]`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.contracts.catalogue import catalogue
from knowledge.contracts.detector import Labels, labels

_TEXTS = Path(__file__).parent / "texts"
#: Texts to learn from, a hand a file.
TRAIN_FILES = sorted(_TEXTS.glob("train*.jsonl"))
#: Only ever measured on: by the hand that wrote the rules, and by one that knew neither rules nor texts.
MEASURE_FILES = (_TEXTS / "measure.jsonl", _TEXTS / "third_hand.jsonl")


@dataclass(frozen=True)
class Labelled:
    """A text and the labels a careful reviewer gave it."""

    text: str
    labels: frozenset[str]


@dataclass(frozen=True)
class Tally:
    """Right, wrong and missed labels."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of what was said that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what there is that was said."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def read_labelled(file: Path) -> list[Labelled]:
    """Texts from lines of `{"text": ..., "labels": [...]}`."""
    lines = (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())
    return [Labelled(line["text"], frozenset(line["labels"])) for line in lines]


def tally(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> Tally:
    """Counts over (true labels, said labels)."""
    right = wrong = missed = 0
    for true, said in pairs:
        right += len(true & said)
        wrong += len(said - true)
        missed += len(true - said)
    return Tally(right, wrong, missed)


def report(texts: list[Labelled]) -> Iterator[str]:
    """The table, line by line: per label, overall, harmless texts, and what missed labels are taken for."""
    said = [labels(each.text) for each in texts]
    both = [frozenset(each.risks + each.maybe) for each in said]
    yield f"{'label':44}{'texts':>6}{'P':>6}{'R':>6}{'F1':>6}   {'warn P':>6}{'warn R':>7}"
    for label in catalogue().risks:
        yield _row(label, texts, said, only=label)
    yield _row("overall", texts, said, only=None)
    harmless = [each for each, text in zip(said, texts, strict=True) if not text.labels]
    warned = sum(bool(each.risks) for each in harmless) / max(1, len(harmless))
    asked = sum(bool(each.maybe) and not each.risks for each in harmless) / max(1, len(harmless))
    yield f"harmless texts: {len(harmless)}, warned about {warned:.1%}, asked about {asked:.1%}"
    yield from _confusions(texts, both)


def _row(name: str, texts: list[Labelled], said: list[Labels], only: str | None) -> str:
    def kept(found: Iterable[str]) -> frozenset[str]:
        return frozenset(label for label in found if only in (None, label))

    true = [kept(each.labels) for each in texts]
    both = tally((a, kept(b.risks + b.maybe)) for a, b in zip(true, said, strict=True))
    warn = tally((a, kept(b.risks)) for a, b in zip(true, said, strict=True))
    count = both.right + both.missed
    scores = (
        f"{both.precision:6.2f}{both.recall:6.2f}{both.f1:6.2f}   {warn.precision:6.2f}{warn.recall:7.2f}"
    )
    return f"{name:44}{count:6}{scores}"


def _confusions(texts: list[Labelled], said: list[frozenset[str]]) -> Iterator[str]:
    missed: Counter[tuple[str, str]] = Counter()
    for text, found in zip(texts, said, strict=True):
        for label in text.labels - found:
            missed.update((label, other) for other in found - text.labels or {"nothing"})
    yield "missed, and what was said instead:"
    for (label, other), count in missed.most_common(12):
        yield f"  {count:3}  {label} -> {other}"


def main() -> None:
    """Print a table for each file named, or for the texts that are only measured."""
    for file in [Path(name) for name in sys.argv[1:]] or MEASURE_FILES:
        sys.stdout.write("\n".join([file.name, *report(read_labelled(file)), ""]) + "\n")


if __name__ == "__main__":
    main()
