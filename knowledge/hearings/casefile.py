"""Case files: one municipality's facts and answers in a file, to be played or to test a definition.

Answers stand in short forms: `25`, `ja`, `{yes: true, note: ...}`, `{dkk: 200000, vat: excluded}`,
`{none: ...}`, `{unknown: ...}`, `{files: [...], titles: [...]}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, PrivateAttr

from knowledge.checks.personal_data import scan
from knowledge.hearings.load import definition_ids
from knowledge.hearings.model import Definition
from knowledge.hearings.problems import CaseFileRefused, Problem
from knowledge.hearings.shape import Misshapen, shaped
from knowledge.hearings.shortforms import NotThisType, value_of
from knowledge.hearings.texts import CASEWORKER, CURES, TEAM_LEAD
from knowledge.hearings.values import Items, Value
from knowledge.hearings.yamlfile import UnreadableYaml, YamlFile, read_yaml
from knowledge.letters.profile import LetterStyle, Municipality, Profile, Signatory
from knowledge.naming import near


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseFacts(_Data):
    """The case's own facts, besides the municipality's."""

    journal_number: str = ""
    letter_date: date | None = None
    request_date: date | None = None
    deadline: date | None = None
    authority_reference: str | None = None
    attention: str | None = None
    #: The department that writes, as the municipality's profile names it.
    department: str = ""


class People(_Data):
    """The names of those who play."""

    caseworker: str = CASEWORKER
    team_lead: str = TEAM_LEAD


class ExpectedFindings(_Data):
    """Ids of findings that must, and must not, come of the answers."""

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


class Expected(_Data):
    """What must come of the answers when a definition is tested.

    `next` are the first points still to be answered, in order (an empty list: none); `asked` and
    `not_asked` points that are relevant and certainly not; `letter` lines that stand in the letter.
    """

    next: tuple[str, ...] | None = None
    asked: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    findings: ExpectedFindings = ExpectedFindings()
    letter: tuple[str, ...] = ()
    not_in_letter: tuple[str, ...] = ()


class CaseFile(_Data):
    """A case as a file holds it; `values` turns its answers into values."""

    hearing: str
    municipality: Municipality
    case: CaseFacts = CaseFacts()
    people: People = People()
    #: Without one, the department's signs.
    signatory: Signatory = Signatory(name="")
    letter_style: LetterStyle = LetterStyle.POINT_BY_POINT
    answers: dict[str, Any] = {}
    #: The authority's own wording of a point, by question id.
    quotes: dict[str, str] = {}
    #: Whether the team lead approves everything, so that the letter is final.
    approve: bool = False
    expect: Expected | None = None

    _file: YamlFile = PrivateAttr(default_factory=lambda: YamlFile("", None))

    def profile(self) -> Profile:
        """What the letter needs to know besides the answers."""
        return Profile(
            municipality=self.municipality,
            signatory=self.signatory,
            letter_style=self.letter_style,
            **self.case.model_dump(),
        )

    def problem(self, kind: str, *place: str, **words: object) -> Problem:
        """A problem of this kind at a place in the file."""
        return self._file.problem(kind, place, **words)


def load_case_file(path: Path) -> CaseFile:
    """The case file of a hearing that is shipped.

    Raises:
        CaseFileRefused: with everything that is wrong, each with file, line and cure.
    """
    case_file = read_case_file(path)
    known = definition_ids()
    if case_file.hearing not in known:
        raise CaseFileRefused(
            [case_file.problem("unknown_hearing", "hearing", id=case_file.hearing, allowed=", ".join(known))]
        )
    return case_file


def read_case_file(path: Path) -> CaseFile:
    """The case file, of whatever hearing.

    Raises:
        CaseFileRefused: with everything that is wrong, each with file, line and cure.
    """
    try:
        file = read_yaml(path)
        case_file = shaped(CaseFile, file)
    except UnreadableYaml as unreadable:
        raise CaseFileRefused([unreadable.problem]) from None
    except Misshapen as misshapen:
        raise CaseFileRefused(misshapen.problems) from None
    case_file._file = file
    problems = [file.problem("cpr_number", place) for place in _cpr_numbers(case_file)]
    if problems:
        raise CaseFileRefused(problems)
    return case_file


def _cpr_numbers(case_file: CaseFile) -> Iterator[tuple[str, str]]:
    """Where a CPR number stands in what is stored as it is; the answers are stopped one by one."""
    for part in ("quotes", "municipality", "case", "people", "signatory"):
        held = getattr(case_file, part)
        texts = held.model_dump() if isinstance(held, BaseModel) else held or {}
        for name, text in texts.items():
            if isinstance(text, str) and any(one.stops for one in scan(text)):
                yield part, name


def values(case_file: CaseFile, definition: Definition) -> dict[str, Value]:
    """The answers by point, in the order they are asked; enclosed files by their path beside the case file.

    Raises:
        CaseFileRefused: answers to unknown points, and answers that do not fit their question.
    """
    problems: list[Problem] = []
    found: dict[str, Value] = {}
    order = {name: number for number, name in enumerate(definition.questions)}
    for point, form in sorted(case_file.answers.items(), key=lambda answer: _order(order, answer[0])):
        problem = _misplaced(case_file, definition, point, found)
        if problem is None:
            try:
                found[point] = value_of(form, definition.question(point))
            except NotThisType:
                cure = CURES[definition.question(point).type]
                problem = case_file.problem("wrong_answer", "answers", point, id=point, cure=cure)
        if problem is not None:
            problems.append(problem)
    problems += [
        _unknown(case_file, definition, "quotes", question)
        for question in case_file.quotes
        if question not in definition.questions
    ]
    if problems:
        raise CaseFileRefused(problems)
    return found


def _order(order: dict[str, int], point: str) -> tuple[int, int, str]:
    question, _, item = point.partition(".")
    return order.get(question, len(order)), int(item) if item.isdecimal() else 0, point


def _misplaced(
    case_file: CaseFile, definition: Definition, point: str, found: dict[str, Value]
) -> Problem | None:
    """What is wrong with the point's name, if anything is; lists come before what repeats for them."""
    name, dot, item = point.partition(".")
    question = definition.questions.get(name)
    if question is None:
        return _unknown(case_file, definition, "answers", point)
    place = ("answers", point)
    if question.repeat is None:
        return case_file.problem("item_unneeded", *place, id=name) if dot else None
    if not dot:
        return case_file.problem("item_needed", *place, id=name, list=question.repeat)
    listed = found.get(question.repeat)
    size = len(listed.items) if isinstance(listed, Items) else 0
    if item in {str(number) for number in range(1, size + 1)}:
        return None
    return case_file.problem("item_missing", *place, id=point, list=question.repeat)


def _unknown(case_file: CaseFile, definition: Definition, part: str, name: str) -> Problem:
    if guess := near(name, definition.questions):
        return case_file.problem("unknown_question_near", part, name, name=name, near=guess)
    return case_file.problem("unknown_question", part, name, name=name)
