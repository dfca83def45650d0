"""The commands on cases, as the process carries them out that holds the store."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from bot import texts
from bot.cases import invite, open_case
from bot.control import Arguments, CommandRefused, Say
from bot.desk import Desk
from bot.dialogue.messages import Document, Piece
from bot.dialogue.situation import Situation
from bot.dialogue.texts import CASE_STATES, ROLES, counted
from knowledge.checks.personal_data import redacted, scan
from knowledge.hearings.load import definition
from knowledge.letters.look.refused import LookRefused
from knowledge.letters.profile import Profile
from storage.case import Case, CaseState
from storage.events import Role
from storage.store import CaseSummary, StoreDamaged, UnknownCase


async def open_work(desk: Desk, arguments: Arguments, say: Say) -> int:
    """Open a case and give an invitation to each of its first people."""
    opened = definition(arguments["hearing"])
    profile = Profile.model_validate(arguments["profile"])
    try:
        case = await open_case(desk, opened, profile, arguments["quotes"])
    except LookRefused as refused:
        raise CommandRefused(str(refused)) from None
    say(texts.OPENED.format(case=case))
    for name, role in arguments["people"]:
        await _say_invitation(desk, case, name, Role(role), say)
    return 0


async def invite_work(desk: Desk, arguments: Arguments, say: Say) -> int:
    """Give an invitation; a member of that name and role is let in anew."""
    case = arguments["case"]
    await situation_of(desk, case)
    await _say_invitation(desk, case, arguments["name"], Role(arguments["role"]), say)
    return 0


async def _say_invitation(desk: Desk, case: str, name: str, role: Role, say: Say) -> None:
    settings = desk.settings
    token = await invite(desk, case, name, role)
    say(texts.INVITED.format(name=name, role=ROLES[role], days=settings.invitation_days))
    address = settings.web_url or f"http://{settings.web_host}:{settings.web_port}"
    say(texts.INVITE_WEB.format(address=address, token=token))
    say(texts.INVITE_TELEGRAM.format(token=token))


async def cases_work(desk: Desk, arguments: Arguments, say: Say) -> int:
    """List the cases, the last changed first; 1 where one cannot be read."""
    del arguments
    summaries, damaged = await listed(desk)
    for summary in summaries:
        try:
            say(_case_line(summary, await _unless_erased(desk, summary)))
        except StoreDamaged:
            damaged += 1
    return say_damaged(damaged, say)


def _case_line(summary: CaseSummary, situation: Situation | None) -> str:
    if situation is None:
        return texts.ERASED_CASE_LINE.format(case=summary.id, state=CASE_STATES[CaseState.ERASED])
    return texts.CASE_LINE.format(
        case=summary.id,
        state=CASE_STATES[summary.state],
        municipality=situation.profile.municipality.name,
        title=situation.definition.title,
    )


async def _unless_erased(desk: Desk, summary: CaseSummary) -> Situation | None:
    """The case; None where only that it was erased is left. Raises `StoreDamaged`."""
    try:
        return await desk.casebook.load(summary.id)
    except UnknownCase:
        return None


async def labelled_work(desk: Desk, arguments: Arguments, say: Say) -> int:
    """Write the words of wrong warnings as labelled texts; 1 where a case cannot be read."""
    summaries, damaged = await listed(desk)
    lines: list[str] = []
    for summary in summaries:
        try:
            situation = await _unless_erased(desk, summary)
            lines += _disputed(situation.case) if situation else []
        except StoreDamaged:
            damaged += 1
    out = Path(arguments["out"])
    await asyncio.to_thread(out.write_text, "".join(f"{line}\n" for line in lines), encoding="utf-8")
    say(texts.CLAUSES_WRITTEN.format(count=len(lines), file=out))
    return say_damaged(damaged, say)


def _disputed(case: Case) -> list[str]:
    """What people said was warned of wrongly in the case, each as JSON."""
    return [
        json.dumps(
            {
                "id": f"{case.id}-{key}",
                "text": _without_people(wrong.text),
                "labels": [],
                "not": wrong.label,
                "why": _without_people(wrong.reason),
            },
            ensure_ascii=False,
        )
        for key, wrong in case.disputed.items()
        if wrong.text
    ]


def _without_people(text: str) -> str:
    """The text with all that may be personal blanked out: what is learnt from leaves the case."""
    return redacted(text, scan(text))


async def letter_work(desk: Desk, arguments: Arguments, say: Say) -> int:
    """Write the letter as the case stands, with what goes with it."""
    pieces = [Piece.LETTER_DOCX, Piece.LETTER_PDF, Piece.COVER, Piece.CHANGES]
    situation = await situation_of(desk, arguments["case"])
    if arguments["bundle"]:
        pieces += [Piece.BUNDLE_PDF, Piece.BUNDLE_ZIP]
        for warning in (await desk.papers.bundle(situation)).warnings:
            say(warning)
    documents = [one for piece in pieces if (one := await desk.papers.paper(situation, piece))]
    for file in await asyncio.to_thread(_written, documents, Path(arguments["out"])):
        say(texts.WRITTEN.format(file=file))
    return 0


def _written(documents: list[Document], folder: Path) -> list[Path]:
    """The files of the documents, written into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        (folder / document.name).write_bytes(document.data)
    return [folder / document.name for document in documents]


#: What the process that serves does for others, by name.
WORKS = {work.__name__: work for work in (open_work, invite_work, cases_work, labelled_work, letter_work)}


async def situation_of(desk: Desk, case: str) -> Situation:
    """The case; raises `CommandRefused` where there is none."""
    try:
        return await desk.casebook.load(case)
    except UnknownCase:
        raise CommandRefused(texts.UNKNOWN_CASE.format(case=case)) from None


async def listed(desk: Desk) -> tuple[list[CaseSummary], int]:
    """The cases in the list, the last changed first, and how many of its other lines cannot be read."""
    summaries, damages = await desk.store.contents.cases()
    return sorted(summaries, key=lambda one: one.changed_at, reverse=True), len(damages)


def say_damaged(count: int, say: Say) -> int:
    """Say how many cases cannot be read; 1 where there are any."""
    if count:
        say(counted(texts.DAMAGED, count))
    return 1 if count else 0
