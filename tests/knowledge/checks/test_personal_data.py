"""What may be a citizen's is found; firms, officials, places and the municipality's own are let through."""

from __future__ import annotations

import pytest

from knowledge.checks.personal_data import let_through, scan

OFFICIALS = let_through()


def found(text: str, allowed: frozenset[str] = OFFICIALS) -> list[tuple[str, str]]:
    """Kind and words of all that is found."""
    return [(datum.kind, text[datum.start : datum.end]) for datum in scan(text, allowed=allowed)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anne flyttede til egen bolig.", "Anne"),
        ("Vi talte med Oluf i går.", "Oluf"),
        ("Borgeren Ekso Pluto har fået mindre støtte.", "Ekso Pluto"),
        ("borgeren anne har klaget", "anne"),
        ("fru Lindqvist fik afslag", "Lindqvist"),
        ("Familien Østergaard blev hørt", "Østergaard"),
        ("Sagen om Mohammed Al-Hassan blev udsat", "Mohammed Al-Hassan"),
        ("Han er søn af Pluto.", "Pluto"),
        ("J. Petersen ringede", "J. Petersen"),
        ("Ekso Mikkelsen har klaget", "Ekso Mikkelsen"),
        ("ANNE JENSEN", "ANNE JENSEN"),
        ("bo hansen har fået mere", "bo hansen"),
        ("Her bor Oscar von Bremen.", "Oscar von Bremen"),
        ("Sagen vedrører Karl-Erik Olsen.", "Karl-Erik Olsen"),
        ("Sagen vedrører Kim\nAndersen.", "Kim\nAndersen"),
        ("Peters støtte er sat ned", "Peters"),
        ("A\u200bnne Jensen", "A\u200bnne Jensen"),
    ],
)
def test_names_are_found(text: str, name: str) -> None:
    """A known given name, a surname in -sen or a word for a citizen tells a name, whole."""
    assert found(text) == [("name", name)]


@pytest.mark.parametrize(
    "text",
    [
        "Hans støtte er sat ned.",
        "Max 10 pct. af besparelsen. Maj 2020. Per borger er der sparet.",
        "KMD Nexus, DUBU og Cura",
        "Vi brugte Ekso Consulting A/S og Konsulentfirmaet Anne Brovst ApS.",
        "Jensen & Partnere har gennemgået sagerne.",
        "Botilbuddet Karens Hus og Plejehjemmet Peder Ly",
        "Aarhus Kommune, Region Midtjylland og Ankestyrelsen",
        "Sankt Hans Hospital og Niels Bohrs Vej",
        "CVR 12 34 56 78 og EAN 5790000123456",
        "I årene 2018 2019 2020 2021 var der 25 22 10 12 4 sager.",
        "Der er betalt 23 45 67 89 kr.",
        "Ved vej 12, i 2 sager, bilag 12 side 3",
        "Skolevej 3 km herfra",
        "Kontrakten følger serviceloven § 85 og forvaltningslovens § 3.",
        "Frederikshavn, Karlslunde og Margrethelund",
    ],
)
def test_ordinary_text_alarms_nobody(text: str) -> None:
    """Pronouns, firms, institutions, systems, laws, places and figures are not asked about."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Han bor på kløvervej 12, 2. tv", "address", "kløvervej 12, 2. tv"),
        ("Flyttet til Kløvervej 12 B, 9999 Eksempelby i maj", "address", "Kløvervej 12 B, 9999 Eksempelby"),
        ("Niels Ebbesens Gade 7", "address", "Niels Ebbesens Gade 7"),
        ("Ring til hende på 23456789", "phone", "23456789"),
        ("hun har 23 45 67 89", "phone", "23 45 67 89"),
        ("T 2345 6789", "phone", "2345 6789"),
        ("+45 2345 6789", "phone", "+45 2345 6789"),
        ("+46 70 123 45 67", "phone", "+46 70 123 45 67"),
        ("skriv til ekso.pluto@eksempel.dk.", "email", "ekso.pluto@eksempel.dk"),
        ("ekso(at)eksempel.dk", "email", "ekso(at)eksempel.dk"),
    ],
)
def test_contact_details_are_found(text: str, kind: str, words: str) -> None:
    """Addresses, phone numbers and e-mail addresses are found as they are written."""
    assert found(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Med venlig hilsen\n\nEkso Petersen\nSocial- og Sundhedschef",
        "Att. kontorchef Anne Plutosen",
        "Mødet blev ledet af konsulent Anne Plutosen.",
        "Anne Plutosen, afdelingsleder, deltog.",
        "Anne Plutosen (konsulent)",
    ],
)
def test_an_officials_title_lets_the_name_through(text: str) -> None:
    """A name that bears a title is let through by the titles, and found where nothing is allowed."""
    assert found(text) == []
    assert [kind for kind, _ in found(text, frozenset())] == ["name"]


def test_a_title_near_a_citizen_lets_nothing_through() -> None:
    """A word for a citizen before the name weighs more than a title after it."""
    assert found("Borgeren Anne Plutosen, konsulent af uddannelse") == [("name", "Anne Plutosen")]


def test_the_municipalitys_own_details_are_let_through() -> None:
    """Its street, phone, mail domain and the firm's people belong in the reply; others' do not."""
    own = let_through(
        "Rådhusvej 1", "12345678", "post@eksempel.dk", "www.ekso.dk", "Ekso Consult v/ Anne Pluto", ""
    )
    assert (
        found("Rådhusvej 1, 9999 Eksempel. Tlf. +45 12 34 56 78. sag@eksempel.dk, a@ekso.dk. Anne Pluto", own)
        == []
    )
    assert found("Rådhusvej 11. Tlf. 22 34 56 78. a@andet.dk. Bente Pluto", own) == [
        ("address", "Rådhusvej 11"),
        ("phone", "22 34 56 78"),
        ("email", "a@andet.dk"),
        ("name", "Bente Pluto"),
    ]


def test_an_allowed_address_at_a_public_mail_host_lets_no_other_through() -> None:
    """Citizens have their mail at the same hosts."""
    own = let_through("ekso@gmail.com")
    assert found("ekso@gmail.com og anden@gmail.com", own) == [("email", "anden@gmail.com")]


def test_an_authoritys_letterhead_is_not_asked_about() -> None:
    """A street line under an authority's name is its own; so are authorities' mail addresses."""
    assert found("Byrådet\n\nRådhusvej 8\n\n9999 Eksempel\nast@ast.dk") == []
