"""Typed text becomes the blocks that the person meant."""

from __future__ import annotations

from knowledge.letters.model import Block, Bullets, Item, Numbered, Paragraph, Said, Table
from knowledge.letters.typed import blocks


def paragraph(text: str) -> Paragraph:
    """A paragraph of one piece."""
    return Paragraph((Said(text),))


def items(*texts: str) -> tuple[Item, ...]:
    """Plain items."""
    return tuple(Item(text) for text in texts)


def test_blank_lines_part_paragraphs_and_newlines_stay() -> None:
    """A line break inside a paragraph is kept, blank lines begin a new one."""
    found: list[Block] = [paragraph("Første\nlinje to"), paragraph("Andet")]
    assert blocks("Første\nlinje to\n\n \nAndet\n") == found


def test_lines_with_a_mark_are_a_list() -> None:
    """Dashes, asterisks and bullets all make a bulleted list, with the text before it on its own."""
    assert blocks("Vi har:\n- a\n* b\n• c\n\n– d\nSlut") == [
        paragraph("Vi har:"),
        Bullets(items("a", "b", "c", "d")),
        paragraph("Slut"),
    ]


def test_lines_numbered_from_one_are_a_numbered_list() -> None:
    """Points and parentheses count, and blank lines between the numbers do not end the list."""
    assert blocks("1. a\n\n2) b\n3. c") == [Numbered(items("a", "b", "c"))]


def test_numbers_that_do_not_run_from_one_stay_as_typed() -> None:
    """No number that the person wrote is changed to another."""
    assert blocks("2. a\n4. b") == [paragraph("2. a\n4. b")]
    assert blocks("1. a alene") == [paragraph("1. a alene")]


def test_dates_are_not_items() -> None:
    """Lines that begin with the first and second of a month are text."""
    text = "1. januar 2020 begyndte det.\n2. februar 2020 sluttede det."
    assert blocks(text) == [paragraph(text)]


def test_lines_with_tabs_are_a_table() -> None:
    """Rows of as many cells are a table; a first row without figures names its columns."""
    assert blocks("Sag\tTimer\nA\t2\nB\t3") == [
        Table((("Sag", "Timer"), ("A", "2"), ("B", "3")), header=True)
    ]
    assert blocks("A\t2\nB\t3") == [Table((("A", "2"), ("B", "3")), header=False)]


def test_one_line_with_a_tab_is_text() -> None:
    """A tab alone makes no table."""
    assert blocks("Sag\tA") == [paragraph("Sag\tA")]


def test_nothing_typed_is_nothing() -> None:
    """Blank text has no blocks."""
    assert blocks(" \n\n\t\n") == []
