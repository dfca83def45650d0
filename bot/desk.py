"""One message in, replies out: who is it, load the case, decide, store, answer.

1. Find the person and their case; who is unknown learns nothing.
2. One message of a case at a time: load it, let the dialogue decide.
3. Store what happened; only then is anything said. Where the case has moved on, decide anew.
4. What takes time (reading a contract, making a letter) comes after what is stored.
5. Tell the others.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.access import Right, rights
from bot.casebook import Casebook
from bot.cases import add_member, invite
from bot.dialogue import screens, texts
from bot.dialogue.buttons import Action, Press, decode, encode
from bot.dialogue.converse import converse
from bot.dialogue.filing import StoredFile
from bot.dialogue.messages import Block, Button, Incoming, Outcome, Reply, Tone
from bot.dialogue.moving import go_on
from bot.dialogue.parsing.commands import Command, Given, command
from bot.dialogue.reminding import reminders
from bot.dialogue.situation import Situation
from bot.dialogue.talk import Talk, reply
from bot.duties import Duties
from bot.held import Held, may_be_kept, vouched_file
from bot.letters import report_file
from bot.looking import Looking
from bot.papers.making import Papers
from bot.people import TOKEN_BYTES, People
from bot.reading import Reading
from bot.settings import Settings
from bot.uploads import problem_with, safe_name
from bot.views import Views
from bot.work import READ, REMIND, next_reminder
from knowledge.checks.personal_data import scan
from knowledge.letters.look.house import House
from knowledge.letters.look.read_house import load_house
from knowledge.text import clean
from storage.agenda import Due
from storage.events import Role
from storage.files import Files
from storage.looks import LookKind
from storage.store import AlreadyStored, Person, SealedStore, StoreDamaged, UnknownCase

_logger = logging.getLogger(__name__)

#: Longest message that is looked at as a command of the desk's own, in characters.
MAX_COMMAND = 200
#: Longest name of a person, in characters.
MAX_PERSON_NAME = 80


class Channel(Protocol):
    """A front end that can tell a person something on its own."""

    async def deliver(self, chat: str, said: Reply) -> None:
        """Show the reply in the chat; never raises for a chat that is gone."""


class Desk(Views):
    """Handles messages, and shows what people may look at; safe to call from many tasks at once."""

    def __init__(
        self,
        store: SealedStore,
        files: Files,
        settings: Settings,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        house = load_house(settings.letter_profile) if settings.letter_profile else House()
        casebook = Casebook(
            store, kept=settings.cached_cases, reminder_days=settings.reminder_days, house=house
        )
        papers = Papers(casebook, files, settings, now)
        looking = Looking(store.looks, now, timedelta(minutes=settings.look_minutes))
        super().__init__(People(store, now), casebook, files, papers, now=now, looking=looking)
        self.store = store
        self.settings = settings
        #: What is done at its time, by this process or another that shares the store.
        self.duties = Duties(store.agenda, now, lease=timedelta(seconds=settings.takeover_seconds))
        self.reading = Reading(files, casebook, self._happen_in_turn, self._tell, now=now, duties=self.duties)
        self.duties.on(READ, self.reading.read_due)
        self.duties.on(REMIND, self._remind)
        #: Front ends by the prefix of their chats' names.
        self.channels: dict[str, Channel] = {}
        #: What an invitation's link looks like in each front end, with `{token}` in it.
        self.links: list[str] = []
        self._held = Held(settings.max_held_messages)

    async def handle(self, incoming: Incoming) -> Outcome:
        """Answer one message. Raises `StoreError` where it could not be stored; nothing is then said.

        Where what is stored cannot be read, that is said: to try again would not help.
        """
        try:
            return await self._handle(incoming)
        except StoreDamaged as damaged:
            _logger.error("A message was not stored: %s", damaged)
            return Outcome((reply(texts.CASE_DAMAGED, texts.NOTHING_STORED, tone=Tone.ERROR),))
        except UnknownCase:  # erased while it was answered
            return _said(texts.CASE_GONE, tone=Tone.ERROR)

    async def _handle(self, incoming: Incoming) -> Outcome:
        token = _invitation(incoming)
        if token is not None:
            return await self._join(incoming, token)
        person = await self.people.of_user(incoming.user, incoming.chat)
        if person is None:
            return _said(texts.REFUSED)
        press = decode(incoming.button) if incoming.button else None
        if press and press.action is Action.CASE:
            return await self._change_case(person, press.case, incoming)
        given = _command(incoming)
        if given and given.command is Command.CASES:
            return await self._show_cases(person)
        if given and given.command is Command.INVITE:
            return await self._invite(person, given.argument)
        case = press.case if press else person.case
        if case is None:
            return _said(texts.NO_CASE)
        return await self._converse(person, case, incoming)

    async def login(self, token: str) -> str | None:
        """A new user name for a browser that brings an invitation's token; None where it is not good."""
        user = f"web:{secrets.token_urlsafe(TOKEN_BYTES)}"
        return user if await self.admit(token, user, user) else None

    async def admit(self, token: str, user: str, chat: str | None) -> Person | None:
        """Let a front end's user in by an invitation's token; None where it is not good."""
        taken = await self.people.take_invitation(token, user, chat)
        if taken is None:
            return None
        person, invitation = taken
        await add_member(self, invitation.case, person, invitation.role)
        return person

    async def greet(self, user: str) -> tuple[Reply, ...]:
        """Where the person's case stands and what they are asked; nothing is stored."""
        person = await self.people.of_user(user)
        if person is None:
            return (reply(texts.REFUSED),)
        if person.case is None:
            return (reply(texts.NO_CASE),)
        try:
            situation = await self.seen(person, person.case)
        except StoreDamaged as damaged:
            _logger.error("A case cannot be shown: %s", damaged)
            return (reply(texts.CASE_DAMAGED, tone=Tone.ERROR),)
        return tuple(_standing(situation, person, self.now())) if situation else (reply(texts.CASE_GONE),)

    async def _join(self, incoming: Incoming, token: str) -> Outcome:
        person = await self.admit(token, incoming.user, incoming.chat)
        if person is None or person.case is None:
            return _said(texts.INVITATION_REFUSED)
        situation = await self.casebook.load(person.case)
        role = texts.ROLES[situation.case.members[person.id].role]
        welcome = reply(texts.WELCOME.format(name=person.name, role=role), texts.INTRO)
        shown = await self._converse(person, person.case, _go_on(incoming))
        return Outcome((welcome, *shown.replies))

    async def _change_case(self, person: Person, case: str, incoming: Incoming) -> Outcome:
        situation = await self.seen(person, case)
        if situation is None:
            return _said(texts.OTHER_CASE)
        await self.people.change(person, lambda known: replace(known, case=case))
        title = situation.definition.title
        shown = await self._converse(person, case, _go_on(incoming))
        return Outcome((reply(texts.NOW_CASE.format(title=title)), *shown.replies))

    async def _show_cases(self, person: Person) -> Outcome:
        seen = await self.people.cases(person, self.casebook)
        rows = tuple(
            (Button(screens.shortened(line.label, screens.BUTTON_LABEL), _case_button(line.case)),)
            for line in seen[: screens.LIST_BUTTONS]
        )
        return Outcome((reply(texts.CHOOSE_CASE, buttons=rows),)) if rows else _said(texts.NO_CASE)

    async def _invite(self, person: Person, words: str) -> Outcome:
        """A lead lets someone in: "Mette Holm" as a caseworker, "teamleder Mette Holm" as a lead."""
        situation = await self.seen(person, person.case)
        if situation is None:
            return _said(texts.NO_CASE)
        if Right.INVITE not in rights(situation.case, person.id):
            own = situation.case.members[person.id].role
            return _said(texts.NOT_ALLOWED.format(role=texts.ROLES[own]), tone=Tone.ERROR)
        first, _, rest = words.partition(" ")
        role = next((role for role, word in texts.ROLES.items() if word == first.lower()), None)
        name = " ".join((rest if role else words).split())
        if any(one.stops for one in scan(name)):
            return Outcome((reply(texts.CPR_STOPPED, tone=Tone.ERROR),), delete=True)
        if not name or len(name) > MAX_PERSON_NAME:
            return _said(texts.INVITE_HOW, tone=Tone.ERROR)
        role = role or Role.CASEWORKER
        token = await invite(self, situation.case.id, name, role)
        told = texts.INVITED.format(name=name, role=texts.ROLES[role], days=self.settings.invitation_days)
        links = "\n".join(link.format(token=token) for link in self.links)
        return Outcome((reply(told, links, tone=Tone.SAVED),))

    async def _converse(self, person: Person, case: str, incoming: Incoming) -> Outcome:
        stored: StoredFile | None = None
        async with self.casebook.lock(case):
            situation = await self.seen(person, case)
            if situation is None:
                return _said(texts.OTHER_CASE if incoming.button else texts.CASE_GONE, tone=Tone.ERROR)
            if incoming.key in situation.case.keys:
                return Outcome((reply(texts.ALREADY_HANDLED), *_standing(situation, person, self.now())))
            held = self._held.of(person.id, case)
            vouched = vouched_file(incoming, held)
            if vouched is not None:
                incoming = vouched
            if incoming.file is not None:
                problem = problem_with(incoming.file, max_bytes=self.settings.max_file_bytes)
                if problem:
                    return _said(problem, tone=Tone.ERROR)
                checked = Talk(situation, person.id, self.now(), None)
                if not may_be_kept(checked, incoming, incoming.file, vouched=vouched is not None):
                    self._held.after(person.id, case, incoming, checked)
                    return Outcome(tuple(checked.replies), delete=checked.delete)
                stored = await self._put(case, incoming)
            talk = await self._decide(person, case, incoming, held, stored)
        self._held.after(person.id, case, incoming, talk)
        if not talk.recorded:  # else the case's events tell that they were there
            await self.looking.note(person.id, case, LookKind.CHAT)
        replies = list(talk.replies)
        replies += await self.reading.read_new(person.id, talk.situation)
        if talk.letter:
            replies += await self._letters(person, case)
        if talk.pictures:
            replies.append(await self.papers.shown_pages(talk.situation))
        if talk.bundle:
            replies += await self.papers.whole_reply(talk.situation)
        if talk.report:
            await self.looking.note(person.id, case, LookKind.REPORT, talk.report)
            made = await asyncio.to_thread(report_file, talk.situation, talk.report, now=self.now())
            name = talk.situation.case.files[talk.report].name
            told = texts.HERE_IS_REPORT.format(name=name)
            replies.append(Reply((Block(told),), document=made))
        await self._notify(talk)
        return Outcome(tuple(replies), delete=talk.delete)

    async def _put(self, case: str, incoming: Incoming) -> StoredFile:
        upload = incoming.file
        if upload is None or upload.data is None:
            raise ValueError("no file to put")
        file = await self.files.put(case, upload.data)
        return StoredFile(file, safe_name(upload.name), upload.media_type[:100], len(upload.data))

    async def _decide(
        self,
        person: Person,
        case: str,
        incoming: Incoming,
        held: Incoming | None,
        stored: StoredFile | None,
    ) -> Talk:
        """Decide and store, anew where the case moved on; the case's lock is held."""

        def talk_of(situation: Situation) -> Talk:
            return converse(
                situation,
                person.id,
                incoming,
                now=self.now(),
                max_text=self.settings.max_text,
                held=held,
                stored=stored,
            )

        return await self._happen(case, person.id, talk_of)

    async def _happen_in_turn(self, case: str, person: str, talk_of: Callable[[Situation], Talk]) -> Talk:
        async with self.casebook.lock(case):
            return await self._happen(case, person, talk_of)

    async def _happen(self, case: str, person: str, talk_of: Callable[[Situation], Talk]) -> Talk:
        try:
            return await self.casebook.happen(case, talk_of)
        except AlreadyStored:
            again = Talk(await self.casebook.load(case), person, self.now(), None)
            go_on(again)
            return again

    async def _letters(self, person: Person, case: str) -> list[Reply]:
        """The letter as the case stands with what goes beside it; its files' hashes are kept in the case."""
        made, replies = await self.papers.letters(await self.casebook.load(case))

        def talk_of(now: Situation) -> Talk:
            talk = Talk(now, person.id, self.now(), None)
            talk.happen(made)
            return talk

        await self._happen_in_turn(case, person.id, talk_of)
        return replies

    async def _remind(self, due: Due) -> datetime | None:
        """Tell those whose turn it is of the case's deadline; when they are told next."""
        situation = await self.casebook.load(due.case or "")
        for notice in reminders(situation, self.now()):
            await self._tell(notice.person, notice.reply)
        return next_reminder(situation.profile.deadline, self.settings.reminder_days, self.now())

    async def close(self) -> None:
        """Break off the work under way; others may do it, or this process when it starts again."""
        self.reading.stop()
        await self.duties.close()

    async def _notify(self, talk: Talk) -> None:
        for notice in talk.notices:
            await self._tell(notice.person, notice.reply)

    async def _tell(self, person: str, said: Reply) -> None:
        known = await self.store.person(person)
        for chat in known.chats if known else ():
            channel = self.channels.get(chat.partition(":")[0])
            if channel is not None:
                await channel.deliver(chat, said)


def _standing(situation: Situation, person: Person, now: datetime) -> list[Reply]:
    talk = Talk(situation, person.id, now, None)
    go_on(talk)
    return talk.replies


def _said(text: str, *, tone: Tone = Tone.NOTICE) -> Outcome:
    return Outcome((reply(text, tone=tone),))


def _invitation(incoming: Incoming) -> str | None:
    """The token of an invitation's deep link ("/start TOKEN")."""
    start, _, token = (incoming.text or "").partition(" ")
    return token.strip() if start == "/start" and token.strip() else None


def _go_on(incoming: Incoming) -> Incoming:
    """The message as a wish to see where the case stands."""
    slash = f"/{Command.RESUME.slash}"
    return Incoming(incoming.user, incoming.chat, incoming.key, text=slash, message=incoming.message)


def _command(incoming: Incoming) -> Given | None:
    """The command that the message is outright."""
    if incoming.text is None or incoming.button is not None or len(incoming.text) > MAX_COMMAND:
        return None
    recognised = command(clean(incoming.text))
    return recognised if isinstance(recognised, Given) else None


def _case_button(case: str) -> str:
    return encode(Press(case, 0, Action.CASE))
