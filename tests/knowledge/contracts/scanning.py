"""Scanned pages for tests: text set as a page, and the page taken as a picture."""

from __future__ import annotations

import os
import shutil
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
import typst

from knowledge.contracts import scans
from knowledge.letters.glyphs import FONTS

#: 200 dots per inch, as an office's scanner gives.
_SCALE = 200 / 72


def needs_recognition() -> None:
    """Skip where tesseract, its Danish or pdftoppm is missing; fail where CI could have installed them."""
    if scans.is_available():
        return
    if os.environ.get("CI") == "true" and shutil.which("apt-get") and os.geteuid() == 0:
        pytest.fail("tesseract-ocr, tesseract-ocr-dan or poppler-utils is missing: run `make scanner`.")
    pytest.skip("NOT TESTED: scans. Install tesseract-ocr, tesseract-ocr-dan and poppler-utils.")


def scanned(folder: Path, *pages: str, name: str = "scan.pdf", turned: int = 0) -> Path:
    """A PDF of pictures of these texts (typst markup), or one picture where the name says so."""
    source = folder / "scan.typ"
    setting = '#set text(font: "Liberation Sans", size: 11pt, lang: "da")\n'
    source.write_text(setting + "#pagebreak()\n".join(pages), "utf-8")
    drawn = pypdfium2.PdfDocument(BytesIO(typst.compile(source, font_paths=[FONTS])))
    pictures = [page.render(scale=_SCALE).to_pil().convert("L").rotate(turned, expand=True) for page in drawn]
    file = folder / name
    more = {"save_all": True, "append_images": pictures[1:]} if name.endswith(".pdf") else {}
    pictures[0].save(file, resolution=200, **more)
    return file
