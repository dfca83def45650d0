"""CPR numbers (personnumre) in the forms people write them.

A CPR number is a day of birth, DDMMYY, and four digits more. Its checksum is no longer kept to (since
2007), so a number is one where the day exists and nothing around it says that it is something else.
See https://cpr.dk/ and python-stdnum's `stdnum.dk.cpr`, which checks the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.dk import cpr
from stdnum.exceptions import ValidationError

_GAP = r"[ \t]?[-./]?[ \t]?"
_BEFORE_SERIAL = r"(?:[ \t]{0,2}[./_:]?[ \t]{0,2}|[ \t]{0,2}-{1,2}[ \t]{0,2}\n?[ \t]{0,2})"
#: 070761-1234 with any usual dividers; the four last may be crossed out. `(?=` lets candidates overlap.
_WRITTEN = re.compile(
    rf"(?<!\d)(?=(?P<number>(?P<day>\d\d{_GAP}\d\d{_GAP}\d\d){_BEFORE_SERIAL}"
    r"(?P<serial>\d{4}(?!\d)|[\dxX*#•]{4}(?!\w)|(?<=-)[\d_?]{4}(?!\w))))"
)
#: 0 7 0 7 6 1 - 1 2 3 4.
_SPELLED = re.compile(
    r"(?<!\d)(?<!\d )(?P<number>(?P<day>\d(?: \d){5})[ -]{1,3}(?P<serial>\d(?: \d){3}))(?! ?\d)"
)
#: Ten digits that are called a CPR number, whatever their dividers and their day: replacement numbers too.
_CALLED = re.compile(
    r"(?:cpr|person-?(?:nr|nummer|numre))(?:(?!tlf|telefon|cvr)\D){0,25}?"
    r"(?<!\d)(?P<number>\d(?:[ \t\n\-./_:]{0,3}\d){9})(?!\d)",
    re.IGNORECASE,
)
_JOINED_BEFORE = re.compile(r"\d[-.]$")
_JOINED_AFTER = re.compile(r"[-.]\d")
_AMOUNT_BEFORE = re.compile(r"(?:\bkr\.?|\bdkk)\s?$", re.IGNORECASE)
_AMOUNT_AFTER = re.compile(r"(?:,\d\d)?\s?(?:kr\b|kroner\b|dkk\b|t\.\s?kr|mio\b|stk\b|%)", re.IGNORECASE)
#: Names of other numbers: of ten digits in one (accounts, production units), or of a journal's dots.
_OTHER_NUMBER = re.compile(
    r"(?:\bp-?(?:nr|nummer)|konto(?:nr|nummer)?|faktura\w*|ordre\w*|\bean\w*|\bcvr\w*|tlf|telefon\w*|mobil\w*"
    r"|\bj\.?\s?nr|journal\w*|sagsn\w*|\bkle\w*)[.:\s-]{0,4}$",
    re.IGNORECASE,
)
#: How far back a word that names a number may stand, in characters.
_LABEL_REACH = 24
#: Both centuries' first days: which one it is cannot be told where the last four are crossed out.
_ANY_SERIAL = ("0000", "4000")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where CPR numbers stand in a folded text: start and end of each, in order within each form."""
    for found in _CALLED.finditer(text):
        yield found.span("number")
    for found in _SPELLED.finditer(text):
        if _is_day(found["day"], found["serial"]):
            yield found.span("number")
    end = 0
    for found in _WRITTEN.finditer(text):
        if found.start() >= end and _is_day(found["day"], found["serial"]) and not _is_other(text, found):
            end = found.end("number")
            yield found.span("number")


def _is_day(day: str, serial: str) -> bool:
    digits, last = _digits(day), _digits(serial)
    return any(_birth_date_exists(digits + rest) for rest in ((last,) if len(last) == 4 else _ANY_SERIAL))


def _digits(written: str) -> str:
    return "".join(char for char in written if char.isdigit())


def _birth_date_exists(number: str) -> bool:
    try:
        cpr.get_birth_date(number)
    except ValidationError:
        return False
    return True


def _is_other(text: str, found: re.Match[str]) -> bool:
    """Whether what stands around says that these digits are part of, or are, another number."""
    start, end = found.span("number")
    before, number = text[max(0, start - _LABEL_REACH) : start], found["number"]
    if _JOINED_BEFORE.search(before) or _JOINED_AFTER.match(text, end):
        return True
    if _AMOUNT_BEFORE.search(before) or _AMOUNT_AFTER.match(text, end):
        return True
    could_be_other = number.isdigit() or "." in found["day"]
    return could_be_other and _OTHER_NUMBER.search(before) is not None
