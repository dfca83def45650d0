"""Runs in a process of its own: makes strangers' files into stamped PDF pages, and joins PDFs into one.

Started by `bundle` as a script held to limits, with nothing of the project imported, so that a hostile file
meets as little as possible. Usage: bundle_child.py JOB, a JSON object; the data is standard input. Writes a
line of JSON, `{"pages": how many}` or `{"fault": NAME}`, and after it the PDF.
"""

from __future__ import annotations

import contextlib
import json
import sys
from io import BytesIO
from typing import Any

import pikepdf

#: More pages than this are not put into the reply's PDF.
MAX_PAGES = 2_000

#: The stamp: its least size in points, its share of the page's width, and its distance from the corner.
_STAMP_SIZE, _STAMP_SHARE, _STAMP_MARGIN = 9.0, 1 / 66, 12.0
#: How wide a letter of the stamp is, of its size; Helvetica's figures are the widest that occur often.
_LETTER_WIDTH = 0.56

_PICTURE = """
#set document(title: sys.inputs.title)
#set text(lang: "da")
#set page(paper: "a4", margin: (x: 1.5cm, top: 2cm, bottom: 1.5cm))
#image("/0", format: sys.inputs.format, width: 100%, height: 100%, fit: "contain", alt: sys.inputs.title)
"""
_TEXT = """
#set document(title: sys.inputs.title)
#set text(lang: "da", font: ("Liberation Sans", "DejaVu Sans", "Noto Emoji"), size: 10pt, hyphenate: false)
#set page(paper: "a4", margin: (x: 2cm, top: 2.2cm, bottom: 2cm))
#sys.inputs.text.split("\\n").join(linebreak())
"""


class Fault(Exception):
    """Why a file does not become pages; the message is one of the bundle's reasons."""


def stamped(pdf: pikepdf.Pdf, stamp: str) -> pikepdf.Pdf:
    """The pages with the stamp at their upper right corner, and nothing in them that runs."""
    if not 0 < len(pdf.pages) <= MAX_PAGES:
        raise Fault("too_many_pages" if len(pdf.pages) else "damaged")
    # What was filled in, signed or remarked stays to be seen, but is no longer a form.
    with contextlib.suppress(pikepdf.PdfError, RuntimeError):
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")
    made = pikepdf.Pdf.new()
    made.pages.extend(pdf.pages)
    font = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    for number, page in enumerate(made.pages, start=1):
        for key in ("/AA", "/Annots", "/StructParents", "/Metadata"):
            if key in page:
                del page[key]
        name = page.add_resource(font, pikepdf.Name.Font)
        words = stamp.format(page=number, pages=len(made.pages))
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(b"\nQ\n" + _stamp(page, str(name), words))
    return made


def _stamp(page: pikepdf.Page, font: str, words: str) -> bytes:
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    width, height = right - left, top - bottom
    turned = _rotation(page)
    across = height if turned in {90, 270} else width
    upright = width if turned in {90, 270} else height
    corner = {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, right, bottom),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }[turned]
    size = max(_STAMP_SIZE, across * _STAMP_SHARE)
    box = len(words) * size * _LETTER_WIDTH + size
    x = across - box - _STAMP_MARGIN * size / _STAMP_SIZE
    y = upright - 1.6 * size - _STAMP_MARGIN * size / _STAMP_SIZE
    text = words.encode("cp1252", "replace")
    for mark in (b"\\", b"(", b")"):
        text = text.replace(mark, b"\\" + mark)
    drawn = (
        f"q {' '.join(f'{number:.3f}' for number in corner)} cm 1 g 0.4 G 0.5 w "
        f"{x:.2f} {y:.2f} {box:.2f} {1.6 * size:.2f} re B 0 g "
        f"BT {font} {size:.2f} Tf {x + size / 2:.2f} {y + size / 2:.2f} Td ("
    )
    return drawn.encode() + text + b") Tj ET Q\n"


def _rotation(page: pikepdf.Page) -> int:
    """How far the page is shown turned; it may stand above the page in the tree, at most so far up."""
    node: Any = page.obj
    for _ in range(50):
        if "/Rotate" in node:
            turned = int(node["/Rotate"]) % 360
            return turned if turned % 90 == 0 else 0
        if "/Parent" not in node:
            return 0
        node = node["/Parent"]
    return 0


def _opened(data: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError:
        raise Fault("encrypted") from None


def _typeset(source: str, job: dict[str, Any], **inputs: str) -> bytes:
    import typst  # noqa: PLC0415 - only pictures and text need it

    try:
        made = typst.compile(
            source.encode(),
            root="/proc/self/fd",
            font_paths=[job["fonts"]],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"title": job["title"], **inputs},
        )
    except typst.TypstError:
        raise Fault("damaged") from None
    return bytes(made)


def enclosure(job: dict[str, Any]) -> tuple[int, bytes]:
    """One enclosure as stamped pages; `kind` says what the data is."""
    if job["kind"] == "picture":
        data = _typeset(_PICTURE, job, format=job["format"])
    elif job["kind"] == "text":
        data = _typeset(_TEXT, job, text=sys.stdin.buffer.read().decode())
    else:
        data = sys.stdin.buffer.read()
    pages = stamped(_opened(data), job["stamp"])
    return len(pages.pages), _saved(pages)


def joined(job: dict[str, Any]) -> tuple[int, bytes]:
    """The PDFs, whose `lengths` are given, after each other, with their `titles` as bookmarks."""
    made = pikepdf.Pdf.new()
    starts = []
    for length in job["lengths"]:
        starts.append(len(made.pages))
        made.pages.extend(pikepdf.open(BytesIO(sys.stdin.buffer.read(length))).pages)
    for page in made.pages:
        if "/StructParents" in page:
            del page["/StructParents"]
    with made.open_outline() as outline:
        for title, start in zip(job["titles"], starts, strict=True):
            outline.root.append(pikepdf.OutlineItem(title, start))
    made.Root.Lang = pikepdf.String("da")
    made.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    made.docinfo["/Title"] = job["title"]
    return len(made.pages), _saved(made)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def main() -> None:
    """Do the job named on the command line."""
    job = json.loads(sys.argv[1])
    data = b""
    try:
        pages, data = joined(job) if job["job"] == "join" else enclosure(job)
        answer: dict[str, Any] = {"pages": pages}
    except Fault as fault:
        answer = {"fault": str(fault)}
    except MemoryError:
        answer = {"fault": "too_heavy"}
    except Exception:
        answer = {"fault": "damaged"}
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.write(data)


if __name__ == "__main__":
    main()
