"""Where the tests of this folder write their files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Writes a file of the given text and tells its path."""

    def write(text: str) -> Path:
        path = tmp_path / "proeve.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
