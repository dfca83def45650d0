"""Noting who looks at a case: once per person, case and thing in a while, before they are shown it.

A page that asks every few seconds whether there is something new would else fill the store with itself.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from storage.looks import Look, LookKind, Looks

#: Looks kept in memory to tell which are new.
_KEPT = 10_000


class Looking:
    """Notes looks. `again_after` is how long the same look counts as one."""

    def __init__(self, looks: Looks, now: Callable[[], datetime], again_after: timedelta) -> None:
        self._looks = looks
        self._now = now
        self._again_after = again_after
        self._noted: OrderedDict[tuple[str, str, LookKind, str], datetime] = OrderedDict()

    async def note(self, person: str, case: str, kind: LookKind, about: str = "") -> None:
        """Store that the person looks, where that is not known yet; raises `StoreError`."""
        now = self._now()
        same = (person, case, kind, about)
        before = self._noted.get(same)
        if before is not None and before <= now < before + self._again_after:
            return
        await self._looks.add(case, Look(time=now, person=person, kind=kind, about=about))
        self._noted[same] = now
        self._noted.move_to_end(same)
        while len(self._noted) > _KEPT:
            self._noted.popitem(last=False)
