"""A small invented hearing about cleaning, and a municipality's answers to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from knowledge.hearings.model import Definition
from knowledge.hearings.values import (
    Amount,
    Count,
    Day,
    Documents,
    Enclosed,
    Items,
    NoneBecause,
    Percent,
    Text,
    Value,
    Vat,
    YesNo,
)
from knowledge.letters.profile import Municipality, Profile, Signatory

LETTER_TEXTS = {
    "subject": "Svar på høring om rengøring i dagtilbud",
    "opening": "Den {request_date} bad {authority} {municipality} om at oplyse om rengøringen.",
    "request_heading": "Det spørger {authority} om",
    "request_lead": "{authority} beder kommunen oplyse:",
    "copies_lead": "{authority} beder om kopi af:",
    "account_heading": "Kommunens redegørelse",
    "enclosed_heading": "Vedlagte kopier",
    "points_lead": "Nedenfor besvares punkterne ét for ét.",
    "closing": "Kommunen uddyber gerne svarene.",
    "greeting": "Med venlig hilsen",
    "enclosures_heading": "Bilagsoversigt",
    "open_point": "Punktet er endnu ikke besvaret.",
}


def question(id: str, type: str, **more: Any) -> dict[str, Any]:  # noqa: A002 - the definition's own words
    """One question of the invented hearing."""
    plain = {"ask": f"Hvad er svaret om {id}?", "help": "Skriv svaret.", "example": "Et svar."}
    return {"id": id, "type": type} | plain | more


SECTIONS: list[dict[str, Any]] = [
    {
        "id": "forhold",
        "kind": "facts",
        "title": "Om aftalen",
        "questions": [
            question("firma", "text", letter={"answer": "Kommunen lader {answer} gøre rent i dagtilbud."}),
            question("indgaaet", "date", letter={"answer": "Aftalen blev indgået den {answer}."}),
        ],
    },
    {
        "id": "rengoering",
        "kind": "account",
        "number": "1",
        "title": "Rengøringen",
        "heading": "Rengøringens omfang",
        "questions": [
            question("opgaver", "text", number="1", quote="Hvilke opgaver firmaet løser."),
            question(
                "natarbejde",
                "yes_no",
                number="1.1",
                quote="om firmaet gør rent om natten",
                letter={
                    "yes": "Firmaet gør rent om natten. {note}",
                    "no": "Firmaet gør ikke rent om natten. {note}",
                },
            ),
            question("svanemaerket", "yes_no", number="1.2", quote="om midlerne er svanemærkede"),
        ],
    },
    {
        "id": "klager",
        "kind": "account",
        "number": "2",
        "title": "Klager",
        "heading": "Klager over rengøringen",
        "questions": [
            question(
                "klager",
                "count",
                number="2",
                quote="Hvor mange klager der er modtaget, og hvor mange der gav medhold.",
                none_allowed=True,
                letter={
                    "zero": "Kommunen har ikke modtaget klager.",
                    "one": "Kommunen har modtaget én klage.",
                    "many": "Kommunen har modtaget {answer} klager.",
                },
            ),
            question("medhold", "count", letter={"many": "Der blev givet medhold i {answer} af dem."}),
            question("steder", "list", letter={"lead": "Klagerne vedrørte:"}),
            question("frist_pr_sted", "text", repeat="steder", required="no"),
        ],
    },
    {
        "id": "oekonomi",
        "kind": "account",
        "number": "3",
        "title": "Økonomi",
        "heading": "Økonomi",
        "questions": [
            question("pris", "amount", number="3", quote="Hvad rengøringen koster om året."),
            question("stigning", "percent", required="recommended"),
        ],
    },
    {
        "id": "kopier",
        "kind": "copies",
        "title": "Kopi af aftaler og planer",
        "questions": [
            question("kopi_aftale", "documents", quote="Aftalen med firmaet."),
            question("kopi_planer", "documents", quote="Planer for rengøringen.", none_allowed=True),
        ],
    },
    {
        "id": "afslutning",
        "kind": "closing",
        "title": "Bemærkninger",
        "questions": [question("bemaerkninger", "text", required="no")],
    },
]


@pytest.fixture(scope="session")
def definition() -> Definition:
    """The invented hearing."""
    return Definition.model_validate(
        {
            "id": "rengoering",
            "version": 1,
            "title": "Rengøring",
            "authority": {
                "name": "Rengøringsstyrelsen",
                "street": "Sæbegade 1",
                "postcode_city": "9998 Prøvestad",
            },
            "addressee": "Byrådet",
            "sections": SECTIONS,
            "letter": LETTER_TEXTS,
        }
    )


@pytest.fixture(scope="session")
def profile() -> Profile:
    """An invented municipality's case."""
    return Profile(
        municipality=Municipality(
            name="Eksempel Kommune",
            street="Rådhusvej 1",
            postcode_city="9999 Eksempel",
            phone="12 34 56 78",
            email="post@eksempel.dk",
            website="www.eksempel.dk",
        ),
        journal_number="28.00.00-K03-1-20",
        letter_date=date(2020, 3, 3),
        request_date=date(2020, 1, 9),
        authority_reference="2020-77",
        attention="Kontorchef Åse Prøve",
        signatory=Signatory(name="Leder Tre", title="Direktør"),
    )


@pytest.fixture
def answers() -> dict[str, Value]:
    """A complete set of answers, of every type."""
    return {
        "firma": Text(text="Rent & Pænt ApS"),
        "indgaaet": Day(day=date(2019, 8, 1)),
        "opgaver": Text(
            text="Firmaet løser disse opgaver:\n- daglig rengøring\n- vinduespudsning\n\nHovedrent om foråret"
        ),
        "natarbejde": YesNo(yes=True, note="men kun i to huse"),
        "svanemaerket": YesNo(yes=False, note="det er på vej"),
        "klager": Count(count=12),
        "medhold": Count(count=4, qualifier="ca."),
        "steder": Items(items=("Mælkebøtten", "Solsikken")),
        "frist_pr_sted.1": Text(text="Fristen var ti dage."),
        "frist_pr_sted.2": Text(text="Fristen var en måned."),
        "pris": Amount(dkk=Decimal(250000), vat=Vat.EXCLUDED, qualifier="godt"),
        "stigning": Percent(percent=Decimal("2.5")),
        "kopi_aftale": Documents(
            files=(
                Enclosed(file="a1", name="aftale.pdf", title="Aftale af 1. august 2019"),
                Enclosed(file="b2", name="tillaeg.pdf"),
            )
        ),
        "kopi_planer": NoneBecause(reason="fordi planerne er under udarbejdelse"),
        "bemaerkninger": Text(text="Kommunen er glad for samarbejdet."),
    }
