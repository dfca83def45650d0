"""The Bot API's methods, with their refusals: https://core.telegram.org/bots/api#available-methods."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from tests.botapi import html
from tests.botapi.refusals import Refusal, bad_request
from tests.botapi.world import Chat, File, Json, Message, World, told

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_DATA_BYTES = 64
MAX_BUTTONS = 100
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_PHOTO_SIDES = 10_000
MAX_PHOTO_RATIO = 20
MIN_ALBUM, MAX_ALBUM = 2, 10
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True)
class Sent:
    """A file as the bot sent it."""

    name: str
    media_type: str
    data: bytes


class Methods:
    """Answers the bot's calls on a world; getUpdates is the server's, as it waits."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_name: dict[str, Callable[[Mapping[str, Any], Mapping[str, Sent]], Any]] = {
            name.lower(): getattr(self, f"_{name}") for name in _NAMES
        }

    def call(self, method: str, params: Mapping[str, Any], files: Mapping[str, Sent]) -> Any:
        """The method's result; raises `Refusal`."""
        answer = self._by_name.get(method.lower())
        if answer is None:
            raise Refusal(404, "Not Found: method not found")
        for value in params.values():
            if isinstance(value, str) and not _is_utf8(value):
                raise bad_request("strings must be encoded in UTF-8")
        return answer(params, files)

    def _getMe(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> Json:  # noqa: N802
        return {
            "id": 1,
            "is_bot": True,
            "first_name": "Hoering",
            "username": "hoering_bot",
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def _setWebhook(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> bool:  # noqa: N802
        url = str(params.get("url", ""))
        if url and not url.startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        secret = str(params.get("secret_token", ""))
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise bad_request("bad webhook: secret token contains unallowed characters")
        self._world.webhook, self._world.secret = url, secret
        self._world.allowed = _json(params.get("allowed_updates")) or []
        self._world.pulse.beat()
        return True

    def _deleteWebhook(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> bool:  # noqa: N802
        self._world.webhook = self._world.secret = ""
        return True

    def _sendMessage(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> Json:  # noqa: N802
        chat = self._chat(params)
        text, sent = _text(params, "text", MAX_TEXT)
        if not text:
            raise bad_request("message text is empty")
        return self._posted(chat, text, sent, _keyboard(params), None)

    def _sendDocument(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> Json:  # noqa: N802
        return self._sent_file(params, files.get("document"))

    def _sendPhoto(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> Json:  # noqa: N802
        sent = files.get("photo")
        _check_photo(sent)
        return self._sent_file(params, sent)

    def _sendMediaGroup(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> list[Json]:  # noqa: N802
        media = _json(params.get("media")) or []
        if not MIN_ALBUM <= len(media) <= MAX_ALBUM:
            raise bad_request(f"expected {MIN_ALBUM}-{MAX_ALBUM} items in the group")
        album = [files.get(str(one["media"]).removeprefix("attach://")) for one in media]
        for one, sent in zip(media, album, strict=True):
            if one["type"] == "photo":
                _check_photo(sent)
        return [self._sent_file({"chat_id": params.get("chat_id")}, sent) for sent in album]

    def _sent_file(self, params: Mapping[str, Any], sent: Sent | None) -> Json:
        chat = self._chat(params)
        if sent is None:
            raise bad_request("there is no document in the request")
        if not sent.data:
            raise bad_request("file must be non-empty")
        if len(sent.data) > MAX_UPLOAD_BYTES:
            raise Refusal(413, "Request Entity Too Large")
        caption, raw = _text(params, "caption", MAX_CAPTION)
        file = self._world.keep(sent.name, sent.media_type, sent.data)
        return self._posted(chat, caption, raw, _keyboard(params), file)

    def _editMessageText(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> Json:  # noqa: N802
        message = self._own_message(params)
        text, sent = _text(params, "text", MAX_TEXT)
        if not text:
            raise bad_request("message text is empty")
        return self._edited(message, text, sent, _keyboard(params))

    def _editMessageReplyMarkup(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> Json:  # noqa: N802
        message = self._own_message(params)
        return self._edited(message, message.text, message.sent, _keyboard(params))

    def _deleteMessage(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> bool:  # noqa: N802
        chat = self._chat(params)
        message = self._world.message(chat.id, int(params["message_id"]))
        if message is None:
            raise bad_request("message to delete not found")
        message.deleted = True
        self._world.pulse.beat()
        return True

    def _answerCallbackQuery(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> bool:  # noqa: N802
        query = self._world.queries.get(str(params.get("callback_query_id")))
        if query is None or query.answered or query.expired:
            raise bad_request(QUERY_TOO_OLD)
        query.answered = True
        query.text = str(params.get("text", ""))
        self._world.pulse.beat()
        return True

    def _sendChatAction(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> bool:  # noqa: N802
        self._world.actions.append((self._chat(params).id, str(params["action"])))
        return True

    def _leaveChat(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> bool:  # noqa: N802
        chat = self._chat(params)
        if chat.type == "private":
            raise bad_request("chat member status can't be changed in private chats")
        self._world.left.append(chat.id)
        self._world.pulse.beat()
        return True

    def _getFile(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> Json:  # noqa: N802
        file = self._world.files.get(str(params.get("file_id")))
        if file is None:
            raise bad_request("invalid file_id")
        if file.size > MAX_DOWNLOAD_BYTES:
            raise bad_request("file is too big")
        return {"file_id": file.id, "file_unique_id": file.id, "file_size": file.size, "file_path": file.path}

    def _setMyCommands(self, params: Mapping[str, Any], files: Mapping[str, Sent]) -> bool:  # noqa: N802
        commands = _json(params.get("commands")) or []
        for command in commands:
            if not _COMMAND.fullmatch(command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        if len(commands) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self._world.commands = commands
        return True

    def _chat(self, params: Mapping[str, Any]) -> Chat:
        try:
            chat = self._world.chats.get(int(params.get("chat_id", 0)))
        except ValueError:
            chat = None
        if chat is None:
            raise bad_request("chat not found")
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat.id in self._world.left:
            raise Refusal(403, "Forbidden: bot is not a member of the group chat")
        return chat

    def _own_message(self, params: Mapping[str, Any]) -> Message:
        message = self._world.message(self._chat(params).id, int(params.get("message_id", 0)))
        if message is None:
            raise bad_request("message to edit not found")
        if not message.from_bot:
            raise bad_request("message can't be edited")
        return message

    def _posted(
        self, chat: Chat, text: str, sent: str, keyboard: list[list[Json]] | None, file: File | None
    ) -> Json:
        message = self._world.post(chat.id, from_bot=True, text=text, sent=sent, keyboard=keyboard, file=file)
        return told(message, chat)

    def _edited(self, message: Message, text: str, sent: str, keyboard: list[list[Json]] | None) -> Json:
        if (message.sent, message.keyboard or None) == (sent, keyboard or None):
            raise bad_request(NOT_MODIFIED)
        message.text, message.sent, message.keyboard = text, sent, keyboard
        message.edits += 1
        self._world.pulse.beat()
        return told(message, self._world.chats[message.chat])


_NAMES = [
    name[1:]
    for name in vars(Methods)
    if re.fullmatch(r"_(get|set|delete|send|edit|answer|leave)[A-Z]\w*", name)
]


def _check_photo(sent: Sent | None) -> None:
    if sent is None:
        raise bad_request("there is no photo in the request")
    if len(sent.data) > MAX_PHOTO_BYTES:
        raise bad_request("file of size is too big for a photo")
    try:
        with Image.open(BytesIO(sent.data)) as picture:
            sides = picture.size
    except OSError:
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if sum(sides) > MAX_PHOTO_SIDES or max(sides) > MAX_PHOTO_RATIO * min(sides):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _json(value: Any) -> Any:
    """A parameter that may come as JSON text or, in a JSON body, as itself."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request("object expected as reply markup") from None


def _text(params: Mapping[str, Any], name: str, limit: int) -> tuple[str, str]:
    """The text as it is shown and as it was sent; the limit counts what is shown."""
    sent = str(params.get(name, ""))
    mode = str(params.get("parse_mode", "")).lower()
    if mode not in ("", "html"):
        raise bad_request("unsupported parse_mode")
    shown = (html.parse(sent) if mode else sent).strip()
    if html.utf16_length(shown) > limit:
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
    return shown, sent


def _keyboard(params: Mapping[str, Any]) -> list[list[Json]] | None:
    markup = _json(params.get("reply_markup"))
    if not markup:
        return None
    rows: list[list[Json]] = markup["inline_keyboard"]
    buttons = [button for row in rows for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        if not button.get("text", "").strip():
            raise bad_request(
                "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            )
        if not 1 <= len(button.get("callback_data", "").encode()) <= MAX_CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    return [row for row in rows if row] or None
