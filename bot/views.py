"""What people may look at: their cases, the case as a table, its letter, its files, the talk so far."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.access import Right, may_approve, rights
from bot.casebook import Casebook
from bot.dialogue.messages import Document, Piece
from bot.dialogue.placing import passage_of, point_of
from bot.dialogue.situation import Situation, required
from bot.dialogue.talk import ask_of
from bot.letters import letter_of, report_file
from bot.looking import Looking
from bot.overview import FindingRow, Overview, ReadText, Row, SaidVersion
from bot.papers.bundle import Bundle
from bot.papers.changes import earlier_versions
from bot.papers.making import Papers
from bot.people import CaseLine, People
from bot.readtext import restored
from knowledge.contracts.in_place import stretches
from knowledge.findings import Finding
from knowledge.hearings.conditions import Point
from knowledge.hearings.values import parse_value
from knowledge.letters.model import Letter
from knowledge.letters.wording import said
from storage.files import Files
from storage.looks import LookKind
from storage.store import Person, StoreDamaged, UnknownCase


@dataclass(frozen=True)
class Exchange:
    """One answer as it was given: what was asked, what was said, by whom, when."""

    point: str
    asked: str
    said: str
    person: str
    time: datetime


class Views:
    """The desk's reading side. Everything here is for one user, and None where they may not see it."""

    def __init__(
        self,
        people: People,
        casebook: Casebook,
        files: Files,
        papers: Papers,
        *,
        now: Callable[[], datetime],
        looking: Looking,
    ) -> None:
        self.people = people
        self.casebook = casebook
        self.files = files
        self.papers = papers
        self.now = now
        self.looking = looking

    async def seen(self, person: Person, case: str | None) -> Situation | None:
        """The case where the person may see it; None for others and for cases that are not there.

        Raises `StoreDamaged`.
        """
        if case is None:
            return None
        try:
            situation = await self.casebook.load(case)
        except UnknownCase:
            return None
        return situation if Right.SEE in rights(situation.case, person.id) else None

    async def _shown(
        self, user: str, case: str | None, kind: LookKind, about: str = ""
    ) -> tuple[Person, Situation] | None:
        """Who looks, and the case: it is noted before it is shown.

        None where they may not see it, or where it cannot be read.
        """
        person = await self.people.of_user(user)
        if person is None:
            return None
        try:
            situation = await self.seen(person, case or person.case)
            if situation is not None:
                await self.looking.note(person.id, situation.case.id, kind, about)
        except StoreDamaged:  # told when they are greeted, and when they write
            return None
        return None if situation is None else (person, situation)

    async def cases(self, user: str) -> list[CaseLine]:
        """The cases the user is a member of, the last changed first."""
        person = await self.people.of_user(user)
        return await self.people.cases(person, self.casebook) if person else []

    async def overview(self, user: str, case: str | None = None) -> Overview | None:
        """The whole case as a table; the user's current case where none is named."""
        found = await self._shown(user, case, LookKind.OVERVIEW)
        return overview(found[1], found[0].id) if found else None

    async def letter_model(self, user: str, case: str | None = None) -> Letter | None:
        """The letter as the case stands, in a draft with its marks."""
        found = await self._shown(user, case, LookKind.LETTER)
        return await asyncio.to_thread(letter_of, found[1], now=self.now()) if found else None

    async def paper(self, user: str, piece: Piece, case: str | None = None) -> Document | None:
        """A paper of the case as it stands: the letter, the whole reply, what goes beside them."""
        found = await self._shown(user, case, LookKind.LETTER, piece.value)
        return await self.papers.paper(found[1], piece) if found else None

    async def bundle(self, user: str, case: str | None = None) -> Bundle | None:
        """The whole reply, with what to look at before it is sent."""
        found = await self._shown(user, case, LookKind.REPLY)
        return await self.papers.bundle(found[1]) if found else None

    async def page_pictures(self, user: str, case: str | None = None) -> list[Document]:
        """The letter's pages as pictures."""
        found = await self._shown(user, case, LookKind.LETTER)
        return await self.papers.pages(found[1]) if found else []

    async def file(self, user: str, file: str, case: str | None = None) -> Document | None:
        """An uploaded file of the case."""
        found = await self._shown(user, case, LookKind.FILE, file)
        known = found[1].case.files.get(file) if found else None
        if found is None or known is None:
            return None
        return Document(known.name, known.media_type, await self.files.get(found[1].case.id, known.file))

    async def report(self, user: str, file: str, case: str | None = None) -> Document | None:
        """The report of what reading a file of the case found."""
        found = await self._shown(user, case, LookKind.REPORT, file)
        known = found[1].case.files.get(file) if found else None
        if found is None or known is None or not known.pages:
            return None
        return await asyncio.to_thread(report_file, found[1], file, now=self.now())

    async def read_text(self, user: str, file: str, case: str | None = None) -> ReadText | None:
        """The text that was read in a file of the case, with what was found in it; None where none is."""
        found = await self._shown(user, case, LookKind.TEXT, file)
        known = found[1].case.files.get(file) if found else None
        if found is None or known is None or not known.text:
            return None
        document = restored(await self.files.get(found[1].case.id, known.text))
        situation = found[1]
        about = [one for one in situation.findings if one.about.file == file]
        pages = tuple(
            tuple(stretches(page, number, about)) for number, page in enumerate(document.pages, start=1)
        )
        rows = tuple(_finding_row(situation, one) for one in about)
        return ReadText(file, known.name, pages, document.scanned, rows)

    async def conversation(self, user: str, case: str | None = None) -> list[Exchange]:
        """The case's answers as a talk so far, oldest first."""
        found = await self._shown(user, case, LookKind.CHAT)
        return conversation(found[1]) if found else []


def conversation(situation: Situation) -> list[Exchange]:
    """Every version of every answer as it was given, oldest first."""
    given = [
        (version.seq, point, version)
        for point, answer in situation.case.answers.items()
        for version in answer.versions
    ]
    return [
        Exchange(
            point,
            ask_of(situation, point),
            said(parse_value(version.value), situation.definition.question(point)),
            situation.name(version.person),
            version.time,
        )
        for _, point, version in sorted(given, key=lambda one: one[0])
    ]


def overview(situation: Situation, person: str) -> Overview:
    """The case as a table, with what the person may do."""
    case = situation.case
    about_points = {
        finding.key for point in situation.relevant for finding in situation.findings_about(point.id)
    }
    return Overview(
        case=case.id,
        version=case.version,
        title=situation.definition.title,
        municipality=situation.profile.municipality.name,
        state=case.state,
        rows=tuple(_row(situation, point, person) for point in situation.relevant),
        findings=tuple(
            _finding_row(situation, finding)
            for finding in situation.findings
            if finding.key not in about_points
        ),
        progress=situation.progress,
        rights=rights(case, person),
        reports=frozenset(file.file for file in case.files.values() if file.pages),
        texts=frozenset(file.file for file in case.files.values() if file.text),
        sent_at=case.sent_at,
        earlier_version=len(earlier_versions(situation)),
        current=None if person in case.paused else situation.place(person),
    )


def _row(situation: Situation, point: Point, person: str) -> Row:
    answer = situation.case.answer(point.id)
    versions = tuple(
        SaidVersion(
            version.time,
            situation.name(version.person),
            said(parse_value(version.value), point.question),
        )
        for version in answer.versions
    )
    return Row(
        point=point.id,
        number=point.question.number,
        section=point.section.title,
        ask=ask_of(situation, point.id),
        quote=situation.case.quotes.get(point.question.id, point.question.quote),
        state=answer.state,
        required=required(point.question),
        versions=versions,
        findings=tuple(_finding_row(situation, finding) for finding in situation.findings_about(point.id)),
        comment=answer.comment,
        may_approve=may_approve(situation.case, person, point.id),
        files=tuple((file.file, file.name) for file in situation.files_of(point.id).files),
    )


def _finding_row(situation: Situation, finding: Finding) -> FindingRow:
    known = situation.case.files.get(finding.about.file or "")
    row = FindingRow(
        finding,
        passage=passage_of(situation, finding),
        point=point_of(situation, finding),
        readable=known.file if known and known.text and finding.about.page else "",
    )
    if disputed := situation.case.disputed.get(finding.key):
        return replace(row, disputed_by=situation.name(disputed.person), reason=disputed.reason)
    if acknowledged := situation.case.acknowledged.get(finding.key):
        person = situation.name(acknowledged.person)
        return replace(row, acknowledged_by=person, reason=acknowledged.reason)
    return row
