"""A contract's findings for the command line, and labels for texts one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from knowledge.contracts import wording
from knowledge.contracts.detector import labels
from knowledge.contracts.reader import Document
from knowledge.findings import Finding, Tier, by_severity


class BadLine(ValueError):
    """A line that is no labelled text; the message says which, in Danish."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(wording.BAD_LINE.format(line=line))


def label_lines(lines: Iterable[str]) -> Iterator[str]:
    """For each line `{"id", "text"}` a line `{"id", "risks": [...], "maybe": [...]}`; blank ones are skipped.

    Raises:
        BadLine: a line is not such an object.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            identity, text = asked["id"], asked["text"]
        except (ValueError, KeyError, TypeError):
            raise BadLine(number) from None
        if not isinstance(text, str):
            raise BadLine(number)
        found = labels(text)
        yield json.dumps({"id": identity, "risks": found.risks, "maybe": found.maybe}, ensure_ascii=False)


def as_json(findings: Iterable[Finding]) -> str:
    """The findings as a JSON list, in the shape every part uses."""
    return json.dumps([finding.model_dump(mode="json") for finding in findings], ensure_ascii=False, indent=2)


def as_text(document: Document, findings: list[Finding]) -> str:
    """The findings for a person to read, the most severe first."""
    parts = [_one(finding) for finding in by_severity(findings)] or [wording.NOTHING_FOUND]
    if document.unread_pages:
        parts.append(wording.UNREAD_PAGES.format(pages=", ".join(map(str, document.unread_pages))))
    return "\n\n".join([document.name, *parts]) + "\n"


def _one(finding: Finding) -> str:
    tier = wording.WARNING if finding.tier is Tier.WARNING else wording.QUESTION
    place = wording.PAGE.format(page=finding.about.page) if finding.about.page else wording.WHOLE_DOCUMENT
    lines = [f"{tier} ({wording.SEVERITIES[finding.severity]}), {place}: {finding.title}"]
    if finding.about.quote:
        lines.append(f"  »{' '.join(finding.about.quote.split())}«")
    lines.append(f"  {finding.meaning}")
    lines.append(f"  {wording.ADVICE}: {finding.advice}")
    if finding.sources:
        lines.append(f"  {wording.SOURCES}: {'; '.join(each.title for each in finding.sources)}")
    return "\n".join(lines)
