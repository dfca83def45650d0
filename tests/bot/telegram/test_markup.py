"""Replies as Telegram shows them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.messages import Block, Button, Style
from bot.telegram import markup
from tests.botapi import html

_TEXT = st.text(st.characters() | st.sampled_from("\n \ud800<>&\"'😀\x00"), max_size=400)
_BLOCKS = st.lists(st.builds(Block, _TEXT, st.sampled_from(Style)), max_size=6)


def test_each_style_is_shown_and_markup_in_words_is_not_taken_as_such() -> None:
    """Styles become Telegram's tags; what a person wrote stands as they wrote it."""
    blocks = [Block("Fed", Style.STRONG), Block("<b>a & b</b>", Style.QUOTE), Block("småt", Style.SMALL)]
    assert markup.messages(blocks) == [
        "<b>Fed</b>\n\n<blockquote>&lt;b&gt;a &amp; b&lt;/b&gt;</blockquote>\n\n<i>småt</i>"
    ]


def test_a_long_reply_is_split_between_paragraphs() -> None:
    """Paragraphs stay whole where they fit a message, and keep their style in each."""
    one, two, three = "a" * 60, "b" * 30, "c" * 30
    block = Block("\n\n".join((one, two, three)), Style.QUOTE)
    assert markup.messages([block], limit=100) == [
        f"<blockquote>{one}\n\n{two}</blockquote>",
        f"<blockquote>{three}</blockquote>",
    ]


def test_a_paragraph_that_fits_no_message_is_cut_at_a_space() -> None:
    """A very long paragraph is cut between words."""
    assert markup.messages([Block("ord " * 30)], limit=50)[0] == ("ord " * 12).strip()


def test_length_is_counted_as_telegram_counts() -> None:
    """An emoji outside the basic plane counts twice, so that 3,000 of them need two messages."""
    assert len(markup.messages([Block("😀" * 3000)])) == 2


@given(_BLOCKS)
def test_telegram_can_parse_every_message_and_no_word_is_lost(blocks: list[Block]) -> None:
    """Whatever stands in a reply, each message is within the limit, parses, and all visible text arrives."""
    shown = [html.parse(message) for message in markup.messages(blocks, limit=90)]
    assert all(0 < html.utf16_length(text) <= 90 for text in shown)
    clean = [
        character
        for block in blocks
        for character in block.text
        if not character.isspace() and (character >= " " and character != "\x7f")
    ]
    expected = ["\ufffd" if "\ud800" <= character <= "\udfff" else character for character in clean]
    assert [character for text in shown for character in text if not character.isspace()] == expected


def _labels(keyboard: markup.Keyboard) -> list[list[str]]:
    return [[button["text"] for button in row] for row in keyboard["inline_keyboard"]]


def test_short_buttons_stay_side_by_side_and_long_ones_come_below_each_other() -> None:
    """A row that a phone cannot show becomes rows of one, shortened at a word."""
    rows = [
        [Button("Ja", "1"), Button("Nej", "2")],
        [Button("Det står i kontrakten med firmaet", "3"), Button("Det fremgår ikke nogen steder", "4")],
        [Button("Redegørelse for samarbejdet med konsulentfirmaet i perioden", "5")],
    ]
    (keyboard,) = markup.keyboards(rows)
    assert _labels(keyboard) == [
        ["Ja", "Nej"],
        ["Det står i kontrakten med firmaet"],
        ["Det fremgår ikke nogen steder"],
        ["Redegørelse for samarbejdet med…"],
    ]


def test_more_buttons_than_telegram_takes_become_several_keyboards() -> None:
    """Telegram takes a hundred buttons in a message; none is lost."""
    rows = [[Button(f"Spørgsmål {number}", str(number))] for number in range(230)]
    keyboards = markup.keyboards(rows)
    assert [len(_labels(keyboard)) for keyboard in keyboards] == [100, 100, 30]


def test_no_buttons_make_no_keyboard() -> None:
    """A reply without buttons has no keyboard."""
    assert markup.keyboards([]) == markup.keyboards([[]]) == []
