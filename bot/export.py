"""A case as one JSON document: all its events, as they are stored."""

from __future__ import annotations

from collections.abc import Sequence

from storage.events import Json, Recorded

#: Raised when the document's form changes.
FORMAT = 1


def case_json(case: str, events: Sequence[Recorded]) -> Json:
    """The whole case with its history; files are named by their hash."""
    return {"format": FORMAT, "case": case, "events": [event.model_dump(mode="json") for event in events]}
