"""The work that events lead to later on: files to be read, people to be reminded of a deadline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from bot.dialogue.screens import DENMARK
from bot.dialogue.situation import Situation
from storage.agenda import Due
from storage.events import FileAdded, Opened, ProfileChanged, Recorded

#: Kinds of work.
READ, REMIND = "read", "remind"
#: A file that was added is read at once, by who took it; where that broke off, so long after by anybody.
READ_LATER = timedelta(minutes=1)
#: When people are reminded on the day, by Danish time.
REMIND_AT = time(8, 0, tzinfo=DENMARK)


def work_after(situation: Situation, recorded: Iterable[Recorded], days: Sequence[int]) -> Iterator[Due]:
    """What these events lead to in the case as they left it; `days` as in `next_reminder`."""
    for one in recorded:
        match one.event:
            case FileAdded(file=file, point=point) if point is not None:
                yield reading(situation.case.id, file, one.time + READ_LATER)
            case Opened() | ProfileChanged():
                at = next_reminder(situation.profile.deadline, days, one.time)
                if at is not None:
                    yield Due(f"{REMIND}:{situation.case.id}", REMIND, at, situation.case.id)
            case _:
                pass


def reading(case: str, file: str, at: datetime) -> Due:
    """The reading of a file of this hash."""
    return Due(f"{READ}:{case}:{file}", READ, at, case)


def file_of(due: Due) -> str:
    """The hash of the file that is to be read."""
    return due.id.rpartition(":")[2]


def next_reminder(deadline: date | None, days: Sequence[int], now: datetime) -> datetime | None:
    """When people are reminded next: the first morning that lies one of so many days before the deadline."""
    if deadline is None:
        return None
    mornings = [datetime.combine(deadline - timedelta(days=before), REMIND_AT) for before in days]
    return min((morning for morning in mornings if morning > now), default=None)
