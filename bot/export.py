"""A case as one JSON document: all its events, as they are stored."""

from __future__ import annotations

from collections.abc import Sequence

from storage.events import Json, Recorded
from storage.looks import RecordedLook

#: Raised when the document's form changes.
FORMAT = 1


def case_json(case: str, events: Sequence[Recorded], looks: Sequence[RecordedLook]) -> Json:
    """The whole case with its history and who looked at it; files are named by their hash."""
    return {
        "format": FORMAT,
        "case": case,
        "events": [event.model_dump(mode="json") for event in events],
        "looks": [look.model_dump(mode="json") for look in looks],
    }
