"""Personal data in an uploaded file: CPR numbers, never carried further, and what may be citizens' names."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.checks import cpr
from knowledge.checks.folded import folded
from knowledge.checks.names import names
from knowledge.contracts import wording
from knowledge.contracts.document import Document
from knowledge.findings import About, Finding, Kind, Severity, Tier
from knowledge.law.sources import source
from knowledge.letters.wording import series

#: Stands for each character of a CPR number, so that offsets stay.
BLANK = "█"
#: Before the name of whoever signs, or of a party's contact.
_FORM_FIELD = re.compile(r"(?:\bnavn|\bhr\.?|\bherr|\bfru)[ \t]*:?[ \t]*\Z", re.IGNORECASE)


def personal_data_findings(document: Document) -> list[Finding]:
    """One finding where the file holds CPR numbers, one where citizens may be named; neither holds a number.

    For files that are not citizens' case files: there both belong.
    """
    return [*_cpr_numbers(document), *_citizens(document)]


def _cpr_numbers(document: Document) -> list[Finding]:
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


def _citizens(document: Document) -> list[Finding]:
    """A question about names right after a word for a citizen, at the first of them."""
    named = [
        (number, *plain.span(name.start, name.end))
        for number, page in enumerate(document.pages, start=1)
        for plain in [folded(page)]
        for name in names(plain.text)
        if name.citizen and not _FORM_FIELD.search(plain.text, 0, name.start)
    ]
    if not named:
        return []
    first, start, end = named[0]
    pages = [str(number) for number in dict.fromkeys(number for number, _, _ in named)]
    places = wording.CPR_PAGES[len(pages) > 1].format(pages=series(pages))
    quote = document.pages[first - 1][start:end]
    return [
        Finding(
            id="citizen_in_file",
            kind=Kind.PERSONAL_DATA,
            tier=Tier.QUESTION,
            severity=Severity.MEDIUM,
            about=About(file=document.name, page=first, quote=quote, start=start, end=end),
            title=wording.CITIZEN_TITLE,
            meaning=wording.CITIZEN_MEANING.format(places=places),
            advice=wording.CITIZEN_ADVICE,
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
