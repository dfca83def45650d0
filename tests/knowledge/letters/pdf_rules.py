"""Rules of PDF/A-2a and PDF/UA-1 that a machine can check, each by its name; ISO 19005-2 and ISO 14289-1.

`faults` names the rules that a file breaks. They are written apart from what makes the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf

Rule = Callable[[pikepdf.Pdf], bool]


def faults(made: bytes) -> list[str]:
    """The names of the rules that the file breaks."""
    with pikepdf.open(BytesIO(made)) as opened:
        return [name for name, holds in RULES.items() if not holds(opened)]


def elements(node: Any, above: str = "") -> Iterator[tuple[pikepdf.Dictionary, str]]:
    """The structure elements in reading order, each with the tag of the one it stands in."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child, above)
    elif isinstance(node, pikepdf.Dictionary):
        tag = above
        if "/S" in node:
            yield node, above
            tag = str(node.S)
        if "/K" in node:
            yield from elements(node.K, tag)


def _all(pdf: pikepdf.Pdf) -> list[tuple[pikepdf.Dictionary, str]]:
    root = pdf.Root.get("/StructTreeRoot")
    return list(elements(root)) if root is not None else []


def _tagged(pdf: pikepdf.Pdf, *tags: str) -> list[tuple[pikepdf.Dictionary, str]]:
    return [(one, above) for one, above in _all(pdf) if str(one.S) in tags]


def _children(element: pikepdf.Dictionary) -> list[str]:
    kids: Any = element.get("/K", [])
    found = kids if isinstance(kids, pikepdf.Array) else [kids]
    return [str(kid.S) for kid in found if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _metadata(name: str, value: str) -> Rule:
    def holds(pdf: pikepdf.Pdf) -> bool:
        with pdf.open_metadata() as metadata:
            return str(metadata.get(name, "")) == value

    return holds


def _has_title(pdf: pikepdf.Pdf) -> bool:
    with pdf.open_metadata() as metadata:
        shown = pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle", False)
        return bool(metadata.get("dc:title")) and bool(shown)


def _headings_in_steps(pdf: pikepdf.Pdf) -> bool:
    """The first is H1, and none skips a level on the way down."""
    levels = [int(str(one.S)[2:]) for one, _ in _tagged(pdf, *(f"/H{level}" for level in range(1, 7)))]
    return bool(levels) and all(
        level <= before + 1 for before, level in zip([0, *levels], levels, strict=False)
    )


def _lists_are_whole(pdf: pikepdf.Pdf) -> bool:
    items = _tagged(pdf, "/LI")
    lists = _tagged(pdf, "/L")
    return (
        bool(lists)
        and all(set(_children(one)) <= {"/LI", "/L", "/Caption"} for one, _ in lists)
        and all(above == "/L" and _children(one) == ["/Lbl", "/LBody"] for one, above in items)
    )


def _tables_have_headers(pdf: pikepdf.Pdf) -> bool:
    heads = _tagged(pdf, "/TH")
    return bool(heads) and all("Column" in str(one.get("/A", "")) for one, _ in heads)


def _rows_are_even(pdf: pikepdf.Pdf) -> bool:
    """Cells stand in rows, and all rows have as many."""
    cells = _tagged(pdf, "/TH", "/TD")
    rows = [len(_children(one)) for one, _ in _tagged(pdf, "/TR")]
    return all(above == "/TR" for _, above in cells) and len(set(rows)) == 1


def _pictures_are_described(pdf: pikepdf.Pdf) -> bool:
    return all(str(one.get("/Alt", "")) for one, _ in _tagged(pdf, "/Figure"))


def _links_are_described(pdf: pikepdf.Pdf) -> bool:
    """Each link annotation says where it leads, is in the structure, and is reached in that order."""
    links = [one for page in pdf.pages for one in page.get("/Annots", []) if one.Subtype == "/Link"]
    return (
        len(_tagged(pdf, "/Link")) > 0
        and all(str(one.get("/Contents", "")) and "/StructParent" in one for one in links)
        and all(page.get("/Tabs") == "/S" for page in pdf.pages if "/Annots" in page)
    )


def _all_is_tagged_or_decoration(pdf: pikepdf.Pdf) -> bool:
    """Every piece of text stands in marked content."""
    for page in pdf.pages:
        open_marks = 0
        for instruction in pikepdf.parse_content_stream(page):
            match str(instruction.operator):
                case "BDC" | "BMC":
                    open_marks += 1
                case "EMC":
                    open_marks -= 1
                case "Tj" | "TJ" if open_marks == 0:
                    return False
    return True


def _read_in_the_order_it_stands(pdf: pikepdf.Pdf) -> bool:
    """The structure leads through all content from first to last, and meets each piece once."""
    pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
    order = list(_marks(pdf.Root.get("/StructTreeRoot"), 0, pages))
    return bool(order) and order == sorted(set(order))


def _marks(node: Any, page: int | None, pages: dict[Any, int]) -> Iterator[tuple[int | None, int]]:
    if isinstance(node, int):
        yield page, node
    elif isinstance(node, pikepdf.Array):
        for child in node:
            yield from _marks(child, page, pages)
    elif isinstance(node, pikepdf.Dictionary):
        here = pages.get(node.Pg.objgen, page) if "/Pg" in node else page
        if node.get("/Type") == "/MCR":
            yield here, int(node.MCID)
        elif node.get("/Type") != "/OBJR":
            yield from _marks(node.get("/K", pikepdf.Array()), here, pages)


def _fonts_are_embedded(pdf: pikepdf.Pdf) -> bool:
    descriptors = [
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    return bool(descriptors) and all("/FontFile2" in one or "/FontFile3" in one for one in descriptors)


def _has_bookmarks(pdf: pikepdf.Pdf) -> bool:
    """As many as there are headings."""
    headings = _tagged(pdf, *(f"/H{level}" for level in range(1, 7)))
    with pdf.open_outline() as outline:
        return 0 < len(headings) == _count(outline.root)


def _count(items: Any) -> int:
    return sum(1 + _count(item.children) for item in items)


RULES: dict[str, Rule] = {
    "PDF/A part": _metadata("pdfaid:part", "2"),
    "PDF/A level": _metadata("pdfaid:conformance", "A"),
    "PDF/UA part": _metadata("pdfuaid:part", "1"),
    "title": _has_title,
    "language": lambda pdf: str(pdf.Root.get("/Lang", "")) == "da",
    "tagged": lambda pdf: (
        bool(pdf.Root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False)) and bool(_all(pdf))
    ),
    "headings": _headings_in_steps,
    "lists": _lists_are_whole,
    "table headers": _tables_have_headers,
    "table rows": _rows_are_even,
    "alternative text": _pictures_are_described,
    "links": _links_are_described,
    "content marked": _all_is_tagged_or_decoration,
    "reading order": _read_in_the_order_it_stands,
    "fonts": _fonts_are_embedded,
    "bookmarks": _has_bookmarks,
    "no encryption": lambda pdf: not pdf.is_encrypted,
}
