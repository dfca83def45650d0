"""The text that was read in a file, as it is kept beside the file: shown with the quotes in their places."""

from __future__ import annotations

import json

from knowledge.contracts.document import Document
from knowledge.contracts.personal import without_cpr


def kept(document: Document) -> bytes:
    """The document's text as it is stored; no CPR number is in it, and every offset stays."""
    pages = without_cpr(document).pages
    body = {
        "name": document.name,
        "pages": pages,
        "scanned": sorted(document.scanned),
        "paged": document.paged,
    }
    return json.dumps(body, ensure_ascii=False).encode()


def restored(data: bytes) -> Document:
    """The document whose text was stored."""
    body = json.loads(data)
    return Document(body["name"], tuple(body["pages"]), frozenset(body["scanned"]), body.get("paged", False))
