"""Test tools that make a dialogue's tests read as a conversation.

`Chat` is one person at one case: `says`, `clicks`, `sends`; what comes back is kept in `heard`.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.dialogue.buttons import Press, encode
from bot.dialogue.converse import converse
from bot.dialogue.filing import StoredFile
from bot.dialogue.messages import Incoming, Reply, Tone
from bot.dialogue.situation import Situation
from bot.dialogue.talk import Notice, Talk
from knowledge.hearings.model import Definition
from knowledge.letters.look.house import Department, House
from knowledge.letters.look.model import PLAIN
from knowledge.letters.profile import Signatory
from storage.case import Case, CaseState
from storage.events import MemberAdded, Opened, Role

NOON = datetime(2020, 3, 3, 12, tzinfo=UTC)
PROFILE = {
    "municipality": {
        "name": "Vestager Kommune",
        "street": "Torvet 1",
        "postcode_city": "9998 Vestager",
        "phone": "98765432",
        "email": "post@vestager.dk",
        "website": "www.vestager.dk",
    },
    "journal_number": "27.00.00-K03-1-20",
    "letter_date": "2020-03-20",
    "request_date": "2020-01-09",
    "signatory": {"name": "Karen Vig", "title": "Direktør"},
    "letter_style": "point_by_point",
}


#: A municipality with one department.
HOUSE = House(
    departments={
        "Skole og Fritid": Department(
            "Skole og Fritid", {"phone": "55 66 77 88"}, Signatory(name="Bo Prøve", title="Skolechef"), PLAIN
        )
    }
)


@dataclass
class Room:
    """A case that several people work on, without a store: what happens stays in memory."""

    definition: Definition
    situation: Situation = field(init=False)
    notices: list[Notice] = field(default_factory=list)
    clock: itertools.count = field(default_factory=itertools.count)  # type: ignore[type-arg]

    def __post_init__(self) -> None:
        case = Case("c0ffee")
        opened = Opened(hearing=self.definition.id, hearing_version=self.definition.version, profile=PROFILE)
        case = case.after(case.record([opened], time=NOON, person="assistant", key=None))
        self.situation = Situation(self.definition, case, HOUSE)

    def join(self, name: str, role: Role = Role.CASEWORKER) -> Chat:
        """Let a person in."""
        case = self.situation.case
        added = MemberAdded(member=name.lower(), name=name, role=role)
        recorded = case.record([added], time=NOON, person="assistant", key=None)
        self.situation = Situation(self.definition, case.after(recorded), HOUSE)
        return Chat(self, name.lower())


@dataclass
class Chat:
    """One person's chat."""

    room: Room
    person: str
    heard: list[Reply] = field(default_factory=list)
    last: Talk | None = None
    held: Incoming | None = None

    @property
    def situation(self) -> Situation:
        """The case as it stands."""
        return self.room.situation

    @property
    def text(self) -> str:
        """All that was heard as answer to the last message."""
        return "\n".join(reply.text for reply in self.heard)

    @property
    def answered(self) -> bool:
        """Whether something was said to the last message, or a paper is to come."""
        last = self.last
        return bool(self.heard or (last and (last.letter or last.pictures or last.bundle)))

    @property
    def tones(self) -> list[Tone]:
        """The tones of what was heard."""
        return [reply.tone for reply in self.heard]

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons heard."""
        return [button.label for reply in self.heard for row in reply.buttons for button in row]

    def state(self) -> CaseState:
        """How far the case is now."""
        return self.situation.case.state

    @property
    def place(self) -> str | None:
        """The point the person is at."""
        return self.situation.place(self.person)

    def says(
        self, text: str | None, *, message: str | None = None, edited: bool = False, button: str | None = None
    ) -> Chat:
        """Send a text."""
        number = next(self.room.clock)
        incoming = Incoming(
            user=self.person,
            chat=self.person,
            key=f"k{number}",
            text=text,
            message=message or f"m{number}",
            edited=edited,
            button=button,
        )
        return self._send(incoming)

    def edits(self, message: str, text: str) -> Chat:
        """Change an earlier message."""
        return self.says(text, message=message, edited=True)

    def clicks(self, label: str, text: str | None = None) -> Chat:
        """Press the button of this label among those heard last."""
        for reply in self.heard:
            for row in reply.buttons:
                for button in row:
                    if button.label == label:
                        return self.presses(button.data, text)
        raise AssertionError(f"no button {label!r} among {self.labels}")

    def presses(self, data: str | Press, text: str | None = None) -> Chat:
        """Press a button by what it carries."""
        return self.says(text, button=data if isinstance(data, str) else encode(data))

    def sends(self, name: str, title: str | None = None, *, content: str = "a") -> Chat:
        """Send a file that is already in the file store."""
        stored = StoredFile(content * 64, name, "application/pdf", 1000)
        number = next(self.room.clock)
        incoming = Incoming(self.person, self.person, f"k{number}", text=title, message=f"m{number}")
        return self._send(incoming, stored)

    def at(self, point: str) -> Chat:
        """Go to a point, wherever the case is."""
        from bot.dialogue.buttons import Action  # noqa: PLC0415 - only this tool needs it

        return self.presses(Press("c0ffee", self.situation.case.version, Action.EDIT, point))

    def answer(self, point: str, text: str) -> Chat:
        """Go to a point and say something there."""
        return self.at(point).says(text)

    def _send(self, incoming: Incoming, stored: StoredFile | None = None) -> Chat:
        talk = converse(
            self.situation,
            self.person,
            incoming,
            now=NOON + timedelta(minutes=self.situation.case.version),
            max_text=50_000,
            held=self.held,
            stored=stored,
        )
        self.room.situation = talk.situation
        self.room.notices.extend(talk.notices)
        self.held = incoming if talk.hold else None
        self.heard = talk.replies
        self.last = talk
        return self
