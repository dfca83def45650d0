"""The store's promise, and what breaks it.

- *Stored* means: when `append` or `open_case` returns, the events survive the process being killed and the
  power being cut; before that nobody is told that anything is saved. A process that is killed leaves each
  message whole or not at all.
- *Order*: a case's events keep the order of their sequence numbers, without gaps, whatever the clock says.
- *Conflict*: an append names the version it saw; where the case has moved on it is refused with `Conflict`
  and nothing is stored. However many people answer at once, no answer takes another's place.
- *Once*: a message's key is stored once per case; a second append is refused with `AlreadyStored`.
- *A disk that is full, read-only or fails*: `StoreFull`; what was acknowledged stays, and the same store
  takes answers again once the disk does.
- *A second process*, where the store is for one: `StoreInUse`, which names the process that holds it.
- *Damage*: where stored bytes cannot be read as what was written (a changed bit, a file cut off or gone, a
  row missing or moved), `StoreDamaged`, never other content and never a new, empty store in its place.
- *At rest* everything that people wrote is sealed. With another master key: `WrongKey`. Of an erased case
  nothing is in the files.

In none of these refusals is anything changed. Each sentence has its tests in `tests/storage`:
`test_store_contract` (order, conflict, once), `test_kill` and `test_disk` (stored, failing disks),
`test_embedded_store` (full and read-only disks, a second process, damage), `test_embedded_sealing` (at rest),
`test_postgres_failover` and `test_postgres_copy` (a server that goes away, and another that takes over).
Each way of breaking it has a test that shows that it would be noticed. The full runs: `make faults`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from storage.agenda import Agenda, Due
from storage.case import CaseState
from storage.events import Recorded, Role

if TYPE_CHECKING:  # these raise what is defined here
    from storage.contents import Contents
    from storage.looks import Looks
    from storage.sealing import DataKey

#: Bytes of chance in a secret.
SECRET_BYTES = 32


class StoreError(Exception):
    """What can go wrong in a store; the message is for the operator and never holds answers."""


class UnknownCase(StoreError):
    """There is no case of this id."""


class Conflict(StoreError):
    """The case has moved on since it was read: read it again and decide again."""


class AlreadyStored(StoreError):
    """The message of this key was handled before: nothing is stored again."""


class StoreInUse(StoreError):
    """Another process holds the store."""


class StoreFull(StoreError):
    """The disk is full or cannot be written."""


class StoreAway(StoreError):
    """The database cannot be reached; what was asked for may be tried again."""


class StoreDamaged(StoreError):
    """The stored bytes are not what was written."""


class WrongKey(StoreError):
    """The master key is missing or is not the one that the store is sealed with. Nothing was changed."""


class InvitationRefused(StoreError):
    """The invitation is unknown, used or past its time."""


@dataclass(frozen=True)
class Person:
    """Someone who uses the assistant.

    `users` are the front ends' names for them ("telegram:123", "web:..."); a user name belongs to the
    person last saved with it. `chats` are where they can be told things ("telegram:123"), `cases` what
    they were let in to, `case` the one they work on now.
    """

    id: str
    name: str
    users: tuple[str, ...] = ()
    chats: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    case: str | None = None


@dataclass(frozen=True)
class Invitation:
    """A way in for one person, once. Only the token's SHA-256 is stored; `person` where they are known."""

    token_hash: str
    case: str
    name: str
    role: Role
    expires: datetime
    person: str | None = None
    used_by: str | None = None


@dataclass(frozen=True)
class CaseSummary:
    """A case in a list: what can be told without folding its events."""

    id: str
    version: int
    state: CaseState
    hearing: str
    opened_at: datetime
    changed_at: datetime


class Store(Protocol):
    """Keeps cases, people and invitations. All methods may be called from many tasks at once."""

    @property
    def alone(self) -> bool:
        """Whether no other process can change what was read: it may be kept in memory."""

    @property
    def agenda(self) -> Agenda:
        """The work that is due."""

    @property
    def looks(self) -> Looks:
        """Who looked at cases."""

    async def open_case(self, case: str, recorded: Sequence[Recorded], *, due: Sequence[Due] = ()) -> None:
        """Store a new case with its first events and the work they lead to.

        Raises `Conflict` where the id is taken.
        """

    async def append(
        self, case: str, recorded: Sequence[Recorded], *, state: CaseState, due: Sequence[Due] = ()
    ) -> None:
        """Store events that follow on the case's version; `state` is the case's state after them.

        The work they lead to, `due`, is stored with them or not at all. Raises `UnknownCase`, `Conflict`,
        `AlreadyStored`, `StoreFull`.
        """

    async def events(self, case: str, *, after: int = 0) -> list[Recorded]:
        """The case's events with a sequence number over `after`, in order; raises `UnknownCase`."""

    async def cases(self, *, state: CaseState | None = None, limit: int | None = None) -> list[CaseSummary]:
        """The cases, or those of one state, the last changed first; at most `limit` of them."""

    async def person(self, person: str) -> Person | None:
        """The person of this id."""

    async def person_of_user(self, user: str) -> Person | None:
        """The person a front end knows as `user`."""

    async def save_person(self, person: Person) -> None:
        """Store the person as they now are, in place of what was stored under their id."""

    async def change_person(self, person: str, change: Callable[[Person | None], Person]) -> Person:
        """Store what `change` makes of the person as they are now, and give it.

        Two changes at once both count. `change` may be called more than once and must not wait for anything.
        """

    async def secret(self, name: str) -> str:
        """A secret of this name that all processes share, made up the first time it is asked for."""

    async def add_invitation(self, invitation: Invitation) -> None:
        """Store an invitation."""

    async def take_invitation(self, token_hash: str, *, user: str, now: datetime) -> Invitation:
        """Mark the invitation used by the user and give it; raises `InvitationRefused`.

        Who took it may take it again: a process killed before it let them in does not lock them out.
        """

    async def close(self) -> None:
        """Finish what is under way and let go of the store."""


class SealedStore(Store, Protocol):
    """A store that seals each case with a key of its own, kept beside it and wrapped by a master key."""

    @property
    def contents(self) -> Contents:
        """All that it holds, for backups and moving."""

    async def key(self, case: str) -> DataKey:
        """The key of the case, which its files are sealed with too; raises `UnknownCase`, `WrongKey`."""

    async def end(self, case: str) -> tuple[CaseSummary, str]:
        """The case as a list tells it, and its last event's hash, also where its events cannot be read.

        Raises `UnknownCase`, `StoreDamaged`.
        """

    async def erase(self, case: str, erased: Recorded) -> None:
        """Remove the case's events, its key and its invitations; only `erased` remains, under a new key.

        `erased` follows on the case's last event (`Conflict` where it does not); its number and the hash in
        it tell what there was. Nothing of the case can be read from the store's files after that. A case
        that is erased already stays as it is; only what an interruption left is cleared away.
        """

    async def rewrap(self) -> int:
        """Wrap every key anew that another than the current master key wrapped; gives how many there were.

        Others may go on meanwhile. Interrupted, it is done by doing it again.
        """
