"""The commands on the store, as the process carries them out that holds it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from bot.case_works import listed, say_damaged, situation_of
from bot.control import Arguments, CommandRefused, Say
from bot.desk import Desk
from bot.dialogue.screens import DENMARK
from bot.dialogue.situation import Situation
from bot.dialogue.texts import CASE_STATES, counted
from bot.export import case_json
from bot.keeping import texts
from bot.keeping.erasing import erase_case, is_past, periods, write_receipt
from bot.keeping.trail import Step, names_of, record_sheet, trail
from bot.opening import master_keys
from bot.texts import UNKNOWN_CASE
from knowledge.letters.sheet import sheet_pdf
from storage.backup import back_up
from storage.carrying import Counts, Kept, verify
from storage.looks import Look, LookKind
from storage.store import StoreDamaged, UnknownCase

#: How often it is said how far a long command is, in cases.
TOLD_EVERY = 1_000


async def backup_work(desk: Desk, arguments: Arguments, say: Say) -> int:
    """Write a backup; 1 where something could not be read and is not in it."""
    masters = master_keys(desk.settings)
    if masters is None:
        raise CommandRefused(texts.KEY_NEEDED)
    file = Path(arguments["file"])
    source = Kept(desk.store, desk.files)
    counts = await back_up(source, masters, file, now=desk.now(), told=progress(say))
    say(texts.BACKED_UP.format(file=file))
    say_counts(counts, say)
    if counts.broken:
        say(texts.BACKUP_LACKS.format(count=len(counts.broken)))
    return 1 if counts.broken else 0


async def verify_work(desk: Desk, arguments: Arguments, say: Say) -> int:
    """Look through the whole store; 1 where something is not as it was stored."""
    del arguments
    return say_verified(await verify(Kept(desk.store, desk.files), progress(say)), say)


async def audit_work(desk: Desk, arguments: Arguments, say: Say) -> int:
    """Say who changed and saw what of a case; that it was read is noted too."""
    case = arguments["case"]
    situation = await situation_of(desk, case)
    await _note(desk, case, arguments["person"], LookKind.AUDIT)
    for step in await _trail(desk, situation):
        say(step.line)
    return 0


async def export_work(desk: Desk, arguments: Arguments, say: Say) -> int:
    """Give a case with its whole history: as JSON, or written into a file as a readable document."""
    case = arguments["case"]
    situation = await situation_of(desk, case)
    await _note(desk, case, arguments["person"], LookKind.EXPORT)
    if arguments["file"] is None:
        exported = case_json(case, await desk.store.events(case), await desk.store.looks.of(case))
        say(json.dumps(exported, ensure_ascii=False, indent=2))
        return 0
    made = sheet_pdf(record_sheet(situation, await _trail(desk, situation), desk.now()))
    Path(arguments["file"]).write_bytes(made)  # noqa: ASYNC240 - a second at most, on the operator's wish
    say(texts.EXPORTED.format(file=arguments["file"]))
    return 0


async def erase_work(desk: Desk, arguments: Arguments, say: Say) -> int:
    """Erase a case and write its receipt."""
    case, out = arguments["case"], Path(arguments["out"])
    try:
        receipt = await erase_case(
            desk,
            case,
            reason=arguments["reason"],
            person=arguments["person"],
            damaged=arguments["damaged"],
        )
    except UnknownCase:
        raise CommandRefused(UNKNOWN_CASE.format(case=case)) from None
    except StoreDamaged:
        raise CommandRefused(texts.ERASE_DAMAGED.format(case=case)) from None
    say(texts.ERASED.format(case=case, file=write_receipt(receipt, out)))
    return 0


async def retention_work(desk: Desk, arguments: Arguments, say: Say) -> int:
    """List the cases that are past their period; erase them where a folder for the receipts is named.

    1 where one could not be erased, or where lines of the list cannot be read.
    """
    days = periods(desk.settings)
    if not days:
        raise CommandRefused(texts.RETENTION_OFF)
    now = desk.now()
    summaries, damaged = await listed(desk)
    past = [one for one in summaries if is_past(one, days, now)]
    kept = False
    for one in past:
        told = {"state": CASE_STATES[one.state], "days": days[one.state]}
        day = one.changed_at.astimezone(DENMARK).strftime("%d.%m.%Y")
        say(texts.RETENTION_LINE.format(case=one.id, day=day, **told))
        if arguments["out"] is not None:
            reason = texts.RETENTION_REASON.format(**told)
            asked = {"case": one.id, "reason": reason, "damaged": False}
            try:
                await erase_work(desk, {**arguments, **asked}, say)
            except CommandRefused as refused:  # one that is damaged does not keep the others
                say(str(refused))
                kept = True
    if not past:
        say(texts.RETENTION_NONE)
    elif arguments["out"] is None:
        say(counted(texts.RETENTION_DRY, len(past)))
    return max(say_damaged(damaged, say), int(kept))


#: What the process that serves does for others, by name.
WORKS = {
    work.__name__: work
    for work in (backup_work, verify_work, audit_work, export_work, erase_work, retention_work)
}


def progress(say: Say) -> Callable[[Counts], None]:
    """Says how far it is, now and then."""

    def told(counts: Counts) -> None:
        if counts.cases % TOLD_EVERY == 0:
            say(texts.SO_FAR.format(cases=counts.cases))

    return told


def say_verified(counts: Counts, say: Say) -> int:
    """Say what looking through a place found; 1 where something is broken."""
    say_counts(counts, say)
    say(texts.VERIFY_FAILED.format(count=len(counts.broken)) if counts.broken else texts.VERIFIED)
    return 1 if counts.broken else 0


def say_counts(counts: Counts, say: Say) -> None:
    """Say how much there is, where all chains end, and what is broken."""
    for what in counts.broken:
        say(texts.BROKEN.format(what=what))
    told = {name: getattr(counts, name) for name in ("cases", "erased", "events", "looks", "files", "people")}
    say(texts.COUNTS.format(**told))
    say(texts.SEAL.format(seal=counts.seal))


async def _note(desk: Desk, case: str, person: str, kind: LookKind) -> None:
    """Note the look, however short ago there was another."""
    await desk.store.looks.add(case, Look(time=desk.now(), person=person, kind=kind))


async def _trail(desk: Desk, situation: Situation) -> list[Step]:
    case = situation.case.id
    looks = await desk.store.looks.of(case)
    return trail(await desk.store.events(case), looks, names_of(situation))
