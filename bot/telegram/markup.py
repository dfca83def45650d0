"""Replies as Telegram shows them: HTML within its limits, and inline keyboards. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from telegram.constants import InlineKeyboardMarkupLimit, MessageLimit

from bot.dialogue.messages import Block, Button, Style

#: Limits of a message and of a caption, in UTF-16 code units of what is shown.
MAX_TEXT = int(MessageLimit.MAX_TEXT_LENGTH)
MAX_CAPTION = int(MessageLimit.CAPTION_LENGTH)
#: What a phone shows of the labels of one row, in characters.
MAX_ROW = 44
MAX_BUTTONS = int(InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER)
MAX_BUTTONS_IN_ROW = int(InlineKeyboardMarkupLimit.BUTTONS_PER_ROW)
_TAGS = {
    Style.TEXT: ("", ""),
    Style.STRONG: ("<b>", "</b>"),
    Style.QUOTE: ("<blockquote>", "</blockquote>"),
    Style.SMALL: ("<i>", "</i>"),
}
_GAP = "\n\n"
#: A button and a keyboard as the Bot API takes them; building python-telegram-bot's objects, only to have
#: them taken apart again, was a tenth of the time a message takes.
ApiButton = dict[str, str]
Keyboard = dict[str, list[list[ApiButton]]]
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class _Piece:
    """A paragraph, or as much of one as fits a message; `block` numbers where it came from."""

    block: int
    style: Style
    text: str


def length(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def messages(blocks: Iterable[Block], *, limit: int = MAX_TEXT) -> list[str]:
    """The blocks as HTML, in as many messages as the limit asks for, cut between paragraphs."""
    made: list[list[_Piece]] = []
    used = 0
    for piece in _pieces(blocks, limit):
        cost = len(_GAP) + length(piece.text)
        if not made or used + cost > limit:
            made.append([])
            used = -len(_GAP)
        made[-1].append(piece)
        used += cost
    return [_html(pieces) for pieces in made]


def keyboards(rows: Sequence[Sequence[Button]]) -> list[Keyboard]:
    """The buttons as inline keyboards: one, or several where Telegram would refuse so many."""
    narrow = [short for row in rows for short in _narrow(row)]
    at_once = MAX_BUTTONS // max((len(row) for row in narrow), default=1)
    return [{"inline_keyboard": narrow[start : start + at_once]} for start in range(0, len(narrow), at_once)]


def _pieces(blocks: Iterable[Block], limit: int) -> Iterator[_Piece]:
    for number, block in enumerate(blocks):
        text = _CONTROL.sub("", _SURROGATE.sub("\ufffd", block.text))
        for paragraph in re.split(r"\n\s*\n", text.strip()):
            for part in _cut(paragraph, limit):
                yield _Piece(number, block.style, part)


def _cut(paragraph: str, limit: int) -> Iterator[str]:
    """The paragraph in parts within the limit, cut at line breaks or spaces where there are any."""
    rest = paragraph
    while length(rest) > limit:
        head = rest.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")
        end = max(head.rfind("\n", limit // 4), head.rfind(" ", limit // 2))
        head = head[:end] if end > 0 else head
        yield head
        rest = rest[len(head) :].lstrip()
    if rest:
        yield rest


def _html(pieces: Iterable[_Piece]) -> str:
    made = []
    for _, group in groupby(pieces, key=lambda piece: piece.block):
        same = list(group)
        before, after = _TAGS[same[0].style]
        made.append(before + escape(_GAP.join(piece.text for piece in same), quote=False) + after)
    return _GAP.join(made)


def _narrow(row: Sequence[Button]) -> Iterator[list[ApiButton]]:
    """The row as one where a phone can show its labels, else its buttons one below the other."""
    if not row:
        return
    buttons = [{"text": _short(button.label), "callback_data": button.data} for button in row]
    if sum(len(button.label) for button in row) <= MAX_ROW and len(row) <= MAX_BUTTONS_IN_ROW:
        yield buttons
    else:
        yield from ([button] for button in buttons)


def _short(label: str) -> str:
    if len(label) <= MAX_ROW:
        return label
    head = label[: MAX_ROW - 1]
    return head[: max(head.rfind(" "), MAX_ROW // 2)].rstrip(" ,.;:–-") + "…"
