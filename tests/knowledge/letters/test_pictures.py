"""The letter looks as its pictures in the documents do; whoever changes the look makes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from docs.letter_pictures import FOLDER, letter_pictures

#: How far a spot may differ from the picture, as the mean of its dots' difference, 0 to 255.
TOLERANCE = 12
#: Spots across and down the page: about a centimetre each.
SPOTS = (21, 30)
ANEW = "the letter looks otherwise than in {path}: look at it, and run python -m docs.letter_pictures"


def difference(one: Image.Image, other: Image.Image) -> float:
    """How much the pictures differ where they differ most; how edges are smoothed is not seen."""
    if one.size != other.size:
        return 255.0
    differing = ImageChops.difference(one.convert("L"), other.convert("L"))
    return float(max(differing.resize(SPOTS, Image.Resampling.BOX).tobytes()))


@pytest.fixture(scope="module")
def pictures() -> dict[str, Image.Image]:
    """The letters as they look now."""
    return dict(letter_pictures())


def test_the_letters_look_as_in_the_documents(pictures: dict[str, Image.Image]) -> None:
    """Both styles, draft and final."""
    assert len(pictures) == 4
    for name, picture in pictures.items():
        path = Path(FOLDER / name)
        assert difference(picture, Image.open(path)) < TOLERANCE, ANEW.format(path=path)


def test_another_look_would_be_noticed(pictures: dict[str, Image.Image]) -> None:
    """A shift of two dots, the other style, and a missing mark are seen; what a rounding does is not."""
    draft = pictures["letter-connected-draft.png"]
    unmarked = draft.copy()
    unmarked.paste(255, (draft.width // 2, 0, draft.width, 70))
    for other in (pictures["letter-point-by-point-draft.png"], ImageChops.offset(draft, 0, 2), unmarked):
        assert difference(draft, other) >= TOLERANCE
    assert difference(draft, draft.point(lambda dot: max(dot - 3, 0))) < TOLERANCE
