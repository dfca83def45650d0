"""A text as the eye reads it, with the way back to where each character stood.

People and programs write the same thing with fullwidth digits, typographic dashes, hard spaces or
invisible characters in between. The rules read the folded text; offsets are given in the original.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_MINUS = "−"
#: Unicode's categories of what a reader sees as a hyphen, a line break or a space, or does not see at all.
_SEEN_AS = {"Pd": "-", "Zl": "\n", "Zp": "\n", "Zs": " ", "Cf": "", "Me": ""}
#: These only choose how the character before them is drawn (the digit of an emoji, say).
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


@dataclass(frozen=True)
class Folded:
    """`text` is folded; `origin` holds each character's place in the original, None where all stayed."""

    text: str
    origin: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded text's `[start:end]`, which is not empty, stood in the original."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


def folded(text: str) -> Folded:
    """The text with plain digits, hyphens and spaces, and without invisible (format) characters."""
    table = {ord(char): plain for char in set(text) if (plain := _plain(char)) != char}
    if "" not in table.values():
        return Folded(text.translate(table) if table else text, None)
    kept = tuple(place for place, char in enumerate(text) if table.get(ord(char)) != "")
    return Folded(text.translate(table), kept)


def _plain(char: str) -> str:
    if char.isascii():
        return char
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if char == _MINUS:
        return "-"
    if ord(char) in _VARIATION_SELECTORS:
        return ""
    if category in _SEEN_AS:
        return _SEEN_AS[category]
    if category == "No":  # a raised figure is a note's
        return char
    compatible = unicodedata.normalize("NFKC", char)
    return compatible if len(compatible) == 1 and compatible.isascii() else char
