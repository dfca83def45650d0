"""How well the search for personal data does on labelled texts.

`python -m knowledge.checks.evaluate [FILE ...] [--mistakes]`
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from knowledge.checks.personal_data import DatumKind, let_through, scan

_LABELLED = Path(__file__).parent / "labelled"
#: Texts that rules were written with in mind, and texts that were only ever measured on.
FILES = (_LABELLED / "develop.txt", _LABELLED / "measure.txt")

#: What the labelled texts take for the reply's own: the municipality's details, the signatory, the firm.
ALLOWED = let_through(
    "Eksempel Kommune",
    "Rådhusvej 1",
    "9999 Eksempel",
    "12345678",
    "post@eksempel.dk",
    "www.eksempel.dk",
    "Karen Vig",
    "Nordlys Rådgivning, der ejes af Ida Falk, på området for voksne med handicap",
)

_MARKED = re.compile(rf"\[({'|'.join(get_args(DatumKind))}) ([^\]]+)\]")
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True)
class Span:
    """Personal data of a kind at `start:end` of a text."""

    kind: str
    start: int
    end: int

    def meets(self, other: Span) -> bool:
        """Whether the two are of one kind and share a character."""
        return self.kind == other.kind and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Labelled:
    """A text and where a reader finds personal data in it."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Score:
    """Of one kind: what was there and found, what was there and missed, what was told wrongly."""

    found: int
    missed: int
    wrong: int

    @property
    def precision(self) -> float:
        """The share of what was told that is right."""
        return self.found / max(1, self.found + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is there that was told."""
        return self.found / max(1, self.found + self.missed)


def read_labelled(file: Path) -> list[Labelled]:
    """The file's texts; lines that begin with # are remarks."""
    lines = file.read_text("utf-8").splitlines()
    return [marked(line) for line in lines if line.strip() and not line.startswith("#")]


def marked(line: str) -> Labelled:
    """A text from its marked form, "Ring til [name Hanne] i dag"."""
    line = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), line.replace("\\n", "\n"))
    text, end, spans = "", 0, []
    for mark in _MARKED.finditer(line):
        text += line[end : mark.start()]
        spans.append(Span(mark[1], len(text), len(text) + len(mark[2])))
        text, end = text + mark[2], mark.end()
    return Labelled(text + line[end:], tuple(spans))


def told(text: str) -> list[Span]:
    """What the search says of a text."""
    return [Span(datum.kind, datum.start, datum.end) for datum in scan(text, allowed=ALLOWED)]


def score(texts: Iterable[Labelled], kind: str) -> Score:
    """How one kind was found; touching the right words counts as finding them."""
    found = missed = wrong = 0
    for each in texts:
        true = [span for span in each.spans if span.kind == kind]
        said = [span for span in told(each.text) if span.kind == kind]
        hit = sum(any(span.meets(other) for other in said) for span in true)
        found, missed = found + hit, missed + len(true) - hit
        wrong += sum(not any(span.meets(other) for other in true) for span in said)
    return Score(found, missed, wrong)


def report(texts: list[Labelled]) -> Iterator[str]:
    """The table, line by line: per kind, then how many spans are whole and harmless texts asked about."""
    yield f"{'kind':10}{'there':>7}{'found':>7}{'missed':>8}{'wrong':>7}{'P':>7}{'R':>7}"
    for kind in get_args(DatumKind):
        got = score(texts, kind)
        counts = f"{got.found + got.missed:7}{got.found:7}{got.missed:8}{got.wrong:7}"
        yield f"{kind:10}{counts}{got.precision:7.2f}{got.recall:7.2f}"
    said = [told(each.text) for each in texts]
    spans = sum(len(each.spans) for each in texts)
    whole = sum(len(set(each.spans) & set(found)) for each, found in zip(texts, said, strict=True))
    yield f"found with their exact first and last character: {whole} of {spans}"
    harmless = [found for each, found in zip(texts, said, strict=True) if not each.spans]
    asked = sum(bool(found) for found in harmless)
    yield f"texts without personal data: {len(harmless)}, asked about {asked}"


def mistakes(texts: Iterable[Labelled]) -> Iterator[str]:
    """Each text of which too little or too much was said, with what."""
    for each in texts:
        said = told(each.text)
        missed = [span for span in each.spans if not any(span.meets(other) for other in said)]
        wrong = [span for span in said if not any(span.meets(other) for other in each.spans)]
        for what, spans in (("missed", missed), ("wrong", wrong)):
            for span in spans:
                yield f"{what} {span.kind} {each.text[span.start : span.end]!r} in {each.text!r}"


def main() -> None:
    """Print a table for each file named, or for the shipped ones; the mistakes too with `--mistakes`."""
    names = [name for name in sys.argv[1:] if name != "--mistakes"]
    for file in [Path(name) for name in names] or FILES:
        texts = read_labelled(file)
        lines = [file.name, *report(texts)]
        if "--mistakes" in sys.argv:
            lines += mistakes(texts)
        sys.stdout.write("\n".join([*lines, ""]) + "\n")


if __name__ == "__main__":
    main()
