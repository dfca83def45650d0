"""The cases as the desk uses them: loaded once, kept folded in memory, moved on as events are stored.

Where other processes share the store, what they stored meanwhile is read whenever a case is loaded.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from weakref import WeakValueDictionary

from bot.dialogue.situation import Situation
from bot.dialogue.talk import Talk
from bot.work import work_after
from knowledge.hearings.load import definition
from knowledge.letters.look.house import House
from storage.case import Case, CaseState
from storage.events import Erased
from storage.store import AlreadyStored, Conflict, Store, UnknownCase

#: Times a message is decided anew where the case moved on meanwhile.
MAX_TRIES = 5


class Casebook:
    """Situations by case, the latest used kept in memory. `kept` is how many.

    `reminder_days` are the days before a case's deadline on which its people are reminded; `house` is the
    municipality's, for its letters.
    """

    def __init__(self, store: Store, *, kept: int, reminder_days: Sequence[int], house: House) -> None:
        self._store = store
        self._reminder_days = reminder_days
        self._kept = kept
        self.house = house
        self._situations: OrderedDict[str, Situation] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def lock(self, case: str) -> asyncio.Lock:
        """The lock that keeps a case's messages in order; it lasts while somebody holds it."""
        return self._locks.setdefault(case, asyncio.Lock())

    async def load(self, case: str) -> Situation:
        """The case as it stands; raises `UnknownCase`."""
        known = self._situations.get(case)
        if known is None:
            folded = Case(case).after(await self._store.events(case))
            if folded.state is CaseState.ERASED:
                raise UnknownCase("the case was erased")
            situation = Situation(definition(folded.hearing, folded.hearing_version), folded, self.house)
        elif self._store.alone:
            situation = known
        else:
            since = await self._store.events(case, after=known.case.version)
            if since and isinstance(since[-1].event, Erased):
                self._situations.pop(case, None)
                raise UnknownCase("the case was erased")
            situation = known.moved_to(known.case.after(since)) if since else known
        self._remember(situation)
        return situation

    async def at(self, case: str, version: int) -> Situation:
        """The case as it stood at an earlier version."""
        then = [one for one in await self._store.events(case) if one.seq <= version]
        folded = Case(case).after(then)
        return Situation(definition(folded.hearing, folded.hearing_version), folded)

    async def happen(self, case: str, talk_of: Callable[[Situation], Talk]) -> Talk:
        """Decide and store, anew where the case moved on meanwhile; the case's lock is held.

        Raises `AlreadyStored`, and `Conflict` where the case does not come to rest.
        """
        for _ in range(MAX_TRIES):
            talk = talk_of(await self.load(case))
            with suppress(Conflict):
                await self.keep(talk)
                return talk
        raise Conflict(f"case {case} changed {MAX_TRIES} times while one message was decided")

    async def keep(self, talk: Talk) -> None:
        """Store what happened in a talk, and the work it leads to.

        Raises `Conflict` or `AlreadyStored`, and then nothing is stored.
        """
        if not talk.recorded:
            return
        after = talk.situation
        due = tuple(work_after(after, talk.recorded, self._reminder_days))
        try:
            await self._store.append(after.case.id, talk.recorded, state=after.case.state, due=due)
        except (Conflict, AlreadyStored):
            self._situations.pop(after.case.id, None)
            raise
        self._remember(after)

    def forget(self, case: str) -> None:
        """Keep nothing of the case in memory."""
        self._situations.pop(case, None)

    def _remember(self, situation: Situation) -> None:
        self._situations[situation.case.id] = situation
        self._situations.move_to_end(situation.case.id)
        while len(self._situations) > self._kept:
            self._situations.popitem(last=False)
