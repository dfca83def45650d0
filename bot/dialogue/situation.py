"""Where a case stands: its definition and its events, and all that is worked out from the two.

Everything is computed once, when first asked for; a case that moved on is a new situation, which goes on
with what rests on parts of the case that stayed as they were.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import is_
from typing import Any, TypeVar, cast

from bot.overview import Progress
from knowledge.checks.contradictions import contradictions
from knowledge.checks.personal_data import let_through
from knowledge.contracts.detector import detect
from knowledge.contracts.share import SHARES, share
from knowledge.findings import About, Finding, Kind, Tier, by_severity
from knowledge.hearings.conditions import Facts, Point, points
from knowledge.hearings.model import Definition, Question, Required, SectionKind
from knowledge.hearings.values import Documents, Text, Unknown, Value, parse_value, words
from knowledge.law.legal_test import legal_findings
from knowledge.letters.look.house import House
from knowledge.letters.profile import Profile
from storage.case import AnswerState, Case
from storage.events import Json, Role

#: Answers in these states are settled for the caseworker.
SETTLED = frozenset({AnswerState.ANSWERED, AnswerState.APPROVED})
#: Findings in an answer's words are remembered for this many answers.
_REMEMBERED_TEXTS = 4096

T = TypeVar("T")


@dataclass(frozen=True)
class Situation:
    """A case with its definition, and what follows from them."""

    definition: Definition
    case: Case
    house: House = field(default_factory=House, repr=False)
    #: What was worked out from parts of the case, by name, with the very objects that it rests on.
    _carried: dict[str, tuple[tuple[object, ...], Any]] = field(
        default_factory=dict, repr=False, compare=False
    )
    #: The answers' values by point, each with the very JSON that it was read from.
    _values: dict[str, tuple[Json, Value]] = field(default_factory=dict, repr=False, compare=False)

    def moved_to(self, case: Case) -> Situation:
        """The situation once more has happened in the case."""
        return Situation(self.definition, case, self.house, dict(self._carried), dict(self._values))

    def take_over(self, before: Situation) -> None:
        """Keep what was worked out before events that changed neither answers nor findings."""
        worked_out = {
            key: value
            for key, value in vars(before).items()
            if key not in {"definition", "case", "house", "_carried", "_values"}
        }
        vars(self).update(worked_out)

    def _carry(self, name: str, objects: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gives, or gave an earlier situation of the case from these same objects."""
        known = self._carried.get(name)
        if known is None or len(known[0]) != len(objects) or not all(map(is_, known[0], objects)):
            known = self._carried[name] = (objects, make())
        return cast("T", known[1])

    @cached_property
    def profile(self) -> Profile:
        """The municipality and the case's own facts."""
        stored = self.case.profile
        return self._carry("profile", (stored,), lambda: Profile.model_validate(stored))

    @cached_property
    def answers(self) -> dict[str, Value]:
        """The newest value of every answered point."""
        found = {}
        for point, answer in self.case.answers.items():
            stored = answer.value
            if stored is None:
                continue
            known = self._values.get(point)
            if known is None or known[0] is not stored:
                known = self._values[point] = (stored, _read(json.dumps(stored)))
            found[point] = known[1]
        return found

    @cached_property
    def facts(self) -> Facts:
        """What conditions may ask for besides the answers."""
        return self._carry("facts", (self.case.files, self.profile), self._facts)

    def _facts(self) -> Facts:
        contracts = [
            file
            for file in self.case.files.values()
            if file.point and self.definition.question(file.point).contract and file.pages
        ]
        warned = [
            found
            for file in contracts
            for found in file.findings
            if found["kind"] == Kind.CONTRACT_TERM and found["tier"] == Tier.WARNING
        ]
        return Facts(
            contract_terms=frozenset(str(found["id"]) for found in warned),
            contract_percent=share(str(found["about"]["quote"]) for found in warned if found["id"] in SHARES),
            contracts_read=bool(contracts),
            letter_date=self.profile.letter_date,
            request_date=self.profile.request_date,
        )

    @cached_property
    def points(self) -> dict[str, Point]:
        """Every point by id, in the order they are asked, with its relevance."""
        found = points(self.definition, self.answers, self.facts)
        return self._carry("points", (*found,), lambda: {point.id: point for point in found})

    @cached_property
    def relevant(self) -> list[Point]:
        """The points that are asked as things stand."""
        every = self.points
        return self._carry("relevant", (every,), lambda: [one for one in every.values() if one.relevant])

    @cached_property
    def findings(self) -> list[Finding]:
        """All that is warned of as things stand, the most severe first."""
        shown = {point.id for point in self.relevant}
        found: list[Finding] = []
        for point, value in self.answers.items():
            if point in shown:
                found.extend(_findings_in_words(point, words(value)))
        for file in self.case.files.values():
            if file.point in shown:
                found.extend(Finding.model_validate(one) for one in file.findings)
        found.extend(contradictions(self.definition, self.answers, self.facts))
        found.extend(legal_findings(self.definition, self.answers, self.facts))
        return by_severity(list({finding.key: finding for finding in found}.values()))

    @cached_property
    def open_findings(self) -> list[Finding]:
        """Those that nobody has taken a stand on yet."""
        settled = self.case.acknowledged.keys() | self.case.disputed.keys()
        return [finding for finding in self.findings if finding.key not in settled]

    def findings_about(self, point: str) -> list[Finding]:
        """The findings that concern a point's answer or its files."""
        return [
            finding
            for finding in self.findings
            if point in {finding.about.question, *finding.also_about}
            or (finding.about.file is not None and self._point_of_file(finding.about.file) == point)
        ]

    def _point_of_file(self, file: str) -> str | None:
        known = self.case.files.get(file)
        return known.point if known else None

    @cached_property
    def to_answer(self) -> list[Point]:
        """What a caseworker is asked next, in order: returned, then reopened, then open points."""
        rank = {AnswerState.RETURNED: 0, AnswerState.REOPENED: 1, AnswerState.OPEN: 2}
        waiting = [point for point in self.relevant if self.case.answer(point.id).state in rank]
        return sorted(waiting, key=lambda point: rank[self.case.answer(point.id).state])

    @cached_property
    def skipped(self) -> list[Point]:
        """Relevant points that were put off."""
        return [p for p in self.relevant if self.case.answer(p.id).state is AnswerState.SKIPPED]

    @cached_property
    def missing(self) -> list[Point]:
        """Relevant points that must be answered before the case can be submitted."""
        return [
            point
            for point in self.relevant
            if point.question.required is Required.YES and self.case.answer(point.id).state not in SETTLED
        ] + [
            point
            for point in self.relevant
            if point.question.required is not Required.YES
            and self.case.answer(point.id).state in {AnswerState.RETURNED, AnswerState.REOPENED}
        ]

    @cached_property
    def to_review(self) -> list[Point]:
        """Relevant points whose answers await the lead."""
        return [p for p in self.relevant if self.case.answer(p.id).state is AnswerState.ANSWERED]

    @cached_property
    def unknown(self) -> list[Point]:
        """Relevant points answered with "ved ikke"."""
        return [p for p in self.relevant if isinstance(self.answers.get(p.id), Unknown)]

    @cached_property
    def progress(self) -> Progress:
        """Settled of relevant points, in all and by section."""
        by_section: dict[str, list[int]] = {}
        for point in self.relevant:
            entry = by_section.setdefault(point.section.title, [0, 0])
            entry[0] += self.case.answer(point.id).state in SETTLED
            entry[1] += 1
        settled = sum(entry[0] for entry in by_section.values())
        sections = tuple((title, entry[0], entry[1]) for title, entry in by_section.items())
        return Progress(settled, len(self.relevant), sections)

    def place(self, person: str) -> str | None:
        """The point the person is at: where they were last, else the first that awaits an answer."""
        here = self.case.turned.get(person)
        if here and here.point in self.points:
            return here.point
        return self.to_answer[0].id if self.to_answer else None

    def after(self, point: str) -> str | None:
        """The point to show once `point` is settled: the next that awaits an answer, None at the end."""
        waiting = [one.id for one in self.to_answer if one.id != point]
        urgent = [p for p in waiting if self.case.answer(p).state is not AnswerState.OPEN]
        if urgent:
            return urgent[0]
        passed = set(itertools.takewhile(lambda one: one != point, self.points))
        return next((one for one in waiting if one not in passed), next(iter(waiting), None))

    def before(self, point: str | None) -> str | None:
        """The relevant point asked before `point`; the last one where `point` is None."""
        order = [one.id for one in self.relevant]
        if point is None or point not in order:
            return order[-1] if order else None
        index = order.index(point)
        return order[index - 1] if index else None

    def number(self, point: str) -> int:
        """The point's place among the relevant ones, from 1; 0 where it is not asked."""
        order = [one.id for one in self.relevant]
        return order.index(point) + 1 if point in order else 0

    def dependents(self, point: str) -> list[str]:
        """Answered points whose relevance rests on this point's answer."""
        symbol = point.partition(".")[0]
        return [
            one.id
            for one in self.points.values()
            if one.question.relevant
            and symbol in _symbols(one.question.relevant)
            and self.case.answer(one.id).state in SETTLED
        ]

    def persons(self, role: Role) -> list[str]:
        """The case's members of a role."""
        return [member.person for member in self.case.members.values() if member.role is role]

    def name(self, person: str) -> str:
        """A member's name, or a plain word for someone who is not one any more."""
        member = self.case.members.get(person)
        return member.name if member else person

    @cached_property
    def allowed_names(self) -> frozenset[str]:
        """Names and details that belong in the reply: the municipality's own, officials, the firm."""
        firm = [
            value
            for point in self.points.values()
            if point.section.kind is SectionKind.FACTS
            and isinstance(value := self.answers.get(point.id), Text)
        ]
        return self._carry(
            "allowed names", (self.profile, self.case.members, *firm), lambda: self._allowed_names(firm)
        )

    def _allowed_names(self, firm: list[Text]) -> frozenset[str]:
        profile = self.profile
        return let_through(
            *profile.municipality.model_dump().values(),
            profile.signatory.name,
            profile.attention or "",
            *(member.name for member in self.case.members.values()),
            *self.definition.authority.model_dump().values(),
            *(value.text for value in firm),
        )

    def documents_points(self) -> list[Point]:
        """The relevant points that take files."""
        return [p for p in self.relevant if p.question.type == "documents"]

    def files_of(self, point: str) -> Documents:
        """The files given at a point so far; none where it was answered otherwise."""
        value = self.answers.get(point)
        return value if isinstance(value, Documents) else Documents(files=())


def required(question: Question) -> bool:
    """Whether the case cannot be submitted without an answer to the question."""
    return question.required is Required.YES


def one_object(value: Value) -> Value:
    """The value as the object that stands for all equal ones: by it what follows from it is remembered."""
    return _read(json.dumps(value.model_dump(mode="json")))


@lru_cache(maxsize=_REMEMBERED_TEXTS)
def _read(stored: str) -> Value:
    return parse_value(json.loads(stored))


@lru_cache(maxsize=_REMEMBERED_TEXTS)
def _findings_in_words(point: str, text: str) -> tuple[Finding, ...]:
    return tuple(detect(text, About(question=point))) if text else ()


@lru_cache(maxsize=_REMEMBERED_TEXTS)
def _symbols(expression: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z][a-z0-9_]*", expression))
