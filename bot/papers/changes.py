"""Versions of the final letter, and what is different between two of them."""

from __future__ import annotations

from datetime import date

from bot.dialogue.screens import DENMARK
from bot.dialogue.situation import Situation
from bot.dialogue.texts import counted
from bot.papers import texts
from knowledge.letters.changes import Change, changes
from knowledge.letters.model import Letter, Paragraph, Said
from knowledge.letters.sheet import Cell, Grid, Sheet, SheetBlock, cell
from knowledge.letters.wording import day
from storage.case import Case, CaseState, MadeLetter

#: In these states the letter is final.
FINAL = frozenset({CaseState.APPROVED, CaseState.SENT})

_WIDTHS = (3, 5, 5)


def versions(case: Case) -> list[MadeLetter]:
    """The final letters that were made, oldest first; made again unchanged, one counts once."""
    found: list[MadeLetter] = []
    for made in case.letters:
        if not made.draft and (not found or found[-1].files != made.files):
            found.append(made)
    return found


def earlier_versions(situation: Situation) -> list[MadeLetter]:
    """The final letters that the letter as it stands can be compared with: not the one it is itself."""
    finals = versions(situation.case)
    return finals[:-1] if current_version(situation) else finals


def current_version(situation: Situation) -> MadeLetter | None:
    """The final letter that was made since the case was approved, where the letter still is that one."""
    case = situation.case
    finals = versions(case)
    since = bool(finals) and case.approved_at is not None and finals[-1].time >= case.approved_at
    return finals[-1] if since and case.state in FINAL else None


def changes_sheet(situation: Situation, before: Letter, now: Letter, version: int, today: date) -> Sheet:
    """The final letter `before`, which is that version, beside the letter as it stands."""
    found = changes(before, now)
    about = texts.CHANGES_ABOUT.format(
        title=situation.definition.title,
        municipality=situation.profile.municipality.name,
        version=version,
        day=day(versions(situation.case)[version - 1].time.astimezone(DENMARK).date()),
        now=texts.CHANGES_NOW_DRAFT.format(day=day(today))
        if now.draft
        else texts.CHANGES_NOW_FINAL.format(version=version + 1),
    )
    told = counted(texts.CHANGES_COUNT, len(found)) if found else texts.CHANGES_NONE
    blocks: list[SheetBlock] = [Paragraph((Said(told),))]
    if found:
        blocks.append(Grid(texts.CHANGES_HEADER, tuple(map(_row, found)), _WIDTHS))
    title = texts.CHANGES_TITLE.format(version=version)
    return Sheet(title, about, tuple(blocks), today, notice=texts.CHANGES_NOTICE)


def _row(change: Change) -> tuple[Cell, ...]:
    nothing = cell(texts.NOTHING_HERE)
    return cell(change.place), change.before or nothing, change.now or nothing
