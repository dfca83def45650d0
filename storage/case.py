"""The case: its events, and the state they add up to.

A case is never changed in place: `after` gives the case that the events lead to, so the dialogue can
work out its replies before anything is stored, and two people's views never mix.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from storage.events import (
    NO_HASH,
    Answered,
    Approved,
    Asked,
    CaseApproved,
    Erased,
    Event,
    FileAdded,
    FileRead,
    FindingAcknowledged,
    FindingDisputed,
    Json,
    LetterMade,
    MemberAdded,
    Opened,
    Paused,
    ProfileChanged,
    Recorded,
    Reopened,
    Returned,
    Role,
    Sent,
    Skipped,
    Submitted,
    TextKept,
    Turned,
    record,
)


class CaseState(StrEnum):
    """How far the case is."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SENT = "sent"
    ERASED = "erased"


class AnswerState(StrEnum):
    """How far one answer is. `reopened`: it has an answer that must be looked at again."""

    OPEN = "open"
    SKIPPED = "skipped"
    ANSWERED = "answered"
    REOPENED = "reopened"
    APPROVED = "approved"
    RETURNED = "returned"


@dataclass(frozen=True)
class Version:
    """One version of an answer."""

    seq: int
    time: datetime
    person: str
    value: Json
    message: str | None


@dataclass(frozen=True)
class Answer:
    """A point's answer with all its versions, oldest first; `comment` is the lead's when returned."""

    state: AnswerState = AnswerState.OPEN
    versions: tuple[Version, ...] = ()
    comment: str = ""
    reviewer: str = ""
    reopened_by: str = ""

    @property
    def value(self) -> Json | None:
        """The newest version's value, or None where there is none."""
        return self.versions[-1].value if self.versions else None


@dataclass(frozen=True)
class Member:
    """A person who works on the case."""

    person: str
    name: str
    role: Role


@dataclass(frozen=True)
class File:
    """An uploaded file and what reading it gave."""

    file: str
    name: str
    media_type: str
    size: int
    point: str | None
    added_by: str
    pages: int = 0
    findings: tuple[Json, ...] = ()
    problem: str = ""
    #: The SHA-256 of the text as it was read.
    text: str = ""


@dataclass(frozen=True)
class Place:
    """The point a person was last shown, and the case's version when they were."""

    point: str
    seq: int


@dataclass(frozen=True)
class Acknowledgement:
    """Who acknowledged a finding, when, and why."""

    person: str
    time: datetime
    reason: str


@dataclass(frozen=True)
class Dispute:
    """Who said that a finding is wrong, when, of which words, and why."""

    person: str
    time: datetime
    label: str
    text: str
    reason: str


@dataclass(frozen=True)
class MadeLetter:
    """A letter that was given out: the case's version it shows, and the SHA-256 of each format's file."""

    seq: int
    time: datetime
    draft: bool
    style: str
    files: dict[str, str]


@dataclass(frozen=True)
class Case:
    """One municipality answering one hearing, as its events left it."""

    id: str
    version: int = 0
    last_hash: str = NO_HASH
    state: CaseState = CaseState.DRAFTING
    hearing: str = ""
    hearing_version: int = 0
    profile: Json = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)
    opened_at: datetime | None = None
    approved_at: datetime | None = None
    members: dict[str, Member] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    acknowledged: dict[str, Acknowledgement] = field(default_factory=dict)
    disputed: dict[str, Dispute] = field(default_factory=dict)
    #: What the assistant asked each person back and still awaits.
    asked: dict[str, Asked] = field(default_factory=dict)
    #: Where each person is: what they write next is meant for that point.
    turned: dict[str, Place] = field(default_factory=dict)
    paused: frozenset[str] = frozenset()
    letters: tuple[MadeLetter, ...] = ()
    sent_at: datetime | None = None
    keys: frozenset[str] = frozenset()

    def answer(self, point: str) -> Answer:
        """The point's answer; an open one where there is none."""
        return self.answers.get(point, _OPEN)

    def after(self, recorded: Iterable[Recorded]) -> Case:
        """The case once these events have happened; they must follow on `version`.

        What came before an `Erased` is gone, so it may stand first whatever its number.
        """
        case = self
        for one in recorded:
            remains = case.version == 0 and isinstance(one.event, Erased)
            if one.seq != case.version + 1 and not remains:
                raise ValueError(f"event {one.seq} does not follow on {case.version}")
            case = _apply(case, one)
        return case

    def record(
        self, events: Iterable[Event], *, time: datetime, person: str, key: str | None
    ) -> list[Recorded]:
        """The events as they would stand next in this case, chained to its last."""
        chained: list[Recorded] = []
        previous = self.last_hash
        for seq, event in enumerate(events, start=self.version + 1):
            one = record(event, seq=seq, time=time, person=person, key=key, previous=previous)
            previous = one.hash
            chained.append(one)
        return chained


_OPEN = Answer()
_T = TypeVar("_T")


def _apply(case: Case, recorded: Recorded) -> Case:
    changes = _changes(case, recorded)
    keys = case.keys if recorded.key is None else case.keys | {recorded.key}
    return replace(case, version=recorded.seq, last_hash=recorded.hash, keys=keys, **changes)


def _changes(case: Case, recorded: Recorded) -> Json:  # noqa: PLR0911, PLR0912 - one arm per event
    person = recorded.person
    match recorded.event:
        case Opened() as opened:
            return {
                "hearing": opened.hearing,
                "hearing_version": opened.hearing_version,
                "profile": opened.profile,
                "quotes": opened.quotes,
                "opened_at": recorded.time,
            }
        case ProfileChanged(profile=profile):
            return {"profile": profile, "state": _unapproved(case.state)}
        case MemberAdded(member=member, name=name, role=role):
            return {"members": case.members | {member: Member(member, name, role)}}
        case Answered() as answered:
            return _answered(case, recorded, answered)
        case Skipped(point=point):
            answer = replace(case.answer(point), state=AnswerState.SKIPPED)
            return {"answers": case.answers | {point: answer}} | _settled(case, person, point)
        case Reopened(points=points, because=because):
            again = {
                point: replace(case.answer(point), state=AnswerState.REOPENED, reopened_by=because)
                for point in points
            }
            return {"answers": case.answers | again, "state": _unapproved(case.state)}
        case FileAdded() as added:
            file = File(added.file, added.name, added.media_type, added.size, added.point, person)
            return {"files": case.files | {added.file: file}}
        case FileRead() as read:
            file = replace(
                case.files[read.file], pages=read.pages, findings=read.findings, problem=read.problem
            )
            return {"files": case.files | {read.file: file}}
        case TextKept(file=file_, text=text):
            return {"files": case.files | {file_: replace(case.files[file_], text=text)}}
        case FindingAcknowledged(finding=finding, reason=reason):
            entry = {finding: Acknowledgement(person, recorded.time, reason)}
            return {"acknowledged": case.acknowledged | entry, "asked": _without(case.asked, person)}
        case FindingDisputed() as wrong:
            dispute = Dispute(person, recorded.time, wrong.label, wrong.text, wrong.reason)
            disputed = case.disputed | {wrong.finding: dispute}
            return {"disputed": disputed, "asked": _without(case.asked, person)}
        case Asked() as asked:
            return {"asked": case.asked | {person: asked}}
        case Turned(point=point):
            place = {} if point is None else {person: Place(point, recorded.seq)}
            return {
                "turned": _without(case.turned, person) | place,
                "asked": _without(case.asked, person),
            } | _awake(case, person)
        case Paused():
            return {"paused": case.paused | {person}, "asked": _without(case.asked, person)}
        case Submitted():
            return {"state": CaseState.SUBMITTED}
        case Approved(points=points):
            approved = {
                point: replace(case.answer(point), state=AnswerState.APPROVED, reviewer=person, comment="")
                for point, seq in points.items()
                if case.answer(point).versions and case.answer(point).versions[-1].seq == seq
            }
            return {"answers": case.answers | approved}
        case Returned(point=point, comment=comment):
            answer = replace(case.answer(point), state=AnswerState.RETURNED, comment=comment, reviewer=person)
            return {
                "answers": case.answers | {point: answer},
                "state": CaseState.DRAFTING,
                "asked": _without(case.asked, person),
            }
        case CaseApproved():
            return {"state": CaseState.APPROVED, "approved_at": recorded.time}
        case LetterMade() as letter:
            made = MadeLetter(recorded.seq, recorded.time, letter.draft, letter.style, letter.files)
            return {"letters": (*case.letters, made)}
        case Sent():
            return {"state": CaseState.SENT, "sent_at": recorded.time}
        case Erased():
            return {"state": CaseState.ERASED, "answers": {}, "files": {}, "profile": {}, "quotes": {}}


def _answered(case: Case, recorded: Recorded, answered: Answered) -> Json:
    before = case.answer(answered.point)
    version = Version(recorded.seq, recorded.time, recorded.person, answered.value, answered.message)
    answer = Answer(
        state=AnswerState.ANSWERED,
        versions=(*before.versions, version),
        comment=before.comment if before.state is AnswerState.RETURNED else "",
        reviewer=before.reviewer,
    )
    return {
        "answers": case.answers | {answered.point: answer},
        "state": _unapproved(case.state),
    } | _settled(case, recorded.person, answered.point)


def _settled(case: Case, person: str, point: str) -> Json:
    """What a person's answer settles: what they were asked back, where they were, a pause."""
    here = case.turned.get(person)
    turned = _without(case.turned, person) if here and here.point == point else case.turned
    return {"asked": _without(case.asked, person), "turned": turned} | _awake(case, person)


def _awake(case: Case, person: str) -> Json:
    return {"paused": case.paused - {person}}


def _unapproved(state: CaseState) -> CaseState:
    """An approved case whose content changed must be reviewed again."""
    return CaseState.SUBMITTED if state is CaseState.APPROVED else state


def _without(entries: dict[str, _T], person: str) -> dict[str, _T]:
    return {key: value for key, value in entries.items() if key != person}
