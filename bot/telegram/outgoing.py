"""From the desk's replies to Telegram's messages."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from telegram import (
    CallbackQuery,
    InputFile,
    InputMediaPhoto,
    Message,
)
from telegram.constants import FileSizeLimit, MediaGroupLimit, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.dialogue.messages import Block, Document, Reply, Tone
from bot.telegram import markup, texts
from bot.telegram.incoming import Bot
from bot.telegram.patience import patiently

#: Telegram lets a bot send files up to this size, in bytes.
MAX_SENT_BYTES = int(FileSizeLimit.FILESIZE_UPLOAD)
#: Telegram lets a photo be of so many bytes and shows so many in one album.
MAX_PHOTO_BYTES = int(FileSizeLimit.PHOTOSIZE_UPLOAD)
_ALBUM = int(MediaGroupLimit.MAX_MEDIA_LENGTH)
_NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}

_logger = logging.getLogger(__name__)


async def send(bot: Bot, chat: int, replies: Iterable[Reply]) -> None:
    """Send the replies in order. A person who blocked the bot or a chat that is gone is no error."""
    try:
        for reply in _joined(replies):
            await _send_one(bot, chat, reply)
    except Forbidden:
        _logger.info("A chat cannot be written to any more")
    except TelegramError as error:
        _logger.error("Telegram did not take a reply (%s)", type(error).__name__)


async def say(bot: Bot, chat: int, text: str) -> None:
    """Send one plain text of our own."""
    await send(bot, chat, [Reply((Block(text),))])


async def settle_press(bot: Bot, query: CallbackQuery) -> None:
    """Answer a press, so that the button stops spinning, and take away the keyboard it was on."""
    await _allowed_to_fail(lambda: bot.answer_callback_query(query.id))
    if isinstance(query.message, Message):
        chat, message = query.message.chat.id, query.message.message_id
        await _allowed_to_fail(
            lambda: bot.edit_message_reply_markup(chat_id=chat, message_id=message, reply_markup=None)
        )


async def remove(bot: Bot, message: Message) -> None:
    """Remove a person's message from the chat; tell them where Telegram does not let us."""
    if not await _allowed_to_fail(lambda: bot.delete_message(message.chat.id, message.message_id)):
        await say(bot, message.chat.id, texts.NOT_DELETED)


async def _allowed_to_fail(call: Callable[[], Awaitable[object]]) -> bool:
    """Whether the call went well; "query is too old" and "message is not modified" are no errors."""
    try:
        await patiently(call)
    except (BadRequest, Forbidden):
        return False
    except TelegramError as error:
        _logger.warning("Telegram did not take a call (%s)", type(error).__name__)
        return False
    return True


def _joined(replies: Iterable[Reply]) -> list[Reply]:
    """What was saved and the question after it as one message: Telegram allows a chat about one a second."""
    joined: list[Reply] = []
    for reply in replies:
        blocks = reply.blocks
        if reply.tone is Tone.QUESTION and joined and _is_only_saved(joined[-1]):
            blocks = joined.pop().blocks + blocks
        joined.append(replace(reply, blocks=blocks))
    return joined


def _is_only_saved(reply: Reply) -> bool:
    return reply.tone is Tone.SAVED and not (reply.buttons or reply.document or reply.pictures)


async def _send_one(bot: Bot, chat: int, reply: Reply) -> None:
    parts = markup.messages(reply.blocks)
    keyboards = markup.keyboards(reply.buttons)
    for text, keyboard in _laid_out(parts, keyboards):
        await _send_text(bot, chat, text, keyboard)
    if reply.document is not None:
        await _send_document(bot, chat, reply.document)
    for first in range(0, len(reply.pictures), _ALBUM):
        await _send_pictures(bot, chat, reply.pictures[first : first + _ALBUM])


def _laid_out(
    parts: list[str], keyboards: list[markup.Keyboard]
) -> Iterator[tuple[str, markup.Keyboard | None]]:
    """The keyboard under the last part; where there are several, each under a message of its own."""
    for text in parts[:-1]:
        yield text, None
    for last, keyboard in zip_longest(parts[-1:], keyboards):
        yield last or texts.MORE_BUTTONS, keyboard


async def _send_text(bot: Bot, chat: int, html: str, keyboard: markup.Keyboard | None) -> None:
    more = _NO_PREVIEW if keyboard is None else {**_NO_PREVIEW, "reply_markup": keyboard}
    await patiently(lambda: bot.send_message(chat, html, parse_mode=ParseMode.HTML, api_kwargs=more))


async def _send_document(bot: Bot, chat: int, document: Document) -> None:
    if len(document.data) > MAX_SENT_BYTES:
        await say(bot, chat, texts.FILE_TOO_LARGE_TO_SEND.format(name=document.name))
        return
    file = InputFile(document.data, filename=document.name)
    await patiently(lambda: bot.send_document(chat, file))


async def _send_pictures(bot: Bot, chat: int, pictures: Sequence[Document]) -> None:
    """Pictures of pages as one album; a page too finely drawn for a photo comes as a file."""
    photos = [one for one in pictures if len(one.data) <= MAX_PHOTO_BYTES]
    if len(photos) > 1:
        album = [InputMediaPhoto(one.data, filename=one.name) for one in photos]
        await patiently(lambda: bot.send_media_group(chat, album))
    for one in photos if len(photos) == 1 else ():
        await _send_photo(bot, chat, one)
    for one in pictures:
        if one not in photos:
            await _send_document(bot, chat, one)


async def _send_photo(bot: Bot, chat: int, picture: Document) -> None:
    file = InputFile(picture.data, filename=picture.name)
    await patiently(lambda: bot.send_photo(chat, file))
