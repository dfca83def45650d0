"""Findings of a document with the words around their quotes, and its pages cut where quotes begin and end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.contracts.document import Document
from knowledge.findings import Finding
from knowledge.passages import passage


@dataclass(frozen=True)
class Stretch:
    """A stretch of a page that the same quotes cover; `quoted_by` are their findings' keys, none for most."""

    text: str
    quoted_by: tuple[str, ...] = ()


def with_passages(document: Document, findings: Iterable[Finding]) -> list[Finding]:
    """The findings, each quote of a page with what stands before and after it."""
    return [_with_passage(document, finding) for finding in findings]


def _with_passage(document: Document, finding: Finding) -> Finding:
    about = finding.about
    if about.page is None or about.start is None or about.end is None or not about.quote:
        return finding
    found = passage(document.pages[about.page - 1], about.start, about.end)
    placed = about.model_copy(update={"before": found.before, "after": found.after})
    return finding.model_copy(update={"about": placed})


def stretches(page: str, number: int, findings: Sequence[Finding]) -> list[Stretch]:
    """The page of this number, cut where quotes of these findings begin and end; nothing is left out."""
    quotes = [
        (one.about.start, one.about.end, one.key)
        for one in findings
        if one.about.page == number and one.about.start is not None and one.about.end is not None
    ]
    cuts = sorted({0, len(page), *(start for start, _, _ in quotes), *(end for _, end, _ in quotes)})
    return [
        Stretch(page[start:end], tuple(key for first, last, key in quotes if first <= start and end <= last))
        for start, end in pairwise(cuts)
        if start < end <= len(page)
    ]
