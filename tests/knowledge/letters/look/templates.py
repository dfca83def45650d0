"""Word templates made for the tests, good ones to break."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as WordDocument

EXAMPLE = Path("deploy/profile/nordkaer.yaml")
PLACES = ("{{modtager}}", "{{dato}}", "J.nr.: {{journalnummer}}", "Jeres j.nr.: {{jeres_journalnummer}}")


def good() -> WordDocument:
    """A template with all that is required, places marked in its text."""
    document = Document()
    for text in PLACES:
        document.add_paragraph(text)
    document.add_heading("{{emne}}", 1)
    for text in ("{{brev}}", "{{underskrift}}", "{{bilag}}"):
        document.add_paragraph(text)
    return document


def written(folder: Path, document: WordDocument, name: str = "skabelon.docx") -> Path:
    """The document as a file."""
    document.save(str(folder / name))
    return folder / name


def repacked(path: Path, change: Callable[[str, bytes], bytes | None], **more: bytes) -> Path:
    """The file with each part changed (None: left out), and with more parts."""
    data = BytesIO()
    with ZipFile(path) as source, ZipFile(data, "w", ZIP_DEFLATED) as target:
        for part in source.namelist():
            changed = change(part, source.read(part))
            if changed is not None:
                target.writestr(part, changed)
        for part, content in more.items():
            target.writestr(part, content)
    path.write_bytes(data.getvalue())
    return path
