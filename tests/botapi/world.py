"""What Telegram holds: people, chats, messages, files, and the updates that await the bot."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

Json = dict[str, Any]
_T = TypeVar("_T")

#: How long a test waits for something that must happen, in seconds.
PATIENCE = 20.0


class Pulse:
    """Wakes whoever waits for the world to change."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        """Something changed."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    async def until(self, look: Callable[[], _T | None], *, timeout: float = PATIENCE) -> _T:  # noqa: ASYNC109
        """The first true value of `look`; raises TimeoutError after `timeout` seconds."""
        async with asyncio.timeout(timeout):
            while not (seen := look()):
                waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._waiting.add(waiter)
                try:
                    await waiter
                finally:
                    self._waiting.discard(waiter)
            return seen


@dataclass
class File:
    """A file as Telegram keeps it; `size` in bytes may differ from the data's, to stand for a large one."""

    id: str
    name: str
    media_type: str
    data: bytes
    size: int

    @property
    def path(self) -> str:
        """Its address under the download root."""
        return f"documents/{self.id}"


@dataclass
class Message:
    """A message in a chat. `text` is what is shown, `sent` what the bot sent before parsing."""

    chat: int
    id: int
    from_bot: bool
    text: str
    sent: str = ""
    keyboard: list[list[Json]] | None = None
    file: File | None = None
    edits: int = 0
    deleted: bool = False

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, in order."""
        return [button["text"] for row in self.keyboard or [] for button in row]


@dataclass
class CallbackQuery:
    """A press of a button that awaits the bot's answer."""

    id: str
    answered: bool = False
    expired: bool = False
    text: str = ""


@dataclass
class Chat:
    """A chat between a person and the bot, or a group. `blocked`: the person has blocked the bot."""

    id: int
    type: str = "private"
    name: str = ""
    blocked: bool = False
    messages: list[Message] = field(default_factory=list)


class World:
    """Telegram's side of one bot."""

    def __init__(self) -> None:
        self.pulse = Pulse()
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, CallbackQuery] = {}
        self.files: dict[str, File] = {}
        self.commands: list[Json] = []
        self.actions: list[tuple[int, str]] = []
        self.left: list[int] = []
        self.waiting: list[Json] = []
        self.webhook = ""
        self.secret = ""
        self.allowed: list[str] = []
        self.confirmed = 0
        self._message_ids = itertools.count(1)
        self._update_ids = itertools.count(1000)
        self._names = itertools.count(1)
        self._held: list[Json] | None = None

    def open_chat(self, chat: Chat) -> Chat:
        """A new chat with the bot."""
        self.chats[chat.id] = chat
        return chat

    def message(self, chat: int, message: int) -> Message | None:
        """The message where it still stands."""
        place = self.chats.get(chat)
        found = (one for one in (place.messages if place else ()) if one.id == message and not one.deleted)
        return next(found, None)

    def post(self, chat: int, *, from_bot: bool, text: str, **about: Any) -> Message:
        """A new message in a chat."""
        message = Message(chat, next(self._message_ids), from_bot, text, **about)
        self.chats[chat].messages.append(message)
        self.pulse.beat()
        return message

    def keep(self, name: str, media_type: str, data: bytes, *, size: int | None = None) -> File:
        """A new file."""
        file = File(f"file{next(self._names)}", name, media_type, data, len(data) if size is None else size)
        self.files[file.id] = file
        return file

    def press(self) -> CallbackQuery:
        """A new callback query."""
        query = CallbackQuery(f"{next(self._names)}")
        self.queries[query.id] = query
        return query

    def put(self, kind: str, content: Json) -> int | None:
        """A new update for the bot; its id, or None where the bot does not want this kind."""
        if self.allowed and kind not in self.allowed:
            return None
        number = next(self._update_ids)
        (self.waiting if self._held is None else self._held).append({"update_id": number, kind: content})
        self.pulse.beat()
        return number

    def confirm(self, offset: int) -> None:
        """Everything below the offset was handled."""
        self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        self.confirmed = max(self.confirmed, offset)
        self.pulse.beat()

    @contextmanager
    def held(self) -> Iterator[list[Json]]:
        """Hold updates back; they come in the order that the list has when this ends."""
        held: list[Json] = []
        self._held = held
        try:
            yield held
        finally:
            self._held = None
            self.waiting += held
            self.pulse.beat()


def told(message: Message, chat: Chat) -> Json:
    """The message as the Bot API tells it."""
    person = {"id": 1, "is_bot": True, "first_name": "Hoering", "username": "hoering_bot"}
    if not message.from_bot:
        person = {"id": abs(chat.id), "is_bot": False, "first_name": chat.name or "Person"}
    place = {"id": chat.id, "type": chat.type} | (
        {"first_name": chat.name} if chat.type == "private" else {"title": chat.name}
    )
    json: Json = {"message_id": message.id, "date": int(time.time()), "chat": place, "from": person}
    if message.edits:
        json["edit_date"] = int(time.time())
    if message.file is None:
        return json | _with_keyboard({"text": message.text}, message)
    about = {"file_id": message.file.id, "file_unique_id": message.file.id, "file_size": message.file.size}
    if message.file.media_type == "image/jpeg" and not message.file.name:
        small = about | {"file_id": "thumbnail", "width": 90, "height": 90, "file_size": 10}
        json["photo"] = [small, about | {"width": 1280, "height": 960}]
    else:
        json["document"] = about | {"file_name": message.file.name, "mime_type": message.file.media_type}
    return json | _with_keyboard({"caption": message.text} if message.text else {}, message)


def _with_keyboard(json: Json, message: Message) -> Json:
    return (
        json if message.keyboard is None else json | {"reply_markup": {"inline_keyboard": message.keyboard}}
    )
