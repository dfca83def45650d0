"""Reads an uploaded contract, PDF, DOCX or plain text, and finds what to warn about in it.

The file is opened only in a child process with limits, so that a hostile one harms nothing: a 2 MB PDF
has been measured to take a reader to 3.1 GB without them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.contracts import child, lacks, wording
from knowledge.contracts.catalogue import catalogue
from knowledge.contracts.detector import detect
from knowledge.contracts.document import Document, tidy
from knowledge.contracts.pagecount import misfit
from knowledge.contracts.parties import parties, renamed
from knowledge.findings import About, Finding, Kind, Severity, Tier

__all__ = ["Document", "UnreadableFile", "document_findings", "read"]

#: The largest file read, in bytes (Telegram hands bots files up to 20 MB).
MAX_FILE = 25 * 1024 * 1024
#: The address space of the child process, in bytes.
MAX_MEMORY = 1024 * 1024 * 1024
#: The CPU time of the child process, in seconds.
MAX_CPU_SECONDS = 15
#: The time on the clock the child process may take, in seconds.
MAX_WALL_SECONDS = 20

#: The risk that a fault in a data-processing agreement is.
DPA_FAULT = "dpa_inconsistent"

_EXTRACTOR = Path(__file__).with_name("extract.py")
_PARAGRAPH = re.compile(r"§{1,2}\s?\d+[a-z]?(?:\s?-\s?\d+)?")
_STARTS = {".pdf": b"%PDF-", ".docx": b"PK\x03\x04"}


class UnreadableFile(Exception):
    """A file that cannot be read; the message says in Danish what to do, `reason` is its key.

    `pages` is how many pages a scan has; 0 for the others.
    """

    def __init__(self, reason: str, name: str, pages: int = 0) -> None:
        self.reason, self.pages = reason, pages
        super().__init__(wording.UNREADABLE[reason].format(name=name, limit=MAX_FILE // 1024 // 1024))


def read(path: Path, name: str) -> Document:
    """The text of the file at `path`; `name` is what the person called it.

    Blocks for up to `MAX_WALL_SECONDS`; call it in a thread from asynchronous code.

    Raises:
        UnreadableFile: missing, empty, too big, locked, damaged, a scan, or not what its name says.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError:
        raise UnreadableFile("missing", name) from None
    if size == 0:
        raise UnreadableFile("empty", name)
    if size > MAX_FILE:
        raise UnreadableFile("too_big", name)
    expected = _STARTS.get(Path(name).suffix.lower())
    answer = _extract(path, name)
    if (
        expected is not None
        and expected not in start
        and answer.get("fault") not in {"empty", "encrypted", "old_word"}
    ):
        raise UnreadableFile("mismatch", name)
    if "fault" in answer:
        raise UnreadableFile(str(answer["fault"]), name, answer.get("pages", 0))
    return Document(name, tuple(map(tidy, answer["pages"])), paged=answer["paged"])


def _extract(path: Path, name: str) -> dict[str, Any]:
    command = [sys.executable, "-I", str(_EXTRACTOR), str(path.absolute())]
    try:
        done = child.run(command, child.Limits(MAX_MEMORY, MAX_CPU_SECONDS, MAX_WALL_SECONDS))
    except child.TookTooLong:
        raise UnreadableFile("too_heavy", name) from None
    if done.code != 0:
        raise UnreadableFile("too_heavy" if done.code < 0 else "damaged", name)
    answer: dict[str, Any] = json.loads(done.output)
    return answer


def document_findings(document: Document) -> list[Finding]:
    """What to warn or ask about in the document: its terms page by page, then what concerns it as a whole.

    Severity counts all labels warned of in the document. A lack has no page and an empty quote.
    """
    known = parties(document).firm_called
    found = [
        finding
        for number, page in enumerate(document.pages, start=1)
        for finding in _on_page(document, number, page, known)
    ]
    if document.is_dpa:
        # That an agreement names its own last day is no fault of it.
        found = [finding for finding in found if finding.id != DPA_FAULT]
    else:
        found += lacks.findings(document.name, document.pages, {finding.id for finding in found})
    company = {finding.id for finding in found if finding.tier is Tier.WARNING}
    risks = catalogue().risks
    return [
        each.model_copy(update={"severity": risks[each.id].severity_among(company)})
        if each.id in risks
        else each
        for each in found
    ] + page_number_findings(document)


def _on_page(document: Document, number: int, page: str, firm: frozenset[str]) -> Iterator[Finding]:
    understood = renamed(page, firm)
    for finding in detect(understood.text, About(file=document.name, page=number)):
        about = finding.about
        if about.start is None or about.end is None:
            continue
        start, end = understood.origin(about.start), understood.origin(about.end)
        placed = about.model_copy(update={"quote": page[start:end], "start": start, "end": end})
        meaning = finding.meaning
        if number in document.scanned:
            meaning = f"{meaning} {_unconfirmed(page[start:end])}"
        yield finding.model_copy(update={"about": placed, "meaning": meaning})


def _unconfirmed(quote: str) -> str:
    references = dict.fromkeys(_PARAGRAPH.findall(quote))
    if not references:
        return wording.SCANNED
    named = ", ".join(" ".join(each.split()) for each in references)
    return f"{wording.SCANNED} {wording.PARAGRAPHS_UNCONFIRMED.format(references=named)}"


def page_number_findings(document: Document) -> list[Finding]:
    """A finding where the page numbers printed in the document do not fit together, else none."""
    found = misfit(document)
    if found is None:
        return []
    at = found.at.place
    if found.beside is None:
        meaning = wording.PAGES_MISSING.format(page=at.page, quote=at.quote)
    else:
        beside = found.beside.place
        meaning = wording.PAGES_DIFFER.format(
            page=at.page, quote=at.quote, other_page=beside.page, other_quote=beside.quote
        )
    risk = catalogue().risks[DPA_FAULT]
    return [
        Finding(
            id=DPA_FAULT if document.is_dpa else "page_numbers",
            kind=Kind.CONTRACT_TERM,
            severity=risk.severity if document.is_dpa else Severity.LOW,
            about=About(file=document.name, page=at.page, quote=at.quote, start=at.start, end=at.end),
            title=wording.PAGES_TITLE,
            meaning=meaning,
            advice=wording.PAGES_ADVICE,
            sources=risk.grounds if document.is_dpa else (),
        )
    ]
