"""Documents as JSONB, given back exactly as they were.

JSONB knows no NUL and no lone surrogate, and writes numbers its own way. A document in which that could
matter stands as text inside one of a single field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast

Fields = dict[str, Any]

#: The single field of a document that stands as text.
AS_TEXT = "as_text"

#: What JSONB refuses or changes, or what looks like it: text is always right, only less handy to query.
_NOT_IN_JSONB = re.compile(r"\\u0000|[\ud800-\udfff]|[:,\[]-?(?:[\d.]+[eE]|NaN|Infinity)|[:,\[]-0\b")
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_to_ascii = json.JSONEncoder(separators=(",", ":")).encode


def body_of(document: Mapping[str, Any]) -> str:
    """The document as JSONB takes it."""
    text = _to_json(document)
    if _NOT_IN_JSONB.search(text) is None:
        return text
    return _to_ascii({AS_TEXT: _to_ascii(document)})


def document_of(body: Fields) -> Fields:
    """The document that was stored as this body."""
    return cast("Fields", json.loads(body[AS_TEXT])) if body.keys() == {AS_TEXT} else body
