"""Personal data in what people write: a CPR number is stopped, what may be a citizen's is asked about.

Consultants, firms, officials and the municipality's own details belong in the reply. They are let
through by `allowed`, which `let_through` puts together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge.checks import contacts, cpr
from knowledge.checks.folded import folded
from knowledge.checks.names import Name, names
from knowledge.checks.people import people

DatumKind = Literal["cpr", "email", "phone", "address", "name"]

#: Stands for what was found, whatever its length.
BLANK = "████"

#: A title stands right before a name, on the line after it, or after a comma, within so many words.
_TITLE_BEFORE = re.compile(r"([^\W\d_]+)[ \t:]{1,3}$")
_TITLE_LINE = re.compile(r"\s*\n\s*((?:[^\W\d_]+[ \t,-]*){1,6})(?:\n|$)")
_TITLE_PHRASE = re.compile(r"(?:, ?| \()((?:[^\W\d_]+[ -]?){1,3})")
#: Sets of allowed details that are kept ready to compare with: a case's is the same at every message.
_KEPT_ALLOWED = 256
#: How far from a name its title may stand, in characters.
_TITLE_REACH = 90

_WEBSITE = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})/?", re.IGNORECASE)
_AT = re.compile(r"\s?[(\[](?:at|snabel-?a)[)\]]\s?")
_COUNTRY_CODE = re.compile(r"^(?:00|\+)45")


@dataclass(frozen=True)
class PersonalDatum:
    """Something personal at `text[start:end]`."""

    kind: DatumKind
    start: int
    end: int

    @property
    def stops(self) -> bool:
        """Whether the text must not be stored; otherwise the person is asked about it first."""
        return self.kind == "cpr"


def scan(text: str, *, allowed: frozenset[str] = frozenset()) -> list[PersonalDatum]:
    """What is personal in the text, in order and without overlaps.

    `allowed` are the names, e-mail and street addresses and phone numbers that may stand in a reply;
    an allowed e-mail address or website lets its whole domain through. Titles among them
    (`let_through` adds the officials') let through the names that bear them.
    """
    plain = folded(text)
    taken = bytearray(len(plain.text))
    found = []
    for kind, start, end, passes in _candidates(plain.text, _allowed(allowed)):
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\x01" * (end - start)
            if not passes:
                found.append(PersonalDatum(kind, *plain.span(start, end)))
    return sorted(found, key=lambda datum: datum.start)


def let_through(*details: str) -> frozenset[str]:
    """What may stand in a reply: these details (the municipality's, the firm's ...) and officials' names."""
    return people().officials | {detail.strip() for detail in details if detail.strip()}


def redacted(text: str, data: Iterable[PersonalDatum]) -> str:
    """The text with each of the found spans blanked out."""
    parts, end = [], 0
    for datum in sorted(data, key=lambda datum: datum.start):
        parts += [text[end : datum.start], BLANK]
        end = datum.end
    return "".join([*parts, text[end:]])


def _candidates(text: str, allowed: _Allowed) -> Iterator[tuple[DatumKind, int, int, bool]]:
    """All that looks personal, the surest kinds first, and whether it is let through."""
    for start, end in cpr.spans(text):
        yield "cpr", start, end, False
    for start, end in contacts.emails(text):
        yield "email", start, end, allowed.email(text[start:end])
    for start, end in contacts.phones(text):
        yield "phone", start, end, allowed.phone(text[start:end])
    for start, end in contacts.addresses(text):
        yield "address", start, end, allowed.address(text[start:end])
    for name in names(text):
        yield "name", name.start, name.end, allowed.name(text, name)


class _Allowed:
    """The details that are let through, in the forms they are compared in."""

    def __init__(self, details: frozenset[str]) -> None:
        self._titles = tuple(details & people().officials)
        own = [detail.lower() for detail in details - people().officials]
        self._words = [re.findall(r"\w+", detail) for detail in own]
        self._digits = {_digits(detail) for detail in own}
        self._emails = {detail for detail in own if "@" in detail}
        sites = [found[1] for detail in own if (found := _WEBSITE.fullmatch(detail))]
        domains = {email.partition("@")[2] for email in self._emails} | set(sites)
        self._domains = (domains - people().public_mail) | people().authority_domains

    def email(self, written: str) -> bool:
        address = _AT.sub("@", written.lower())
        return address in self._emails or address.partition("@")[2] in self._domains

    def phone(self, written: str) -> bool:
        return _digits(written) in self._digits

    def address(self, written: str) -> bool:
        words = re.findall(r"\w+", written.lower())
        return any(words[: len(detail)] == detail for detail in self._words if len(detail) > 1)

    def name(self, text: str, name: Name) -> bool:
        words = {word.removesuffix("s") for word in re.findall(r"\w+", text[name.start : name.end].lower())}
        if any(words <= {word.removesuffix("s") for word in detail} for detail in self._words):
            return True
        return not name.citizen and bool(self._titles) and self._bears_title(text, name)

    def _bears_title(self, text: str, name: Name) -> bool:
        before = _TITLE_BEFORE.search(text[max(0, name.start - _TITLE_REACH) : name.start])
        after = text[name.end : name.end + _TITLE_REACH]
        titles = [before[1]] if before else []
        if line := _TITLE_LINE.match(after):
            titles += line[1].split()[-1:]
        elif phrase := _TITLE_PHRASE.match(after):
            titles += phrase[1].split()
        return any(title.lower().endswith(self._titles) for title in titles)


@lru_cache(maxsize=_KEPT_ALLOWED)
def _allowed(details: frozenset[str]) -> _Allowed:
    return _Allowed(details)


def _digits(written: str) -> str:
    return re.sub(r"\D", "", _COUNTRY_CODE.sub("", re.sub(r"[\s()]", "", written)))
