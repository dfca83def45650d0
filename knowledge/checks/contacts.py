"""E-mail addresses, phone numbers and street addresses in a folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from knowledge.checks.people import people

#: The part before the sign is taken whole or not at all, so that a long run of letters costs no time.
_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}+(?:@|\s?[(\[](?:at|snabel-?a)[)\]]\s?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}",
    re.IGNORECASE,
)

#: Eight digits as Danes write them, or any number with another country's code.
_PHONE = re.compile(
    r"(?<![\d.,/+-])(?:"
    r"(?P<abroad>(?:\+|00)(?!45)[1-9]\d{0,2}[ -]?\(?\d(?:[ ()-]{0,2}\d){5,12})"
    r"|(?P<country>(?:\+|00)45[ -]?)?(?P<own>[2-9]\d(?P<gap>[ .-]?)\d\d(?P<middle>[ .-]?)\d\d(?P=gap)\d\d)"
    r")(?!\d|[.,/-]\d| ?\d)"
)
_PHONE_LABEL = re.compile(
    r"\b(?:(?:t|m|tlf|telf|telefon\w*|mobil\w*|sms|fax|nummer\w*|nr|phone)[.:]?\s{0,3}(?:på\s|til\s|er\s)?"
    r"|(?:ring\w*|træffe\w*|kontakt\w*|svare\w*|nås|fanges|opkald\w*)(?:\s[^\W\d]+){0,3}\s)$",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(
    r"\b(?:(?:cvr|ean|gln|konto|faktura|ordre|sags?|version|ip)[\w-]*|(?:se|p|j)[-. ]?(?=nr|nummer)|kr|dkk)"
    r"\.?[ -]?(?:nr|nummer)?[.:]?\s{0,3}$",
    re.IGNORECASE,
)
_AMOUNT_AFTER = re.compile(r"\s?(?:,\d\d|kr\b|kroner|dkk|%|mio|stk)", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(r"\d\s$")
#: How far before a number its name may stand, in characters.
_LABEL_REACH = 40

#: After these a street is one also in lower case.
_LIVES = ("bor på", "boede på", "flyttet til", "bopæl", "adressen")
#: How far a street's name reaches before its number, and floor and town after it, in characters.
_STREET_REACH, _TOWN_REACH = 100, 70
#: How far above a street line the authority's name may stand, in characters.
_LETTERHEAD_REACH = 80


def emails(text: str) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses stand, also ones written with (at)."""
    return (found.span() for found in _EMAIL.finditer(text))


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Where phone numbers stand: with a country code, after a word for it, or written in four pairs."""
    for found in _PHONE.finditer(text):
        before = text[max(0, found.start() - _LABEL_REACH) : found.start()]
        if _OTHER_LABEL.search(before):
            continue
        if found["abroad"] and not found["abroad"].startswith("+") and _NUMBER_BEFORE.search(before):
            continue
        called = found["abroad"] or found["country"] or _PHONE_LABEL.search(before)
        in_pairs = bool(found["gap"]) and found["gap"] == found["middle"]
        alone = not _AMOUNT_AFTER.match(text, found.end()) and not _NUMBER_BEFORE.search(before)
        if called or (in_pairs and alone):
            yield found.span()


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where street addresses stand that no authority's name stands above."""
    end = 0
    for number in _numbered().finditer(text):
        start = max(end, number.start() - _STREET_REACH)
        found = _street().search(text, start, number.end() + _TOWN_REACH)
        if found:
            end = found.end()
            if not _is_letterhead(text, found.start()):
                yield found.span()


def _is_letterhead(text: str, start: int) -> bool:
    above = text[max(0, start - _LETTERHEAD_REACH) : start].rstrip().rpartition("\n")[2]
    words = re.findall(r"\w+", above.lower())
    return bool(words) and words[-1] in people().authorities


def _endings() -> str:
    return "|".join(sorted(people().street_endings, key=len, reverse=True))


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(rf"(?:{_endings()}) \d", re.IGNORECASE)


@cache
def _street() -> re.Pattern[str]:
    upper, word, endings = "A-ZÆØÅÄÖÜÉ", r"[\w.'’]", _endings()
    joined = rf"[{upper}]{word}{{1,30}}?(?:{endings})"
    apart = rf"(?:[{upper}]{word}{{0,30}} ){{1,3}}(?:{'|'.join(map(str.title, endings.split('|')))})"
    lives = "|".join(
        rf"(?<={before} )" for before in ("bor på", "boede på", "flyttet til", "bopæl", "adressen")
    )
    lower = rf"(?:{lives})\w{{2,30}}?(?:{endings})"
    number = r"\d{1,3}(?:[A-Za-z]| [A-Z])?\b(?![.,]?\d| ?(?:%|kr|km|m|gange|år|dage|timer|sager|borgere)\b)"
    floor = r"(?:,? ?(?:st|kl|\d{1,2}(?!\d)(?!(?: \d\d){3}))\.? ?(?:sal)?,? ?(?:th|tv|mf|\d{1,3})?\.?(?!\w))?"
    town = rf"(?:,?\s{{1,3}}\d{{4}} [{upper}]\w+(?: [{upper}]\w*)?)?"
    return re.compile(rf"\b(?:{joined}|{apart}|{lower}) {number}{floor}{town}")
