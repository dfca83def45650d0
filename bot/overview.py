"""The case as a table: what the review page shows, and what an export tells; data only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.access import Right
from knowledge.contracts.in_place import Stretch
from knowledge.findings import Finding
from knowledge.passages import NOWHERE, Passage
from storage.case import AnswerState, CaseState


@dataclass(frozen=True)
class SaidVersion:
    """One version of an answer in words."""

    time: datetime
    person: str
    said: str


@dataclass(frozen=True)
class FindingRow:
    """A finding, and what was said of it: who acknowledged it or said it was wrong, and why."""

    finding: Finding
    acknowledged_by: str = ""
    disputed_by: str = ""
    reason: str = ""
    #: The quote with the words around it.
    passage: Passage = NOWHERE
    #: Where it can be mended by an answer or a new file.
    point: str | None = None
    #: The file's hash where the text it was read as can be shown.
    readable: str = ""

    @property
    def settled(self) -> bool:
        """Whether somebody has taken a stand on it."""
        return bool(self.acknowledged_by or self.disputed_by)


@dataclass(frozen=True)
class Row:
    """A relevant point: what was asked, what is answered (oldest first), what is warned of, how far it is."""

    point: str
    number: str
    section: str
    ask: str
    quote: str
    state: AnswerState
    required: bool
    versions: tuple[SaidVersion, ...]
    findings: tuple[FindingRow, ...]
    comment: str
    may_approve: bool
    files: tuple[tuple[str, str], ...] = ()  # (hash, name)


@dataclass(frozen=True)
class Progress:
    """Answered of relevant, in all and by section title."""

    answered: int
    relevant: int
    sections: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Overview:
    """The whole case for one person to look at, with what that person may do."""

    case: str
    version: int
    title: str
    municipality: str
    state: CaseState
    rows: tuple[Row, ...]
    findings: tuple[FindingRow, ...]  # those about no single answer (contracts, the whole)
    progress: Progress
    rights: frozenset[Right]
    #: The point this person is at, None when all is answered or they paused.
    current: str | None
    sent_at: datetime | None = None
    #: The final version that the letter as it stands can be compared with; 0 where there is none.
    earlier_version: int = 0
    #: The files, by hash, that were read and have a report.
    reports: frozenset[str] = frozenset()
    #: The files, by hash, whose text can be shown as it was read.
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ReadText:
    """A file as it was read: its pages, cut where quotes begin and end, and what was found in it."""

    file: str
    name: str
    pages: tuple[tuple[Stretch, ...], ...]
    scanned: frozenset[int]
    findings: tuple[FindingRow, ...]
