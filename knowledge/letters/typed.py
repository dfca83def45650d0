"""The blocks of a text as a person typed it: paragraphs, lists and tables.

Blank lines part paragraphs; a newline alone stays a line break. Lines that begin with "-", "*", "•" or
the like are a bulleted list, lines numbered 1, 2, 3 a numbered one, and lines with the same number of
tabs a table. What only looks like one of these stays running text, so that no word is lost or changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from knowledge.letters.model import Block, Bullets, Item, Numbered, Paragraph, Said, Table

_BULLET = re.compile(r"[ \t]*[-*•▪‣◦–—][ \t]+(?=\S)")
_NUMBER = re.compile(r"[ \t]*(\d{1,3})[.)][ \t]+(?=\S)")
#: Blank lines between "1. ..." and the next number do not end the list.
_GAP_IN_NUMBERS = re.compile(r"(?m)^([ \t]*\d{1,3}[.)][ \t].*)\n\s*\n(?=[ \t]*\d{1,3}[.)][ \t])")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")

#: "1. januar" at the start of a line is a date, not the first item of a list.
_DATE = re.compile(
    r"[ \t]*\d{1,2}\.[ \t]+(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zæøå]*\b", re.IGNORECASE
)


def blocks(text: str, question: str | None = None) -> list[Block]:
    """The text's blocks in order; `text` is clean, `question` is the one it answers."""
    found: list[Block] = []
    for block in _BLANK_LINES.split(_GAP_IN_NUMBERS.sub(r"\1\n", text)):
        lines = [line.rstrip() for line in block.split("\n") if line.strip()]
        found += _blocks_of(lines, question)
    return _lists_joined(found)


def _blocks_of(lines: list[str], question: str | None) -> Iterator[Block]:
    for kind, run in groupby(zip(lines, _kinds(lines), strict=True), key=lambda line: line[1]):
        rows = [line for line, _ in run]
        if kind == "bullet":
            yield Bullets(tuple(Item(_BULLET.sub("", row, count=1)) for row in rows), question)
        elif kind == "number":
            yield Numbered(tuple(Item(_NUMBER.sub("", row, count=1)) for row in rows), question)
        elif kind.startswith("table"):
            cells = tuple(tuple(cell.strip() for cell in row.split("\t")) for row in rows)
            yield Table(cells, header=not any(map(str.isdigit, rows[0])), question=question)
        else:
            yield Paragraph((Said("\n".join(row.strip() for row in rows), question),))


def _kinds(lines: list[str]) -> list[str]:
    """What each line is part of: "bullet", "number", "table<tabs>" or "text"."""
    kinds = ["bullet" if _BULLET.match(line) else f"table{line.count(chr(9))}" for line in lines]
    for kind, run in groupby(range(len(lines)), key=lambda at: kinds[at]):
        at = list(run)
        if kind == "table0" or (kind != "bullet" and len(at) == 1):
            for one in at:
                kinds[one] = "text"
    for first, end in _numbered_runs(lines):
        kinds[first:end] = ["number"] * (end - first)
    return kinds


def _numbered_runs(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Stretches of at least two lines numbered 1, 2, 3 and on, none of them a date."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _is_item(lines[end], end - at + 1):
            end += 1
        if end - at >= 2:
            yield at, end
        at = max(end, at + 1)


def _is_item(line: str, number: int) -> bool:
    match = _NUMBER.match(line)
    return match is not None and match[1] == str(number) and not _DATE.match(line)


def _lists_joined(found: list[Block]) -> list[Block]:
    """Bullets parted by blank lines only are one list."""
    joined: list[Block] = []
    for block in found:
        last = joined[-1] if joined else None
        if isinstance(block, Bullets) and isinstance(last, Bullets):
            joined[-1] = Bullets(last.items + block.items, last.question)
        else:
            joined.append(block)
    return joined
