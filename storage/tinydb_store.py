"""The embedded store: TinyDB's documents, tables and queries over SQLite rows (`sqlite_rows`).

Views, their collections, and what a document's id is in each:

- `case:<id>`: `events` by sequence number, and `keys`, the messages that were handled;
- `register`: `cases` (what a list tells of a case, and the hash its chain ends in), `people`, `users` (whom a
  front end's name for someone means), `invitations` by the hash of their token, `secrets` and what is `due`.

Look-ups go by id, which is indexed; a query sees the rows of its view only.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection

from pydantic import TypeAdapter
from tinydb import where

from storage.agenda import Due
from storage.case import Case, CaseState
from storage.directory import DirectoryLock
from storage.events import NO_HASH, Recorded
from storage.sqlite_file import open_database
from storage.sqlite_rows import Fields, View
from storage.sqlite_writer import Writer
from storage.store import (
    SECRET_BYTES,
    AlreadyStored,
    CaseSummary,
    Conflict,
    Invitation,
    InvitationRefused,
    Person,
    StoreDamaged,
    UnknownCase,
)
from storage.tinydb_agenda import TinyDbAgenda

#: Digits of an event's number in its id: a case holds at most a hundred million events.
EVENT_DIGITS = 8

_SUMMARY = TypeAdapter(CaseSummary)
_PERSON = TypeAdapter(Person)
_INVITATION = TypeAdapter(Invitation)


class TinyDbStore:
    """Keeps cases, people and invitations in one directory, for one process. See `storage.store.Store`.

    Every method runs as one transaction on the store's own thread; the event loop only waits for it.
    """

    #: The lock on the directory keeps other processes out.
    alone = True

    def __init__(self, connection: Connection, lock: DirectoryLock) -> None:
        self._connection = connection
        self._lock = lock
        self._writer = Writer(connection)
        register = View(connection, "register")
        self._cases = register.rows("cases")
        self._people = register.rows("people")
        self._users = register.rows("users")
        self._invitations = register.rows("invitations")
        self._secrets = register.rows("secrets")
        self.agenda = TinyDbAgenda(self._writer, register.rows("due"))

    @classmethod
    def open(cls, directory: Path) -> TinyDbStore:
        """The store of this directory, made where there is none. Not async: it reads and syncs files.

        Raises `StoreInUse`, `StoreFull`, `StoreDamaged`.
        """
        lock = DirectoryLock(directory)
        try:
            connection = open_database(directory, must_exist=lock.has_been_signed)
            lock.sign()
        except BaseException:
            lock.release()
            raise
        return cls(connection, lock)

    async def close(self) -> None:
        """Finish what is under way and let go of the store. A second call does nothing."""
        if await self._writer.close():
            self._lock.release()

    async def open_case(self, case: str, recorded: Sequence[Recorded], *, due: Sequence[Due] = ()) -> None:
        """Store a new case with its first events, of which the first is `Opened`."""
        opened = Case(case).after(recorded)
        if opened.opened_at is None:
            raise ValueError("a case begins with its opening")
        summary = CaseSummary(
            id=case,
            version=0,
            state=opened.state,
            hearing=opened.hearing,
            opened_at=opened.opened_at,
            changed_at=opened.opened_at,
        )

        def job() -> None:
            line = _SUMMARY.dump_python(summary, mode="json") | {"last_hash": NO_HASH}
            if not self._cases.add(case, line):
                raise Conflict("there is a case of this id")
            self._append(case, recorded, opened.state, due)

        await self._writer.run(job)

    async def append(
        self, case: str, recorded: Sequence[Recorded], *, state: CaseState, due: Sequence[Due] = ()
    ) -> None:
        """Store events that follow on the case's version; `state` is the case's state after them."""
        if not recorded:
            raise ValueError("nothing to append")
        await self._writer.run(lambda: self._append(case, recorded, state, due))

    def _append(self, case: str, recorded: Sequence[Recorded], state: CaseState, due: Sequence[Due]) -> None:
        view = self._case(case)
        keys, events = view.rows("keys"), view.rows("events")
        if not all(keys.add(key, {}) for key in {one.key for one in recorded if one.key is not None}):
            raise AlreadyStored("a message of this key was handled before")
        line = self._line(case)
        for one in recorded:
            if (one.seq, one.previous) != (line["version"] + 1, line["last_hash"]):
                raise Conflict("the case has moved on since it was read")
            if not events.add(_event_id(one.seq), one.model_dump(mode="json")):
                raise StoreDamaged(f"case {case} has an event that the register does not know")
            line |= {"version": one.seq, "last_hash": one.hash}
        line |= {"state": state.value, "changed_at": recorded[-1].time.isoformat()}
        self._cases.put(case, line)
        for work in due:
            self.agenda.put(work)

    async def events(self, case: str, *, after: int = 0) -> list[Recorded]:
        """The case's events with a sequence number over `after`, in order; raises `StoreDamaged`."""

        def job() -> list[Recorded]:
            line = self._line(case)
            found = self._case(case).rows("events").search(where("seq") > after)
            recorded = [Recorded.model_validate(document) for document in found]
            if [one.seq for one in recorded] != list(range(max(after, 0) + 1, line["version"] + 1)):
                raise StoreDamaged(f"events of case {case} are missing")
            hashes = [one.hash for one in recorded]
            if recorded and [one.previous for one in recorded[1:]] + [line["last_hash"]] != hashes:
                raise StoreDamaged(f"the chain of case {case} is broken")
            return recorded

        return await self._writer.run(job)

    async def cases(self) -> list[CaseSummary]:
        """All cases, the last changed first."""

        def job() -> list[CaseSummary]:
            summaries = [_SUMMARY.validate_python(line) for line in self._cases.all()]
            return sorted(summaries, key=lambda summary: summary.changed_at, reverse=True)

        return await self._writer.run(job)

    async def person(self, person: str) -> Person | None:
        """The person of this id."""
        return await self._writer.run(lambda: self._person(person))

    async def person_of_user(self, user: str) -> Person | None:
        """The person a front end knows as `user`: the one last saved with that name for them."""

        def job() -> Person | None:
            owner = self._users.at(user)
            return None if owner is None else self._person(owner["person"])

        return await self._writer.run(job)

    async def save_person(self, person: Person) -> None:
        """Store the person as they now are, in place of what was stored under their id."""
        await self.change_person(person.id, lambda _: person)

    async def change_person(self, person: str, change: Callable[[Person | None], Person]) -> Person:
        """Store what `change` makes of the person as they are now, and give it."""

        def job() -> Person:
            before = self._person(person)
            changed = change(before)
            for user in set(before.users if before else ()) - set(changed.users):
                owner = self._users.at(user)
                if owner is not None and owner["person"] == person:
                    self._users.drop(user)
            for user in changed.users:
                self._users.put(user, {"person": person})
            self._people.put(person, _PERSON.dump_python(changed, mode="json"))
            return changed

        return await self._writer.run(job)

    async def secret(self, name: str) -> str:
        """A secret of this name, made up the first time it is asked for."""

        def job() -> str:
            self._secrets.add(name, {"secret": secrets.token_urlsafe(SECRET_BYTES)})
            line = self._secrets.at(name)
            return str(line["secret"]) if line else ""

        return await self._writer.run(job)

    async def add_invitation(self, invitation: Invitation) -> None:
        """Store an invitation; `Conflict` where its token has been given out before."""

        def job() -> None:
            document = _INVITATION.dump_python(invitation, mode="json")
            if not self._invitations.add(invitation.token_hash, document):
                raise Conflict("there is an invitation with this token")

        await self._writer.run(job)

    async def take_invitation(self, token_hash: str, *, user: str, now: datetime) -> Invitation:
        """Mark the invitation used by the user and give it; raises `InvitationRefused`."""

        def job() -> Invitation:
            document = self._invitations.at(token_hash)
            if document is None:
                raise InvitationRefused("there is no such invitation")
            invitation = _INVITATION.validate_python(document)
            if invitation.used_by == user:
                return invitation
            if invitation.used_by is not None or invitation.expires <= now:
                raise InvitationRefused("the invitation was used or is past its time")
            self._invitations.put(token_hash, document | {"used_by": user})
            return replace(invitation, used_by=user)

        return await self._writer.run(job)

    def _line(self, case: str) -> Fields:
        """The case's line in the register; raises `UnknownCase`, `StoreDamaged`."""
        line = self._cases.at(case)
        if line is None:
            if self._case(case).rows("events").at(_event_id(1)) is not None:
                raise StoreDamaged(f"case {case} is missing from the register")
            raise UnknownCase("there is no case of this id")
        return line

    def _person(self, person: str) -> Person | None:
        document = self._people.at(person)
        return None if document is None else _PERSON.validate_python(document)

    def _case(self, case: str) -> View:
        return View(self._connection, f"case:{case}")


def _event_id(seq: int) -> str:
    """Ids are ordered as text."""
    return f"{seq:0{EVENT_DIGITS}}"
