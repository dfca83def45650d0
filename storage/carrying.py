"""Carrying all that one place holds over to another, and finding out whether a place holds it unbroken.

What is there already stays: a case that is complete is left, one that is not is completed. So a carrying over
that was interrupted is finished by doing it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from storage.contents import CaseContent, Rest, content_of, is_erased
from storage.files import Files
from storage.store import SealedStore, StoreDamaged, StoreError, UnknownCase


@dataclass
class Counts:
    """How much was carried over or looked through, and what was found broken on the way."""

    cases: int = 0
    erased: int = 0
    events: int = 0
    looks: int = 0
    files: int = 0
    people: int = 0
    #: One line for each thing that is broken: case and sequence first.
    broken: list[str] = field(default_factory=list)
    _ends: list[str] = field(default_factory=list)

    def add(self, content: CaseContent) -> None:
        """Count a case."""
        self.cases += 1
        self.erased += is_erased(content)
        self.events += len(content.events)
        self.looks += len(content.looks)
        looks = content.looks[-1].hash if content.looks else ""
        self._ends.append(f"{content.summary.id} {content.events[-1].hash} {looks}")

    @property
    def seal(self) -> str:
        """A SHA-256 over where all chains end: noted elsewhere, it tells later that none was redone."""
        return hashlib.sha256("\n".join(sorted(self._ends)).encode()).hexdigest()


class Source(Protocol):
    """A place that cases are carried over from."""

    def cases(self, counts: Counts) -> AsyncIterator[CaseContent]:
        """The cases one by one; what cannot be read is noted as broken and left out."""

    async def file(self, case: str, file: str) -> bytes:
        """A file of a case given before; raises `StoreDamaged`."""

    async def rest(self, counts: Counts) -> Rest:
        """What belongs to no case, once all cases were given; what cannot be read is noted as broken."""


class Kept:
    """A store and its files, as a source."""

    def __init__(self, store: SealedStore, files: Files) -> None:
        self._store = store
        self._files = files

    async def cases(self, counts: Counts) -> AsyncIterator[CaseContent]:
        """The cases one by one."""
        try:
            summaries, damages = await self._store.contents.cases()
        except StoreDamaged as damaged:
            summaries, damages = [], [damaged]
        counts.broken.extend(map(str, damages))
        for summary in summaries:
            try:
                content = await content_of(self._store, summary)
            except StoreDamaged as damaged:
                counts.broken.append(str(damaged))
                continue
            except UnknownCase:
                counts.broken.append(f"case {summary.id} is in the list and nowhere else")
                continue
            yield content

    async def file(self, case: str, file: str) -> bytes:
        """A file of a case."""
        return await self._files.get(case, file)

    async def rest(self, counts: Counts) -> Rest:
        """What belongs to no case."""
        try:
            rest, damages = await self._store.contents.rest()
        except StoreDamaged as damaged:
            rest, damages = Rest(), [damaged]
        counts.broken.extend(map(str, damages))
        return rest


async def verify(source: Source, told: Callable[[Counts], None] = lambda _: None) -> Counts:
    """Look through all that a place holds; `told` hears how far it is. Nothing is changed."""
    counts = Counts()
    async for content in source.cases(counts):
        counts.add(content)
        for file in content.files:
            await _checked(source, content.summary.id, file, counts)
        told(counts)
    counts.people = len((await source.rest(counts)).people)
    return counts


async def carry_over(
    source: Source, store: SealedStore, files: Files, told: Callable[[Counts], None] = lambda _: None
) -> Counts:
    """Store all that the source holds and that is not there yet; raises `Conflict`, `StoreError`."""
    counts = Counts()
    known = set()
    async for content in source.cases(counts):
        case = content.summary.id
        await _carry_case(content, store)
        for file in content.files:
            if not await _is_there(files, case, file):
                data = await _checked(source, case, file, counts)
                if data is not None:
                    await files.put(case, data)
        counts.add(content)
        known.add(case)
        told(counts)
    rest = await source.rest(counts)
    await store.contents.put_rest(_within(rest, known))
    counts.people = len(rest.people)
    return counts


async def _carry_case(content: CaseContent, store: SealedStore) -> None:
    if is_erased(content):
        try:
            await store.erase(content.summary.id, content.events[0])
        except UnknownCase:
            await store.contents.adopt(content)
    else:
        await store.contents.adopt(content)


async def _is_there(files: Files, case: str, file: str) -> bool:
    try:
        await files.get(case, file)
    except StoreError:
        return False
    return True


async def _checked(source: Source, case: str, file: str, counts: Counts) -> bytes | None:
    """The file, where it is what its hash says; else noted as broken."""
    try:
        data = await source.file(case, file)
        if hashlib.sha256(data).hexdigest() != file:
            raise StoreDamaged(f"a file of case {case} is not what was written")
    except StoreDamaged:
        counts.broken.append(f"file {file} of case {case} is not what was written")
        return None
    counts.files += 1
    return data


def _within(rest: Rest, cases: set[str]) -> Rest:
    """What belongs to no case, without cases that were opened after the last one was read."""
    people = tuple(
        replace(
            person,
            cases=tuple(case for case in person.cases if case in cases),
            case=person.case if person.case in cases else None,
        )
        for person in rest.people
    )
    invitations = tuple(one for one in rest.invitations if one.case in cases)
    due = tuple(one for one in rest.due if one.case is None or one.case in cases)
    return replace(rest, people=people, invitations=invitations, due=due)
