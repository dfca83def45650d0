"""The embedded store's agenda: a row for each piece of work, beside the cases."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from storage.agenda import Claim, Due
from storage.sqlite_due import DueLine, DueLines
from storage.sqlite_writer import Writer
from storage.store import StoreDamaged

#: Bytes of chance in a claim's token.
_TOKEN_BYTES = 8


class TinyDbAgenda:
    """See `storage.agenda.Agenda`. Claims of a process before this one do not count: it is gone."""

    def __init__(self, writer: Writer, lines: DueLines) -> None:
        self._writer = writer
        self._lines = lines
        self._own = secrets.token_hex(_TOKEN_BYTES)

    async def add(self, due: Due) -> None:
        """Store a piece of work in place of the one of its id."""
        await self._writer.run(lambda: self.put(due))

    def put(self, due: Due) -> None:
        """The same within a transaction that is open."""
        before = None
        with suppress(StoreDamaged):  # what cannot be read is put right by this
            before = self._lines.at(due.id)
        self._lines.put((before or DueLine(due))._replace(due=due))

    async def claim(self, kind: str, *, now: datetime, until: datetime) -> Claim | None:
        """The earliest piece of this kind that is due and free, to be nobody else's until then."""

        def job() -> Claim | None:
            line = next((line for line in self._lines.by(kind, now) if self._is_free(line, now)), None)
            if line is None:
                return None
            claim = Claim(line.due, f"{self._own}.{secrets.token_hex(_TOKEN_BYTES)}")
            self._lines.put(DueLine(line.due, claim.token, until))
            return claim

        return await self._writer.run(job)

    async def renew(self, claim: Claim, *, until: datetime) -> bool:
        """Keep the claim until then; false where somebody else took over."""

        def job() -> bool:
            line = self._line_of(claim)
            if line is not None:
                self._lines.put(line._replace(until=until))
            return line is not None

        return await self._writer.run(job)

    async def finish(self, claim: Claim, *, again: datetime | None = None) -> None:
        """The work is done: it is gone, or due `again`."""

        def job() -> None:
            line = self._line_of(claim)
            if line is None:
                return
            changed = line.due.at != claim.due.at
            if again is None and not changed:
                self._lines.drop(claim.due.id)
                return
            due = line.due if changed else replace(line.due, at=again or claim.due.at)
            self._lines.put(DueLine(due))

        await self._writer.run(job)

    def _line_of(self, claim: Claim) -> DueLine | None:
        line = self._lines.at(claim.due.id)
        return line if line is not None and line.token == claim.token else None

    def _is_free(self, line: DueLine, now: datetime) -> bool:
        return not line.token.startswith(self._own) or line.until is None or line.until <= now
