"""What documents say as wholes: what a contract lacks, and where two of them do not fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.contracts import wording
from knowledge.contracts.catalogue import catalogue
from knowledge.contracts.document import Document
from knowledge.contracts.parties import Place, parties
from knowledge.contracts.periods import period
from knowledge.contracts.reader import DPA_FAULT, document_findings
from knowledge.findings import About, Finding, Kind, Tier
from knowledge.letters.wording import day

#: The risk that the lack of a data-processing agreement is.
NO_DPA = "no_dpa"
#: From how alike, of 100, two firms' names are the same name.
SAME_NAME = 85


def findings(documents: Sequence[Document]) -> list[list[Finding]]:
    """For each document what to warn or ask about, read together with the others of its case.

    Where two disagree, the data-processing agreement has the finding, and its meaning quotes the contract. A
    contract lacks no data-processing agreement that is among the documents.
    """
    contracts = [each for each in documents if not each.is_dpa]
    has_dpa = len(contracts) < len(documents)
    found = []
    for document in documents:
        own = document_findings(document)
        if has_dpa and not document.is_dpa:
            own = [each for each in own if each.id != NO_DPA or each.about.quote]
        if document.is_dpa and (contract := _contract_of(document, contracts)):
            own += disagreements(document, contract)
        found.append(own)
    return found


def disagreements(dpa: Document, contract: Document) -> list[Finding]:
    """Where a data-processing agreement and its contract do not fit together: period and parties."""
    return [*_periods(dpa, contract), *_parties(dpa, contract)]


def _contract_of(dpa: Document, contracts: Sequence[Document]) -> Document | None:
    """The contract that an agreement belongs to: the only one, or the only one with the same firm."""
    if len(contracts) == 1:
        return contracts[0]
    own = {number for number, _ in parties(dpa).cvr_numbers}
    same = [each for each in contracts if own and own == {number for number, _ in parties(each).cvr_numbers}]
    return same[0] if len(same) == 1 else None


def _periods(dpa: Document, contract: Document) -> Iterator[Finding]:
    ours, theirs = period(dpa), period(contract)
    for what, own, other, sooner in (
        ("starts_later", ours.start, theirs.start, theirs.start),
        ("ends_earlier", ours.end, theirs.end, ours.end),
    ):
        if own and other and sooner and own.day != other.day and sooner.day == min(own.day, other.day):
            here, there = _Seen(dpa, own.place), _Seen(contract, other.place)
            yield _finding(here, there, what, Tier.WARNING, dpa=day(own.day), contract=day(other.day))


def _parties(dpa: Document, contract: Document) -> Iterator[Finding]:
    ours, theirs = parties(dpa), parties(contract)
    if ours.cvr_numbers and theirs.cvr_numbers:
        own, other = dict(ours.cvr_numbers), dict(theirs.cvr_numbers)
        # One number each may be one of either party.
        if not (own.keys() <= other.keys() or other.keys() <= own.keys()) and max(len(own), len(other)) > 1:
            odd, even = min(own.keys() - other.keys()), min(other.keys() - own.keys())
            yield _finding(_Seen(dpa, own[odd]), _Seen(contract, other[even]), "other_cvr", Tier.WARNING)
            return
    for what, one, another in (
        ("other_municipality", ours.municipality, theirs.municipality),
        ("other_firm", ours.firm, theirs.firm),
    ):
        if one and another and not _same(one, another):
            yield _finding(_Seen(dpa, one), _Seen(contract, another), what, Tier.QUESTION)


def _same(one: Place, other: Place) -> bool:
    first, second = (" ".join(each.quote.lower().split()).removesuffix("s") for each in (one, other))
    return fuzz.ratio(first, second) >= SAME_NAME


@dataclass(frozen=True)
class _Seen:
    document: Document
    place: Place


def _finding(here: _Seen, there: _Seen, what: str, tier: Tier, **facts: str) -> Finding:
    risk = catalogue().risks[DPA_FAULT]
    title, meaning = wording.DISAGREEMENTS[what]
    place, other = here.place, " ".join(there.place.quote.split())
    seen = wording.SEEN_THERE.format(name=there.document.name, page=there.place.page, quote=other)
    return Finding(
        id=DPA_FAULT,
        kind=Kind.CONTRACT_TERM,
        tier=tier,
        severity=risk.severity,
        about=About(
            file=here.document.name, page=place.page, quote=place.quote, start=place.start, end=place.end
        ),
        title=title,
        meaning=f"{meaning.format(**facts)} {seen}",
        advice=wording.COMPARE_ADVICE,
        sources=risk.grounds,
    )
