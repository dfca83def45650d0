"""CPR numbers in an uploaded file: told by count and page, and never carried further."""

from __future__ import annotations

from dataclasses import replace

from knowledge.checks import cpr
from knowledge.checks.folded import folded
from knowledge.contracts import wording
from knowledge.contracts.document import Document
from knowledge.findings import About, Finding, Kind, Severity
from knowledge.law.sources import source
from knowledge.letters.wording import series

#: Stands for each character of a CPR number, so that offsets stay.
BLANK = "█"


def personal_data_findings(document: Document) -> list[Finding]:
    """One finding where the file holds CPR numbers, else none; neither quote nor words hold the numbers.

    For files that are not citizens' case files: there the numbers belong.
    """
    counts = {number: len(_spans(page)) for number, page in enumerate(document.pages, start=1)}
    pages = [number for number, count in counts.items() if count]
    if not pages:
        return []
    count = sum(counts.values())
    places = wording.CPR_PAGES[len(pages) > 1].format(pages=series([str(page) for page in pages]))
    numbers = wording.CPR_COUNTED[count > 1]
    return [
        Finding(
            id="cpr_in_file",
            kind=Kind.PERSONAL_DATA,
            severity=Severity.HIGH,
            about=About(file=document.name, page=pages[0]),
            title=wording.CPR_TITLE,
            meaning=wording.CPR_MEANING.format(count=count, numbers=numbers, places=places),
            advice=wording.CPR_ADVICE,
            sources=(source("databeskyttelsesloven_11"),),
        )
    ]


def without_cpr(document: Document) -> Document:
    """The document with its CPR numbers blanked, so that no quote holds one; every offset stays."""
    return replace(document, pages=tuple(map(_blanked, document.pages)))


def _blanked(page: str) -> str:
    for start, end in _spans(page):
        page = page[:start] + BLANK * (end - start) + page[end:]
    return page


def _spans(page: str) -> list[tuple[int, int]]:
    plain = folded(page)
    found: list[tuple[int, int]] = []
    for start, end in sorted(cpr.spans(plain.text)):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return [plain.span(start, end) for start, end in found]
