"""The shipped hearing's contradictions: found, with figures in good Danish; none of what is unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from knowledge.checks.contradictions import contradictions
from knowledge.findings import Finding
from knowledge.hearings.conditions import Facts
from knowledge.hearings.load import definition
from knowledge.hearings.shortforms import value_of
from knowledge.hearings.values import Unknown, Value

HEARING = definition("ankestyrelsen-konsulenter-2020")
NO_DATES = Facts()


def values(short: dict[str, Any]) -> dict[str, Value]:
    """Answers from their short forms."""
    return {name: value_of(form, HEARING.question(name)) for name, form in short.items()}


def found(short: dict[str, Any], facts: Facts = NO_DATES) -> dict[str, Finding]:
    """What the answers say against each other, by id."""
    return {finding.id: finding for finding in contradictions(HEARING, values(short), facts)}


def contract(*terms: str, percent: str | None = None) -> Facts:
    """What a contract that was read says."""
    return Facts(
        frozenset(terms), contracts_read=True, contract_percent=Decimal(percent) if percent else None
    )


RESULT = {"no_cure_no_pay": True, "honorar_procent": 10}
NONE = {"none": "Findes ikke."}
DATES = Facts(letter_date=date(2020, 3, 3), request_date=date(2020, 1, 9))

#: Each contradiction with answers (and facts) that make it, and words of its message.
MADE: dict[str, tuple[dict[str, Any], Facts, str]] = {
    "sager_sum": (
        {"sager_udvalgt": 25, "sager_behandlet": 22, "sager_ikke_startet": 1},
        NO_DATES,
        "at 25 sager blev udvalgt, at 22 sager er behandlet, og at én sag ikke er startet. De to sidste "
        "giver tilsammen 23 sager.",
    ),
    "sager_flere_end_udvalgt": (
        {"sager_udvalgt": 1, "sager_behandlet": 12},
        NO_DATES,
        "at 12 sager er behandlet, men at kun én sag blev udvalgt.",
    ),
    "sager_udfald": (
        {"sager_behandlet": 22, "stoette_oeget": 4, "stoette_reduceret": 6, "stoette_uaendret": 10},
        NO_DATES,
        "4 borgere med mere støtte, 6 borgere med mindre og 10 borgere med uændret støtte giver 20 sager. "
        "I har oplyst, at 22 sager er behandlet.",
    ),
    "aendret_men_tekst_siger_nej": (
        {"stoette_oeget": 0, "stoette_reduceret": 1, "sager_aendret": "Ingen sager er ændret."},
        NO_DATES,
        "at ingen borgere har fået mere støtte, og at én har fået mindre",
    ),
    "aendret_men_ingen": (
        {"sager_aendret": "Ingen.", "nye_afgoerelser_i_fem": 1},
        NO_DATES,
        "truffet ny afgørelse i én af de fem sager",
    ),
    "nye_afgoerelser_uden_aendring": (
        {"nye_afgoerelser_i_fem": 2, "stoette_oeget": 0, "stoette_reduceret": 0},
        NO_DATES,
        "i 2 af de fem sager",
    ),
    "flere_afgoerelser_end_sager": (
        {"nye_afgoerelser_i_fem": 2, "sager_behandlet": 1},
        NO_DATES,
        "2 nye afgørelser, men at kun én sag er behandlet",
    ),
    "udkast_uden_vurdering": ({"udkast_afgoerelser": True, "faglige_vurderinger": False}, NO_DATES, "udkast"),
    "vurdering_uden_forberedelse": (
        {"sagsforberedelse": False, "faglige_vurderinger": True},
        NO_DATES,
        "ikke har udført sagsforberedende arbejde",
    ),
    "udkast_naevnt_i_nej": (
        {"udkast_afgoerelser": {"yes": False, "note": "Kun ét udkast i en enkelt sag."}},
        NO_DATES,
        "handler om et udkast",
    ),
    "vurdering_i_beskrivelsen": (
        {"faglige_vurderinger": False, "opgaver": "Konsulenten skulle vurdere borgernes støttebehov."},
        NO_DATES,
        "har vurderet noget",
    ),
    "moede_i_beskrivelsen": (
        {"moede_deltagelse": False, "arbejdsmetode": "Konsulenten deltog i to interne møder."},
        NO_DATES,
        "var med til møder",
    ),
    "adgang_i_kontrakten": (
        {"arbejdsmetode": "Firmaet havde ikke adgang til fagsystemet."},
        contract("case_system_access"),
        "vilkår om adgang",
    ),
    "vurdering_i_kontrakten": (
        {"faglige_vurderinger": False},
        contract("professional_assessment_by_paid_consultant"),
        "skal vurdere konkrete sager",
    ),
    "udkast_i_kontrakten": ({"udkast_afgoerelser": False}, contract("decision_drafting"), "vilkår om"),
    "dobbeltrolle_i_kontrakten": (
        {"dobbeltrolle": False},
        contract("conflict_of_interest_takeover"),
        "interesse",
    ),
    "forventet_over_budget": (
        {"beloeb_budgetteret": 200_000, "beloeb_forventet": 250_000},
        NO_DATES,
        "ventes at blive 250.000 kr. Der er budgetteret med 200.000 kr., altså 50.000 kr. mindre.",
    ),
    "forventet_over_budget_med_moms": (
        {
            "beloeb_budgetteret": {"dkk": 200_000, "vat": "included"},
            "beloeb_forventet": {"dkk": 180_000, "vat": "excluded"},
        },
        NO_DATES,
        "180.000 kr. ekskl. moms. Med 25 % moms er det 225.000 kr. Der er budgetteret med 200.000 kr. inkl.",
    ),
    "betalt_over_budget": (
        {"beloeb_budgetteret": 200_000, "beloeb_betalt": 210_000},
        NO_DATES,
        "har betalt 210.000 kr.",
    ),
    "betalt_over_forventet": (
        {"beloeb_forventet": 200_000, "beloeb_betalt": 210_000},
        NO_DATES,
        "ventes kun at blive 200.000 kr.",
    ),
    "moms_forskellig": (
        {"beloeb_budgetteret": {"dkk": 1, "vat": "included"}, "beloeb_betalt": {"dkk": 1, "vat": "excluded"}},
        NO_DATES,
        "kan ikke sammenlignes",
    ),
    "honorar_og_besparelse": (
        RESULT | {"beloeb_forventet": 250_000, "besparelse_budgetteret": 400_000},
        NO_DATES,
        "10 % i honorar og et forventet honorar på 250.000 kr. svarer til en besparelse på 2,5 mio. kr.; "
        "der er budgetteret med 400.000 kr.",
    ),
    "budget_og_besparelse": (
        RESULT | {"beloeb_budgetteret": 200_000, "besparelse_budgetteret": 400_000},
        NO_DATES,
        "besparelse på 2 mio. kr.",
    ),
    "betalt_og_besparelse": (
        RESULT | {"beloeb_betalt": 250_000, "besparelse_budgetteret": 400_000},
        NO_DATES,
        "en betaling på 250.000 kr. svarer til en besparelse på 2,5 mio. kr.",
    ),
    "nej_men_resultat_i_kontrakt": (
        {"no_cure_no_pay": False},
        contract("savings_share"),
        "afhænger af et resultat",
    ),
    "nej_men_procent_i_note": (
        {"no_cure_no_pay": {"yes": False, "note": "Kun 10 % af besparelsen."}},
        NO_DATES,
        "nævner en procent",
    ),
    "nej_men_betinget_i_note": (
        {"no_cure_no_pay": {"yes": False, "note": "Timerne faktureres kun, hvis der er en besparelse."}},
        NO_DATES,
        "afhænger betalingen af, om der er en besparelse",
    ),
    "anden_procent_i_kontrakt": (
        RESULT,
        contract("savings_share", percent="12.5"),
        "at honoraret er 10 %. I kontrakten er procenten 12,5 %.",
    ),
    "ja_men_ikke_i_kontrakt": ({"no_cure_no_pay": True}, contract("uncapped_fee"), "ikke fundet et vilkår"),
    "kontrakt_efter_henvendelse": (
        {"kontrakt_indgaaet": "2020-02-01"},
        DATES,
        "den 1. februar 2020. Det er efter den 9. januar 2020, hvor",
    ),
    "kontrakt_efter_brevet": (
        {"kontrakt_indgaaet": "2020-04-01"},
        DATES,
        "den 1. april 2020. Svarbrevet er dateret den 3. marts 2020.",
    ),
    "brev_foer_henvendelse": (
        {},
        Facts(letter_date=date(2020, 1, 3), request_date=date(2020, 1, 9)),
        "dateret den 3. januar 2020, men styrelsens brev er fra den 9. januar 2020.",
    ),
    "ingen_fem_trods_afgoerelser": (
        {"kopi_fem_sager": NONE, "nye_afgoerelser_i_fem": 3},
        NO_DATES,
        "i 3 af dem",
    ),
    "ingen_tre_trods_aendringer": (
        {"kopi_tre_sager": NONE, "stoette_oeget": 1, "stoette_reduceret": 0, "nye_afgoerelser_i_fem": 0},
        NO_DATES,
        "ændret i én sag.",
    ),
    "ingen_tre_trods_afgoerelser": (
        {"kopi_tre_sager": NONE, "nye_afgoerelser_i_fem": 1},
        NO_DATES,
        "i én af de",
    ),
}


def test_every_contradiction_of_the_hearing_is_tried() -> None:
    """None is shipped that no answers here make."""
    assert MADE.keys() == {check.id for check in HEARING.checks}


@pytest.mark.parametrize("name", MADE)
def test_a_contradiction_is_told_with_its_figures(name: str) -> None:
    """The answers that clash bring it, and its message says them as Danes would."""
    answers, facts, words = MADE[name]
    finding = found(answers, facts)[name]
    assert words in finding.meaning
    assert not set("{}|") & set(finding.title + finding.meaning + finding.advice)


@pytest.mark.parametrize("name", MADE)
def test_what_is_unknown_or_missing_contradicts_nothing(name: str) -> None:
    """With any one answer left out, or answered "ved ikke", no message speaks of what nobody has said."""
    answers, facts, _ = MADE[name]
    for left_out in answers:
        rest = {point: form for point, form in answers.items() if point != left_out}
        for given in (values(rest), values(rest) | {left_out: Unknown()}):
            for finding in contradictions(HEARING, given, facts):
                assert "ved ikke" not in finding.meaning or finding.id == "unknown_answer"
                assert "ikke besvaret" not in finding.meaning
    everything_unknown: dict[str, Value] = dict.fromkeys(answers, Unknown())
    left = {finding.id for finding in contradictions(HEARING, everything_unknown, facts)}
    assert left <= {"unknown_answer", "brev_foer_henvendelse"}


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 0, 1), "Én borger med mere støtte, ingen med mindre og én med uændret støtte giver 2 sager."),
        ((0, 1, 0), "Ingen borgere med mere støtte, én med mindre og ingen med uændret støtte giver én sag."),
        ((0, 0, 0), "med uændret støtte giver ingen sager."),
        (
            (2, 3, 4),
            "2 borgere med mere støtte, 3 borgere med mindre og 4 borgere med uændret støtte giver 9 sager.",
        ),
    ],
)
def test_one_many_and_none_are_said_as_danes_say_them(counts: tuple[int, int, int], words: str) -> None:
    """A one has its article, a none its word."""
    names = ("stoette_oeget", "stoette_reduceret", "stoette_uaendret")
    answers = {"sager_behandlet": 30} | dict(zip(names, counts, strict=True))
    assert words in found(answers)["sager_udfald"].meaning


@pytest.mark.parametrize(
    ("answers", "facts", "silent"),
    [
        ({"sager_udvalgt": 24, "sager_behandlet": 22, "sager_ikke_startet": 2}, NO_DATES, "sager_sum"),
        (
            RESULT | {"beloeb_forventet": 40_000, "besparelse_budgetteret": 400_000},
            NO_DATES,
            "honorar_og_besparelse",
        ),
        (RESULT, contract("savings_share", percent="10"), "anden_procent_i_kontrakt"),
        (RESULT, contract("savings_share"), "anden_procent_i_kontrakt"),
        (
            {"moede_deltagelse": False, "arbejdsmetode": "Konsulenten har ikke deltaget i møder."},
            NO_DATES,
            "moede_i_beskrivelsen",
        ),
        (
            {"faglige_vurderinger": False, "opgaver": "Kommunen vurderede selv borgernes behov."},
            NO_DATES,
            "vurdering_i_beskrivelsen",
        ),
        (
            {"arbejdsmetode": "Firmaet havde adgang til fagsystemet."},
            contract("case_system_access"),
            "adgang_i_kontrakten",
        ),
        ({"kontrakt_indgaaet": "2019-07-01"}, DATES, "kontrakt_efter_henvendelse"),
    ],
)
def test_what_fits_together_is_not_warned_of(answers: dict[str, Any], facts: Facts, silent: str) -> None:
    """Sums that add up, a contract that says the same, and denials bring no finding."""
    assert silent not in found(answers, facts)
