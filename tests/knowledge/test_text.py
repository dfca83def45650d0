"""Text that comes in: what is dropped, what is replaced, what stays."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import clean

ANY_TEXT = st.text(st.characters(exclude_categories=()))


def test_danish_text_stays_as_it_is() -> None:
    """Ordinary words, tabs and blank lines come through untouched."""
    text = "Kære styrelse,\n\n\tÅse har 2 børn – »ja«.\n"
    assert clean(text) == text


def test_lines_end_in_a_newline_whatever_ended_them() -> None:
    """Line ends of Windows, old Macs, forms and Unicode all become a newline."""
    assert clean("a\r\nb\rc\u2028d\u2029e\x0bf\x0cg\x85h") == "a\nb\nc\nd\ne\nf\ng\nh"


def test_signs_that_print_nothing_are_dropped() -> None:
    """Control characters, direction marks, soft hyphens and zero-width spaces leave no trace."""
    assert clean("a\x00b\x1b[c\u202ed\u2067e\xadf\u200bg\ufeffh") == "ab[cdefgh"


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    """Half a character cannot be stored; a whole pair in halves is put together."""
    assert clean("a\ud800b") == "a\ufffdb"
    assert clean("\ud83d\ude00") == "😀"


def test_accents_typed_apart_are_put_together() -> None:
    """An e with a combining accent is the same letter as é."""
    assert clean("e\u0301") == "é"


def test_joined_emoji_stay_joined() -> None:
    """A family is one sign, spelled with joiners."""
    assert clean("👨‍👩‍👧") == "👨‍👩‍👧"


def test_bullets_pasted_from_word_are_bullets() -> None:
    """The private signs of Word's symbol fonts become the bullet that every font has."""
    assert clean("\uf0b7 punkt") == "• punkt"


@given(ANY_TEXT)
def test_cleaned_text_is_clean(text: str) -> None:
    """Cleaning again changes nothing, and what is left can be stored, sent and printed."""
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")
    assert all(unicodedata.category(character) != "Cc" or character in "\n\t" for character in cleaned)
