"""Figures in contract terms: shares, amounts of money, rates per kilometre, long notices.

The state's high rate for driving: 3.56 kr. (2019) and 3.52 kr. (2020) per kilometre are from the Danish Tax
Council's announcement (source `koerselssatser_2020`); the later years are those of the project's codebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.contracts.concepts import Hit

#: The state's high rate, kr. per kilometre, by year.
STATE_RATES = {2019: 3.56, 2020: 3.52, 2023: 3.73, 2024: 3.79, 2025: 3.81}
#: A rate per kilometre is between these, in kr.; anything else is a distance or a sum.
RATE_RANGE = (2.0, 25.0)
#: Months of notice from which a contract binds for long.
LONG_NOTICE_MONTHS = 12

_FRACTION_WORDS = (
    "halvdelen halvdel halvparten trediedel tredjedel tredjedelen fjerdedel fjerdedelen femtedel femtedelen"
    " sjettedel tiendedel tiendedelen tyvendedel kvart andel andelen procentdel procentsats procentvis "
    "procendel brokdel part procenter"
)
_FRACTIONS = frozenset(_FRACTION_WORDS.split())
_COUNT_WORDS = "en to tre fire fem seks syv otte ni ti elleve tolv atten fireogtyve seksogtredive"
_COUNTS = dict(
    zip(
        _COUNT_WORDS.split(),
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 18, 24, 36),
        strict=True,
    )
)
_PERCENT = frozenset({"%", "pct", "procent", "procents", "pc"})
_MONEY = frozenset({"kr", "kroner", "krone", "dkk", "tkr", "mio", "mia"})
_DISTANCE = re.compile(r"km|kilomet")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\Z")


def number(form: str) -> float | None:
    """A Danish number: "1.200" is 1200, "3,56" is 3.56; None for a word."""
    if not _NUMBER.match(form):
        return None
    whole, _, decimals = form.rpartition(",") if "," in form else (form, "", "")
    whole = whole.replace(".", "").replace(",", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})*", whole) else whole
    try:
        return float(f"{whole}.{decimals}" if decimals else whole)
    except ValueError:
        return None


def hits(forms: Sequence[str]) -> Iterator[Hit]:
    """The concepts that are figures.

    share, amount, rate_above_state, rate_unsure, rate_within_state, long_notice, paid_over_frame.
    """
    for index, form in enumerate(forms):
        following = forms[index + 1] if index + 1 < len(forms) else ""
        previous = forms[index - 1] if index else ""
        if form in _FRACTIONS or (number(form) is not None and following in _PERCENT):
            yield Hit("share", index, index, denied=False)
        elif number(form) is not None and (
            following in _MONEY or (previous in _MONEY and following not in _MONEY)
        ):
            yield Hit("amount", index, index, denied=False)
    yield from _rates(forms)
    yield from _notices(forms)
    yield from _over_frame(forms)


def _rates(forms: Sequence[str]) -> Iterator[Hit]:
    if not any(_DISTANCE.match(form) or "koersel" in form or "befordring" in form for form in forms):
        return
    years = [int(form) for form in forms if len(form) == 4 and form.isdigit() and int(form) in STATE_RATES]
    allowed = [STATE_RATES[year] for year in years]
    for index, form in enumerate(forms):
        value = number(form)
        if value is None or not RATE_RANGE[0] <= value <= RATE_RANGE[1] or not _is_rate(forms, index):
            continue
        if value > max(allowed or STATE_RATES.values()):
            yield Hit("rate_above_state", index, index, denied=False)
        elif not allowed and value > min(STATE_RATES.values()):
            yield Hit("rate_unsure", index, index, denied=False)
        else:
            yield Hit("rate_within_state", index, index, denied=False)


def _is_rate(forms: Sequence[str], index: int) -> bool:
    after, before = forms[index + 1 : index + 7], forms[max(0, index - 2) : index]
    if after[:1] and (_DISTANCE.match(after[0]) or after[0] in _PERCENT):
        return False
    if "," not in forms[index] and not any(form in _MONEY for form in (*after[:1], *before)):
        return False
    per_distance = any(_DISTANCE.match(form) for form in after)
    return per_distance or any(_DISTANCE.match(form) or "koersel" in form for form in forms)


def _notices(forms: Sequence[str]) -> Iterator[Hit]:
    speaks_of_notice = [
        index for index, form in enumerate(forms) if "varsel" in form or form.startswith("opsig")
    ]
    if not speaks_of_notice:
        return
    for index, form in enumerate(forms[:-1]):
        count = number(form) if form[0].isdigit() else _COUNTS.get(form)
        unit = forms[index + 1]
        months = 0.0
        if count is not None and unit.startswith("maaned"):
            months = count
        elif count is not None and unit.startswith("aar"):
            months = count * 12
        near = any(abs(index - place) <= 4 for place in speaks_of_notice)
        if months >= LONG_NOTICE_MONTHS and near:
            yield Hit("long_notice", index, index + 1, denied=False)


def _over_frame(forms: Sequence[str]) -> Iterator[Hit]:
    """Two sums, one spent and one the frame, and the one spent is larger."""
    sums = [(index, number(form) or 0.0) for index, form in enumerate(forms) if _is_sum(forms, index)]
    if len(sums) < 2:
        return
    spent = any(
        form.startswith(
            ("betalt", "brugt", "forbrug", "faktureret", "udbetalt", "kostet", "fakturer", "loeb")
        )
        for form in forms
    )
    frame = any(
        "budget" in form or form in {"ramme", "rammen", "bevilling", "afsat", "aftalt", "aftalte", "bevilget"}
        for form in forms
    )
    (_, first), (last, second) = sums[0], sums[1]
    if spent and frame and first != second:
        frame_at = next(
            index
            for index, form in enumerate(forms)
            if "budget" in form
            or form in {"ramme", "rammen", "bevilling", "afsat", "aftalt", "aftalte", "bevilget"}
        )
        frame_sum, other = (
            (first, second) if abs(frame_at - sums[0][0]) < abs(frame_at - last) else (second, first)
        )
        if other > frame_sum:
            yield Hit("paid_over_frame", sums[0][0], last, denied=False)


def _is_sum(forms: Sequence[str], index: int) -> bool:
    if number(forms[index]) is None or (number(forms[index]) or 0) < 1000:
        return False
    return any(form in _MONEY for form in (*forms[index + 1 : index + 2], *forms[max(0, index - 1) : index]))
