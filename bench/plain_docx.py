"""python-docx alone writing lines in its stock styles; `python -m bench.plain_docx FILE` is a cold one."""

from __future__ import annotations

import pickle
import sys
from io import BytesIO
from pathlib import Path

from docx import Document

#: A stock style's name (empty: the plain one), and the paragraph's words.
Line = tuple[str, str]


def plain(lines: list[Line]) -> bytes:
    """The document's bytes."""
    document = Document()
    for style, text in lines:
        # a style's name is looked up anew each time, so plain paragraphs are spared it
        document.add_paragraph(text, style=style or None)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


if __name__ == "__main__":
    plain(pickle.loads(Path(sys.argv[1]).read_bytes()))  # noqa: S301 - the measurement's own file
