"""A person in a test: sends, presses, uploads and reads, so that a test reads as a conversation."""

from __future__ import annotations

from typing import Any

from tests.botapi.world import Chat, File, Message, World, told


class User:
    """A person (or a group) with a chat with the bot.

    What the bot says is read in order: `reply` gives the next message that was not read yet.
    """

    def __init__(self, world: World, chat: Chat) -> None:
        self.world = world
        self.chat = chat
        self._read = 0

    @property
    def id(self) -> int:
        """The chat's id, which is the person's too."""
        return self.chat.id

    @property
    def name(self) -> str:
        """How the desk knows the person."""
        return f"telegram:{self.id}"

    def send(self, text: str) -> Message:
        """Write a message."""
        return self._say(self.world.post(self.id, from_bot=False, text=text))

    def upload(
        self,
        name: str,
        data: bytes,
        *,
        media_type: str = "application/pdf",
        caption: str = "",
        size: int | None = None,
    ) -> Message:
        """Send a file; `size` in bytes where it should be told apart from the data."""
        file = self.world.keep(name, media_type, data, size=size)
        return self._say(self.world.post(self.id, from_bot=False, text=caption, file=file))

    def photo(self, data: bytes) -> Message:
        """Send a photo."""
        return self.upload("", data, media_type="image/jpeg")

    def share(self, **content: Any) -> Message:
        """Send a message of another kind, such as a place or a sticker, as the Bot API tells it."""
        message = self.world.post(self.id, from_bot=False, text="")
        update = told(message, self.chat)
        del update["text"]
        self.world.put("message", update | content)
        return message

    def edit(self, message: Message, text: str) -> None:
        """Change a message that was sent before."""
        message.text = text
        message.edits += 1
        self.world.put("edited_message", told(message, self.chat))

    def click(self, label: str, *, on: Message | None = None) -> str:
        """Press the newest button whose label begins so; the id of the callback query."""
        message = on or self._showing(label)
        button = next(
            button for row in message.keyboard or [] for button in row if button["text"].startswith(label)
        )
        return self.press(button["callback_data"], message)

    def press(self, data: str, message: Message) -> str:
        """Press a button with this data on a message, whether it shows one or not."""
        query = self.world.press()
        self.world.put(
            "callback_query",
            {
                "id": query.id,
                "from": {"id": abs(self.id), "is_bot": False, "first_name": self.chat.name},
                "message": told(message, self.chat),
                "chat_instance": "1",
                "data": data,
            },
        )
        return query.id

    async def reply(self, containing: str = "") -> Message:
        """The next message of the bot that holds this; those before it count as read."""
        try:
            return await self.world.pulse.until(lambda: self._next(containing))
        except TimeoutError:
            raise AssertionError(f"no reply with {containing!r} in:\n{self.transcript}") from None

    async def file(self) -> File:
        """The next file that the bot sends."""
        message = await self.world.pulse.until(lambda: self._next("", with_file=True))
        assert message.file is not None
        return message.file

    @property
    def messages(self) -> list[Message]:
        """What the bot has said in this chat and what still stands."""
        return [message for message in self.chat.messages if message.from_bot and not message.deleted]

    @property
    def transcript(self) -> str:
        """The chat as it stands, for a failing test."""
        lines = []
        for message in self.chat.messages:
            buttons = f" {message.buttons}" if message.keyboard else ""
            deleted = " (deleted)" if message.deleted else ""
            lines.append(f"{'bot' if message.from_bot else self.chat.name}: {message.text}{buttons}{deleted}")
        return "\n".join(lines)

    def _say(self, message: Message) -> Message:
        self.world.put("message", told(message, self.chat))
        return message

    def _showing(self, label: str) -> Message:
        for message in reversed(self.messages):
            if any(button.startswith(label) for button in message.buttons):
                return message
        raise AssertionError(f"no button {label!r} in:\n{self.transcript}")

    def _next(self, containing: str, *, with_file: bool = False) -> Message | None:
        for place in range(self._read, len(self.chat.messages)):
            message = self.chat.messages[place]
            if message.from_bot and containing in message.text and (message.file or not with_file):
                self._read = place + 1
                return message
        return None
