"""Reads scanned pages: pdftoppm draws them, tesseract reads them in Danish, each in a child with limits.

A page takes seconds, so this is work for the background: call `recognise` in a thread.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import IO

from knowledge.contracts import child
from knowledge.contracts.damage import mended
from knowledge.contracts.document import Document, letters, tidy
from knowledge.contracts.extract import MIN_LETTERS_ON_PAGE
from knowledge.contracts.reader import UnreadableFile, read

#: The most pages of one file that are recognised; the rest stays unread and is named as such.
MAX_PAGES = 150
#: The time on the clock for one page, and for a whole file, in seconds.
MAX_PAGE_SECONDS = 60
MAX_FILE_SECONDS = 1200
#: The address space of either program, in bytes.
MAX_MEMORY = 1024 * 1024 * 1024
#: A page is drawn with this many pixels on its longer side: 260 dots per inch of A4.
LONGER_SIDE = 3000
#: Answering people comes before recognising pages.
NICENESS = 10

#: Is told which page is being read, from 1, and how many there are in the file.
Progress = Callable[[int, int], None]

_LIMITS = child.Limits(MAX_MEMORY, MAX_PAGE_SECONDS, MAX_PAGE_SECONDS, NICENESS)
_LIST_LIMITS = child.Limits(MAX_MEMORY, 5, 5)
#: More threads make tesseract slower, not faster.
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}
_PDF = b"%PDF-"


def _unheard(page: int, pages: int) -> None:
    """Nobody wants to know how far it is."""
    del page, pages


def text_layer(path: Path, name: str) -> Document:
    """As `reader.read`, but a scan is a document whose pages have no text yet.

    Raises:
        UnreadableFile: for every other reason.
    """
    try:
        return read(path, name)
    except UnreadableFile as unreadable:
        if unreadable.reason != "scan":
            raise
        return Document(name, ("",) * unreadable.pages, paged=True)


def pages_to_recognise(document: Document) -> tuple[int, ...]:
    """The pages that may be pictures of text, from 1; none where the file has no drawn pages."""
    return document.unread_pages if document.paged else ()


def read_all(path: Path, name: str, progress: Progress = _unheard, stop: Event | None = None) -> Document:
    """The text of the file at `path`, scanned or not. See `text_layer` and `recognise`."""
    return recognise(path, text_layer(path, name), progress, stop)


def recognise(
    path: Path,
    document: Document,
    progress: Progress = _unheard,
    stop: Event | None = None,
) -> Document:
    """The document with the text of its scanned pages; pages that could not be read stay unread.

    Blocks for up to `MAX_FILE_SECONDS`.

    Raises:
        UnreadableFile: nothing could be read: tesseract or its Danish is not installed, or no page has text.
        child.Stopped: `stop` was set meanwhile.
    """
    waiting = pages_to_recognise(document)
    has_text = len(waiting) < len(document.pages)
    if not waiting:
        return document
    if not is_available():
        if has_text:
            return document
        raise UnreadableFile("no_recognition", document.name)
    read = _pages(path, waiting[:MAX_PAGES], len(document.pages), progress, stop)
    if not has_text and not any(letters(page) >= MIN_LETTERS_ON_PAGE for page in read.values()):
        raise UnreadableFile("illegible", document.name)
    pages = tuple(read.get(number, page) for number, page in enumerate(document.pages, start=1))
    return replace(document, pages=pages, scanned=document.scanned | read.keys())


def is_available() -> bool:
    """Whether what recognising takes is installed: tesseract, its Danish, and pdftoppm."""
    if shutil.which("tesseract") is None or shutil.which("pdftoppm") is None:
        return False
    return b"dan" in child.run(["tesseract", "--list-langs"], _LIST_LIMITS).output.split()


def _pages(
    path: Path, numbers: tuple[int, ...], in_all: int, progress: Progress, stop: Event | None
) -> dict[int, str]:
    until = time.monotonic() + MAX_FILE_SECONDS
    found: dict[int, str] = {}
    for number in numbers:
        if time.monotonic() > until:
            break
        progress(number, in_all)
        text = _page(path, number, stop)
        if text is not None:
            found[number] = text
    return found


def _page(path: Path, number: int, stop: Event | None) -> str | None:
    """The page's text, None where the page is too much for the limits or cannot be drawn."""
    # --psm 1: turned pages are set upright first.
    command = ["tesseract", "stdin", "stdout", "-l", "dan", "--psm", "1"]
    try:
        with _picture(path, number, stop) as picture:
            done = child.run(command, _LIMITS, given=picture, environment=_ENVIRONMENT, stop=stop)
    except child.TookTooLong:
        return None
    if done.code != 0:
        return None
    return mended(tidy(done.output.decode("utf-8", "replace").replace("\f", "\n").rstrip()))


def _picture(path: Path, number: int, stop: Event | None) -> IO[bytes]:
    """The page as an open picture file: a picture is its own only page; an empty file cannot be drawn."""
    # Unbuffered: the child takes over the file where the descriptor stands.
    file = path.open("rb", buffering=0)
    if _PDF not in file.read(1024):
        file.seek(0)
        return file
    file.close()
    only = ["-f", str(number), "-l", str(number), "-singlefile"]
    command = ["pdftoppm", "-q", "-gray", "-scale-to", str(LONGER_SIDE), *only, str(path.absolute())]
    drawn = child.run(command, _LIMITS, stop=stop)
    picture = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    picture.write(drawn.output)
    picture.seek(0)
    return picture
