"""Small hearings, built for the tests of this folder."""

from __future__ import annotations

from typing import Any

from knowledge.hearings.model import Definition

LETTER = {
    "subject": "Svar",
    "opening": "Her er svaret.",
    "request_heading": "Spørgsmål",
    "request_lead": "Der spørges om:",
    "copies_lead": "Der bedes om kopi af:",
    "account_heading": "Redegørelse",
    "enclosed_heading": "Kopier",
    "points_lead": "Punkt for punkt.",
    "closing": "Slut.",
    "greeting": "Med venlig hilsen",
    "enclosures_heading": "Bilag",
    "open_point": "Ikke besvaret.",
}


def hearing(**questions: str | dict[str, Any]) -> Definition:
    """A hearing of questions given as `id="type"` or `id={"type": ..., ...}`."""
    asked = [
        {"id": name, "ask": "Hvad?", "help": "Hjælp.", "example": "Noget"}
        | (spec if isinstance(spec, dict) else {"type": spec})
        for name, spec in questions.items()
    ]
    section = {"id": "afsnit", "kind": "account", "title": "Afsnit", "questions": asked}
    return Definition.model_validate(
        {
            "id": "proeve",
            "version": 1,
            "title": "Prøve",
            "authority": {"name": "Tilsynet"},
            "addressee": "Kommunalbestyrelsen",
            "sections": [section],
            "letter": LETTER,
        }
    )
