"""`python -m bench [NAME ...]`: measures these, or all; exit code 1 where a bound is missed."""

from __future__ import annotations

import importlib
import sys

from bench.table import Row, show

#: Modules of this package that have a `run() -> list[Row]`.
MEASUREMENTS = ("store", "backup", "postgres", "letters", "contracts", "telegram", "memory")


def main(names: list[str]) -> int:
    """Run the measurements and print their rows as they come."""
    rows: list[Row] = []
    for name in names or MEASUREMENTS:
        found: list[Row] = importlib.import_module(f"bench.{name}").run()
        show(found)
        rows += found
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
