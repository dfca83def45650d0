"""What two versions of a letter differ in, and the marks that a draft carries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.hearings.model import Definition
from knowledge.hearings.values import Value
from knowledge.letters.build import build
from knowledge.letters.changes import GONE, NEW, changes
from knowledge.letters.docx import docx
from knowledge.letters.marks import marked
from knowledge.letters.model import Enclosure, Letter, Paragraph, Remark, Said
from knowledge.letters.pdf import pdf
from knowledge.letters.profile import Profile


@pytest.fixture
def letter(definition: Definition, profile: Profile, answers: dict[str, Value]) -> Letter:
    """The letter of the answers."""
    return build(definition, profile, answers, draft=False, today=date(2020, 4, 1))


def test_a_letter_differs_in_nothing_from_itself(letter: Letter) -> None:
    """Nor do a draft's marks count as words of it."""
    assert changes(letter, letter) == []
    assert changes(letter, replace(letter, blocks=(Remark("Ikke godkendt."), *letter.blocks))) == []


def test_a_changed_word_is_marked_on_both_sides_and_nothing_else(letter: Letter) -> None:
    """The whole text stands on each side; only what differs is marked."""
    said = "Kommunen bad om en ny redegørelse for sagerne. Det skete i maj."
    before, now = (
        replace(letter, blocks=(*letter.blocks, Paragraph((Said(text),))))
        for text in (said, said.replace("maj", "juni"))
    )
    (change,) = changes(before, now)
    assert "".join(word.text for word in change.before) == said
    assert [word.text for word in change.before if word.mark == GONE] == ["maj."]
    assert [word.text for word in change.now if word.mark == NEW] == ["juni."]


def test_what_is_added_has_nothing_before_it(letter: Letter) -> None:
    """Of one enclosure more the side before is empty."""
    more = Enclosure(len(letter.enclosures) + 1, "Referat", "referat.pdf")
    (change,) = changes(letter, replace(letter, enclosures=(*letter.enclosures, more)))
    assert change.before == ()
    assert "Referat" in change.now[0].text


def test_a_remark_stands_under_the_last_block_of_its_point(letter: Letter) -> None:
    """A mark is not put between the blocks of one answer, and unknown points have none."""
    points = [
        part.question for block in letter.blocks if isinstance(block, Paragraph) for part in block.parts
    ]
    point = next(one for one in points if one)
    made = marked(letter, {point: "Ikke godkendt.", "findes_ikke": "Intet."}, "Ingen er godkendt.")
    found = [at for at, block in enumerate(made.blocks) if isinstance(block, Remark)]
    assert made.blocks[found[0]] == Remark("Ingen er godkendt.")
    assert made.blocks[found[1]] == Remark("Ikke godkendt.", point)
    above = made.blocks[found[1] - 1]
    assert isinstance(above, Paragraph)
    assert point in {part.question for part in above.parts}
    assert len(found) == 2


def test_marks_are_in_both_files(letter: Letter) -> None:
    """Word and PDF are made with them, and are other files than without."""
    made = marked(letter, {}, "Ingen af svarene er godkendt endnu.")
    assert docx(made) != docx(letter)
    assert pdf(made) != pdf(letter)
