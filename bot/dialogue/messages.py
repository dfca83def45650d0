"""What goes in and out of the desk: a person's message, and the replies that any front end can show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Upload:
    """A file that a person sent; `size` in bytes. `data` is None where it was too large to fetch."""

    name: str
    media_type: str
    size: int
    data: bytes | None


@dataclass(frozen=True)
class Incoming:
    """One message from a person.

    `user` is the front end's name for them ("telegram:123"), `chat` where replies go, `key` what makes
    the message count once when it arrives twice. A button may carry `text` beside it (a reason, a
    comment). `message` names the chat message; with `edited` it is an earlier one that was changed.
    A message with neither text, button nor file is of a kind the assistant cannot read.
    """

    user: str
    chat: str
    key: str
    text: str | None = None
    button: str | None = None
    file: Upload | None = None
    message: str | None = None
    edited: bool = False


class Style(StrEnum):
    """How a block of text is shown."""

    TEXT = "text"
    STRONG = "strong"
    QUOTE = "quote"
    SMALL = "small"


@dataclass(frozen=True)
class Block:
    """A paragraph of plain text (never markup); blank-line separated where it holds several."""

    text: str
    style: Style = Style.TEXT


@dataclass(frozen=True)
class Button:
    """A button; `data` comes back as `Incoming.button` and is at most 64 bytes."""

    label: str
    data: str


@dataclass(frozen=True)
class Document:
    """A file for the person; `report_of` is the hash of the contract that a report is about."""

    name: str
    media_type: str
    data: bytes
    report_of: str = ""


class Tone(StrEnum):
    """What a reply is, so that a front end may show it as such."""

    QUESTION = "question"
    SAVED = "saved"
    WARNING = "warning"
    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True)
class Reply:
    """One message to a person: blocks of text, rows of buttons, perhaps a document."""

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    document: Document | None = None
    tone: Tone = Tone.NOTICE

    @property
    def text(self) -> str:
        """The words without their styles."""
        return "\n\n".join(block.text for block in self.blocks)


@dataclass(frozen=True)
class Outcome:
    """What the desk answers. `delete`: the message held a CPR number; remove it where that can be done."""

    replies: tuple[Reply, ...]
    delete: bool = False
