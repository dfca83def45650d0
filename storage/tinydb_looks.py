"""The looks in the embedded store: a document for each beside the case's events, sealed with its key."""

from __future__ import annotations

from collections.abc import Callable

from storage.looks import Look, LookEnd, RecordedLook, checked_looks, recorded_look
from storage.sqlite_documents import number_id
from storage.sqlite_rows import View
from storage.sqlite_writer import Writer
from storage.store import StoreDamaged

#: The collection of the looks, and that of the one document that tells where they end.
_LOOKS, _END = "looks", "looks_end"
_END_ID = "end"


class TinyDbLooks:
    """See `storage.looks.Looks`. `view` gives a case's view in the transaction that is open."""

    def __init__(self, writer: Writer, view: Callable[[str], View]) -> None:
        self._writer = writer
        self._view = view

    async def add(self, case: str, look: Look) -> None:
        """Store a look behind those before."""

        def job() -> None:
            put_look(self._view(case), look)

        await self._writer.run(job)

    async def of(self, case: str) -> list[RecordedLook]:
        """All looks at the case, in order."""

        def job() -> list[RecordedLook]:
            view = self._view(case)
            looks = [RecordedLook.model_validate(document) for document in view.rows(_LOOKS).all()]
            checked_looks(case, looks, looks_end(view))
            return looks

        return await self._writer.run(job)


def put_look(view: View, look: Look) -> None:
    """Store a look in the transaction that is open."""
    recorded = recorded_look(look, looks_end(view))
    if not view.rows(_LOOKS).add(number_id(recorded.seq), recorded.model_dump(mode="json")):
        raise StoreDamaged(f"look {recorded.seq} is there already")
    view.rows(_END).put(_END_ID, LookEnd(count=recorded.seq, hash=recorded.hash).model_dump())


def looks_end(view: View) -> LookEnd:
    """Where the looks at a case end."""
    return LookEnd.model_validate(view.rows(_END).at(_END_ID) or {})
