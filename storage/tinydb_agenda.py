"""The embedded store's agenda: a document for each piece of work, beside the cases."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter

from storage.agenda import Claim, Due
from storage.sqlite_rows import Fields, RowTable
from storage.sqlite_writer import Writer

_DUE = TypeAdapter(Due)
#: Bytes of chance in a claim's token.
_TOKEN_BYTES = 8


class TinyDbAgenda:
    """See `storage.agenda.Agenda`. Claims of a process before this one do not count: it is gone."""

    def __init__(self, writer: Writer, rows: RowTable) -> None:
        self._writer = writer
        self._rows = rows
        self._own = secrets.token_hex(_TOKEN_BYTES)

    async def add(self, due: Due) -> None:
        """Store a piece of work in place of the one of its id."""
        await self._writer.run(lambda: self.put(due))

    def put(self, due: Due) -> None:
        """The same within a transaction that is open."""
        before = self._rows.at(due.id) or {"token": "", "until": None}
        self._rows.put(due.id, before | _DUE.dump_python(due, mode="json"))

    async def claim(self, kind: str, *, now: datetime, until: datetime) -> Claim | None:
        """The earliest piece of this kind that is due and free, to be nobody else's until then."""

        def job() -> Claim | None:
            lines = [line for line in self._rows.all() if line["kind"] == kind and self._is_free(line, now)]
            waiting = [(due, line) for line in lines if (due := _due(line)).at <= now]
            if not waiting:
                return None
            due, line = min(waiting, key=lambda one: one[0].at)
            claim = Claim(due, f"{self._own}.{secrets.token_hex(_TOKEN_BYTES)}")
            self._rows.put(due.id, {**line, "token": claim.token, "until": until.isoformat()})
            return claim

        return await self._writer.run(job)

    async def renew(self, claim: Claim, *, until: datetime) -> bool:
        """Keep the claim until then; false where somebody else took over."""

        def job() -> bool:
            line = self._line_of(claim)
            if line is not None:
                self._rows.put(claim.due.id, line | {"until": until.isoformat()})
            return line is not None

        return await self._writer.run(job)

    async def finish(self, claim: Claim, *, again: datetime | None = None) -> None:
        """The work is done: it is gone, or due `again`."""

        def job() -> None:
            line = self._line_of(claim)
            if line is None:
                return
            changed = _due(line).at != claim.due.at
            if again is None and not changed:
                self._rows.drop(claim.due.id)
                return
            due = _due(line) if changed else replace(_due(line), at=again or claim.due.at)
            free = {"token": "", "until": None}
            self._rows.put(due.id, _DUE.dump_python(due, mode="json") | free)

        await self._writer.run(job)

    def _line_of(self, claim: Claim) -> Fields | None:
        line = self._rows.at(claim.due.id)
        return line if line is not None and line["token"] == claim.token else None

    def _is_free(self, line: Fields, now: datetime) -> bool:
        ours = str(line["token"]).startswith(self._own)
        return not ours or datetime.fromisoformat(line["until"]) <= now


def _due(line: Fields) -> Due:
    return _DUE.validate_python({name: line[name] for name in ("id", "kind", "at", "case")})
