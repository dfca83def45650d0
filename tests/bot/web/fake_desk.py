"""A desk with one question, for tests of what the web itself promises: no store, no hearing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.access import Right
from bot.dialogue.buttons import Action, Press, encode
from bot.dialogue.messages import Block, Button, Document, Incoming, Outcome, Piece, Reply, Tone
from bot.overview import FindingRow, Overview, Progress, Row, SaidVersion
from bot.people import CaseLine
from bot.views import Exchange
from knowledge.findings import About, Finding, Kind, Severity, Source
from knowledge.letters.model import Letter
from storage.case import AnswerState, CaseState
from storage.events import Role
from storage.store import Person

NOON = datetime(2020, 3, 20, 11, 0, tzinfo=UTC)
ASK = "Hvor mange sager blev udvalgt?"

FINDING = Finding(
    id="no_cure_no_pay",
    kind=Kind.CONTRACT_TERM,
    severity=Severity.HIGH,
    about=About(question="antal", quote="betales kun ved besparelse"),
    title="Betaling efter resultat",
    meaning="Firmaet får kun penge, når kommunen sparer.",
    advice="Spørg juristen.",
    sources=(Source(ref="x", title="En udtalelse", url="https://example.org/x"),),
)


@dataclass
class FakeDesk:
    """Keeps what was said to it; `fails` is raised instead of an answer."""

    channels: dict[str, object] = field(default_factory=dict)
    heard: list[Incoming] = field(default_factory=list)
    stored: list[Exchange] = field(default_factory=list)
    replies: tuple[Reply, ...] | None = None
    delete: bool = False
    fails: Exception | None = None
    tokens: set[str] = field(default_factory=lambda: {"link", "link2"})
    case: str = "sag1"
    document: Document | None = None
    admitted: list[tuple[str, str]] = field(default_factory=list)
    rights: frozenset[Right] = frozenset(Right)

    @property
    def people(self) -> FakeDesk:
        """Knows everybody."""
        return self

    @property
    def store(self) -> FakeDesk:
        """Keeps secrets."""
        return self

    async def secret(self, name: str) -> str:
        """The same secret for each name."""
        return f"a-secret-for-{name}"

    def press(self, action: Action, arg: str = "") -> str:
        """The data of a button of the one question."""
        return encode(Press(self.case, len(self.stored), action, "antal", arg))

    def question(self) -> Reply:
        """The one question, with two buttons."""
        row = (
            Button("Ved ikke", self.press(Action.ANSWER, "ved_ikke")),
            Button("Spring over", self.press(Action.SKIP)),
        )
        return Reply((Block(ASK),), buttons=(row,), tone=Tone.QUESTION)

    async def handle(self, incoming: Incoming) -> Outcome:
        """Take any words as the answer."""
        self.heard.append(incoming)
        if self.fails is not None:
            raise self.fails
        if self.replies is not None:
            return Outcome(self.replies, delete=self.delete)
        said = incoming.text or (incoming.file.name if incoming.file else incoming.button) or ""
        self.stored.append(Exchange("antal", ASK, said, "Mette", NOON))
        return Outcome((Reply((Block(f"Gemt: {said}"),), tone=Tone.SAVED), self.question()))

    async def login(self, token: str) -> str | None:
        """A user for each known token, once."""
        if token not in self.tokens:
            return None
        self.tokens.remove(token)
        return f"web:{token}"

    async def of_user(self, user: str) -> Person:
        """The person behind any login."""
        return Person("p1", "Mette", users=(user,))

    async def admit(self, token: str, user: str, chat: str) -> Person | None:
        """Another case for a person."""
        self.admitted.append((token, user))
        return await self.of_user(user) if token in self.tokens else None

    async def greet(self, user: str) -> tuple[Reply, ...]:
        """The question."""
        return (self.question(),)

    async def conversation(self, user: str) -> list[Exchange]:
        """What was taken."""
        return list(self.stored)

    async def cases(self, user: str) -> list[CaseLine]:
        """Two cases."""
        return [
            CaseLine(case, f"Høring {case}", "Eksempel Kommune", Role.CASEWORKER, CaseState.DRAFTING)
            for case in ("sag1", "sag2")
        ]

    async def overview(self, user: str) -> Overview:
        """One row."""
        versions = tuple(SaidVersion(one.time, one.person, one.said) for one in self.stored)
        row = Row(
            point="antal",
            number="3",
            section="Sagerne",
            ask=ASK,
            quote="",
            state=AnswerState.ANSWERED if versions else AnswerState.OPEN,
            required=True,
            versions=versions,
            findings=(FindingRow(FINDING),),
            comment="",
            may_approve=bool(versions),
            files=(("ab" * 32, "bilag.pdf"),),
        )
        done = int(bool(versions))
        return Overview(
            case=self.case,
            version=len(self.stored),
            title="Høring om konsulenter",
            municipality="Eksempel Kommune",
            state=CaseState.SUBMITTED,
            rows=(row,),
            findings=(),
            progress=Progress(done, 1, (("Sagerne", done, 1),)),
            rights=self.rights,
            current="antal",
        )

    async def letter_model(self, user: str) -> Letter | None:
        """No letter."""
        return None

    async def paper(self, user: str, piece: Piece) -> Document | None:
        """The document given to the test."""
        return self.document

    async def bundle(self, user: str) -> None:
        """No reply yet."""

    async def page_pictures(self, user: str) -> list[Document]:
        """No pages."""
        return []

    async def file(self, user: str, file: str) -> Document | None:
        """The document given to the test."""
        return self.document if file == "ab" * 32 else None
