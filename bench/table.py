"""What a measurement hands back, and how a table of them is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click


@dataclass(frozen=True)
class Row:
    """One figure, in words, beside the bound it must keep; `bound` is empty where it is only told."""

    name: str
    figure: str
    bound: str
    ok: bool


def at_most(name: str, figure: float, bound: float, unit: str = "") -> Row:
    """A figure that must not be over the bound."""
    return Row(name, f"{figure:.2f} {unit}".strip(), f"at most {bound:g} {unit}".strip(), figure <= bound)


def at_least(name: str, figure: float, bound: float, unit: str = "") -> Row:
    """A figure that must not be under the bound."""
    return Row(name, f"{figure:.2f} {unit}".strip(), f"at least {bound:g} {unit}".strip(), figure >= bound)


def told(name: str, figure: float, unit: str) -> Row:
    """A figure without a bound, for whoever looks for a cause."""
    return Row(name, f"{figure:.2f} {unit}", "", ok=True)


def show(rows: Sequence[Row]) -> None:
    """Print the rows as a table."""
    cells = [(row.name, row.figure, row.bound, "ok" if row.ok else "MISSED") for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(4)]
    for line in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
