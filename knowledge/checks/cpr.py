"""CPR numbers (personnumre) in the forms people write them.

A CPR number is a day of birth, DDMMYY, and four digits more. Its checksum is no longer kept to (since
2007), so a number is one where the day exists and nothing around it says that it is something else.
See https://cpr.dk/ and python-stdnum's `stdnum.dk.cpr`, which checks the day.

The forms, the surest first:

1. Ten digits that are called a CPR number, whatever their dividers and their day.
2. A day as six digits or three pairs and a serial of four, with any usual divider. The serial may be crossed
   out, the year have four digits, and a few of the digits be the letters that look like them.
3. Ten digits in other groups ("07 07 61 12 34", "0 7 0 7 ..."): only where they stand alone, evenly
   divided, and nothing around them is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.dk import cpr
from stdnum.exceptions import ValidationError

_SPACE = r"[ \t\r]"
_SPACES = r"[ \t\r]{0,2}"
#: What may part the pairs of the day.
_GAP = rf"{_SPACE}?[-./]?{_SPACE}?"
_FOUR_LAST = r"(?:nr|løbenr|løbenummer|(?:de )?sidste fire(?: cifre)?(?: er)?)"
#: What may part the day from the serial; a line may end there.
_DIVIDER = "|".join(
    (
        rf"{_SPACES}[-./_:=|~+*·•]?{_SPACES}",
        rf"{_SPACES}-{_SPACE}?[-*]{_SPACES}",
        r"[,;]",
        rf"{_SPACES}-{{0,2}}{_SPACES}\n{_SPACES}-?{_SPACES}",
        rf"{_SPACES}-{_SPACE}?\n\n",
        rf"\)?{_SPACE}?\(?",
        rf",?{_SPACES}{_FOUR_LAST}[.:]?{_SPACE}?",
    )
)
#: 070761-1234 with any usual dividers. `(?=` lets candidates overlap.
_WRITTEN = re.compile(
    rf"(?<!\d)(?=(?P<number>(?P<day>\d\d{_GAP}\d\d{_GAP}\d\d)(?:{_DIVIDER})"
    r"(?P<serial>\d{4}(?!\d)|[\dxX*#•]{4}(?!\w)|(?<=-)[\d_?]{4}(?!\w))))",
    re.IGNORECASE,
)
#: 07.07.1961-1234, 7.7.61-1234, O70761-l234: a hyphen tells these from a date, a time or a word.
_LONG = re.compile(
    r"(?<!\d)(?<!\d[./-])(?P<number>(?P<d>\d{1,2})(?P<g>[./-]?)(?P<m>\d{1,2})(?P=g)(?P<century>19|20)?(?P<y>\d\d)"
    rf"{_SPACE}?-{_SPACE}?(?P<serial>\d{{4}}))(?!\d|[-./]\d)"
)
_OCR = re.compile(r"(?<!\w)(?P<number>(?P<day>[\dOoIl]{6})[ -](?P<serial>[\dOoIl]{4}))(?!\w)")
_LOOK_ALIKE = str.maketrans("OoIl", "0011")
#: A CPR number's digits; so many characters of `_OCR` must be digits, or it is a word.
_LENGTH, _REAL_DIGITS = 10, 7

#: Ten digits that are called a CPR number, whatever their dividers and their day: replacement numbers too.
_CALLED = re.compile(
    r"(?:cpr|person-?(?:nr|nummer|numre))(?:(?!tlf|telefon|cvr)\D){0,25}?"
    r"(?<!\d)(?P<number>\d(?:[ \t\r\n\-./_:]{0,3}\d){9})(?!\d)",
    re.IGNORECASE,
)

#: Digits in groups with small gaps; a candidate of form 3 is the whole chain.
#: Each gap is taken whole or not at all, so that a long row of figures costs no time.
_CHAIN = re.compile(
    rf"(?<![\d+])\d(?:(?>{_SPACE}?\n|{_SPACE}?[-./_]?{_SPACE}?)\d){{9}}(?!\d)(?![-./_ ]\d| - \d)"
)
_CHAINED_BEFORE = re.compile(r"\d(?: ?[-./_,] ?| )$")
_GROUP = re.compile(r"\d+")
_DIGIT = re.compile(r"\d")
#: Words of counting, before or after: then the figures are no CPR number.
_COUNTED_BEFORE = re.compile(
    r"\b(?:antal|tal|talt|tæl|fordel|kolonne|række|år|uge|måned|kvartal|procent|score|point)\w*\W",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s?(?:er (?:antal|tal)|sag|borger|stk|timer|dag|døgn|måned|år\b|plads|m2|km\b|gange|person|point)",
    re.IGNORECASE,
)

_JOINED_BEFORE = re.compile(r"\d[-.]$")
_JOINED_AFTER = re.compile(r"[-.]\d")
_AMOUNT_BEFORE = re.compile(r"(?:\bkr\.?|\bdkk)\s?$", re.IGNORECASE)
_AMOUNT_AFTER = re.compile(r"(?:,\d\d)?\s?(?:kr\b|kroner\b|dkk\b|t\.\s?kr|mio\b|stk\b|%)", re.IGNORECASE)
#: Names of other numbers: of ten digits in one (accounts, production units), or of a journal's dots.
_OTHER_NUMBER = re.compile(
    r"(?:\bp-?(?:nr|nummer)|konto(?:nr|nummer)?(?:\.?:?\s?\d{4})?|faktura\w*|ordre\w*|\bean\w*|\bcvr\w*|tlf|telefon\w*"
    r"|mobil\w*|\bj\.?\s?nr|journal\w*|sagsn\w*|\bkle\w*|version\w*|\bip(?:-?adresse\w*)?)(?:[\s.-]{1,2}(?:nr|nummer))?[.:\s-]{0,4}$",
    re.IGNORECASE,
)
#: How far back a word that names or counts numbers may stand, in characters.
_LABEL_REACH, _COUNT_REACH = 24, 40
#: A period named by a day and a year is at most so many years long.
_LONGEST_PERIOD = 10
#: Both centuries' first days: which one it is cannot be told where the last four are crossed out.
_ANY_SERIAL = ("0000", "4000")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where CPR numbers stand in a folded text: start and end of each, in order within each form."""
    if len(_DIGIT.findall(text)) < len("DDMMYY"):
        return
    for found in _CALLED.finditer(text):
        yield found.span("number")
    end = 0
    for found in _WRITTEN.finditer(text):
        if found.start() >= end and _is_day(found["day"], found["serial"]) and not _is_other(text, found):
            end = found.end("number")
            yield found.span("number")
    for found in _LONG.finditer(text):
        day = f"{found['d']:0>2}{found['m']:0>2}{found['y']}"
        if _is_day(day, found["serial"]) and not _labelled(text, found.start()) and not _is_period(found):
            yield found.span("number")
    for found in _OCR.finditer(text):
        number = found["number"].translate(_LOOK_ALIKE)
        if _REAL_DIGITS <= sum(map(str.isdigit, found["number"])) < len(number) - 1 and _is_day(
            number[:6], number[-4:]
        ):
            yield found.span("number")
    for found in _CHAIN.finditer(text):
        if _is_chained_cpr(text, found):
            yield found.span()


def _is_period(found: re.Match[str]) -> bool:
    """Whether the last four digits are a year not long after the first: 01.02.2019-2020."""
    if not found["century"]:
        return False
    return 0 <= int(found["serial"]) - int(found["century"] + found["y"]) <= _LONGEST_PERIOD


def _is_chained_cpr(text: str, found: re.Match[str]) -> bool:
    """Whether ten digits in unusual groups are a CPR number rather than figures beside each other."""
    digits, groups = _digits(found.group()), _GROUP.findall(found.group())
    start, end = found.span()
    before = text[max(0, start - _COUNT_REACH) : start]
    if not _is_day(digits[:6], digits[6:]) or _labelled(text, start) or _CHAINED_BEFORE.search(before):
        return False
    if _AMOUNT_BEFORE.search(before) or _AMOUNT_AFTER.match(text, end):
        return False
    if len(groups[0]) < 4 and all(len(group) == 3 for group in groups[1:]):  # 1 210 567 890
        return False
    if not _evenly_divided(found.group()):
        return False
    if (
        len(groups) == len(digits)
        or groups[0] == digits[:6]
        or any(g[0] == "0" for g in groups if len(g) > 1)
    ):
        return True
    in_pairs = all(len(group) == 2 for group in groups)
    return in_pairs and not _COUNTED_BEFORE.search(before) and not _COUNTED_AFTER.match(text, end)


def _evenly_divided(number: str) -> bool:
    """Whether one divider stands throughout, or the same one within day and serial and another between."""
    gaps = [gap.replace("\n", " ") for gap in _GROUP.split(number)[1:-1]]
    if len({gap.strip() for gap in gaps}) == 1:
        return True
    groups, place = _GROUP.findall(number), 0
    for index, group in enumerate(groups[:-1]):
        place += len(group)
        if place == len("DDMMYY"):
            within = {gap.strip() for gap in (*gaps[:index], *gaps[index + 1 :])}
            # "05.06.19 10.30" is a day and a time.
            return len(within) == 1 and (within == {""} or "-" in gaps[index])
    return False


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


def _labelled(text: str, start: int) -> bool:
    return _OTHER_NUMBER.search(text, max(0, start - _LABEL_REACH), start) is not None


def _is_other(text: str, found: re.Match[str]) -> bool:
    """Whether what stands around says that these digits are part of, or are, another number."""
    start, end = found.span("number")
    before, number = text[max(0, start - _LABEL_REACH) : start], found["number"]
    if _JOINED_BEFORE.search(before) or _JOINED_AFTER.match(text, end):
        return True
    if _AMOUNT_BEFORE.search(before) or _AMOUNT_AFTER.match(text, end):
        return True
    could_be_other = number.isdigit() or "." in found["day"]
    return could_be_other and _labelled(text, start)
