"""Who people are: the users that front ends know them by, invitations, and the case each works on."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.casebook import Casebook
from bot.dialogue import texts
from storage.case import CaseState
from storage.events import Role
from storage.store import (
    Invitation,
    InvitationRefused,
    Person,
    Store,
    StoreDamaged,
    UnknownCase,
)

#: Bytes of chance in an invitation's token, and in the name of a browser that logged in.
TOKEN_BYTES = 18
#: Bytes of chance in a person's id.
ID_BYTES = 5
#: Logins in browsers that stay good at once, per person.
MAX_USERS = 20
#: People kept in memory, by the front end's name for them.
_KEPT = 10_000


@dataclass(frozen=True)
class CaseLine:
    """A case in a person's list."""

    case: str
    title: str
    municipality: str
    role: Role
    state: CaseState

    @property
    def label(self) -> str:
        """One line that tells the case from others."""
        return texts.CASE_LINE.format(municipality=self.municipality, title=self.title)


class People:
    """Looks people up and lets them in."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._known: OrderedDict[str, Person] = OrderedDict()

    async def of_user(self, user: str, chat: str | None = None) -> Person | None:
        """The person behind a front end's user; a new `chat` becomes one where they can be told things."""
        person = self._known.get(user) or await self._store.person_of_user(user)
        if person is None:
            return None
        if chat is not None and chat not in person.chats:
            return await self.change(person, lambda known: replace(known, chats=_with(known.chats, chat)))
        self._remember(user, person)
        return person

    async def change(self, person: Person, change: Callable[[Person], Person]) -> Person:
        """Store what `change` makes of the person as they are stored now; of `person`, who is new, else."""
        changed = await self._store.change_person(person.id, lambda known: change(known or person))
        for user in person.users:
            self._known.pop(user, None)
        for user in changed.users:
            self._remember(user, changed)
        return changed

    async def invite(
        self, case: str, name: str, role: Role, *, person: str | None, expires_in: timedelta
    ) -> str:
        """A token that lets somebody in once, in any front end; `person` is the id of a known one."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        expires = self._now() + expires_in
        await self._store.add_invitation(Invitation(_hashed(token), case, name, role, expires, person))
        return token

    async def take_invitation(
        self, token: str, user: str, chat: str | None
    ) -> tuple[Person, Invitation] | None:
        """Let the user in as the person invited; None where the invitation is not good.

        Somebody whom this front end knows already stays the person they are, with one case more.
        """
        try:
            invitation = await self._store.take_invitation(_hashed(token), user=user, now=self._now())
        except InvitationRefused:
            return None
        person = (
            await self._store.person_of_user(user)
            or (await self._store.person(invitation.person) if invitation.person else None)
            or Person(id=secrets.token_hex(ID_BYTES), name=invitation.name)
        )

        def let_in(known: Person) -> Person:
            return replace(
                known,
                users=_with(known.users, user),
                chats=_with(known.chats, chat),
                cases=(*_without(known.cases, invitation.case), invitation.case),
                case=invitation.case,
            )

        return await self.change(person, let_in), invitation

    async def cases(self, person: Person, casebook: Casebook) -> list[CaseLine]:
        """The cases the person is a member of, the last joined first."""
        lines = []
        for case in reversed(person.cases):
            try:
                situation = await casebook.load(case)
            except (UnknownCase, StoreDamaged):  # erased since, or not to be read
                continue
            member = situation.case.members.get(person.id)
            if member is not None:
                name = situation.profile.municipality.name
                title = situation.definition.title
                lines.append(CaseLine(case, title, name, member.role, situation.case.state))
        return lines

    def _remember(self, user: str, person: Person) -> None:
        if not self._store.alone:
            return
        self._known[user] = person
        self._known.move_to_end(user)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _with(names: tuple[str, ...], name: str | None) -> tuple[str, ...]:
    """The names with this one as the last; the oldest go where they are too many."""
    return (*_without(names, name), *((name,) if name else ()))[-MAX_USERS:]


def _without(names: tuple[str, ...], name: str | None) -> tuple[str, ...]:
    return tuple(known for known in names if known != name)
