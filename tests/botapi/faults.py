"""What goes wrong on purpose: floods, server errors, cut connections, silence."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tests.botapi.refusals import Refusal


class Kind(StrEnum):
    """How a call goes wrong."""

    REFUSED = "refused"
    CUT = "cut"  # the connection breaks before anything was done
    CUT_AFTER = "cut after"  # what was asked is done, but the answer is lost
    SILENT = "silent"  # no answer at all


@dataclass(frozen=True)
class Fault:
    """The next call of this method ("*": any) goes wrong."""

    method: str
    kind: Kind
    refusal: Refusal | None = None


@dataclass
class Faults:
    """The faults to come, in order."""

    planned: list[Fault] = field(default_factory=list)

    def plan(self, method: str, kind: Kind, *, refusal: Refusal | None = None, times: int = 1) -> None:
        """Let the next `times` calls of the method go wrong."""
        self.planned += [Fault(method, kind, refusal)] * times

    def take(self, method: str) -> Fault | None:
        """The fault of this call, if one is planned."""
        for place, fault in enumerate(self.planned):
            if fault.method in ("*", method):
                return self.planned.pop(place)
        return None
