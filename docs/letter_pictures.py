"""Pictures of the letter in both styles, draft and final: `python -m docs.letter_pictures`.

`make pictures` makes them too. The draft is the example case's, half answered; the final letter is that of
one of the shipped definition's test cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from bot.example import CASE_FILE
from knowledge.hearings.casefile import load_case_file, values
from knowledge.hearings.load import definition
from knowledge.letters.build import build
from knowledge.letters.pdf import pdf
from knowledge.letters.profile import LetterStyle

FOLDER = Path(__file__).parent / "pictures"
ANSWERED = Path("knowledge/hearings/definitions/ankestyrelsen-konsulenter-2020/vestager.yaml")
#: The day of a letter whose case gives none.
DAY = date(2020, 3, 20)
#: Dots per point of the page, and shades of grey.
SCALE, SHADES = 1.2, 16


def letter_pictures() -> Iterator[tuple[str, Image.Image]]:
    """The first page of each letter with the name of its file."""
    for style in LetterStyle:
        for draft in (True, False):
            case_file = load_case_file(CASE_FILE if draft else ANSWERED)
            hearing = definition(case_file.hearing)
            profile = case_file.profile().model_copy(update={"letter_style": style})
            letter = build(hearing, profile, values(case_file, hearing), draft=draft, today=DAY)
            page = pypdfium2.PdfDocument(pdf(letter))[0]
            picture = page.render(scale=SCALE).to_pil().convert("L")
            yield f"letter-{style.value.replace('_', '-')}-{'draft' if draft else 'final'}.png", picture


def make(folder: Path) -> None:
    """Write the pictures into the folder."""
    for name, picture in letter_pictures():
        picture.quantize(SHADES).save(folder / name, optimize=True)


if __name__ == "__main__":
    make(FOLDER)
