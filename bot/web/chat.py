"""The chat: what was said, the question at hand with its buttons, and the case beside it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.desk import Desk
from bot.dialogue.buttons import Action, Press, decode, encode
from bot.dialogue.messages import Block, Button, Incoming, Outcome, Reply, Tone, Upload
from bot.dialogue.parsing.commands import Given, command
from bot.overview import FindingRow, Overview
from bot.settings import Settings
from bot.views import Exchange
from bot.web import session, texts
from bot.web.pages import page
from bot.web.preview import Preview, beside_chat
from bot.web.transcript import Entry, Transcript, Transcripts

#: Stored answers shown before the transcript of this session; those before them are folded away.
RECENT = 6
#: Characters of a warning that are shown before it is opened.
SHOWN_AT_ONCE = 500
#: Buttons that take the words in the answer box along: a note to "ja", a reason, a comment.
WITH_WORDS = frozenset({Action.ANSWER, Action.ACKNOWLEDGE, Action.DISPUTE, Action.RETURN})
#: Buttons that do not answer, and stand back behind those that do.
BY_THE_WAY = frozenset({Action.SKIP, Action.BACK, Action.EXAMPLE})
REVIEW = "/gennemgang"
#: What stands beside the chat: the word in the address, and what it may be.
BESIDE, OVERVIEW, LETTER = "vis", "overblik", "brev"
_READ_TEXT = re.compile(r"/laest/[0-9a-f]{64}(?:#[\w-]{1,40})?")


@dataclass(frozen=True)
class Choice:
    """A button of the question at hand; `words`: what stands in the answer box goes with it."""

    button: Button
    words: bool
    quiet: bool


@dataclass(frozen=True)
class Chat:
    """The pages and forms of the chat."""

    desk: Desk
    settings: Settings
    transcripts: Transcripts

    async def show(self, request: Request) -> Response:
        """The page."""
        user = session.logged_in(request)
        transcript = self.transcripts.of(user)
        async with transcript.lock:
            overview = await self.desk.overview(user)
            history = await self._catch_up(user, transcript, overview)
        fresh = [entry for entry in transcript.entries if entry.number >= transcript.answered_from]
        failed = any(entry.reply and entry.reply.tone is Tone.ERROR for entry in fresh)
        asking = _asking(fresh) or (_asking(transcript.entries) if failed else None)
        shown_before = transcript.entries[0].stored_before if transcript.entries else len(history)
        return page(
            request,
            "chat.html",
            overview=overview,
            cases=await self.desk.cases(user),
            earlier=history[: max(0, shown_before - RECENT)],
            recent=history[max(0, shown_before - RECENT) : shown_before],
            name=transcript.name,
            entries=transcript.entries,
            fold=fold,
            newest=_newest(transcript),
            live={entry.number for entry in fresh if entry is not asking},
            choices=_choices(asking),
            place=_place(overview),
            failed=failed,
            findings=findings_of(overview) if overview else [],
            state=fingerprint(transcript, overview),
            preview=await self._preview(request, user, overview),
            max_files=session.MAX_FILES,
            max_megabytes=self.settings.max_file_bytes // 1_000_000,
        )

    async def _preview(self, request: Request, user: str, overview: Overview | None) -> Preview | None:
        """The letter beside the chat, where the person chose it; the choice lasts as long as the login."""
        chosen = request.query_params.get(BESIDE)
        if chosen in {OVERVIEW, LETTER}:
            request.session[BESIDE] = chosen
        if overview is None or request.session.get(BESIDE) != LETTER:
            return None
        letter = await self.desk.letter_model(user)
        return beside_chat(letter, overview) if letter else None

    async def news(self, request: Request) -> Response:
        """What the page compares with what it shows: other letters mean that there is something new."""
        user = session.logged_in(request)
        overview = await self.desk.overview(user)
        return JSONResponse({"state": fingerprint(self.transcripts.of(user), overview)})

    async def take(self, request: Request) -> Response:
        """A form of the chat or the review page: files first, then the button or the words."""
        form = await session.sent_form(request)
        user = session.logged_in(request)
        back = session.field(form, "tilbage")
        reviewing = stays(back) and not _corrects(session.field(form, "knap"))
        transcript = self.transcripts.of(user)
        async with transcript.lock:
            async for shown, incoming in self._messages(user, form, reviewing=reviewing):
                transcript.others_said(await self.desk.conversation(user))
                outcome = await self.desk.handle(incoming)
                if reviewing:
                    transcript.noted(outcome.replies)
                else:
                    await self._remember(transcript, user, shown, outcome)
        await form.close()
        return RedirectResponse(back if reviewing else "/#nyeste", status_code=303)

    async def _messages(
        self, user: str, form: FormData, *, reviewing: bool
    ) -> AsyncIterator[tuple[str, Incoming]]:
        """The form as messages to the desk, one at a time, each with how it is shown in the chat.

        Words alone carry the place they were written at, so that they never answer another question.
        On the review page empty words are empty; in the chat the assistant then asks for them.
        """
        key = session.request_key(form)
        files = session.files(form)
        for number, file in enumerate(files):
            upload = await self._upload(file)
            shown = texts.ATTACHED.format(name=upload.name)
            yield shown, Incoming(user, user, f"{key}:{number}", file=upload)
        words, button = session.field(form, "tekst"), session.field(form, "knap")
        if button:
            pressed = _pressed(self.transcripts.of(user), button)
            shown = f"{pressed}: {words}" if words.strip() else pressed
            text = words if words.strip() or reviewing else None
            yield shown, Incoming(user, user, key, text=text, button=button)
        elif words.strip() or not files:
            # A command concerns the whole; only an answer belongs to the place it was written at.
            place = None if isinstance(command(words), Given) else session.field(form, "sted") or None
            yield words, Incoming(user, user, key, text=words, button=place, message=key)

    async def _upload(self, file: UploadFile) -> Upload:
        size = file.size or 0
        data = await file.read() if size <= self.settings.max_file_bytes else None
        return Upload(file.filename or "", file.content_type or "", size, data)

    async def _catch_up(self, user: str, transcript: Transcript, overview: Overview | None) -> list[Exchange]:
        """Take into the transcript what others stored meanwhile; greet where it begins."""
        case = overview.case if overview else None
        if case != transcript.case:
            transcript.begin(case)
        stored = await self.desk.conversation(user)
        transcript.others_said(stored)
        if not transcript.greeted:
            transcript.greeted = True
            transcript.answered(await self.desk.greet(user))
        return stored

    async def _remember(self, transcript: Transcript, user: str, shown: str, outcome: Outcome) -> None:
        transcript.said(texts.REMOVED if outcome.delete else shown)
        transcript.seen = len(await self.desk.conversation(user))
        transcript.answered(outcome.replies)


def stays(back: str) -> bool:
    """Whether a form leads back to the page it stood on: the review, or a text that was read."""
    return back.partition("?")[0] == REVIEW or _READ_TEXT.fullmatch(back) is not None


def _corrects(button: str) -> bool:
    """Whether the button leads to a question, which is answered in the chat."""
    press = decode(button)
    return press is not None and press.action is Action.CORRECT


def fold(reply: Reply) -> tuple[list[Block], list[Block]]:
    """What of a reply is shown at once, and what of a long warning opens on a press."""
    shown: list[Block] = []
    length = 0
    for number, block in enumerate(reply.blocks):
        length += len(block.text)
        if reply.tone is Tone.WARNING and number and length > SHOWN_AT_ONCE:
            return shown, list(reply.blocks[number:])
        shown.append(block)
    return shown, []


def _newest(transcript: Transcript) -> int:
    """Where the page begins when it is opened: the person's last message, else what followed it."""
    numbers = [entry.number for entry in transcript.entries]
    return next((n for n in numbers if n >= transcript.answered_from - 1), -1)


def _asking(entries: Iterable[Entry]) -> Entry | None:
    """The newest message that asks something: its buttons stand at the answer box.

    What failed and asks nothing of its own leaves the question before it standing.
    """
    with_buttons = [entry for entry in entries if entry.reply and entry.reply.buttons]
    questions = [entry for entry in with_buttons if entry.reply and entry.reply.tone is Tone.QUESTION]
    return next(reversed(questions or with_buttons), None)


def _choices(asking: Entry | None) -> list[list[Choice]]:
    if asking is None or asking.reply is None:
        return []
    return [[_choice(button) for button in row] for row in asking.reply.buttons]


def _choice(button: Button) -> Choice:
    press = decode(button.data)
    action = press.action if press else None
    return Choice(button, words=action in WITH_WORDS, quiet=action in BY_THE_WAY)


def _place(overview: Overview | None) -> str:
    """What words alone carry along: the question that the page shows."""
    if overview is None or overview.current is None:
        return ""
    return encode(Press(overview.case, overview.version, Action.ANSWER, overview.current))


def _pressed(transcript: Transcript, data: str) -> str:
    """How a pressed button is shown as the person's own message: its label where it stood in the chat."""
    for entry in reversed(transcript.entries):
        for row in entry.reply.buttons if entry.reply else ():
            for button in row:
                if button.data == data:
                    return button.label
    press = decode(data)
    return texts.PRESSED.get(press.action, texts.PRESSED_UNKNOWN) if press else texts.PRESSED_UNKNOWN


def findings_of(overview: Overview) -> list[FindingRow]:
    """All findings of the case once each: the open ones first, the most severe before."""
    rows = [found for row in overview.rows for found in row.findings] + list(overview.findings)
    once = {found.finding.key: found for found in rows}.values()
    return sorted(once, key=lambda found: (found.settled, found.finding.severity.rank))


def fingerprint(transcript: Transcript, overview: Overview | None) -> str:
    """Changes whenever the page would look different."""
    stored = f"{overview.case}.{overview.version}" if overview else ""
    return hashlib.sha256(f"{stored}.{transcript.name}.{transcript.count}".encode()).hexdigest()[:12]
