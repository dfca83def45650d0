"""A municipality's house: its look, and the departments that write letters of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.letters.look import texts
from knowledge.letters.look.model import PLAIN, Look
from knowledge.letters.look.refused import LookRefused
from knowledge.letters.profile import Municipality, Profile, Signatory


@dataclass(frozen=True)
class Department:
    """A part of the municipality that writes letters of its own; empty details are the municipality's."""

    name: str
    sender: Mapping[str, str]
    signatory: Signatory | None
    look: Look


@dataclass(frozen=True)
class House:
    """The municipality's look, and its departments by name. Without a profile: plain, and no departments."""

    look: Look = PLAIN
    departments: Mapping[str, Department] = field(default_factory=dict)

    def look_of(self, department: str) -> Look:
        """The department's look; the municipality's where it has none of its own or is not known."""
        known = self.departments.get(department)
        return known.look if known else self.look

    def department(self, name: str) -> Department:
        """The department of that name, in whatever case it is written.

        Raises:
            LookRefused: there is none.
        """
        wanted = " ".join(name.split()).casefold()
        for known in self.departments.values():
            if known.name.casefold() == wanted:
                return known
        if not self.departments:
            raise LookRefused(texts.NO_DEPARTMENTS.format(name=name))
        raise LookRefused(texts.UNKNOWN_DEPARTMENT.format(name=name, known=", ".join(self.departments)))

    def moved(self, profile: Profile, name: str) -> Profile:
        """The case's facts in that department: its details and signatory in place of those before.

        Raises:
            LookRefused: there is no such department.
        """
        department = self.department(name)
        return profile.model_copy(
            update={
                "department": department.name,
                "municipality": profile.municipality.model_copy(update=dict(department.sender)),
                "signatory": department.signatory or profile.signatory,
            }
        )

    def completed(self, profile: Profile) -> Profile:
        """The case's facts, with the department's details and signatory where the case has none.

        Raises:
            LookRefused: the case names a department that is not known, or nobody signs.
        """
        if profile.department:
            department = self.department(profile.department)
            own = {key: value for key, value in profile.municipality.model_dump().items() if value}
            profile = profile.model_copy(
                update={
                    "department": department.name,
                    "municipality": Municipality.model_validate({**department.sender, **own}),
                    "signatory": profile.signatory
                    if profile.signatory.name
                    else department.signatory or profile.signatory,
                }
            )
        if not profile.signatory.name:
            raise LookRefused(texts.NO_SIGNATORY)
        return profile
