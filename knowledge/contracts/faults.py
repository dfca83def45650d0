"""Faults in the catalogue's files, told with file, line and cure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.error import MarkedYAMLError


class FaultyCatalogue(ValueError):
    """The catalogue cannot be used; one line of Danish with file, line and cure."""

    def __init__(self, file: Path, line: int, cure: str) -> None:
        self.file, self.line, self.cure = file, line, cure
        super().__init__(f"{file.name}, linje {line}: {cure}")


_CURES = {
    "missing": "feltet mangler. Tilføj det.",
    "extra_forbidden": "feltet kendes ikke. Ret navnet, eller slet det.",
    "enum": "skal være high, medium eller low.",
    "string_type": "skal være tekst. Sæt citationstegn om.",
    "string_too_short": "teksten er for kort. Skriv den ud.",
    "string_pattern_mismatch": "må kun bestå af små bogstaver a-z, tal og _.",
    "model_type": "skal være en samling felter.",
}


def cure_of(fault: Any) -> str:
    """What to do about a fault that pydantic found."""
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return _CURES.get(fault["type"], "har en forkert værdi. Sammenlign med de andre risici.")


def read_yaml(file: Path) -> Any:
    """What the file holds.

    Raises:
        FaultyCatalogue: it cannot be read.
    """
    try:
        return YAML(typ="safe").load(file.read_text("utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FaultyCatalogue(
            file, line, "Filen er ikke gyldig YAML. Kontrollér indrykning og citationstegn."
        ) from None
    except (OSError, UnicodeDecodeError):
        raise FaultyCatalogue(file, 1, "Filen kan ikke læses som tekst (UTF-8).") from None


def line_of(file: Path, place: Sequence[Any]) -> int:
    """The line, from 1, of the innermost part of `place` that the file has.

    Read again with positions only here: reading with positions takes several times as long.
    """
    node: Any = YAML().load(file.read_text("utf-8"))
    line = 1
    for key in place:
        try:
            line = (node.lc.item(key) if isinstance(node, CommentedSeq) else node.lc.key(key))[0] + 1
            node = node[key]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    return int(line)
