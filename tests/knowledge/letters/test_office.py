"""The Word files, opened by another office program and made into PDF: the same words in the same order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document
from docx.oxml.ns import qn

from knowledge.hearings.model import Definition
from knowledge.hearings.values import Text, Value
from knowledge.letters.build import build
from knowledge.letters.docx import docx
from knowledge.letters.look.read_house import load_house
from knowledge.letters.model import Letter
from knowledge.letters.profile import LetterStyle, Profile
from tests.knowledge.letters.look.templates import EXAMPLE

OFFICE = shutil.which("soffice")
#: How long the office program may take for all files, in seconds.
PATIENCE = 120
#: How high the foot of a page reaches, in points.
FOOT = 60

pytestmark = pytest.mark.skipif(
    OFFICE is None and not os.environ.get("CI"),
    reason="LibreOffice is not here: no other program opens the Word files (make test installs it)",
)


def converted(folder: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """The text of each file's PDF, by the file's name; a file that could not be opened is left out."""
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    subprocess.run(
        [
            *(OFFICE or "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(folder / "pdf")),
            *(str(folder / f"{name}.docx") for name in files),
        ],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    made = {path.stem: path for path in (folder / "pdf").glob("*.pdf")}
    return {name: " ".join(_pages(made[name])) for name in files if name in made}


def _pages(path: Path) -> Iterator[str]:
    """The text of each page without its foot."""
    for page in pypdfium2.PdfDocument(path):
        yield page.get_textpage().get_text_bounded(bottom=FOOT)


def words(document_text: str) -> list[str]:
    """The words as they are compared: without what lists are numbered by and without the mark of a draft."""
    bare = re.sub(r"Bilag \d+:|UDKAST|[•\u200b\x02\ufffe-]", " ", document_text)
    return [word for word in bare.split() if not re.fullmatch(r"\d+\.", word)]


def docx_text(data: bytes) -> str:
    """The body's text in the order of the file."""
    body = Document(BytesIO(data)).element.body
    return "\n".join(_paragraph(one) for one in body.iter(qn("w:p")))


def _paragraph(paragraph: Any) -> str:
    parts = paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
    return "".join(part.text or " " for part in parts)


def damaged(data: bytes) -> bytes:
    """The file, cut short."""
    return data[: len(data) // 2]


def test_another_office_program_opens_the_letters_and_reads_the_same_words(
    definition: Definition, profile: Profile, answers: dict[str, Value], tmp_path: Path
) -> None:
    """Both styles, draft and final, plain and in a municipality's templates; a damaged file is noticed."""
    house = load_house(EXAMPLE)
    table = answers | {
        "opgaver": Text(text="Opgaver:\n1. daglig rengøring\n2. vinduer\n\nHus\tTimer\nA\t2\nB\t3")
    }
    letters: dict[str, Letter] = {}
    for style in LetterStyle:
        styled = profile.model_copy(update={"letter_style": style})
        for draft in (True, False):
            made = build(definition, styled, table, draft=draft, today=date(2020, 4, 1))
            letters[f"{style}-{draft}"] = made
            letters[f"{style}-{draft}-own"] = replace(made, look=house.look)
    letters["department"] = replace(letters["connected-False"], look=house.look_of("Social og Sundhed"))
    files = {name: docx(letter) for name, letter in letters.items()}
    lost = docx(replace(letters["connected-False"], closing="Noget helt andet."))
    found = converted(tmp_path, files | {"damaged": damaged(lost), "lost": lost})
    assert found.keys() == files.keys() | {"lost"}
    for name, data in files.items():
        assert words(found[name]) == words(docx_text(data)), name
    assert words(found["lost"]) != words(docx_text(files["connected-False"]))
