"""What was said in the browser since the assistant started: kept in memory, bounded, for showing only.

Nothing depends on it. What is older, or was forgotten to stay within bounds, is shown from the stored
answers; what the assistant asks now comes from the desk.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.dialogue.buttons import Action, decode
from bot.dialogue.messages import Reply
from bot.views import Exchange

#: Messages remembered for each login.
MAX_ENTRIES = 100
#: Answers to the review page's forms that it still has to show.
MAX_NOTES = 10
#: Logins remembered; the one longest unseen is forgotten first.
MAX_TRANSCRIPTS = 200
#: Characters of a person's own message that are shown again.
MAX_SHOWN = 4_000


@dataclass(frozen=True)
class Entry:
    """One message: the person's own (`text`), the assistant's (`reply`) or another's answer (`other`).

    `number` counts within the transcript; `stored_before` is how many answers the case had then.
    """

    number: int
    stored_before: int
    time: datetime
    text: str = ""
    reply: Reply | None = None
    other: Exchange | None = None


def _new_name() -> str:
    return secrets.token_hex(4)


@dataclass
class Transcript:
    """One login's messages about one case."""

    case: str | None = None
    #: Tells this transcript's messages from those of one that was forgotten, on a page still open.
    name: str = field(default_factory=_new_name)
    greeted: bool = False
    entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=MAX_ENTRIES))
    count: int = 0
    #: The number that the first message after the person's last own one has.
    answered_from: int = 0
    #: How many of the case's stored answers are told of here or stood before.
    seen: int = 0
    #: What the review page still has to show.
    notes: tuple[Reply, ...] = ()
    #: Keeps one person's messages in order.
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def said(self, text: str) -> None:
        """Remember the person's own message."""
        shown = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + " …"
        self._add(text=shown)
        self.answered_from = self.count

    def answered(self, replies: Iterable[Reply]) -> None:
        """Remember what the assistant said; a document is offered by its address, not kept."""
        for reply in replies:
            kept = reply
            if reply.document is not None:
                kept = replace(reply, document=replace(reply.document, data=b""))
            if reply.pictures:
                kept = replace(kept, pictures=tuple(replace(one, data=b"") for one in reply.pictures))
            self._add(reply=kept)

    def others_said(self, stored: list[Exchange]) -> None:
        """Take in what others answered in the case since; before the first greeting all is history."""
        for exchange in stored[self.seen :] if self.greeted else ():
            self.seen += 1
            self._add(other=exchange)
        self.seen = len(stored)

    def noted(self, replies: Iterable[Reply]) -> None:
        """Keep what was said to a form of the review page for that page; the chat asks anew."""
        self.notes = (*self.notes, *replies)[-MAX_NOTES:]
        self.greeted = False

    def take_notes(self) -> list[Reply]:
        """What the page shows of what was said to its forms, once.

        What has buttons or files asks for what the page offers already, but for words that were held back.
        """
        notes, self.notes = self.notes, ()
        return [note for note in notes if _asks_to_vouch(note) or not (note.buttons or note.document)]

    def begin(self, case: str | None) -> None:
        """Start over, for another case."""
        self.case = case
        self.name = _new_name()
        self.entries.clear()
        self.answered_from = self.count
        self.greeted = False

    def _add(self, *, text: str = "", reply: Reply | None = None, other: Exchange | None = None) -> None:
        self.entries.append(Entry(self.count, self.seen, datetime.now(UTC), text, reply, other))
        self.count += 1


def _asks_to_vouch(note: Reply) -> bool:
    presses = (decode(button.data) for row in note.buttons for button in row)
    return any(press is not None and press.action is Action.STORE_ANYWAY for press in presses)


class Transcripts:
    """All logins' transcripts; the desk's channel for "web"."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Transcript] = OrderedDict()

    def of(self, user: str) -> Transcript:
        """The transcript of this login, a new one where none is remembered."""
        transcript = self._kept.pop(user, None) or Transcript()
        self._kept[user] = transcript
        while len(self._kept) > MAX_TRANSCRIPTS:
            self._kept.popitem(last=False)
        return transcript

    async def deliver(self, chat: str, reply: Reply) -> None:
        """Take a notice for someone; their page shows it within seconds, or when they open it."""
        self.of(chat).answered([reply])
