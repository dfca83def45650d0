"""What the checks say (texts.yaml), validated when it is read."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wording(_Data):
    """A finding's words; texts.yaml says which tags they may use."""

    title: str
    meaning: str
    advice: str


class Texts(_Data):
    """All texts of the checks."""

    answer_check: Wording
    missing_enclosure: Wording
    unknown_answer: Wording
    vat_unstated: Wording
    not_answered: str
    some: str
    million: str
    rounded: str


@cache
def texts() -> Texts:
    """The shipped texts, read once."""
    text = files("knowledge.checks").joinpath("texts.yaml").read_text("utf-8")
    return Texts.model_validate(YAML(typ="safe").load(text))
