"""What a letter needs to know of the municipality and its case besides the answers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class LetterStyle(StrEnum):
    """`point_by_point`: each question quoted, its answer under it. `connected`: one account."""

    POINT_BY_POINT = "point_by_point"
    CONNECTED = "connected"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Municipality(_Data):
    """The sender's letterhead."""

    name: str
    street: str = ""
    postcode_city: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


class Signatory(_Data):
    """Who signs the letter."""

    name: str
    title: str = ""


class Profile(_Data):
    """A case's own facts. The two journal numbers are different ones: ours and the authority's."""

    municipality: Municipality
    #: The part of the municipality that writes, by its name in the municipality's profile; "": none.
    department: str = ""
    journal_number: str = ""
    #: None: the day the letter is made.
    letter_date: date | None = None
    request_date: date | None = None
    #: The day by which the authority wants the answer.
    deadline: date | None = None
    authority_reference: str | None = None
    attention: str | None = None
    signatory: Signatory
    letter_style: LetterStyle = LetterStyle.POINT_BY_POINT
