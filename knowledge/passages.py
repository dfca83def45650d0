"""A quote in its place: the words around it, so that it can be read as it stands."""

from __future__ import annotations

from dataclasses import dataclass

#: How far before and after a quote the passage reaches, in characters.
REACH = 160
CUT = "…"


@dataclass(frozen=True)
class Passage:
    """A quote with what stands right before and after it, each in one line; empty at a text's ends."""

    before: str
    quote: str
    after: str

    @property
    def marked(self) -> str:
        """The passage as plain text, the quote between »«; only the quote where nothing stands around it."""
        if not (self.before or self.after):
            return self.quote
        return f"{self.before}»{self.quote}«{self.after}"


#: The passage of what quotes nothing.
NOWHERE = Passage("", "", "")


def passage(text: str, start: int, end: int) -> Passage:
    """The passage of `text[start:end]`, cut at words and at blank lines."""
    before = text[max(0, start - REACH) : start].rpartition("\n\n")[2]
    after = text[end : end + REACH].partition("\n\n")[0]
    if start > len(before) and len(before) == REACH:
        before = f"{CUT} {before.partition(' ')[2]}"
    if end + len(after) < len(text) and len(after) == REACH:
        after = f"{after.rpartition(' ')[0]} {CUT}"
    return Passage(_one_line(before), _one_line(text[start:end]), _one_line(after))


def _one_line(text: str) -> str:
    """The words with single spaces between them; a space at either end stays, so that words do not join."""
    inner = " ".join(text.split())
    if not inner:
        return ""
    return f"{' ' * text[0].isspace()}{inner}{' ' * text[-1].isspace()}"
