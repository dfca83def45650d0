"""Work that is due at a time, of which each piece is done by exactly one process.

Who claims a piece has it until a time that they name, and may put that off. A process that is killed puts
nothing off: what it had claimed is then anybody's again. So a piece may be begun twice and must bear it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Due:
    """A piece of work: `id` tells it from all others, `kind` who can do it; `case` where it is about one."""

    id: str
    kind: str
    at: datetime
    case: str | None = None


@dataclass(frozen=True)
class Claim:
    """A piece of work that is ours for now; `token` tells this claim from all others."""

    due: Due
    token: str


class Agenda(Protocol):
    """Keeps the work that is due, as durably as the store keeps cases. All times are timezone-aware."""

    async def add(self, due: Due) -> None:
        """Store a piece of work in place of the one of its id.

        Where somebody works on that one they are not disturbed; but the time may have changed, and then it
        is not over when they finish.
        """

    async def claim(self, kind: str, *, now: datetime, until: datetime) -> Claim | None:
        """The earliest piece of this kind that is due and free, to be nobody else's until then."""

    async def renew(self, claim: Claim, *, until: datetime) -> bool:
        """Keep the claim until then; false where it ran out and somebody else took over."""

    async def finish(self, claim: Claim, *, again: datetime | None = None) -> None:
        """The work is done: it is gone, or due `again`.

        Where it was added anew with another time meanwhile, it is only let go; where the claim is no longer
        ours, nothing happens.
        """
