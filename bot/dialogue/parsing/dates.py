"""Danish dates: day first, with the month in figures, words or short; never the month first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from babel.dates import format_date
from rapidfuzz.distance import DamerauLevenshtein

from bot.dialogue.parsing import texts, vocabulary
from bot.dialogue.parsing.figures import read_as
from bot.dialogue.parsing.result import Option, Parsed, Unclear, Understood
from bot.dialogue.parsing.words import added, clause, doubtful, leads_in, tells, words
from knowledge.hearings.values import Day

#: The years a hearing can be about.
FIRST_YEAR, LAST_YEAR = 1900, 2199
#: A year in two figures lies at most this many years ahead of today.
TWO_FIGURES_AHEAD = 10
#: How many dates of each form are looked at, and how many are offered.
MAX_DATES, MAX_OFFERED = 30, 6

_ISO = re.compile(r"(?<![\w-])(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?![\w-])")
_FIGURES = re.compile(
    r"(?<![\w/,-])(?<![0-9]\.)(?P<day>[0-9]{1,2})(?P<mark>\.\s?|\s?/\s?|-)(?P<month>[0-9]{1,2})"
    r"(?:(?:\s?[./-]\s?|\s)(?P<year>[0-9]{4}|[0-9]{2}))?(?![0-9]|[.,/-][0-9])"
)
_NAMED = re.compile(
    r"(?<![\w/,-])(?<![0-9]\.)(?P<day>[0-9]{1,2})\.?\s?(?P<name>[^\W\d_]{3,10})(?![^\W\d_])\.?"
    r"(?:\s?(?P<year>[0-9]{4}|'?[0-9]{2})(?![\w]|[.,][0-9]))?"
)
_RELATIVE = re.compile(rf"(?<!\w)(?:{'|'.join(vocabulary.RELATIVE_DAYS)})(?!\w)", re.IGNORECASE)
_MONTH = re.compile(rf"(?<!\w)(?:{'|'.join(vocabulary.MONTHS)})(?!\w)", re.IGNORECASE)
_WEEKDAY = re.compile(rf"(?:{'|'.join(vocabulary.WEEKDAYS)})(?=,?\s+(?:den\s+|d\.\s*)?\Z)", re.IGNORECASE)
_LEAD = re.compile(r"(?<!\w)(?:den|d\.?|dato:?)\s*\Z", re.IGNORECASE)
_LOOK_BACK = 20


@dataclass(frozen=True)
class _Written:
    """A date as it stands in the text; `guessed` where the month was misspelt."""

    start: int
    end: int
    day: int
    months: tuple[int, ...]
    year: str
    guessed: bool = False


def spans(text: str) -> list[tuple[int, int]]:
    """Where dates stand in the text beyond doubt: with a year or with the month's name."""
    return [
        (written.start, written.end)
        for written in _written(text)
        if not written.guessed and (written.year or text[written.end - 1].isalpha())
    ]


def parse(text: str, *, today: date) -> Parsed:
    """The day that the text tells; one without a year is asked about, since cases reach back."""
    written = _written(text)
    if not written:
        if found := _RELATIVE.search(text):
            days = vocabulary.RELATIVE_DAYS[found.group().lower()]
            return _relative(text, found, today + timedelta(days=days))
        return Unclear(texts.WHICH_DAY if _MONTH.search(text) else texts.NO_DATE)
    first = written[0]
    if len(written) > 1 or len(first.months) > 1 or not first.year or _not_alone(text, first):
        options = [option for one in written[:MAX_OFFERED] for option in _options(text, one, today)]
        if not options:
            return Unclear(texts.NO_SUCH_DAY)
        message = texts.WHICH_YEAR if len(written) == 1 and not first.year else texts.WHICH_DATE
        return Unclear(message, tuple(dict.fromkeys(options))[:MAX_OFFERED])
    day = _day(_year(first.year, today), first.months[0], first.day)
    if day is None:
        return Unclear(texts.NO_SUCH_DAY)
    return _told(text, first, day)


def _told(text: str, written: _Written, day: date) -> Parsed:
    before = text[max(0, written.start - _LOOK_BACK) : written.start]
    weekday = _WEEKDAY.search(before)
    if weekday and vocabulary.WEEKDAYS.index(weekday.group().lower()) != day.weekday():
        right = vocabulary.WEEKDAYS[day.weekday()]
        return Unclear(
            texts.WRONG_WEEKDAY.format(day=said(day), right=right, wrong=weekday.group().lower()),
            (Option(said(day), Day(day=day, note=added(text[written.end :]))),),
        )
    lead = before[: weekday.start()] if weekday else before
    embedded = not leads_in(text[: written.start - len(before)] + _LEAD.sub("", lead))
    remark = read_as(said(day)) if embedded or written.guessed or len(written.year) < 4 else ""
    return Understood(Day(day=day, note=text if embedded else added(text[written.end :])), remark)


def said(day: date) -> str:
    """The day as Danes write it: 20. marts 2020."""
    return format_date(day, "d. MMMM y", locale="da")


def _relative(text: str, found: re.Match[str], day: date) -> Parsed:
    value = Day(day=day, note=added(text[found.end() :]))
    alone = leads_in(text[: found.start()]) and not any(char.isdigit() for char in text)
    if alone and not doubtful(text[: found.start()], text[found.end() :]):
        return Understood(value, read_as(said(day)))
    return Unclear(texts.WHICH_DATE, (Option(said(day), Day(day=day, note=text)),))


def _not_alone(text: str, written: _Written) -> bool:
    """Whether more figures, a doubt or a word such as "før" stand around the date."""
    before, after = text[: written.start], text[written.end :]
    return (
        doubtful(before, after)
        or not vocabulary.NOT_THE_DAY.isdisjoint(words(before)[-3:])
        or any(char.isdigit() for char in before[-_LOOK_BACK:])
        or any(char.isdigit() for char in clause(after)[:_LOOK_BACK])
    )


def _options(text: str, written: _Written, today: date) -> Iterator[Option]:
    years = [_year(written.year, today)] if written.year else [today.year, today.year - 1]
    around = _LEAD.sub("", text[: written.start]) + " " + text[written.end :]
    note = text if tells(around) else ""
    for year in years:
        for month in written.months:
            if day := _day(year, month, written.day):
                yield Option(said(day), Day(day=day, note=note))


def _written(text: str) -> list[_Written]:
    """The dates of a text in their order, none of them inside another."""
    found: list[_Written] = []
    for pattern in (_ISO, _FIGURES, _NAMED):
        for match in islice(pattern.finditer(text), MAX_DATES):
            months, guessed = _months(match.groupdict())
            year = (match["year"] or "").lstrip("'")
            taken = any(one.start < match.end() and match.start() < one.end for one in found)
            if months and not taken:
                found.append(_Written(match.start(), match.end(), int(match["day"]), months, year, guessed))
    return sorted(found, key=lambda one: one.start)


def _months(groups: dict[str, str | None]) -> tuple[tuple[int, ...], bool]:
    """The months that are meant, and whether the name was misspelt."""
    if groups.get("month"):
        return (int(groups["month"] or 0),), False
    name = (groups["name"] or "").lower()
    if name in vocabulary.MONTHS_SHORT:
        return (vocabulary.MONTHS_SHORT[name],), False
    if name in vocabulary.MONTHS:
        return (vocabulary.MONTHS.index(name) + 1,), False
    if len(name) < 4:
        return (), False
    far = {month: DamerauLevenshtein.distance(name, month) for month in vocabulary.MONTHS}
    nearest = min(far.values())
    if nearest > (1 if len(name) < 7 else 2):
        return (), False
    return tuple(
        place for place, month in enumerate(vocabulary.MONTHS, start=1) if far[month] == nearest
    ), True


def _year(written: str, today: date) -> int:
    if len(written) == 4:
        return int(written)
    century = today.year // 100 * 100
    year = century + int(written)
    return year if year <= today.year + TWO_FIGURES_AHEAD else year - 100


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
