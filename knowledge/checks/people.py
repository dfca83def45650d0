"""The words that the search for personal data goes by (people.yaml), as sets."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict
from ruamel.yaml import YAML

#: One block of words parted by spaces, or a list where an entry has several words.
Words = Annotated[
    frozenset[str], BeforeValidator(lambda given: given.split() if isinstance(given, str) else given)
]


class People(BaseModel):
    """Names and the words around them, in lower case; people.yaml says what each set is for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    given: Words
    ambiguous: Words
    surnames: Words
    foreign_surnames: Words
    citizen_before: Words
    citizen_phrases: Words
    organisation_before: Words
    organisation_after: Words
    organisation_endings: Words
    never: Words
    officials: Words
    street_endings: Words
    authorities: Words
    authority_domains: Words
    public_mail: Words


@cache
def people() -> People:
    """The shipped words, read once."""
    text = files("knowledge.checks").joinpath("people.yaml").read_text("utf-8")
    return People.model_validate(YAML(typ="safe").load(text))
