"""Documents as JSONB, given back exactly as they were; sealed where there is a key.

JSONB knows no NUL and no lone surrogate, and writes numbers its own way. A document in which that could
matter stands as text inside one of a single field; so does a sealed one.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any, cast

from storage.sealing import DataKey
from storage.store import StoreDamaged

Fields = dict[str, Any]

#: The single field of a document that stands as text, and of one that is sealed (Base64).
AS_TEXT, SEALED = "as_text", "sealed"

#: What JSONB refuses or changes, or what looks like it: text is always right, only less handy to query.
_NOT_IN_JSONB = re.compile(r"\\u(?:0000|d[89a-f])|[:,\[]-?(?:[\d.]+[eE]|NaN|Infinity)|[:,\[]-0\b")
_to_ascii = json.JSONEncoder(separators=(",", ":")).encode


def body_of(document: Mapping[str, Any], key: DataKey | None, *place: str) -> str:
    """The document as JSONB takes it; sealed with the key for this place, where there is one."""
    return body_of_text(_to_ascii(document), key, *place)


def body_of_text(text: str, key: DataKey | None, *place: str) -> str:
    """The same of a document that is JSON already, in ASCII."""
    if key is not None:
        sealed = key.seal(text.encode(), *place)
        return f'{{"{SEALED}":"{base64.b64encode(sealed).decode()}"}}'
    if _NOT_IN_JSONB.search(text) is None:
        return text
    return _to_ascii({AS_TEXT: text})


def document_of(body: Fields, key: DataKey | None, *place: str) -> Fields:
    """The document that was stored as this body; raises `StoreDamaged` where it is not as it was sealed."""
    if key is not None:
        return cast("Fields", json.loads(key.open(_sealed(body), *place)))
    return cast("Fields", json.loads(body[AS_TEXT])) if body.keys() == {AS_TEXT} else body


def _sealed(body: Fields) -> bytes:
    try:
        return base64.b64decode(body[SEALED])
    except (KeyError, TypeError, ValueError):
        raise StoreDamaged("something in the database is not sealed as it was") from None
