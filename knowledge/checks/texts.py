"""What the checks say (texts.yaml), validated when it is read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Counted(_Data):
    """A noun for one of a thing and, with `{count}`, for many."""

    one: str
    many: str

    def of(self, count: int) -> str:
        """The noun for that many."""
        return self.one if count == 1 else self.many.format(count=count)


class PersonalDataTexts(_Data):
    """`{what}`: what was found, as "et navn og 2 adresser"."""

    stopped: str
    asked: str
    kinds: dict[str, Counted]


class Texts(_Data):
    """All texts of the checks."""

    personal_data: PersonalDataTexts


@cache
def texts() -> Texts:
    """The shipped texts, read once."""
    text = files("knowledge.checks").joinpath("texts.yaml").read_text("utf-8")
    return Texts.model_validate(YAML(typ="safe").load(text))


def joined(parts: Sequence[str]) -> str:
    """The parts as a Danish list: "a", "a og b", "a, b og c"."""
    return " og ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
