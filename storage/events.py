"""What can happen in a case: one small class per event, in the JSON form that is stored.

Answers' values, profiles and findings are opaque JSON here: their meaning belongs to `knowledge`.
A *point* is a question's id, or `id.2` where a question repeats.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

#: The hash before a case's first event.
NO_HASH = "0" * 64

Json = dict[str, Any]

_to_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode


class Role(StrEnum):
    """What a member of a case does in it."""

    CASEWORKER = "caseworker"
    TEAM_LEAD = "team_lead"


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Opened(_Event):
    """The case was opened on a hearing; `profile` holds municipality, journal numbers and signatory."""

    type: Literal["opened"] = "opened"
    hearing: str
    hearing_version: int
    profile: Json
    #: The authority's own wording of a point, by question.
    quotes: dict[str, str] = {}


class ProfileChanged(_Event):
    """Municipality, journal numbers, signatory or style were changed; `profile` is the whole new one."""

    type: Literal["profile_changed"] = "profile_changed"
    profile: Json


class MemberAdded(_Event):
    """A person was let in, with one role."""

    type: Literal["member_added"] = "member_added"
    member: str
    name: str
    role: Role


class Answered(_Event):
    """A point was answered; `message` is the chat message it came in, so that editing it edits the answer."""

    type: Literal["answered"] = "answered"
    point: str
    value: Json
    message: str | None = None


class Skipped(_Event):
    """The person put the point off."""

    type: Literal["skipped"] = "skipped"
    point: str


class Reopened(_Event):
    """Points whose answers must be looked at again, because the answer to `because` changed."""

    type: Literal["reopened"] = "reopened"
    points: tuple[str, ...]
    because: str


class FileAdded(_Event):
    """A file was uploaded; `file` is its SHA-256, `size` in bytes."""

    type: Literal["file_added"] = "file_added"
    file: str
    name: str
    media_type: str
    size: int
    point: str | None = None


class FileRead(_Event):
    """A file's text was read for findings; `problem` says in Danish why it could not be."""

    type: Literal["file_read"] = "file_read"
    file: str
    pages: int = 0
    findings: tuple[Json, ...] = ()
    problem: str = ""


class TextKept(_Event):
    """The text that was read in a file is kept as a file of its own: `text` is its SHA-256."""

    type: Literal["text_kept"] = "text_kept"
    file: str
    text: str


class FindingAcknowledged(_Event):
    """A finding was acknowledged with a reason, by the finding's key."""

    type: Literal["finding_acknowledged"] = "finding_acknowledged"
    finding: str
    reason: str


class FindingDisputed(_Event):
    """A person says that a finding is wrong: `text` is what it was about, `label` what it said."""

    type: Literal["finding_disputed"] = "finding_disputed"
    finding: str
    label: str
    text: str
    reason: str = ""


class Asked(_Event):
    """The assistant asked the person back and awaits their word; `about` names what, `data` what for."""

    type: Literal["asked"] = "asked"
    about: str
    point: str | None = None
    data: Json = {}


class Turned(_Event):
    """The person was shown a point: what they write next is meant for it; with None they left it."""

    type: Literal["turned"] = "turned"
    point: str | None


class Paused(_Event):
    """The person paused."""

    type: Literal["paused"] = "paused"


class Submitted(_Event):
    """The caseworker handed the answers over for review."""

    type: Literal["submitted"] = "submitted"


class Approved(_Event):
    """The lead approved the answers of these points as they stood at these sequence numbers."""

    type: Literal["approved"] = "approved"
    points: dict[str, int]


class Returned(_Event):
    """The lead returned the answer of a point."""

    type: Literal["returned"] = "returned"
    point: str
    comment: str


class CaseApproved(_Event):
    """The lead approved the whole: the letter may be final."""

    type: Literal["case_approved"] = "case_approved"


class LetterMade(_Event):
    """A letter was made; `files` gives the SHA-256 of each format's file."""

    type: Literal["letter_made"] = "letter_made"
    draft: bool
    style: str
    files: dict[str, str]


class Sent(_Event):
    """The letter was sent to the authority."""

    type: Literal["sent"] = "sent"


class Erased(_Event):
    """The case's content was erased; only this remains, and a receipt that tells what there was."""

    type: Literal["erased"] = "erased"
    reason: str
    receipt: Json = {}


Event = Annotated[
    Opened
    | ProfileChanged
    | MemberAdded
    | Answered
    | Skipped
    | Reopened
    | FileAdded
    | FileRead
    | TextKept
    | FindingAcknowledged
    | FindingDisputed
    | Asked
    | Turned
    | Paused
    | Submitted
    | Approved
    | Returned
    | CaseApproved
    | LetterMade
    | Sent
    | Erased,
    Field(discriminator="type"),
]

event_adapter: TypeAdapter[Event] = TypeAdapter(Event)


class Recorded(BaseModel):
    """An event as it stands in a case: its place, when, by whom, from which message, and the chain's hash.

    `hash` is over the hash before and all other fields, so a changed byte anywhere breaks the chain.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    seq: int
    time: datetime
    person: str
    key: str | None
    event: Event
    previous: str
    hash: str

    @cached_property
    def hashed_text(self) -> str:
        """The canonical JSON of all fields but the hash, which is over it."""
        return _to_canonical(self.model_dump(mode="json", exclude={"hash"}))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, whose text is worked out anew."""
        copied = super().model_copy(update=update, deep=deep)
        vars(copied).pop("hashed_text", None)
        return copied

    @property
    def text(self) -> str:
        """The whole as JSON."""
        return f'{self.hashed_text[:-1]},"hash":"{self.hash}"}}'


def record(
    event: Event, *, seq: int, time: datetime, person: str, key: str | None, previous: str
) -> Recorded:
    """The event at its place in the chain. `time` is timezone-aware; `previous` the hash before."""
    draft = Recorded(seq=seq, time=time, person=person, key=key, event=event, previous=previous, hash="")
    made = draft.model_copy(update={"hash": chain_hash(draft)})
    vars(made)["hashed_text"] = draft.hashed_text  # not to be worked out again when the event is stored
    return made


def chain_hash(recorded: Recorded) -> str:
    """The SHA-256 a recorded event must carry."""
    return hashlib.sha256(recorded.hashed_text.encode()).hexdigest()


def follow_on_each_other(recorded: Sequence[Recorded]) -> bool:
    """Whether each of these events is the next one of the case after the one before."""
    # Mostly there is one, and the rest would take a hundredth of the time that storing it takes.
    return len(recorded) == 1 or all(
        (two.seq, two.previous) == (one.seq + 1, one.hash) for one, two in pairwise(recorded)
    )
