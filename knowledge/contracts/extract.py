"""Runs in a process of its own: takes the text out of one file and writes it as JSON to standard output.

Started by `reader` as a script, with nothing of the project imported, so that a hostile file meets as
little as possible. Usage: extract.py FILE. Writes
`{"pages": [...], "paged": whether they are the paper's}` or `{"fault": NAME, "pages": how many a scan has}`.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: More text than this, in characters, is no contract.
MAX_TEXT = 5_000_000
#: More pages than this are no contract either.
MAX_PAGES = 2_000
#: A packed file that unpacks to more than this, in bytes, is a bomb.
MAX_UNPACKED = 120_000_000
#: A page with fewer letters than this has no text layer worth the name.
MIN_LETTERS_ON_PAGE = 12

_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"GIF8")
_MAX_CONTROL_SHARE = 0.02


class Fault(Exception):
    """Why a file gives no text; `reason` is one of the reader's messages, `pages` how many a scan has."""

    def __init__(self, reason: str, pages: int = 0) -> None:
        self.reason, self.pages = reason, pages
        super().__init__(reason)


def pages(file: Path) -> list[str]:
    """The text of each page.

    Raises:
        Fault: the file has no text that can be read.
    """
    data = file.read_bytes()
    if not data.strip(b"\x00 \r\n\t"):
        raise Fault("empty")
    if b"%PDF-" in data[:1024]:
        return _pdf(file)
    if data.startswith(b"PK\x03\x04"):
        return _docx(file)
    if data.startswith(_OLD_OFFICE):
        raise Fault("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_word")
    if data.startswith(_IMAGES):
        raise Fault("scan", pages=1)
    if data.startswith(b"{\\rtf"):
        raise Fault("old_word")
    return _plain(data)


def _pdf(file: Path) -> list[str]:
    try:
        found = _pdftotext(file)
    except FileNotFoundError:
        found = _pdfminer(file)
    if not any(sum(map(str.isalpha, page)) >= MIN_LETTERS_ON_PAGE for page in found):
        raise Fault("scan", pages=len(found))
    return found


def _pdftotext(file: Path) -> list[str]:
    done = subprocess.run(  # noqa: S603 - fixed arguments
        ["pdftotext", "-q", "-enc", "UTF-8", "-l", str(MAX_PAGES), str(file.absolute()), "-"],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if done.returncode in {1, 3} and not done.stdout.strip():
        raise Fault("encrypted" if _is_encrypted(file) else "damaged")
    if done.returncode < 0:
        raise Fault("too_heavy")
    text = done.stdout.decode("utf-8", "replace")
    return text.removesuffix("\f").split("\f")


def _is_encrypted(file: Path) -> bool:
    return b"/Encrypt" in file.read_bytes()


def _pdfminer(file: Path) -> list[str]:
    from pdfminer.high_level import extract_pages  # noqa: PLC0415 - takes a fifth of a second; needed only here
    from pdfminer.layout import LTTextContainer  # noqa: PLC0415
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect  # noqa: PLC0415

    try:
        return [
            "\n".join(box.get_text() for box in page if isinstance(box, LTTextContainer))
            for page in extract_pages(file, maxpages=MAX_PAGES)
        ]
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise Fault("encrypted") from None
    except MemoryError:
        raise Fault("too_heavy") from None
    except Exception:
        raise Fault("damaged") from None


def _docx(file: Path) -> list[str]:
    import docx  # noqa: PLC0415 - needed only here

    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise Fault("too_heavy")
        if not any(part.filename == "word/document.xml" for part in parts):
            raise Fault("unknown")
        text = "\n\n".join(_blocks(docx.Document(str(file))))
    except Fault:
        raise
    except MemoryError:
        raise Fault("too_heavy") from None
    except Exception:
        raise Fault("damaged") from None
    if not text.strip():
        raise Fault("empty")
    return text.split("\f")


def _blocks(container: Any) -> Iterator[str]:
    """Paragraphs and table rows in the order they stand; a page break is a form feed."""
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            yield from _rows(block)
            continue
        bullet = "- " if block._p.pPr is not None and block._p.pPr.numPr is not None else ""
        is_list = bullet or (block.style is not None and block.style.name.startswith("List"))
        text = block.text
        if block.contains_page_break or "\f" in text:
            yield "\f"
        if text.strip():
            yield ("- " if is_list else "") + text.replace("\f", "")


def _rows(table: Any) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            text = " ".join(_blocks(cell)).replace("\f", "").strip()
            # A merged cell is given once for each column it spans.
            if text and text not in cells[-1:]:
                cells.append(text)
        if cells:
            yield " | ".join(cells)


def _plain(data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    odd = sum(1 for mark in text if (mark < " " and mark not in "\t\r\n\f\v") or mark == "\ufffd")
    if odd > len(text) * _MAX_CONTROL_SHARE:
        raise Fault("unknown")
    return text.split("\f")


def main() -> None:
    """Read the file named on the command line."""
    (path,) = sys.argv[1:]
    try:
        found = pages(Path(path))
        if sum(map(len, found)) > MAX_TEXT or len(found) > MAX_PAGES:
            raise Fault("too_heavy")
        with Path(path).open("rb") as file:
            answer: dict[str, Any] = {"pages": found, "paged": b"%PDF-" in file.read(1024)}
    except Fault as fault:
        answer = {"fault": fault.reason, "pages": fault.pages}
    except MemoryError:
        answer = {"fault": "too_heavy"}
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
