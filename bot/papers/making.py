"""The papers of a case as they are asked for: letter, cover sheet, changes, the whole reply, pictures."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.casebook import Casebook
from bot.dialogue import screens
from bot.dialogue import texts as spoken
from bot.dialogue.buttons import Action
from bot.dialogue.messages import Block, Document, Piece, Reply, Tone
from bot.dialogue.situation import Situation
from bot.dialogue.talk import reply
from bot.letters import (
    LETTERS,
    PDF,
    cover_file,
    day_in_denmark,
    ending,
    is_draft,
    letter_file,
    letter_made,
    letter_of,
)
from bot.papers import texts
from bot.papers.bundle import Bundle, bundle
from bot.papers.changes import changes_sheet, current_version, earlier_versions
from bot.settings import Settings
from knowledge.letters.model import Letter
from knowledge.letters.pdf import pictures
from knowledge.letters.sheet import sheet_pdf
from storage.events import LetterMade
from storage.files import Files
from storage.store import StoreError

#: Pages shown as pictures in a chat.
SHOWN_PAGES = 20
#: Replies kept in memory, so that looking at one and fetching its files makes it once.
KEPT_BUNDLES = 2


class Papers:
    """Makes papers of a case; safe to call from many tasks at once."""

    def __init__(
        self, casebook: Casebook, files: Files, settings: Settings, now: Callable[[], datetime]
    ) -> None:
        self._casebook = casebook
        self._files = files
        self._settings = settings
        self._now = now
        self._bundles: OrderedDict[tuple[str, int, str], Bundle] = OrderedDict()
        #: One at a time: enclosures may be large.
        self._bundling = asyncio.Lock()

    async def paper(self, situation: Situation, piece: Piece) -> Document | None:
        """One of the papers; None where the case has none: no cover of a final letter, no earlier version."""
        match piece:
            case Piece.COVER:
                if not is_draft(situation):
                    return None
                return await asyncio.to_thread(cover_file, situation, now=self._now())
            case Piece.CHANGES:
                return await self._changes(situation)
            case Piece.BUNDLE_PDF | Piece.BUNDLE_ZIP:
                made = await self.bundle(situation)
                found = [one for one in bundle_files(made, draft=is_draft(situation)) if one.piece is piece]
                return next(iter(found), None)
            case Piece.LETTER_DOCX | Piece.LETTER_PDF:
                return await self._letter_file(situation, piece)

    async def letters(self, situation: Situation) -> tuple[LetterMade, list[Reply]]:
        """The letter with what goes beside it, and the event that keeps its files' hashes."""
        documents = [one for piece in LETTERS if (one := await self.paper(situation, piece))]
        made = letter_made(situation, documents)
        others = (Piece.COVER, Piece.CHANGES)
        if not made.draft:
            for one in documents:
                await self._files.put(situation.case.id, one.data)
        beside = [one for piece in others if (one := await self.paper(situation, piece))]
        look = screens.button(situation, spoken.SEE_PAGES, Action.PICTURES)
        whole = screens.button(situation, spoken.WHOLE_REPLY, Action.BUNDLE)
        first = reply(*_letter_words(situation, beside), buttons=((look, whole),))
        return made, [first, *_with_documents([*documents, *beside])]

    async def whole_reply(self, situation: Situation) -> list[Reply]:
        """The bundle's files, and before them what to look at before they are sent."""
        made = await self.bundle(situation)
        draft = is_draft(situation)
        said = reply(spoken.BUNDLE_DRAFT if draft else spoken.BUNDLE_FINAL)
        warned = [reply(warning, tone=Tone.WARNING) for warning in made.warnings]
        return [said, *warned, *_with_documents(bundle_files(made, draft=draft))]

    async def pages(self, situation: Situation) -> list[Document]:
        """The letter's pages as pictures."""
        drawn = await asyncio.to_thread(lambda: pictures(self._letter(situation)))
        return [
            Document(texts.PAGE_FILE.format(page=page), "image/png", data)
            for page, data in enumerate(drawn, start=1)
        ]

    async def shown_pages(self, situation: Situation) -> Reply:
        """The pictures as a reply."""
        drawn = await self.pages(situation)
        said = [spoken.counted(spoken.HERE_ARE_PAGES, len(drawn))]
        if len(drawn) > SHOWN_PAGES:
            said.append(spoken.ONLY_FIRST_PAGES.format(count=SHOWN_PAGES))
        return Reply(tuple(map(Block, said)), pictures=tuple(drawn[:SHOWN_PAGES]))

    async def bundle(self, situation: Situation) -> Bundle:
        """The whole reply as the case stands."""
        letter = self._letter(situation)
        key = (situation.case.id, situation.case.version, letter.date_line)
        async with self._bundling:
            made = self._bundles.get(key)
            if made is None:
                files = await self._contents(situation.case.id, letter)
                letter_pdf = (await self._letter_file(situation, Piece.LETTER_PDF)).data
                made = await asyncio.to_thread(bundle, situation, letter, letter_pdf, files, self._settings)
            self._bundles[key] = made
            self._bundles.move_to_end(key)
            while len(self._bundles) > KEPT_BUNDLES:
                self._bundles.popitem(last=False)
        return made

    async def _contents(self, case: str, letter: Letter) -> dict[str, bytes]:
        """The enclosures' contents by hash, without those that are lost."""
        contents: dict[str, bytes] = {}
        for file in {one.file for one in letter.enclosures if one.file}:
            try:
                contents[file] = await self._files.get(case, file)
            except StoreError:
                continue
        return contents

    def _letter(self, situation: Situation) -> Letter:
        return letter_of(situation, now=self._now())

    async def _letter_file(self, situation: Situation, piece: Piece) -> Document:
        made = await asyncio.to_thread(lambda: letter_file(self._letter(situation), piece))
        return await self._as_given_out(situation, made)

    async def _as_given_out(self, situation: Situation, made: Document) -> Document:
        """The file that the case's events name, where a newer program would make another."""
        given_out = current_version(situation)
        if given_out is None:
            return made
        try:
            kept = await self._files.get(situation.case.id, given_out.files[ending(made)])
        except StoreError:
            return made
        return replace(made, data=kept)

    async def _changes(self, situation: Situation) -> Document | None:
        """The letter beside the last final one before it."""
        finals = earlier_versions(situation)
        if not finals:
            return None
        before = await self._casebook.at(situation.case.id, finals[-1].seq)
        today = day_in_denmark(self._now())

        def made() -> bytes:
            old, new = self._letter(before), self._letter(situation)
            return sheet_pdf(changes_sheet(situation, old, new, len(finals), today))

        name = texts.CHANGES_FILE.format(version=len(finals))
        return Document(name, PDF, await asyncio.to_thread(made), piece=Piece.CHANGES)


def bundle_files(made: Bundle, *, draft: bool) -> list[Document]:
    """The bundle as documents; the PDF is left out where it could not be made."""
    name = texts.BUNDLE_FILE[draft]
    packed = Document(f"{name}.zip", "application/zip", made.zip, piece=Piece.BUNDLE_ZIP)
    if not made.pdf:
        return [packed]
    return [Document(f"{name}.pdf", PDF, made.pdf, piece=Piece.BUNDLE_PDF), packed]


def _letter_words(situation: Situation, beside: list[Document]) -> list[str]:
    """What is said of the letter, and of the papers beside it."""
    words = []
    open_points = len(situation.to_answer) + len(situation.skipped)
    if not is_draft(situation):
        words.append(spoken.LETTER_FINAL)
    elif open_points:
        words.append(spoken.counted(spoken.LETTER_DRAFT, open_points))
    else:
        words.append(spoken.LETTER_DRAFT_FULL)
    pieces = {one.piece for one in beside}
    if Piece.COVER in pieces:
        words.append(spoken.COVER_BESIDE)
    if Piece.CHANGES in pieces:
        words.append(spoken.CHANGES_BESIDE)
    return words


def _with_documents(documents: list[Document]) -> list[Reply]:
    return [Reply((Block(one.name),), document=one) for one in documents]
