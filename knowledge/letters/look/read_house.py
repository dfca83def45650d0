"""Reads a municipality's house from its profile: one YAML file, with the files it names beside it.

Each department can have sender details, a signatory and a Word template of its own; what it leaves out is
the municipality's.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from knowledge.hearings.shape import Misshapen, shaped
from knowledge.hearings.yamlfile import UnreadableYaml, YamlFile, read_yaml
from knowledge.letters.look import texts
from knowledge.letters.look.assets import accent, font, logo
from knowledge.letters.look.house import Department, House
from knowledge.letters.look.model import PLAIN, Font, Logo, Template
from knowledge.letters.look.refused import LookRefused
from knowledge.letters.look.template import read_template
from knowledge.letters.profile import Signatory


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _LogoFile(_Data):
    file: str
    description: str = Field(min_length=1)
    width_mm: int = Field(default=40, ge=10, le=100)


class _FontFolder(_Data):
    family: str
    folder: str


class _Sender(_Data):
    """The details that stand in the letterhead where a case does not say otherwise."""

    street: str = ""
    postcode_city: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


class _DepartmentFile(_Sender):
    name: str = Field(min_length=1)
    signatory: Signatory | None = None
    template: str | None = None


class _HouseFile(_Data):
    colour: str | None = None
    logo: _LogoFile | None = None
    font: _FontFolder | None = None
    template: str | None = None
    departments: tuple[_DepartmentFile, ...] = ()


def load_house(path: Path) -> House:
    """The municipality's profile with all that it names, checked.

    Raises:
        LookRefused: with everything that is wrong in it, and in its templates, logo and fonts.
    """
    try:
        file = read_yaml(path)
        wanted = shaped(_HouseFile, file)
    except UnreadableYaml as unreadable:
        raise LookRefused(str(unreadable.problem)) from None
    except Misshapen as misshapen:
        raise LookRefused(*(str(problem) for problem in misshapen.problems)) from None
    return _Reading(path, file).house(wanted)


class _Reading:
    """Reads what the profile names, and gathers all that is wrong before refusing."""

    def __init__(self, path: Path, file: YamlFile) -> None:
        self.folder, self.file = path.parent, file
        self.problems: list[str] = []
        self.templates: dict[str, Template | None] = {}

    def house(self, wanted: _HouseFile) -> House:
        look = PLAIN
        if wanted.colour is not None:
            look = replace(look, accent=self._accent(wanted.colour))
        if wanted.logo is not None:
            look = replace(look, logo=self._logo(wanted.logo))
        if wanted.font is not None:
            look = replace(look, font=self._font(wanted.font))
        look = replace(look, template=self._template(wanted.template))
        departments: dict[str, Department] = {}
        for at, one in enumerate(wanted.departments):
            if one.name.casefold() in {name.casefold() for name in departments}:
                self._wrong(texts.SAME_DEPARTMENT.format(name=one.name), "departments", at)
            departments[one.name] = Department(
                name=one.name,
                sender={key: value for key in _Sender.model_fields if (value := getattr(one, key))},
                signatory=one.signatory,
                look=replace(look, template=self._template(one.template) or look.template),
            )
        if self.problems:
            raise LookRefused(*self.problems)
        return House(look, departments)

    def _accent(self, colour: str) -> str:
        try:
            return accent(colour)
        except LookRefused as refused:
            self._wrong(*refused.problems, "colour")
            return PLAIN.accent

    def _logo(self, wanted: _LogoFile) -> Logo | None:
        try:
            return logo(self.folder / wanted.file, wanted.description, wanted.width_mm)
        except LookRefused as refused:
            self._wrong(*refused.problems, "logo", "file")
            return None

    def _font(self, wanted: _FontFolder) -> Font | None:
        try:
            return font(wanted.family, self.folder / wanted.folder)
        except LookRefused as refused:
            self._wrong(*refused.problems, "font", "family")
            return None

    def _template(self, name: str | None) -> Template | None:
        if name is None:
            return None
        if name not in self.templates:
            try:
                self.templates[name] = read_template(self.folder / name)
            except LookRefused as refused:
                self.templates[name] = None
                self.problems += refused.problems
        return self.templates[name]

    def _wrong(self, problem: str, *place: str | int) -> None:
        line = self.file.line(place)
        self.problems.append(texts.OF_LINE.format(file=self.file.name, line=line, problem=problem))
