"""Documents as wholes: page numbers, an agreement beside its contract, CPR numbers in files."""

import pytest

from knowledge.contracts.agreement import disagreements, findings
from knowledge.contracts.document import Document
from knowledge.contracts.personal import personal_data_findings, without_cpr
from knowledge.contracts.reader import document_findings
from knowledge.findings import Finding, Kind, Tier

CONTRACT = """Konsulentaftale
mellem Eksempel Kommune, CVR-nr. 11 22 33 44 (herefter »Kunden«),
og Lundager Rådgivning ApS, CVR-nr. 99 88 77 66.
Aftalen løber fra den 1. juli 2019 til og med den 31. december 2020.
"""
DPA = """Databehandleraftale
mellem Eksempel Kommune, CVR 11223344 (den dataansvarlige), og {firm} (databehandleren).
Aftalen træder i kraft den {start} og udløber den {end}.
"""
FIRM = "Lundager Rådgivning ApS, CVR 99887766"


def document(name: str, *pages: str) -> Document:
    """A PDF with these pages."""
    return Document(name, pages, paged=True)


def dpa(firm: str = FIRM, start: str = "1. juli 2019", end: str = "31-12-2020") -> Document:
    """A data-processing agreement."""
    return document("bilag2.pdf", DPA.format(firm=firm, start=start, end=end))


def checked(found: list[Finding], *documents: Document) -> list[Finding]:
    """The same, once every quote is seen to stand in its place."""
    named = {each.name: each for each in documents}
    for each in found:
        assert each.about.file is not None
        if each.about.quote:
            page = named[each.about.file].pages[(each.about.page or 0) - 1]
            assert page[each.about.start : each.about.end] == each.about.quote
    return found


CONTRACT_FILE = document("kontrakt.pdf", CONTRACT)


def test_an_agreement_that_fits_its_contract_gives_no_finding() -> None:
    """The same parties and the same period, however the numbers and dates are written."""
    assert disagreements(dpa(), CONTRACT_FILE) == []


@pytest.mark.parametrize(
    ("other", "title", "seen"),
    [
        (dpa(start="15. august 2019"), "senere dag", "til og med den 31. december 2020"),
        (dpa(end="30. juni 2020"), "udløber før", "til og med den 31. december 2020"),
        (dpa(firm="Bakke Consult A/S, CVR 55443322"), "andet CVR-nummer", "CVR-nr. 99 88 77 66"),
    ],
)
def test_an_agreement_that_does_not_fit_is_told_with_both_quotes(
    other: Document, title: str, seen: str
) -> None:
    """Period and parties are compared; the finding stands in the agreement and quotes the contract."""
    (found,) = checked(disagreements(other, CONTRACT_FILE), other)
    assert found.id == "dpa_inconsistent"
    assert title in found.title
    assert "»kontrakt.pdf«, side 1" in found.meaning
    assert seen in found.meaning


def test_another_firms_name_without_numbers_is_only_asked_about() -> None:
    """Names can be written in many ways, so the assistant asks."""
    other = Document("dba.txt", ("Databehandleraftale mellem Eksempel Kommune og Bakke Consult A/S",))
    contract = Document("k.txt", ("Kontrakt mellem Eksempel Kommune og Lundager Rådgivning ApS",))
    (found,) = checked(disagreements(other, contract), other)
    assert found.tier is Tier.QUESTION


def test_a_contract_lacks_no_agreement_that_is_enclosed() -> None:
    """The agreement beside it settles the lack."""
    body = "Konsulenten gennemgår borgersager for kunden og får betaling i kr. hver måned. " * 20
    contract = document("kontrakt.pdf", CONTRACT + body)
    alone, together = findings([contract])[0], findings([contract, dpa()])[0]
    assert "no_dpa" in {each.id for each in alone}
    assert "no_dpa" not in {each.id for each in together}


def test_of_several_contracts_an_agreement_is_laid_beside_that_of_its_firm() -> None:
    """Another firm's contract is no contradiction."""
    other = document("bakke.pdf", CONTRACT.replace("99 88 77 66", "55 44 33 22").replace("2020", "2025"))
    assert findings([other, CONTRACT_FILE, dpa()])[2] == []


@pytest.mark.parametrize(
    ("numbers", "page"),
    [
        (["Side 1 af 3", "Side 2 af 3", "Side 3 af 3"], None),
        (["Side 1 af 2", "Side 2 af 2", "Side 1 af 2", "Side 2 af 2"], None),
        (["Forside", "Side 2 af 3", "Side 3 af 3"], None),
        (["Side 1 af 3", "Side 2 af 3", "Underskrifter"], None),
        (["Side 1 af 7", "Side 2 af 7", "Underskrifter\nSide 9 af 9"], 3),
        (["Side 1 af 4", "Side 2 af 4", "Side 4 af 4"], 3),
        (["Side 1 af 4", "Side 2 af 4"], 2),
        (
            [
                "Se side 3 af 9 i den rapport, som konsulenten har skrevet for kommunen om støtten.",
                "Side 2 af 2",
            ],
            None,
        ),
    ],
)
def test_page_numbers_that_do_not_fit_are_told(numbers: list[str], page: int | None) -> None:
    """A signature page of another edition and missing pages are seen; enclosures that count anew are not."""
    agreement = document("databehandleraftale.pdf", *numbers)
    found = checked(document_findings(agreement), agreement)
    assert [(each.id, each.about.page) for each in found] == ([("dpa_inconsistent", page)] if page else [])


def test_cpr_numbers_in_a_file_are_counted_and_never_shown() -> None:
    """Count and pages are told; neither the finding nor a quote of a clause holds a number."""
    clause = "Konsulenten har login til kommunens fagsystem og slår borgeren 010203-1234 op."
    file = document("kontrakt.pdf", "Forside", clause, "010203-1234 og 040506 4321")
    (found,) = personal_data_findings(file)
    assert found.kind is Kind.PERSONAL_DATA
    assert "3 CPR-numre i filen (siderne 2 og 3)" in found.meaning
    blanked = without_cpr(file)
    told = [found, *checked(document_findings(blanked), blanked)]
    assert any("fagsystem" in each.about.quote for each in told)
    assert "0102" not in "".join(each.model_dump_json() for each in told)
    assert personal_data_findings(document("ren.pdf", "Journalnummer 27.00.00-K03-1-20")) == []


def test_a_citizens_name_in_a_file_is_asked_about_in_its_place() -> None:
    """A name after a word for a citizen is asked about; those who sign, and firms, are not."""
    clause = "Konsulenten gennemgår sagen for borgeren Hanne Qvist og to andre."
    signed = "For leverandøren\nNavn: Ida Falk\nTitel: direktør\nhr. Bent Krag\nLundager Rådgivning ApS"
    file = document("kontrakt.pdf", "Forside", clause, signed)
    (found,) = personal_data_findings(file)
    assert (found.tier, found.about.page, found.about.quote) == (Tier.QUESTION, 2, "Hanne Qvist")
    assert clause[found.about.start : found.about.end] == "Hanne Qvist"
    assert "(side 2)" in found.meaning
