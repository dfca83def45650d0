"""Typst as it makes all our PDFs: fonts of our own, archivable and accessible, the same bytes each time."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from knowledge.letters.glyphs import FONTS

_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]

#: A compiler keeps its fonts and its reading of the template between files, and serves one at a time.
_compiling = Lock()


def typeset(template: Path, data: dict[str, Any], day: date) -> bytes:
    """The PDF that the template makes of `data`, which it finds as `sys.inputs.data`; `day` is its date."""
    made_at = datetime.combine(day, time(), UTC)
    given = {"data": json.dumps(data, ensure_ascii=False)}
    with _compiling:
        made = _compiler(template).compile(
            sys_inputs=given, format="pdf", pdf_standards=_STANDARDS, timestamp=made_at
        )
    if not isinstance(made, bytes):
        raise TypeError("the PDF compiler gave no single file")
    return made


@cache
def _compiler(template: Path) -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(template, root=template.parent, font_paths=fonts, ignore_system_fonts=True)
