"""What is wrong in a file that a person wrote: where, what, and how to cure it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.hearings.texts import PROBLEMS


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a file; lines count from 1. `message` and `cure` are Danish sentences."""

    file: str
    line: int
    message: str
    cure: str

    def __str__(self) -> str:
        return f"{self.file}, linje {self.line}: {self.message} {self.cure}"


class Refused(Exception):
    """A file that cannot be used; `problems` are all that is known to be wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class DefinitionRefused(Refused):
    """A hearing's definition that does not load."""


class CaseFileRefused(Refused):
    """A case file that cannot be played."""


def problem(kind: str, file: str, line: int, **words: object) -> Problem:
    """The problem of this kind (a key of `texts.PROBLEMS`) with its words filled in."""
    message, cure = PROBLEMS[kind]
    shown = {name: word if name in _WHOLE else _short(word) for name, word in words.items()}
    return Problem(file, line, message.format(**shown), cure.format(**shown))


#: Characters of a person's own text that a message repeats.
SHOWN_CHARACTERS = 60

#: Words that are lists and advice of our own, told whole.
_WHOLE = frozenset({"allowed", "cure", "cycle", "limit"})


def _short(word: object) -> str:
    text = " ".join(str(word).split())
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
