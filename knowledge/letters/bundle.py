"""Enclosures as stamped PDF pages, and several PDFs as one; strangers' files are opened only in a child.

A child has limits, so that a hostile file costs its own place in the reply and nothing else.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any

import pikepdf

from knowledge.contracts import child
from knowledge.letters.glyphs import FONTS, shown
from knowledge.text import clean

#: The child's address space in bytes, and its time on the processor and on the clock in seconds.
MAX_MEMORY = 1024 * 1024 * 1024
MAX_CPU_SECONDS = 30
MAX_WALL_SECONDS = 60
#: Text of more characters than this is not set as pages.
MAX_TEXT = 500_000

_LIMITS = child.Limits(MAX_MEMORY, MAX_CPU_SECONDS, MAX_WALL_SECONDS)
_CHILD = Path(__file__).with_name("bundle_child.py")
_KINDS = {".pdf": "pdf", ".jpg": "picture", ".jpeg": "picture", ".png": "picture", ".txt": "text"}
_FORMATS = {".jpg": "jpg", ".jpeg": "jpg", ".png": "png"}
#: What a text file may be written in, tried in this order.
_ENCODINGS = ("utf-8-sig", "cp1252")


@dataclass(frozen=True)
class Pages:
    """A PDF and how many pages it has, or the `reason` why there are none.

    Reasons: `kind` (no pages are made of such files), `encrypted`, `damaged`, `too_heavy`, `too_many_pages`.
    """

    pages: int = 0
    pdf: bytes = b""
    reason: str = ""


def enclosure_pages(data: bytes, name: str, title: str, stamp: str) -> Pages:
    """The file as pages, each with `stamp`, in which `{page}` and `{pages}` are filled in.

    Blocks for up to `MAX_WALL_SECONDS`.
    """
    ending = PurePath(name).suffix.lower()
    kind = _KINDS.get(ending)
    if kind is None:
        return Pages(reason="kind")
    if kind == "text":
        text = _text(data)
        if len(text) > MAX_TEXT:
            return Pages(reason="too_heavy")
        data = text.encode()
    job = {"kind": kind, "format": _FORMATS.get(ending, ""), "title": shown(clean(title)), "stamp": stamp}
    return _done({"job": "enclosure", "fonts": str(FONTS), **job}, data)


def joined(parts: Sequence[tuple[str, bytes]], title: str) -> Pages:
    """The PDFs after each other, each with its title as bookmark."""
    job = {
        "job": "join",
        "title": clean(title),
        "titles": [clean(name) for name, _ in parts],
        "lengths": [len(pdf) for _, pdf in parts],
    }
    return _done(job, b"".join(pdf for _, pdf in parts))


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of our own making has."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def _done(job: dict[str, Any], data: bytes) -> Pages:
    command = [sys.executable, "-I", str(_CHILD), json.dumps(job)]
    # In memory: an enclosure is sealed on disk, and stays so.
    with os.fdopen(os.memfd_create("enclosures"), "w+b") as given:
        given.write(data)
        given.seek(0)
        try:
            done = child.run(command, _LIMITS, given=given)
        except child.TookTooLong:
            return Pages(reason="too_heavy")
    answer, _, pdf = done.output.partition(b"\n")
    if done.code != 0:
        return Pages(reason="too_heavy" if done.code < 0 else "damaged")
    told = json.loads(answer)
    return Pages(told["pages"], pdf) if "pages" in told else Pages(reason=told["fault"])


def _text(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return shown(clean(data.decode(encoding)))
        except UnicodeDecodeError:
            continue
    return shown(clean(data.decode("latin-1")))
