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
from storage.case import Case, CaseState
from storage.contents import files_of
from storage.events import NO_HASH, Erased, Recorded
from storage.looks import RecordedLook
from storage.store import CaseSummary

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

    @property
    def text(self) -> str:
        """The receipt for people."""
        told = self.model_dump() | {
            "opened_at": _time(self.opened_at),
            "erased_at": _time(self.erased_at),
            "state": CASE_STATES[self.state],
            "files": len(self.files),
            "file_lines": "".join(f"  {mark}\n" for mark in self.files),
        }
        return texts.RECEIPT.format(**told)


def file_mark(salt: str, file: str) -> str:
    """What stands in a receipt for the file of this SHA-256."""
    return hmac.new(bytes.fromhex(salt), file.encode(), hashlib.sha256).hexdigest()


async def erase_case(desk: Desk, case: str, *, reason: str, person: str) -> Receipt:
    """Erase the case, its files and its key; gives the receipt, again where it was erased before.

    Interrupted, it is finished by doing it again. Raises `UnknownCase`, `StoreError`.
    """
    async with desk.casebook.lock(case):
        events = await desk.store.events(case)
        last = events[-1].event
        if not isinstance(last, Erased):
            looks = await desk.store.looks.of(case)
            folded = Case(case).after(events)
            now = desk.now()
            receipt = _receipt(folded, events, looks, erased_at=now, erased_by=person, reason=reason)
            last = Erased(reason=reason, receipt=receipt.model_dump(mode="json"))
            (erased,) = folded.record([last], time=now, person=person, key=None)
            await desk.store.erase(case, erased)
        await desk.files.erase(case)
        desk.casebook.forget(case)
    return Receipt.model_validate(last.receipt)


def _receipt(
    case: Case,
    events: list[Recorded],
    looks: list[RecordedLook],
    *,
    erased_at: datetime,
    erased_by: str,
    reason: str,
) -> Receipt:
    salt = secrets.token_hex(_SALT_BYTES)
    return Receipt(
        case=case.id,
        hearing=case.hearing,
        state=case.state,
        opened_at=case.opened_at or erased_at,
        erased_at=erased_at,
        erased_by=erased_by,
        reason=reason,
        events=len(events),
        last_hash=case.last_hash,
        looks=len(looks),
        looks_hash=looks[-1].hash if looks else NO_HASH,
        salt=salt,
        files=tuple(file_mark(salt, file) for file in files_of(events)),
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
