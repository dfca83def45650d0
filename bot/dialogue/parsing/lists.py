"""Lists: an item a line, or parted by semicolons; a comma may stand inside an item."""

from __future__ import annotations

import re

from bot.dialogue.parsing import texts, vocabulary
from bot.dialogue.parsing.result import Option, Parsed, Unclear, Understood
from bot.dialogue.parsing.words import plain
from knowledge.hearings.values import Items

#: A question may be asked once for each item, so a long list is a slip.
MAX_ITEMS = 100

_BULLET = re.compile(r"\s*(?:[-–—*•·‣▪◦●○]\s*|[0-9]{1,3}[.)](?:\s+|\Z))")
#: A lone line with a number other than 1 is no numbered list: "2. distrikt".
_ORDINAL = re.compile(r"\s*(?!1[.)])[0-9]{1,3}[.)]\s[^;,]+\Z")
_INNER = re.compile(r",\s*(?:og\s+)?|\s+og\s+")


def parse(text: str) -> Parsed:
    """The items of the list; one line with commas or "og" in it is asked about."""
    if plain(text) in vocabulary.NONE:
        return Unclear(texts.LIST_NONE, (Option(texts.LIST_EMPTY, Items(items=())),))
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) == 1:
        return _one_line(lines[0])
    heading = lines[0].rstrip().endswith(":") and not _BULLET.match(lines[0])
    return _listed(_joined(lines[1:] if heading else lines), texts.LIST_HEADING if heading else "")


def _one_line(line: str) -> Parsed:
    if _ORDINAL.match(line):
        return Understood(Items(items=(line.strip(),)))
    if ";" in line:
        return _listed(line.split(";"))
    whole = _item(line)
    parts = tuple(part for part in (_item(part) for part in _INNER.split(whole)) if part)
    if len(parts) < 2:
        return _listed([line])
    return Unclear(
        texts.LIST_COMMAS.format(count=len(parts)),
        (
            *(
                [Option(texts.LIST_SPLIT.format(count=len(parts)), Items(items=parts))]
                * (len(parts) <= MAX_ITEMS)
            ),
            Option(texts.LIST_WHOLE, Items(items=(whole,))),
        ),
    )


def _joined(lines: list[str]) -> list[str]:
    """The items: where lines have bullets, one without goes on with the item before it."""
    if not all(_BULLET.match(line) for line in lines) and _BULLET.match(lines[0]):
        items: list[str] = []
        for line in lines:
            if _BULLET.match(line):
                items.append(line)
            else:
                items[-1] = f"{items[-1]} {line.strip()}"
        return items
    return lines


def _listed(lines: list[str], remark: str = "") -> Parsed:
    items = tuple(item for item in map(_item, lines) if item)
    if not items:
        return Unclear(texts.LIST_NONE)
    if len(items) > MAX_ITEMS:
        return Unclear(texts.LIST_TOO_MANY.format(count=len(items), limit=MAX_ITEMS))
    return Understood(Items(items=items), remark)


def _item(line: str) -> str:
    return _BULLET.sub("", line, count=1).strip(" \t\u00a0;,")
