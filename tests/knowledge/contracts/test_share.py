"""The share that a contract pays by result is read from the words that were warned of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.contracts.share import share


@pytest.mark.parametrize(
    ("quotes", "percent"),
    [
        (["Honoraret udgør 10% af besparelsen."], "10"),
        (["12,5 pct. af den opnåede besparelse", "de aftalte 12.5 procent"], "12.5"),
        (["10 % det første år og 5 % derefter"], None),
        (["en andel af besparelsen"], None),
        ([], None),
    ],
)
def test_a_share_is_told_where_one_is_named(quotes: list[str], percent: str | None) -> None:
    """Two that differ, or none, tell nothing."""
    assert share(quotes) == (None if percent is None else Decimal(percent))
