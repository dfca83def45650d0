"""The values an answer can have, one class per kind, with the JSON form that is stored.

A stored value is `value.model_dump(mode="json")`; `parse_value` reads it back. Amounts are whole
numbers of Danish kroner or decimals of them, percentages are per hundred, dates are calendar days.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class Vat(StrEnum):
    """Whether an amount holds VAT (moms)."""

    INCLUDED = "included"
    EXCLUDED = "excluded"
    UNSTATED = "unstated"


#: No municipality's figure is larger; larger ones would overflow the decimals they are written with.
LARGEST = 10**15
Figure = Annotated[Decimal, Field(ge=-LARGEST, le=LARGEST, max_digits=24)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Value):
    """Free text in the person's own words; paragraphs are parted by blank lines."""

    kind: Literal["text"] = "text"
    text: str


class YesNo(_Value):
    """Yes or no, with what the person added."""

    kind: Literal["yes_no"] = "yes_no"
    yes: bool
    note: str = ""


class Count(_Value):
    """A whole number of things; `qualifier` keeps a word such as "ca." or "godt" that stood before it."""

    kind: Literal["count"] = "count"
    count: Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
    qualifier: str = ""
    note: str = ""


class Amount(_Value):
    """An amount in DKK with its VAT stated or not; `qualifier` keeps "ca.", "godt" and the like."""

    kind: Literal["amount"] = "amount"
    dkk: Figure
    vat: Vat = Vat.UNSTATED
    qualifier: str = ""
    note: str = ""


class Percent(_Value):
    """Per hundred: 10 means 10 %."""

    kind: Literal["percent"] = "percent"
    percent: Figure
    qualifier: str = ""
    note: str = ""


class Day(_Value):
    """A calendar day."""

    kind: Literal["date"] = "date"
    day: date
    note: str = ""


class Choice(_Value):
    """One of the question's options, by its id."""

    kind: Literal["choice"] = "choice"
    choice: str
    note: str = ""


class Items(_Value):
    """A list of things, one line each."""

    kind: Literal["list"] = "list"
    items: tuple[str, ...]


class Enclosed(_Value):
    """One enclosed file: its content hash in the file store, its title for the list of enclosures."""

    file: str
    name: str
    title: str = ""


class Documents(_Value):
    """Enclosed files, in the order they were given."""

    kind: Literal["documents"] = "documents"
    files: tuple[Enclosed, ...]
    note: str = ""


class NoneBecause(_Value):
    """There is nothing to give ("ingen, fordi ..."), with the reason."""

    kind: Literal["none"] = "none"
    reason: str


class Unknown(_Value):
    """The person cannot say ("ved ikke"); `note` tells more where they wrote more."""

    kind: Literal["unknown"] = "unknown"
    note: str = ""


Value = Annotated[
    Text | YesNo | Count | Amount | Percent | Day | Choice | Items | Documents | NoneBecause | Unknown,
    Field(discriminator="kind"),
]

_adapter: TypeAdapter[Value] = TypeAdapter(Value)


def parse_value(stored: object) -> Value:
    """The value of a stored JSON form; raises `pydantic.ValidationError` where it is none."""
    return _adapter.validate_python(stored)


def words(value: Value) -> str:
    """What the person wrote in free words: the text that checks for terms and personal data read."""
    match value:
        case Text(text=text):
            return text
        case NoneBecause(reason=reason):
            return reason
        case Items(items=items):
            return "\n".join(items)
        case Documents(files=files, note=note):
            return "\n".join([*(file.title for file in files if file.title), note]).strip()
        case YesNo() | Count() | Amount() | Percent() | Day() | Choice() | Unknown():
            return value.note
