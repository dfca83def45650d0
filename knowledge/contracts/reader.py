"""Reads an uploaded contract, PDF, DOCX or plain text, and finds what to warn about in it.

The file is opened only in a child process with limits, so that a hostile one harms nothing: a 2 MB PDF
has been measured to take a reader to 3.1 GB without them.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.contracts import lacks, wording
from knowledge.contracts.catalogue import catalogue
from knowledge.contracts.detector import detect
from knowledge.contracts.extract import MIN_LETTERS_ON_PAGE
from knowledge.findings import About, Finding, Tier

#: The largest file read, in bytes (Telegram hands bots files up to 20 MB).
MAX_FILE = 25 * 1024 * 1024
#: The address space of the child process, in bytes.
MAX_MEMORY = 1024 * 1024 * 1024
#: The CPU time of the child process, in seconds.
MAX_CPU_SECONDS = 15
#: The time on the clock the child process may take, in seconds.
MAX_WALL_SECONDS = 20

_EXTRACTOR = Path(__file__).with_name("extract.py")
_STARTS = {".pdf": b"%PDF-", ".docx": b"PK\x03\x04"}


class UnreadableFile(Exception):
    """A file that cannot be read; the message says in Danish what to do, `reason` is its key."""

    def __init__(self, reason: str, name: str) -> None:
        self.reason = reason
        super().__init__(wording.UNREADABLE[reason].format(name=name, limit=MAX_FILE // 1024 // 1024))


@dataclass(frozen=True)
class Document:
    """A file's text, page by page (a DOCX is split at its page breaks, plain text at form feeds)."""

    name: str
    pages: tuple[str, ...]

    @property
    def unread_pages(self) -> tuple[int, ...]:
        """The numbers, from 1, of pages with no text: scanned or blank, and not looked at by anyone yet."""
        return tuple(
            number
            for number, page in enumerate(self.pages, start=1)
            if sum(map(str.isalpha, page)) < MIN_LETTERS_ON_PAGE
        )


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
        raise UnreadableFile(str(answer["fault"]), name)
    return Document(name, tuple(_printable(page) for page in answer["pages"]))


def _extract(path: Path, name: str) -> dict[str, Any]:
    # -I: the child sees neither the current folder nor the user's own packages.
    command = [
        sys.executable,
        "-I",
        str(_EXTRACTOR),
        str(path.resolve()),
        str(MAX_MEMORY),
        str(MAX_CPU_SECONDS),
    ]
    with subprocess.Popen(  # noqa: S603 - our own script with a path as its argument
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            output, _ = child.communicate(timeout=MAX_WALL_SECONDS)
        except subprocess.TimeoutExpired:
            # The whole group: pdftotext is a child of the child.
            os.killpg(child.pid, signal.SIGKILL)
            raise UnreadableFile("too_heavy", name) from None
    if child.returncode != 0:
        raise UnreadableFile("too_heavy" if child.returncode < 0 else "damaged", name)
    answer: dict[str, Any] = json.loads(output)
    return answer


def _printable(page: str) -> str:
    """Without control characters and lone surrogates, which no letter or page on screen can show."""
    return "".join(
        mark if mark in "\n\t" or (mark >= " " and not "\ud800" <= mark <= "\udfff") else " " for mark in page
    )


def document_findings(document: Document) -> list[Finding]:
    """What to warn or ask about in the document: its terms page by page, then what it lacks as a whole.

    Severity counts all labels warned of in the document. A lack has no page and an empty quote.
    """
    found = [
        finding
        for number, page in enumerate(document.pages, start=1)
        for finding in detect(page, About(file=document.name, page=number))
    ]
    found += lacks.findings(document.name, document.pages, {finding.id for finding in found})
    company = {finding.id for finding in found if finding.tier is Tier.WARNING}
    risks = catalogue().risks
    return [each.model_copy(update={"severity": risks[each.id].severity_among(company)}) for each in found]
