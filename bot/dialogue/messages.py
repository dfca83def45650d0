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


class Piece(StrEnum):
    """A paper of the case that can be fetched again as the case then stands; the value is its address."""

    LETTER_DOCX = "brev.docx"
    LETTER_PDF = "brev.pdf"
    COVER = "oversigt.pdf"
    CHANGES = "aendringer.pdf"
    BUNDLE_PDF = "samlet.pdf"
    BUNDLE_ZIP = "samlet.zip"


@dataclass(frozen=True)
class Document:
    """A file for the person: a `piece` of the case, or a report on the contract of the hash `report_of`."""

    name: str
    media_type: str
    data: bytes
    report_of: str = ""
    piece: Piece | None = None


class Tone(StrEnum):
    """What a reply is, so that a front end may show it as such."""

    QUESTION = "question"
    SAVED = "saved"
    WARNING = "warning"
    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True)
class Reply:
    """One message to a person: blocks of text, rows of buttons, perhaps a document or pictures of pages."""

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    document: Document | None = None
    tone: Tone = Tone.NOTICE
    pictures: tuple[Document, ...] = ()

    @property
    def text(self) -> str:
        """The words without their styles."""
        return "\n\n".join(block.text for block in self.blocks)


@dataclass(frozen=True)
class Outcome:
    """What the desk answers. `delete`: the message held a CPR number; remove it where that can be done."""

    replies: tuple[Reply, ...]
    delete: bool = False
