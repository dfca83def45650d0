"""The shipped hearing's answers and contracts lead to the rows, also where the words go round them."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.contracts.document import Document
from knowledge.contracts.reader import document_findings
from knowledge.findings import Finding, Tier
from knowledge.hearings.conditions import Facts
from knowledge.hearings.load import definition
from knowledge.hearings.shortforms import value_of
from knowledge.law.legal_test import legal_findings

HEARING = definition("ankestyrelsen-konsulenter-2020")
PREPARES, ON_TERMS, NO_PREPARING = (
    "resultatbetalt_sagsforberedelse",
    "sagsforberedelse_paa_betingelser",
    "resultatbetaling_uden_sagsforberedelse",
)
PREPARED = {"sagsforberedelse": True}
NOTHING_PREPARED = {"sagsforberedelse": False, "faglige_vurderinger": False, "udkast_afgoerelser": False}


def found(answers: dict[str, Any], contract: str = "") -> dict[str, Finding]:
    """The rows that the answers, and a contract of these words, lead to."""
    given = {name: value_of(form, HEARING.question(name)) for name, form in answers.items()}
    terms = {one.id for one in document_findings(Document("k.txt", (contract,))) if one.tier is Tier.WARNING}
    facts = Facts(frozenset(terms), contracts_read=True) if contract else Facts()
    return {finding.id: finding for finding in legal_findings(HEARING, given, facts)}


def no(note: str) -> dict[str, Any]:
    """A no to payment by result, with a remark."""
    return {"no_cure_no_pay": {"yes": False, "note": note}}


@pytest.mark.parametrize(
    "pay",
    [
        {"no_cure_no_pay": True},
        {"no_cure_no_pay": {"yes": True, "note": "Kun for delopgave 2. Delopgave 1 er til fast pris."}},
        no("Timerne faktureres kun, hvis der er en besparelse."),
        no("Firmaet får først betaling, når der er opnået en lavere takst."),
        no("Timepris, som dog højst kan blive den besparelse, firmaet finder."),
        no("Fast pris for kurset, men 10 % af besparelsen ved forhandlingerne."),
        {"no_cure_no_pay": True, "beloeb_betalt": {"none": "Der er ikke betalt noget."}},
        {"no_cure_no_pay": True, "nye_afgoerelser_i_fem": 0},
    ],
)
def test_payment_by_result_is_seen_however_it_is_put(pay: dict[str, Any]) -> None:
    """Hours billed only with a saving, a part of a mixed fee, nothing paid, no decision yet: row one."""
    finding = found(PREPARED | pay)[PREPARES]
    assert finding.tier is Tier.WARNING
    assert "at betalingen helt eller delvis afhænger af et resultat" in finding.meaning
    assert "Det ville ændre billedet, hvis" in finding.advice


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Firmaet er betalt pr. time.",
        "Timerne betales, uanset om der er en besparelse.",
        "Betalingen afhænger ikke kun af, om der er en besparelse, men slet ikke.",
        "Kun undervisning, hvis der var behov for det.",
    ],
)
def test_a_plain_no_stays_a_no(note: str) -> None:
    """Hours and fixed prices that no saving decides lead to the four conditions."""
    assert list(found(PREPARED | no(note))) == [ON_TERMS, "ingen_databehandleraftale"]


@pytest.mark.parametrize(
    ("answers", "excuse"),
    [
        ({"beloeb_betalt": {"none": "Opgaven stoppede."}}, "at der ikke er betalt noget"),
        ({"nye_afgoerelser_i_fem": 0}, "at der endnu ikke er truffet nye afgørelser"),
        ({"stoette_oeget": 2}, "at en ændring var til borgerens fordel"),
        ({"opgaver": "Firmaet skulle forhandle takster med tilbuddene."}, "at formålet var en lavere pris"),
        ({"betalingskriterier": "Del 1 er til fast pris."}, "at en anden del af betalingen er fast"),
    ],
)
def test_what_did_not_help_others_is_told_where_it_is_said(answers: dict[str, Any], excuse: str) -> None:
    """The row stands, and the finding says that this changes nothing, and what it does not know."""
    finding = found(PREPARED | {"no_cure_no_pay": True} | answers)[PREPARES]
    assert excuse in finding.advice
    assert "Ankestyrelsens egne begrundelser i de sager er ikke læst" in finding.advice


def test_the_contract_alone_leads_to_a_row_and_is_named() -> None:
    """Where the answers deny what the contract says, the finding tells that it is the contract's word."""
    contract = (
        "Konsulenten udarbejder udkast til afgørelser i de gennemgåede sager. "
        "Konsulentens timer faktureres kun, hvis der er opnået en besparelse."
    )
    finding = found(NOTHING_PREPARED | no(""), contract)[PREPARES]
    assert finding.tier is Tier.WARNING
    assert finding.meaning.count("(sådan kan kontrakten læses)") == 2


def test_where_the_sources_are_silent_a_jurist_is_asked() -> None:
    """Which tasks go free no source says: the finding says so."""
    finding = found(NOTHING_PREPARED | {"no_cure_no_pay": True})[NO_PREPARING]
    assert "Kilderne siger ikke præcist" in finding.advice
    assert "Spørg en jurist" in finding.advice


def test_a_course_at_a_fixed_price_is_left_alone() -> None:
    """Neither preparing decisions nor paid by result: nothing is said."""
    assert found(NOTHING_PREPARED | no("Fast pris.")) == {}


def test_what_nobody_has_answered_is_asked_not_judged() -> None:
    """With the payment unknown the finding is a question that names what is missing."""
    finding = found(PREPARED | {"no_cure_no_pay": {"unknown": "Kontrakten er ikke fundet."}})[PREPARES]
    assert finding.tier is Tier.QUESTION
    assert "Det er ikke afklaret, om en del af betalingen afhænger" in finding.meaning
