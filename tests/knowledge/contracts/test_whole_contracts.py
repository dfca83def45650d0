"""Whole contracts, written for this: one to the buyer's good, one to the supplier's."""

from pathlib import Path

import pytest

from knowledge.contracts.document import Document
from knowledge.contracts.reader import document_findings, read
from knowledge.findings import Finding, Tier

AGREEMENTS = Path(__file__).parent / "agreements"
#: The promise: at most one wrong warning per so many pages.
PAGES_A_WRONG_WARNING = 5
#: What we ask of questions besides: at most one wrong per so many pages.
PAGES_A_WRONG_QUESTION = 2

#: By page, what a careful reviewer would warn of in the supplier's contract.
SUPPLIERS_TERMS = {
    1: {"professional_assessment_by_paid_consultant", "citizen_contact_by_consultant", "decision_drafting"},
    2: {"authority_delegation", "case_system_access", "no_dpa", "confidentiality_missing_or_weak"},
    3: {
        "savings_share",
        "success_fee",
        "citizen_outcome_incentive",
        "uncapped_fee",
        "unilateral_price_change",
        "vat_unclear",
        "travel_rate_above_state",
    },
    4: {"subcontracting_unrestricted", "conflict_of_interest_takeover"},
    5: {"ip_restriction", "liability_exclusion", "exclusivity_or_lockin"},
    6: {"exclusivity_or_lockin", "auto_renewal", "termination_fee"},
}


def read_agreement(name: str) -> tuple[Document, list[Finding]]:
    """The contract, and what is found in it."""
    document = read(AGREEMENTS / name, name)
    return document, document_findings(document)


def test_a_buyers_contract_of_thirty_pages_is_left_nearly_alone() -> None:
    """It forbids and denies what the risks are about; hardly any of it is warned or asked about."""
    document, found = read_agreement("buyer_friendly.txt")
    assert len(document.pages) >= 30
    warnings = [each for each in found if each.tier is Tier.WARNING]
    assert len(warnings) <= len(document.pages) / PAGES_A_WRONG_WARNING
    assert len(found) - len(warnings) <= len(document.pages) / PAGES_A_WRONG_QUESTION


@pytest.mark.parametrize("page", sorted(SUPPLIERS_TERMS))
def test_a_suppliers_contract_is_seen_through(page: int) -> None:
    """Every term to its good is found where it stands, and hardly anything else is."""
    _, found = read_agreement("supplier_friendly.txt")
    said = {each.id for each in found if each.about.page == page}
    assert said >= SUPPLIERS_TERMS[page]
    warned = {each.id for each in found if each.about.page == page and each.tier is Tier.WARNING}
    assert len(warned - SUPPLIERS_TERMS[page]) == 0
