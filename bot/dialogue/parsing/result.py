"""What reading an answer gives: a value, or a question back."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.hearings.values import Value


@dataclass(frozen=True)
class Option:
    """A ready-made answer to a question back: the button's label, and the value it stands for."""

    label: str
    value: Value


@dataclass(frozen=True)
class Understood:
    """The text has one reading; `remark` (Danish) is what should be told though it was understood."""

    value: Value
    remark: str = ""


@dataclass(frozen=True)
class Unclear:
    """The text has no reading or several; `message` (Danish) asks back, `options` may answer it."""

    message: str
    options: tuple[Option, ...] = ()


Parsed = Understood | Unclear
