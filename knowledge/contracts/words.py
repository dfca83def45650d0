"""From text to words: sentences with offsets, folded spelling, words rejoined across line breaks.

Every pattern here reads a character at most a few times: no gap inside a gap, so that no text, however odd,
can make it slow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

#: A sentence without an end (a table, a scan gone wrong) is cut here, in characters.
MAX_SENTENCE = 600
#: So many sentences are understood together, unless they have more than this many characters.
PASSAGE_SENTENCES = 2
MAX_PASSAGE = 420
#: Words up to this many characters can mean something; the rest of a longer one is dropped.
MAX_WORD = 48

_ABBREVIATED = (
    "art bl ca dvs ekskl excl evt f eks fx hhv incl inkl jf kap kl kr maks max mht mio mia min mv nr osv"
    " pct pkt pr stk tlf vedr vha iht ift m v o s d a t p gr bekg lb nedenn ovenn sml afd adv att co"
)
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_LETTER = r"[^\W\d_]"
_WORD = re.compile(
    rf"{_LETTER}+(?:(?:-[ \t]*\r?\n\s*|[\u00ad'’-]){_LETTER}+)*"
    r"|\d+(?:[.,]\d+)*"
    r"|[%,;:()?!.–]"
)
_LINE_BREAK_HYPHEN = re.compile(r"-[ \t]*\r?\n\s*|\u00ad")
_BULLET = r"[ \t]*(?:[-–•*▪◦·]|§[ \t]?\d{1,2}|\(?\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[a-zæøå]\))[ \t]"
_BOUNDARY = re.compile(
    rf"(?<![.!?])[.!?]+[\"»”)]?(?=[ \t\r\n])|;(?=[ \t\r\n])|\n[ \t\r]*\n|\n(?={_BULLET})|\n(?=[A-ZÆØÅ])"
)
#: A line that opens a section: numbered, short, and no sentence.
_SECTION = re.compile(r"[ \t]*(?:§[ \t]?)?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?[ \t]+[^.!?:;,\n]{2,60}\Z")
_LIST_ITEM = re.compile(_BULLET)
_AFTER_HYPHEN_KEPT = frozenset({"og", "eller", "samt"})
_FOLD = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark: its folded form and where it stands in the text."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or list item: `text[start:end]`. `heading` is what a list it stands in was opened with."""

    start: int
    end: int
    words: tuple[Word, ...]
    heading: tuple[Word, ...] = ()

    @property
    def all_words(self) -> tuple[Word, ...]:
        """The words with those of the list's heading in front."""
        return self.heading + self.words


@dataclass(frozen=True, slots=True)
class Passage:
    """What is understood together: a short paragraph, or one sentence of a long one."""

    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """All words, with the list's heading in front."""
        first, *rest = self.sentences
        return first.all_words + tuple(word for sentence in rest for word in sentence.words)


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower case, æ/ø/å as ae/oe/aa, other accents dropped."""
    lowered = unicodedata.normalize("NFC", word[:MAX_WORD]).lower().translate(_FOLD)
    if lowered.isascii():
        return lowered
    return "".join(mark for mark in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(mark))


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words, numbers and marks of `text[start:end]`; a word broken across lines is one word."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        first, last = match.span()
        raw = match.group()
        pieces = _LINE_BREAK_HYPHEN.split(raw) if "-" in raw or "\u00ad" in raw else [raw]
        if len(pieces) > 1 and pieces[1].lower() in _AFTER_HYPHEN_KEPT:
            yield Word(fold(pieces[0]), first, first + len(pieces[0]))
            yield Word(fold(pieces[1]), last - len(pieces[1]), last)
        else:
            yield Word(fold("".join(pieces)), first, last)


def passages(text: str) -> Iterator[Passage]:
    """The text's passages in order. A list's items carry the heading they stand under."""
    for paragraph in _paragraphs(text):
        for first in range(0, len(paragraph), PASSAGE_SENTENCES):
            together = tuple(paragraph[first : first + PASSAGE_SENTENCES])
            if together[-1].end - together[0].start <= MAX_PASSAGE:
                yield Passage(together)
            else:
                yield from (Passage((sentence,)) for sentence in together)


def _paragraphs(text: str) -> Iterator[list[Sentence]]:
    paragraph: list[Sentence] = []
    heading: tuple[Word, ...] = ()
    for start, end, closes in _spans(text):
        is_item = bool(_LIST_ITEM.match(text, start, end))
        found = tuple(words(text, start, end))
        if not any(word.form[0].isalnum() for word in found):
            if closes and paragraph:
                yield paragraph
                paragraph = []
            continue
        if not is_item:
            heading = ()
        paragraph.append(Sentence(start, end, found, heading if is_item else ()))
        if text[start:end].rstrip().endswith(":"):
            heading = found
        if closes or is_item:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _spans(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether a paragraph ends there) of each sentence, without surrounding white space."""
    start = 0
    for match in _BOUNDARY.finditer(text):
        mark = match.group()
        breaks_line = mark[0] == "\n"
        if breaks_line and not _ends_paragraph(text, match):
            continue
        if not breaks_line and not _ends_sentence(text, match):
            continue
        yield from _cut(text, start, match.end() if not breaks_line else match.start(), breaks_line)
        start = match.end()
    yield from _cut(text, start, len(text), closes=True)


def _cut(text: str, start: int, end: int, closes: bool) -> Iterator[tuple[int, int, bool]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        cut = start + MAX_SENTENCE if cut < 0 else cut
        yield start, cut, True
        start = cut
    if end > start or closes:
        yield start, end, closes


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[0] in "!?;":
        return True
    if mark.startswith("..."):
        return False
    before = text[max(0, match.start() - 12) : match.start()]
    last = re.search(r"(\w+)$", before)
    after = text[match.end() : match.end() + 4].lstrip()
    if after[:1].islower():
        return False
    if last is None:
        return True
    word = last.group(1).lower()
    return not (word in _ABBREVIATIONS and mark[0] == ".") and not (word.isdigit() and len(word) <= 2)


def _ends_paragraph(text: str, match: re.Match[str]) -> bool:
    """A blank line inside a sentence, as extracted letters have after every line, ends nothing."""
    if match.group() == "\n" and not _LIST_ITEM.match(text, match.end()):
        line_start = text.rfind("\n", max(0, match.start() - 100), match.start()) + 1
        return bool(_SECTION.match(text, line_start, match.start()))
    before = text[max(0, match.start() - 3) : match.start()].rstrip()
    after = text[match.end() : match.end() + 200].lstrip()
    if not after or not before:
        return True
    return before[-1] in ".:!?;" or not (after[0].islower() or before[-1] in "-,")
