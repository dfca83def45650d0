"""From a Telegram update to what the desk understands."""

from __future__ import annotations

from typing import Any

from telegram import CallbackQuery, Message, PhotoSize, Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot, filters

from bot.dialogue.messages import Incoming, Upload
from bot.telegram import texts
from bot.telegram.patience import patiently

#: Telegram lets a bot fetch files up to this size, in bytes.
MAX_FETCHED_BYTES = int(FileSizeLimit.FILESIZE_DOWNLOAD)

Bot = ExtBot[Any]


class FileNotFetched(Exception):
    """Telegram could not give the file for another reason than its size."""


def chat_name(chat: int) -> str:
    """The front end's name for a chat."""
    return f"telegram:{chat}"


def chat_of(update: Update) -> int | None:
    """The chat that the update belongs to; None where it belongs to none."""
    if update.effective_chat is not None:
        return update.effective_chat.id
    # A button on a message too old for Telegram to tell where it is: only private chats are served.
    return update.effective_user.id if update.effective_user else None


async def read(update: Update, bot: Bot, *, max_file_bytes: int) -> Incoming | None:
    """What the person said, with their file fetched; None where there is nothing to answer.

    A file over `max_file_bytes` comes without its data. Raises `FileNotFetched`.
    """
    key = f"telegram:{update.update_id}"
    if update.callback_query is not None:
        return _pressed(update.callback_query, key)
    message = update.message or update.edited_message
    if message is None or message.from_user is None:
        return None
    file = await _upload(message, bot, max_file_bytes)
    text = message.text if file is None else message.caption
    edited = update.edited_message is not None
    if text is None and file is None and (edited or filters.StatusUpdate.ALL.check_update(update)):
        return None  # a place that moves, a pinned message: nothing that the person said
    return Incoming(
        user=f"telegram:{message.from_user.id}",
        chat=chat_name(message.chat.id),
        key=key,
        text=text,
        file=file,
        message=f"telegram:{message.chat.id}:{message.message_id}",
        edited=edited,
    )


def _pressed(query: CallbackQuery, key: str) -> Incoming:
    chat = query.message.chat.id if query.message else query.from_user.id
    return Incoming(
        user=f"telegram:{query.from_user.id}", chat=chat_name(chat), key=key, button=query.data or ""
    )


async def _upload(message: Message, bot: Bot, max_bytes: int) -> Upload | None:
    if message.document is not None:
        name = message.document.file_name or texts.UNNAMED_FILE
        media_type = message.document.mime_type or "application/octet-stream"
        size = message.document.file_size or 0
        data = await _fetch(bot, message.document.file_id, size, max_bytes)
    elif message.photo:
        largest: PhotoSize = message.photo[-1]
        name, media_type, size = texts.PHOTO_NAME, "image/jpeg", largest.file_size or 0
        data = await _fetch(bot, largest.file_id, size, max_bytes)
    else:
        return None
    return Upload(name, media_type, len(data) if data is not None else size, data)


async def _fetch(bot: Bot, file_id: str, size: int, max_bytes: int) -> bytes | None:
    most = min(max_bytes, MAX_FETCHED_BYTES)
    if size > most:
        return None
    try:
        file = await patiently(lambda: bot.get_file(file_id))
        if (file.file_size or 0) > most:
            return None
        data = bytes(await patiently(file.download_as_bytearray))
    except BadRequest as error:
        if "too big" in error.message:
            return None
        raise FileNotFetched from None
    except TelegramError:
        raise FileNotFetched from None
    return data if len(data) <= most else None
