"""The embedded store: TinyDB's documents, tables and queries over SQLite rows (`sqlite_rows`).

Views, their collections, and what a document's id is in each:

- `case:<id>`: `events` by the mark of the message that led to them (`event_ids`), so that a message counts
  once, and the `looks` at the case; sealed with the case's key;
- `register`: `people`, `users` (whom a front end's name for someone means, by the name's mark) and
  `invitations` by the hash of their token, and `secrets`; sealed with the store's key.

Look-ups go by id, which is indexed; a query sees the rows of its view only. What a list tells of a case
stands in the register of cases (`sqlite_cases`), what is to be done at a time beside it (`sqlite_due`).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from tinydb import where

from storage.agenda import Due
from storage.case import Case, CaseState
from storage.case_keys import CaseKeys
from storage.directory import DirectoryLock
from storage.events import Recorded, follow_on_each_other
from storage.master_keys import MasterKeys
from storage.sealing import DataKey
from storage.sqlite_cases import CaseLine, CaseLines, time_text
from storage.sqlite_documents import REGISTER, event_ids, view_of
from storage.sqlite_due import DueLines
from storage.sqlite_file import KEY_NAME, Database, open_database
from storage.sqlite_rows import View, add_text
from storage.sqlite_schema import forget_log, rewrap_store_key
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
from storage.tinydb_contents import TinyDbContents, first_damaged, line_of
from storage.tinydb_looks import TinyDbLooks

#: Keys that are wrapped anew in one transaction; others wait no longer than that.
REWRAPPED_AT_ONCE = 200

_PERSON = TypeAdapter(Person)
_INVITATION = TypeAdapter(Invitation)


class TinyDbStore:
    """Keeps cases, people and invitations in one directory, for one process. See `storage.store.Store`.

    Every method runs as one transaction on the store's own thread; the event loop only waits for it.
    """

    #: The lock on the directory keeps other processes out.
    alone = True

    def __init__(self, database: Database, lock: DirectoryLock) -> None:
        self._connection = database.connection
        self._key = database.key
        self._masters = database.masters
        self._lock = lock
        self._keys = CaseKeys(self._masters, self._line)
        self._writer = Writer(self._connection, rolled_back=self._keys.forget_all)
        #: The master key that everything is known to be wrapped by.
        self._wrapped_by = b""
        self._cases = CaseLines(self._connection, self._key)
        register = View(self._connection, REGISTER, self._key)
        self._people = register.rows("people")
        self._users = register.rows("users")
        self._invitations = register.rows("invitations")
        self._secrets = register.rows("secrets")
        self._due = DueLines(self._connection, self._key)
        self.agenda = TinyDbAgenda(self._writer, self._due)
        self.looks = TinyDbLooks(self._writer, self._view)
        rows = ("people", "invitations", "secrets")
        self.contents = TinyDbContents(
            self._writer,
            self._cases,
            {name: register.rows(name) for name in rows},
            self._due,
            begin=self._begin,
            view=self._view,
            append=self._append,
            save_person=self._save_person,
        )

    @classmethod
    def open(
        cls, directory: Path, masters: MasterKeys | None = None, *, key_file: Path | None = None
    ) -> TinyDbStore:
        """The store of this directory, made where there is none. Not async: it reads and syncs files.

        Without master keys, those of the key file, which a new store makes; without that, of `KEY_NAME` in
        the directory.
        Raises `StoreInUse`, `StoreFull`, `StoreDamaged`, `WrongKey`.
        """
        with ExitStack() as undone:
            lock = DirectoryLock(directory)
            undone.callback(lock.release)
            keys = masters or key_file or directory / KEY_NAME
            database = open_database(directory, keys, must_exist=lock.has_been_signed)
            undone.callback(database.connection.close)
            lock.sign()
            undone.pop_all()
        return cls(database, lock)

    async def close(self) -> None:
        """Finish what is under way and let go of the store. A second call does nothing."""
        if await self._writer.close():
            self._lock.release()

    async def open_case(self, case: str, recorded: Sequence[Recorded], *, due: Sequence[Due] = ()) -> None:
        """Store a new case with its first events, of which the first is `Opened`."""
        opened = Case(case).after(recorded)
        if opened.opened_at is None:
            raise ValueError("a case begins with its opening")
        opened_at = opened.opened_at
        summary = CaseSummary(case, opened.version, opened.state, opened.hearing, opened_at, opened_at)

        def job() -> None:
            if not self._cases.add(self._begin(summary, recorded[0])):
                raise Conflict("there is a case of this id")
            self._append(case, recorded, opened.state, due)

        await self._writer.run(job)

    async def append(
        self, case: str, recorded: Sequence[Recorded], *, state: CaseState, due: Sequence[Due] = ()
    ) -> None:
        """Store events that follow on the case's version; `state` is the case's state after them."""
        if not recorded:
            raise ValueError("nothing to append")
        await self._writer.run_brief(lambda: self._append(case, recorded, state, due))

    def _append(self, case: str, recorded: Sequence[Recorded], state: CaseState, due: Sequence[Due]) -> None:
        if not follow_on_each_other(recorded):
            raise Conflict("the events do not follow on each other")
        moved = self._cases.move(case, recorded, state)
        key, view = self._keys.of(case), view_of(case)
        for one, id_ in zip(recorded, event_ids(recorded, key), strict=True):
            if add_text(self._connection, key, (view, "events", id_), one.text.encode()):
                continue
            if one.key is not None:
                raise AlreadyStored("a message of this key was handled before")
            if moved:
                raise StoreDamaged(f"case {case} has an event that the register does not know")
        if not moved:
            raise Conflict("the case has moved on since it was read")
        for work in due:
            self.agenda.put(work)

    async def events(self, case: str, *, after: int = 0) -> list[Recorded]:
        """The case's events with a sequence number over `after`, in order; raises `StoreDamaged`."""

        def job() -> list[Recorded]:
            line = self._line(case)
            view = self._view(case)
            try:
                found = view.rows("events").search(where("seq") > after)
                recorded = sorted(map(Recorded.model_validate, found), key=attrgetter("seq"))
            except (StoreDamaged, ValidationError):
                raise first_damaged(view, line) from None
            if [one.seq for one in recorded] != list(range(max(after + 1, line.first), line.version + 1)):
                raise first_damaged(view, line)
            hashes = [one.hash for one in recorded]
            if recorded and [one.previous for one in recorded[1:]] + [line.last_hash] != hashes:
                raise first_damaged(view, line)
            return recorded

        return await self._writer.run(job)

    async def cases(self, *, state: CaseState | None = None, limit: int | None = None) -> list[CaseSummary]:
        """The cases, or those of one state, the last changed first; at most `limit` of them."""

        def job() -> list[CaseSummary]:
            return [line.summary for line in self._cases.latest(state, limit)]

        return await self._writer.run(job)

    async def key(self, case: str) -> DataKey:
        """The key of the case, which its files are sealed with too."""
        return await self._writer.run(lambda: self._keys.of(case))

    async def end(self, case: str) -> tuple[CaseSummary, str]:
        """The case as the register tells it, and its last event's hash; also where it tells wrong."""
        line, _ = await self._writer.run(lambda: self._claimed(case))
        return line.summary, line.last_hash

    async def erase(self, case: str, erased: Recorded) -> None:
        """Remove the case's events, its key and its invitations; only `erased` remains, under a new key.

        Also where its line in the register is not what was written: then whatever that claims.
        """

        def job() -> None:
            line, sound = self._claimed(case)
            if sound and line.state == CaseState.ERASED:
                return
            if (erased.seq, erased.previous) != (line.version + 1, line.last_hash):
                raise Conflict("the case has moved on since it was read")
            key = DataKey.new()
            view = View(self._connection, view_of(case), key)
            view.clear()
            [id_] = event_ids([erased], key)
            view.rows("events").add_text(id_, erased.text.encode())
            self._invitations.remove(where("case") == case)
            self._due.drop_case(case)
            self._cases.replace(
                line._replace(
                    state=CaseState.ERASED,
                    version=erased.seq,
                    first=erased.seq,
                    last_hash=erased.hash,
                    changed_at=time_text(erased.time),
                    key=self._masters.wrap(key, case),
                )
            )
            self._keys.forget(case)

        await self._writer.run(job, then=lambda: forget_log(self._connection))

    async def rewrap(self) -> int:
        """Wrap every key anew that another than the current master key wrapped; gives how many there were."""
        self._masters.refresh()
        if self._masters.current == self._wrapped_by:
            return 0

        def some() -> int:
            lines = list(self._cases.not_wrapped_by(self._masters.current, REWRAPPED_AT_ONCE))
            for line in lines:
                key = self._masters.unwrap(line.key, line.id)
                self._cases.replace(line._replace(key=self._masters.wrap(key, line.id)))
            return len(lines)

        done = await self._writer.run(lambda: rewrap_store_key(self._connection, self._masters))
        while count := await self._writer.run(some):
            done += count
        if done:
            await self._writer.run(lambda: None, then=lambda: forget_log(self._connection))
        self._wrapped_by = self._masters.current
        return done

    async def person(self, person: str) -> Person | None:
        """The person of this id."""
        return await self._writer.run(lambda: self._person(person))

    async def person_of_user(self, user: str) -> Person | None:
        """The person a front end knows as `user`: the one last saved with that name for them."""

        def job() -> Person | None:
            owner = self._users.at(self._key.mark(user))
            return None if owner is None else self._person(owner["person"])

        return await self._writer.run(job)

    async def save_person(self, person: Person) -> None:
        """Store the person as they now are, in place of what was stored under their id."""
        await self.change_person(person.id, lambda _: person)

    async def change_person(self, person: str, change: Callable[[Person | None], Person]) -> Person:
        """Store what `change` makes of the person as they are now, and give it."""

        def job() -> Person:
            changed = change(self._person(person))
            self._save_person(changed)
            return changed

        return await self._writer.run(job)

    def _save_person(self, person: Person) -> None:
        before = self._person(person.id)
        for user in set(before.users if before else ()) - set(person.users):
            mark = self._key.mark(user)
            owner = self._users.at(mark)
            if owner is not None and owner["person"] == person.id:
                self._users.drop(mark)
        for user in person.users:
            self._users.put(self._key.mark(user), {"person": person.id})
        self._people.put(person.id, _PERSON.dump_python(person, mode="json"))

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

    def _line(self, case: str) -> CaseLine:
        """The case's line in the register; raises `UnknownCase`, `StoreDamaged`."""
        line = self._cases.at(case)
        if line is None:
            if View(self._connection, view_of(case), self._key).is_there():
                raise StoreDamaged(f"case {case} is missing from the register")
            raise UnknownCase("there is no case of this id")
        return line

    def _claimed(self, case: str) -> tuple[CaseLine, bool]:
        """What the register tells of the case, and whether it is what was written; raises `UnknownCase`."""
        try:
            return self._line(case), True
        except StoreDamaged:
            return self._cases.claimed(case), False

    def _view(self, case: str) -> View:
        """The case's documents; raises `UnknownCase`, `StoreDamaged`."""
        return View(self._connection, view_of(case), self._keys.of(case))

    def _begin(self, summary: CaseSummary, first: Recorded) -> CaseLine:
        """The line of a new case, with a key of its own."""
        return line_of(summary, first, self._masters.wrap(DataKey.new(), summary.id))

    def _person(self, person: str) -> Person | None:
        document = self._people.at(person)
        return None if document is None else _PERSON.validate_python(document)
