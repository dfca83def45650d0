"""A contract's findings as PDF to take to a meeting: archivable and accessible, as the letter is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.contracts import wording
from knowledge.findings import Finding, Severity, Tier, by_severity
from knowledge.letters import texts
from knowledge.letters.glyphs import shown
from knowledge.letters.typesetting import typeset
from knowledge.letters.wording import day
from knowledge.text import clean

_TEMPLATE = Path(__file__).with_name("report.typ")


def report_pdf(name: str, findings: Sequence[Finding], *, pages: int, today: date) -> bytes:
    """The report of the file called `name`, of so many `pages`; the same bytes for the same findings.

    Grouped by severity; each finding with its place, quote, meaning, advice and sources.
    """
    return typeset(_TEMPLATE, _report(name, list(findings), pages, today), today)


def _report(name: str, findings: list[Finding], pages: int, today: date) -> dict[str, Any]:
    ordered = by_severity(findings)
    groups = [
        {
            "severity": severity.value,
            "title": wording.REPORT_GROUPS[severity],
            "findings": [_finding(each) for each in ordered if each.severity is severity],
        }
        for severity in Severity
        if any(each.severity is severity for each in ordered)
    ]
    warnings = sum(each.tier is Tier.WARNING for each in ordered)
    counts = {"warnings": warnings, "questions": len(ordered) - warnings}
    return {
        "name": _text(name),
        "title": _text(wording.REPORT_TITLE.format(name=name)),
        "about": wording.REPORT_ABOUT[pages > 1].format(date=day(today), pages=pages),
        "summary": wording.REPORT_SUMMARY.format(**counts) if ordered else wording.NOTHING_FOUND,
        "groups": groups,
        "ending": wording.REPORT_ENDING,
        "advice": f"{wording.ADVICE}:",
        "sources": f"{wording.SOURCES}:",
        "page": texts.PAGE,
        "page_of": texts.PAGE_OF,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    tier = wording.WARNING if finding.tier is Tier.WARNING else wording.QUESTION
    place = wording.PAGE.format(page=finding.about.page) if finding.about.page else wording.WHOLE_DOCUMENT
    quote = " ".join(finding.about.quote.split())
    return {
        "title": _text(finding.title),
        "place": f"{tier}, {place}",
        "before": _text(finding.about.before),
        "quote": _text(f"»{quote}«") if quote else "",
        "after": _text(finding.about.after),
        "meaning": _text(finding.meaning),
        "advice": _text(finding.advice),
        "sources": [{"title": _text(each.title), "url": each.url or ""} for each in finding.sources],
    }


def _text(text: str) -> str:
    return shown(clean(text))
