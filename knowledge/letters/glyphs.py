"""Which characters the letter's fonts can show, and what the PDF says in place of the others."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from pathlib import Path

from knowledge.letters import texts

#: Liberation Sans (the letter's own), DejaVu Sans (Arabic, Hebrew, signs), Noto Emoji.
FONTS = Path(__file__).parent / "fonts"

#: The code points that the fonts have between them, as hexadecimal ranges, one a line.
COVERAGE = FONTS / "coverage.txt"

#: A word longer than this gets places where its line may break, lest it runs off the page.
UNBROKEN_CHARACTERS = 60

_LONG_WORD = re.compile(rf"\S{{{UNBROKEN_CHARACTERS}}}(?=\S)")
_ZERO_WIDTH_SPACE = "\u200b"

#: No font needs a glyph for these: line break, tab, and the joiners and selectors of longer signs.
_NO_GLYPH = "\n\t\u200c\u200d\ufe00-\ufe0f"


def shown(text: str) -> str:
    """The clean text with each run of characters that no font has named by their code points.

    "中文" becomes "[tegn U+4E2D U+6587]": archivable PDF must not hold characters without a glyph.
    """
    named = _uncovered().sub(_named, text)
    return _LONG_WORD.sub(lambda word: word[0] + _ZERO_WIDTH_SPACE, named)


def _named(run: re.Match[str]) -> str:
    return texts.NO_GLYPH.format(characters=" ".join(f"U+{ord(character):04X}" for character in run[0]))


@cache
def _uncovered() -> re.Pattern[str]:
    ranges = (line.partition("-")[::2] for line in COVERAGE.read_text("ascii").split())
    covered = (f"{_escaped(first)}-{_escaped(last or first)}" for first, last in ranges)
    return re.compile(f"[^{''.join(chain([_NO_GLYPH], covered))}]+")


def _escaped(code_point: str) -> str:
    return f"\\U{code_point:0>8}"
