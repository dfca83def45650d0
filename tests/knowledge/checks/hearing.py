"""A small invented hearing for the tests of checks: the shapes, none of the shipped wording."""

from __future__ import annotations

from typing import Any

from knowledge.hearings.model import Definition


def question(id_: str, type_: str, **more: Any) -> dict[str, Any]:
    """A question's data with the texts that every question needs."""
    return {"id": id_, "type": type_, "ask": f"Hvad er {id_}?", "help": "Hjælp.", "example": "Fx 1.", **more}


LETTER = dict.fromkeys(
    [
        "subject",
        "opening",
        "request_heading",
        "request_lead",
        "copies_lead",
        "account_heading",
        "enclosed_heading",
        "points_lead",
        "closing",
        "greeting",
        "enclosures_heading",
        "open_point",
    ],
    "Tekst",
)


def hearing(*questions: dict[str, Any], **more: Any) -> Definition:
    """A definition of one section with these questions."""
    sections = [{"id": "del1", "kind": "account", "title": "Del 1", "questions": questions}]
    return Definition.model_validate(
        {
            "id": "proeve",
            "version": 1,
            "title": "Prøve",
            "authority": {"name": "Prøvestyrelsen"},
            "addressee": "Byrådet",
            "sections": sections,
            "letter": LETTER,
            **more,
        }
    )
