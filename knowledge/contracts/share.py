"""The percentage that a contract pays by result, as its findings quote it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

#: The risks whose quotes tell a share.
SHARES = frozenset({"savings_share", "success_fee"})
_PERCENT = re.compile(r"(?<![\d,.])(\d{1,3}(?:[,.]\d{1,2})?)\s?(?:%|pct\b|procent)", re.IGNORECASE)


def share(quotes: Iterable[str]) -> Decimal | None:
    """The one percentage that the quotes name; None where they name none, or several that differ."""
    named = {Decimal(found.replace(",", ".")) for quote in quotes for found in _PERCENT.findall(quote)}
    return named.pop() if len(named) == 1 else None
