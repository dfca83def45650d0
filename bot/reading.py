"""Contracts being read: those that have text while the person waits, scans in the background.

A scan takes minutes, so the person goes on and is told how far it is and what was found. It is work on the
agenda: what a stop or a crash left unread is read by whichever process looks for work next.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from bot import work
from bot.casebook import Casebook
from bot.contracts import contract_files, read_anew, read_together, unread_contracts, was_read
from bot.dialogue import texts
from bot.dialogue.filing import file_was_read
from bot.dialogue.messages import Reply, Tone
from bot.dialogue.situation import Situation
from bot.dialogue.talk import Talk, reply
from bot.duties import Duties
from bot.readtext import kept, restored
from knowledge.contracts import scans
from knowledge.contracts.document import Document
from knowledge.contracts.reader import UnreadableFile
from knowledge.letters.wording import series
from storage.agenda import Due
from storage.case import File
from storage.events import FileRead, TextKept
from storage.files import Files
from storage.store import StoreDamaged

#: How often the person hears how far a scan is, in seconds.
PROGRESS_SECONDS = 60
#: Read documents kept in memory, to lay the next one beside them.
KEPT_DOCUMENTS = 40

#: Decides and stores what happens in a case, its lock held meanwhile: case, person, what they talk.
Happen = Callable[[str, str, Callable[[Situation], Talk]], Awaitable[Talk]]
#: Tells a person something in their chats.
Tell = Callable[[str, Reply], Coroutine[Any, Any, None]]


class Reading:
    """Reads what is unread. `now` is the clock of what is stored."""

    def __init__(
        self,
        files: Files,
        casebook: Casebook,
        happen: Happen,
        tell: Tell,
        *,
        now: Callable[[], datetime],
        duties: Duties,
    ) -> None:
        self._files = files
        self._casebook = casebook
        self._happen = happen
        self._tell = tell
        self._now = now
        self._duties = duties
        self._stop = Event()
        #: Scans of which was said that they are being read.
        self._told: set[str] = set()
        self._documents: OrderedDict[str, Document] = OrderedDict()

    async def read_new(self, person: str, situation: Situation) -> list[Reply]:
        """Read the case's unread contracts: what was found, and which scans were begun."""
        case = situation.case.id
        replies: list[Reply] = []
        for file in unread_contracts(situation):
            later = work.reading(case, file.file, self._now())
            if later.id in self._told:
                continue
            try:
                document = await self._text_layer(case, file)
            except UnreadableFile as unreadable:
                replies += await self._store(person, case, FileRead(file=file.file, problem=str(unreadable)))
                continue
            waiting = scans.pages_to_recognise(document)
            if waiting != () and await asyncio.to_thread(scans.is_available):
                self._told.add(later.id)
                await self._duties.add(later)
                pages = len(document.pages)
                told = texts.SCAN_BEGINS if len(waiting) == pages else texts.SCAN_PAGES_BEGIN
                replies.append(reply(told.format(name=file.name, page=waiting[0], pages=pages)))
            else:
                replies += await self._recognised(person, case, file, document)
        return replies

    async def read_due(self, due: Due) -> None:
        """Read a file that nobody has read yet, and tell who added it what was found."""
        case = due.case or ""
        situation = await self._casebook.load(case)
        for file in unread_contracts(situation):
            if file.file == work.file_of(due):
                for said in await self._read(file.added_by, case, file):
                    await self._tell(file.added_by, said)
        self._told.discard(due.id)

    async def _read(self, person: str, case: str, file: File) -> list[Reply]:
        try:
            document = await self._text_layer(case, file)
        except UnreadableFile as unreadable:
            return await self._store(person, case, FileRead(file=file.file, problem=str(unreadable)))
        return await self._recognised(person, case, file, document)

    def stop(self) -> None:
        """Break off what is being read; it stays unread."""
        self._stop.set()

    async def _recognised(self, person: str, case: str, file: File, document: Document) -> list[Reply]:
        progress = self._teller(person, file)
        try:
            async with self._plain(case, file) as path:
                whole = await asyncio.to_thread(scans.recognise, path, document, progress, self._stop)
        except UnreadableFile as unreadable:
            return await self._store(person, case, FileRead(file=file.file, problem=str(unreadable)))
        return await self._keep(person, case, file, whole)

    def _teller(self, person: str, file: File) -> scans.Progress:
        """Tells from the reading thread how far it is, now and then."""
        loop = asyncio.get_running_loop()
        told = time.monotonic()

        def progress(page: int, pages: int) -> None:
            nonlocal told
            if time.monotonic() - told >= PROGRESS_SECONDS:
                told = time.monotonic()
                said = reply(texts.SCAN_PROGRESS.format(name=file.name, page=page, pages=pages))
                asyncio.run_coroutine_threadsafe(self._tell(person, said), loop).result()

        return progress

    async def _keep(self, person: str, case: str, file: File, document: Document) -> list[Reply]:
        """Lay the document beside the case's others, and store what all of them give now."""
        self._remember(file.file, document)
        others = [
            other
            for other in contract_files(await self._casebook.load(case))
            if other.pages and other.file != file.file
        ]
        again = {other.file: await self._again(case, other) for other in others}
        at_hand = {hash_: known for hash_, known in again.items() if known} | {file.file: document}
        reads = await asyncio.to_thread(read_together, at_hand)
        # With one of them missing, what the others say together would be told wrongly.
        anew = [read_anew(reads[other.file], other) for other in others if all(again.values())]
        beside = [read for read, other in zip(anew, others, strict=False) if read.findings != other.findings]
        text = TextKept(file=file.file, text=await self._files.put(case, kept(document)))
        return await self._store(person, case, reads[file.file], [*beside, text], document.unread_pages)

    async def _store(
        self,
        person: str,
        case: str,
        read: FileRead,
        beside: Sequence[FileRead | TextKept] = (),
        unread_pages: Sequence[int] = (),
    ) -> list[Reply]:
        def talk_of(now: Situation) -> Talk:
            talk = Talk(now, person, self._now(), None)
            file = now.case.files.get(read.file)
            if file is not None and not was_read(file):
                file_was_read(talk, read, beside)
                if unread_pages:
                    pages = series([str(page) for page in unread_pages])
                    talk.say(texts.FILE_PAGES_UNREAD.format(name=file.name, pages=pages), tone=Tone.WARNING)
            return talk

        return (await self._happen(case, person, talk_of)).replies

    async def _again(self, case: str, file: File) -> Document | None:
        """A document that was read before, a scan as its text was kept; None where that is not to be had."""
        known = self._documents.get(file.file)
        if known is not None:
            return known
        try:
            document = await self._text_layer(case, file)
            if not scans.pages_to_recognise(document):
                return document
            return restored(await self._files.get(case, file.text)) if file.text else None
        except (UnreadableFile, StoreDamaged):
            return None

    async def _text_layer(self, case: str, file: File) -> Document:
        async with self._plain(case, file) as path:
            return await asyncio.to_thread(scans.text_layer, path, file.name)

    @asynccontextmanager
    async def _plain(self, case: str, file: File) -> AsyncIterator[Path]:
        """The file as a path to read; raises `UnreadableFile` where the store has lost it."""
        try:
            async with self._files.plain(case, file.file) as path:
                yield path
        except StoreDamaged:
            raise UnreadableFile("missing", file.name) from None

    def _remember(self, file: str, document: Document) -> None:
        self._documents[file] = document
        self._documents.move_to_end(file)
        while len(self._documents) > KEPT_DOCUMENTS:
            self._documents.popitem(last=False)
