"""What is wrong with what a municipality brings for its letters."""

from __future__ import annotations

from pathlib import Path

from knowledge.letters.look import texts


class LookRefused(Exception):
    """A template or profile that cannot be used; `problems` are Danish sentences: what, where, the cure."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))

    @classmethod
    def of(cls, path: Path, *problems: str) -> LookRefused:
        """The problems of one file."""
        return cls(*(texts.OF_FILE.format(file=path.name, problem=problem) for problem in problems))
