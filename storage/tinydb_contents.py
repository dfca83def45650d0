"""All that the embedded store holds, to be carried to another place and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial

from pydantic import TypeAdapter, ValidationError

from storage.agenda import Due
from storage.case import CaseState
from storage.contents import CaseContent, Rest, still_missing
from storage.events import Recorded, chain_hash
from storage.sqlite_cases import CaseLine, CaseLines, time_text
from storage.sqlite_due import DueLine, DueLines
from storage.sqlite_rows import RowTable, View
from storage.sqlite_writer import Writer
from storage.store import CaseSummary, Invitation, Person, StoreDamaged
from storage.tinydb_looks import looks_end, put_look

#: Cases of the register that are read at once; an answer waits no longer than that.
LISTED_AT_ONCE = 200

_PEOPLE = TypeAdapter(tuple[Person, ...])
_INVITATIONS = TypeAdapter(tuple[Invitation, ...])


class TinyDbContents:
    """See `storage.contents.Contents`. `rows` are the tables of the register, by name.

    `begin` gives the line of a case that is new here, `view` the case's documents; `append` and `save_person`
    are the store's own, in the transaction that is open.
    """

    def __init__(
        self,
        writer: Writer,
        cases: CaseLines,
        rows: Mapping[str, RowTable],
        due: DueLines,
        *,
        begin: Callable[[CaseSummary, Recorded], CaseLine],
        view: Callable[[str], View],
        append: Callable[[str, Sequence[Recorded], CaseState, Sequence[Due]], None],
        save_person: Callable[[Person], None],
    ) -> None:
        self._writer = writer
        self._cases = cases
        self._rows = rows
        self._due = due
        self._begin = begin
        self._view = view
        self._append = append
        self._save_person = save_person

    async def cases(self) -> tuple[list[CaseSummary], list[StoreDamaged]]:
        """The cases in the register, and what is wrong with its other lines."""
        summaries: list[CaseSummary] = []
        damages: list[StoreDamaged] = []
        last = ""
        while page := await self._writer.run(partial(self._cases.page, last, LISTED_AT_ONCE)):
            last = page[-1][0]
            for _, line in page:
                if isinstance(line, StoreDamaged):
                    damages.append(line)
                else:
                    summaries.append(line.summary)
        return summaries, damages

    async def rest(self) -> tuple[Rest, list[StoreDamaged]]:
        """What belongs to no case, and what is wrong with that of it which cannot be read."""

        def job() -> tuple[Rest, list[StoreDamaged]]:
            (people, bad_people), (invitations, bad_invitations), (secrets, bad_secrets) = (
                self._rows[name].readable() for name in ("people", "invitations", "secrets")
            )
            lines, bad_lines = self._due.readable()
            rest = Rest(
                people=_PEOPLE.validate_python(list(people.values())),
                invitations=_INVITATIONS.validate_python(list(invitations.values())),
                secrets={name: document["secret"] for name, document in secrets.items()},
                due=tuple(line.due for line in lines),
            )
            return rest, [*bad_people, *bad_invitations, *bad_secrets, *bad_lines]

        return await self._writer.run(job)

    async def put_rest(self, rest: Rest) -> None:
        """Store it, in place of what has the same ids."""

        def job() -> None:
            for person in rest.people:
                self._save_person(person)
            for document in _INVITATIONS.dump_python(rest.invitations, mode="json"):
                self._rows["invitations"].put(document["token_hash"], document)
            for name, secret in rest.secrets.items():
                self._rows["secrets"].put(name, {"secret": secret})
            for due in rest.due:
                self._due.put(DueLine(due))

        await self._writer.run(job)

    async def adopt(self, content: CaseContent) -> None:
        """Store a case with its whole history, or what of it is not there yet."""
        case = content.summary.id

        def job() -> None:
            line = self._cases.at(case)
            if line is None:
                self._cases.add(self._begin(content.summary, content.events[0]))
                missing: Sequence[Recorded] = content.events
            else:
                missing = still_missing(content, line.version, line.last_hash)
            if missing:
                self._append(case, missing, content.summary.state, ())
            view = self._view(case)
            for look in content.looks[looks_end(view).count :]:
                put_look(view, look)

        await self._writer.run(job)


def line_of(summary: CaseSummary, first: Recorded, wrapped: bytes) -> CaseLine:
    """The line of a case before its first event here."""
    return CaseLine(
        summary.id,
        summary.state,
        first.seq - 1,
        first.seq,
        first.previous,
        summary.hearing,
        time_text(summary.opened_at),
        time_text(summary.changed_at),
        wrapped,
    )


def first_damaged(view: View, line: CaseLine) -> StoreDamaged:
    """What is wrong with a case whose events do not add up to its line: the first that is not as it was."""
    documents, damages = view.rows("events").readable()
    readable: dict[int, Recorded] = {}
    for document in documents.values():
        with suppress(ValidationError):
            one = Recorded.model_validate(document)
            readable[one.seq] = one
    all_readable = not damages and len(readable) == len(documents)
    previous: str | None = None
    for seq in range(line.first, line.version + 1):
        named = f"event {seq} of case {line.id}"
        recorded = readable.get(seq)
        if recorded is None and all_readable:
            return StoreDamaged(f"{named} is missing")
        if recorded is None:
            return StoreDamaged(f"{named} is not what was written")
        if recorded.previous != (previous or recorded.previous) or recorded.hash != chain_hash(recorded):
            return StoreDamaged(f"{named} is not what was written")
        previous = recorded.hash
    return StoreDamaged(f"what follows event {line.version} of case {line.id} is not what was written")
