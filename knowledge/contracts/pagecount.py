"""Whether the page numbers printed on a document's pages ("Side 5 af 7") fit together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from knowledge.contracts.document import Document
from knowledge.contracts.parties import Place

#: A page number stands on a line of its own, of at most so many characters; in longer ones it is spoken of.
_LONGEST_LINE = 70
_NUMBERED = re.compile(
    r"\b(?:side|page|s\.)[ ](?P<page>\d{1,3})[ ]?(?:af|ud[ ]af|of|/)[ ]?(?P<of>\d{1,3})\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Numbered:
    """A page that says which it is, and of how many."""

    page: int
    of: int
    place: Place


@dataclass(frozen=True)
class Misfit:
    """A page whose number does not fit, and one it does not fit with; None: the last pages are missing."""

    at: Numbered
    beside: Numbered | None


def misfit(document: Document) -> Misfit | None:
    """The first page number that does not fit with the others; None where all fit or too few are printed."""
    if not document.paged:
        return None
    numbered = list(_numbered(document))
    for run, following in _runs(numbered, len(document.pages)):
        if len(run) < 2:
            continue
        of = Counter(each.of for each in run).most_common(1)[0][0]
        for before, each in pairwise(run):
            if each.of != before.of:
                odd, even = (each, before) if before.of == of else (before, each)
                return Misfit(odd, even)
            if each.page - before.page > each.place.page - before.place.page:
                return Misfit(each, before)
        if of - run[-1].page > following - run[-1].place.page - 1:
            return Misfit(run[-1], None)
    return None


def _numbered(document: Document) -> Iterator[Numbered]:
    for number, page in enumerate(document.pages, start=1):
        for found in reversed(list(_NUMBERED.finditer(page))):
            start = page.rfind("\n", 0, found.start()) + 1
            end = page.find("\n", found.end())
            if (end if end >= 0 else len(page)) - start <= _LONGEST_LINE:
                yield Numbered(int(found["page"]), int(found["of"]), Place(number, *found.span(), found[0]))
                break


def _runs(numbered: list[Numbered], pages: int) -> Iterator[tuple[list[Numbered], int]]:
    """Pages that are counted on, each with the page of the file on which the next count begins."""
    run: list[Numbered] = []
    for each in numbered:
        if run and each.page <= run[-1].page:
            yield run, each.place.page
            run = []
        run.append(each)
    if run:
        yield run, pages + 1
