"""Erasing a case for good, and the receipt that proves what was erased without keeping it."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.desk import Desk
from bot.dialogue.screens import DENMARK
from bot.dialogue.texts import CASE_STATES
from bot.keeping import texts
from bot.settings import Settings
from storage.case import CaseState
from storage.contents import files_of
from storage.events import NO_HASH, Erased, Recorded, record
from storage.looks import RecordedLook
from storage.store import CaseSummary, StoreDamaged

_SALT_BYTES = 16


class Receipt(BaseModel):
    """What was erased: counts, where its chains ended, and marks that only who has a file can tell."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: str
    hearing: str
    state: CaseState
    opened_at: datetime
    erased_at: datetime
    erased_by: str
    reason: str
    events: int
    last_hash: str
    looks: int
    looks_hash: str
    salt: str
    #: HMAC-SHA256 of each file's SHA-256, with the salt.
    files: tuple[str, ...]
    #: What the case held could no longer be read: looks and files are not counted.
    damaged: bool = False

    @property
    def text(self) -> str:
        """The receipt for people."""
        told = self.model_dump() | {
            "opened_at": _time(self.opened_at),
            "erased_at": _time(self.erased_at),
            "state": CASE_STATES[self.state],
            "files": len(self.files),
            "file_lines": "".join(f"  {mark}\n" for mark in self.files),
            "damage": texts.RECEIPT_DAMAGED if self.damaged else "",
        }
        return texts.RECEIPT.format(**told)


def file_mark(salt: str, file: str) -> str:
    """What stands in a receipt for the file of this SHA-256."""
    return hmac.new(bytes.fromhex(salt), file.encode(), hashlib.sha256).hexdigest()


async def erase_case(desk: Desk, case: str, *, reason: str, person: str, damaged: bool = False) -> Receipt:
    """Erase the case, its files and its key; gives the receipt, again where it was erased before.

    Interrupted, it is finished by doing it again. With `damaged` also a case whose events cannot be read.
    Raises `UnknownCase`, `StoreDamaged`, `StoreError`.
    """
    async with desk.casebook.lock(case):
        try:
            events, looks = await desk.store.events(case), await desk.store.looks.of(case)
        except StoreDamaged:
            if not damaged:
                raise
            events, looks = [], []
        if events and isinstance(last := events[-1].event, Erased):
            receipt = Receipt.model_validate(last.receipt)
        else:
            summary, last_hash = await desk.store.end(case)
            now = desk.now()
            receipt = _receipt(
                summary, last_hash, events, looks, erased_at=now, erased_by=person, reason=reason
            )
            event = Erased(reason=reason, receipt=receipt.model_dump(mode="json"))
            seq = summary.version + 1
            erased = record(event, seq=seq, time=now, person=person, key=None, previous=last_hash)
            await desk.store.erase(case, erased)
        await desk.files.erase(case)
        desk.casebook.forget(case)
    return receipt


def _receipt(
    summary: CaseSummary,
    last_hash: str,
    events: list[Recorded],
    looks: list[RecordedLook],
    *,
    erased_at: datetime,
    erased_by: str,
    reason: str,
) -> Receipt:
    salt = secrets.token_hex(_SALT_BYTES)
    return Receipt(
        case=summary.id,
        hearing=summary.hearing,
        state=summary.state,
        opened_at=summary.opened_at,
        erased_at=erased_at,
        erased_by=erased_by,
        reason=reason,
        events=summary.version,
        last_hash=last_hash,
        looks=len(looks),
        looks_hash=looks[-1].hash if looks else NO_HASH,
        salt=salt,
        files=tuple(file_mark(salt, file) for file in files_of(events)),
        damaged=not events,
    )


def write_receipt(receipt: Receipt, folder: Path) -> Path:
    """Write the receipt as JSON and as text; gives the text's path. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    name = texts.RECEIPT_NAME.format(case=receipt.case)
    document = json.dumps(receipt.model_dump(mode="json"), ensure_ascii=False, indent=2)
    (folder / f"{name}.json").write_text(document + "\n", encoding="utf-8")
    (folder / f"{name}.txt").write_text(receipt.text, encoding="utf-8")
    return folder / f"{name}.txt"


def periods(settings: Settings) -> Mapping[CaseState, int]:
    """How many days cases of a state are kept after their last change; none where that is not set."""
    days = {
        CaseState.DRAFTING: settings.keep_drafting_days,
        CaseState.SUBMITTED: settings.keep_submitted_days,
        CaseState.APPROVED: settings.keep_approved_days,
        CaseState.SENT: settings.keep_sent_days,
    }
    return {state: kept for state, kept in days.items() if kept is not None}


def is_past(summary: CaseSummary, days: Mapping[CaseState, int], now: datetime) -> bool:
    """Whether the case is past its period."""
    kept = days.get(summary.state)
    return kept is not None and summary.changed_at + timedelta(days=kept) <= now


def _time(time: datetime) -> str:
    return time.astimezone(DENMARK).strftime(texts.TIME)
