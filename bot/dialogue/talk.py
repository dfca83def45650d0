"""One message being answered: the events it leads to, and what is said, as they come about.

Handlers make events `happen` and then speak of the case as it has become; nothing is stored here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.dialogue import texts
from bot.dialogue.messages import Block, Button, Reply, Style, Tone
from bot.dialogue.situation import Situation
from storage.events import Asked, Event, LetterMade, Paused, Recorded, Turned

#: Events that change neither answers nor findings.
_PASSING = (Asked, LetterMade, Paused, Turned)


@dataclass(frozen=True)
class Notice:
    """Something another member of the case is told."""

    person: str
    reply: Reply


@dataclass
class Talk:
    """What one person's message leads to. `now` is timezone-aware; `key` makes the message count once."""

    situation: Situation
    person: str
    now: datetime
    key: str | None
    recorded: list[Recorded] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    #: A letter is to be made once the events are stored.
    letter: bool = False
    #: So are pictures of its pages.
    pictures: bool = False
    #: So is the whole reply with its enclosures.
    bundle: bool = False
    #: The file of which a report of its findings is to be made.
    report: str = ""
    #: The message is to be kept in memory until the person vouches for it.
    hold: bool = False
    #: The message is to be removed from the chat.
    delete: bool = False

    def happen(self, *events: Event) -> None:
        """Let events follow on the case."""
        case = self.situation.case
        recorded = case.record(events, time=self.now, person=self.person, key=self.key)
        self.recorded.extend(recorded)
        after = self.situation.moved_to(case.after(recorded))
        if all(isinstance(event, _PASSING) for event in events):
            after.take_over(self.situation)
        self.situation = after

    def say(
        self,
        *blocks: Block | str,
        buttons: tuple[tuple[Button, ...], ...] = (),
        tone: Tone = Tone.NOTICE,
    ) -> None:
        """Say something to the person; plain strings are plain text."""
        self.replies.append(reply(*blocks, buttons=buttons, tone=tone))

    def refuse(self, text: str) -> None:
        """Say what is wrong and what to do."""
        self.say(text, tone=Tone.ERROR)

    def tell(self, persons: list[str], said: Reply) -> None:
        """Tell others of the case, not the person who speaks."""
        self.notices.extend(Notice(person, said) for person in persons if person != self.person)

    def ask_of(self, point: str) -> str:
        """A point's question in short, with its item where it repeats."""
        return ask_of(self.situation, point)


def reply(
    *blocks: Block | str, buttons: tuple[tuple[Button, ...], ...] = (), tone: Tone = Tone.NOTICE
) -> Reply:
    """A reply of blocks; plain strings are plain text, empty ones are left out."""
    made = tuple(Block(block) if isinstance(block, str) else block for block in blocks)
    return Reply(tuple(block for block in made if block.text), buttons, tone=tone)


def strong(text: str) -> Block:
    """A block that stands out."""
    return Block(text, Style.STRONG)


def quote(text: str) -> Block:
    """A block of somebody's exact words."""
    return Block(text, Style.QUOTE)


def small(text: str) -> Block:
    """A block of lesser weight."""
    return Block(text, Style.SMALL)


def ask_of(situation: Situation, point: str) -> str:
    """A point's question in short, with its item where it repeats."""
    known = situation.points.get(point)
    ask = situation.definition.question(point).ask
    return texts.WITH_ITEM.format(ask=ask, item=known.item) if known and known.item else ask
