"""Labels for texts, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from knowledge.contracts import wording
from knowledge.contracts.detector import labels


class BadLine(ValueError):
    """A line that is no labelled text; the message says which, in Danish."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(wording.BAD_LINE.format(line=line))


def label_lines(lines: Iterable[str]) -> Iterator[str]:
    """For each line `{"id", "text"}` a line `{"id", "risks": [...], "maybe": [...]}`; blank ones are skipped.

    Raises:
        BadLine: a line is not such an object.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            identity, text = asked["id"], asked["text"]
        except (ValueError, KeyError, TypeError):
            raise BadLine(number) from None
        if not isinstance(text, str):
            raise BadLine(number)
        found = labels(text)
        yield json.dumps({"id": identity, "risks": found.risks, "maybe": found.maybe}, ensure_ascii=False)
