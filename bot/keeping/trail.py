"""A case's trail, changes and looks in one row of time, and the readable record of all its answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.screens import DENMARK
from bot.dialogue.situation import Situation
from bot.dialogue.talk import ask_of
from bot.dialogue.texts import CASE_STATES, ROLES
from bot.keeping import texts
from knowledge.findings import Finding
from knowledge.hearings.values import parse_value
from knowledge.letters.model import Bullets, Heading, Item, Paragraph, Said
from knowledge.letters.sheet import Grid, Sheet, SheetBlock, cell
from knowledge.letters.wording import said
from storage.events import MemberAdded, Recorded
from storage.looks import RecordedLook

_VERSION_WIDTHS = (3, 3, 8)
_TRAIL_WIDTHS = (3, 3, 8)


@dataclass(frozen=True)
class Step:
    """Something that somebody did."""

    time: datetime
    name: str
    what: str

    @property
    def line(self) -> str:
        """The step as one line."""
        return texts.TRAIL_LINE.format(time=time_said(self.time), name=self.name, what=self.what)


def trail(events: Sequence[Recorded], looks: Iterable[RecordedLook], names: Mapping[str, str]) -> list[Step]:
    """All changes and looks in the order of their times; `names` by person, files by their hash."""
    steps = [Step(one.time, names.get(one.person, one.person), _done(one, names)) for one in events]
    steps += [
        Step(
            one.time,
            names.get(one.person, one.person),
            texts.LOOKS[one.kind].format(about=names.get(one.about, one.about)),
        )
        for one in looks
    ]
    return sorted(steps, key=lambda step: step.time)


def names_of(situation: Situation) -> dict[str, str]:
    """The names of the case's people and files."""
    members = {one.person: one.name for one in situation.case.members.values()}
    return members | {one.file: one.name for one in situation.case.files.values()}


def _done(recorded: Recorded, names: Mapping[str, str]) -> str:
    told = recorded.event.model_dump(mode="json")
    if isinstance(recorded.event, MemberAdded):
        told["role"] = ROLES[recorded.event.role]
    if "points" in told:
        told["points"] = ", ".join(told["points"])
    if "file" in told:
        told["file"] = names.get(told["file"], told["file"])
    told["point"] = told.get("point") or texts.NOBODY
    return texts.EVENTS[recorded.event.type].format(**told)


def record_sheet(situation: Situation, steps: Sequence[Step], now: datetime) -> Sheet:
    """Every version of every answer, the warnings, the files, and who did and saw what when."""
    case = situation.case
    about = texts.RECORD_ABOUT.format(
        title=situation.definition.title,
        municipality=situation.profile.municipality.name,
        case=case.id,
        journal=situation.profile.journal_number or texts.NOBODY,
        state=CASE_STATES[case.state],
    )
    rows = tuple((cell(time_said(one.time)), cell(one.name), cell(one.what)) for one in steps)
    blocks: list[SheetBlock] = [Heading(texts.RECORD_ANSWERS, 2), *_answers(situation)]
    for heading, lines in (
        (texts.RECORD_FINDINGS, [_finding(situation, one) for one in situation.findings]),
        (texts.RECORD_FILES, [_file(one.name, one.size, one.file) for one in case.files.values()]),
    ):
        if lines:
            blocks += [Heading(heading, 2), Bullets(tuple(map(Item, lines)))]
    blocks += [Heading(texts.RECORD_TRAIL, 2), Grid(texts.RECORD_TRAIL_HEADER, rows, _TRAIL_WIDTHS)]
    today = now.astimezone(DENMARK).date()
    return Sheet(texts.RECORD_TITLE, about, tuple(blocks), today, notice=texts.RECORD_NOTICE)


def _answers(situation: Situation) -> Iterator[SheetBlock]:
    """The points that are asked now, and those that were answered while they were."""
    asked = [point.id for point in situation.relevant]
    before = [point for point in situation.case.answers if point not in asked]
    for point in (*asked, *before):
        question = situation.definition.question(point)
        heading = texts.RECORD_POINT.format(number=question.number, ask=ask_of(situation, point))
        yield Heading(heading.strip(), 3)
        versions = situation.case.answer(point).versions
        if not versions:
            yield Paragraph((Said(texts.RECORD_OPEN),))
            continue
        rows = tuple(
            (
                cell(time_said(one.time)),
                cell(situation.name(one.person)),
                cell(said(parse_value(one.value), question)),
            )
            for one in versions
        )
        yield Grid(texts.RECORD_VERSIONS, rows, _VERSION_WIDTHS)


def _finding(situation: Situation, finding: Finding) -> str:
    case = situation.case
    if acknowledged := case.acknowledged.get(finding.key):
        told, one = texts.RECORD_ACKNOWLEDGED, (acknowledged.person, acknowledged.time, acknowledged.reason)
    elif disputed := case.disputed.get(finding.key):
        told, one = texts.RECORD_DISPUTED, (disputed.person, disputed.time, disputed.reason)
    else:
        return texts.RECORD_OPEN_FINDING.format(title=finding.title)
    person, time, reason = one
    return told.format(title=finding.title, name=situation.name(person), time=time_said(time), reason=reason)


def _file(name: str, size: int, file: str) -> str:
    return texts.RECORD_FILE.format(name=name, size=size, file=file)


def time_said(time: datetime) -> str:
    """A time in Denmark."""
    return time.astimezone(DENMARK).strftime(texts.TIME)
