"""Loads hearings' definitions: from any file, or the ones shipped with the assistant by their id."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from knowledge.hearings.meaning import problems
from knowledge.hearings.model import Definition
from knowledge.hearings.problems import DefinitionRefused, Problem, problem
from knowledge.hearings.shape import Misshapen, shaped
from knowledge.hearings.texts import PROBLEMS, VERSION_OF
from knowledge.hearings.yamlfile import UnreadableYaml, read_yaml

__all__ = [
    "DefinitionRefused",
    "Problem",
    "UnknownHearing",
    "definition",
    "definition_ids",
    "definition_schema",
    "load_definition",
]

#: The newest version of a hearing is `<id>.yaml`, an earlier one `<id>.v<version>.yaml`.
DEFINITIONS = Path(__file__).parent / "definitions"
SCHEMA_FILE = Path(__file__).parent / "definition.schema.json"


class UnknownHearing(LookupError):
    """No definition has that id and version."""

    def __init__(self, hearing: str, version: int | None = None) -> None:
        self.hearing = hearing
        self.version = version
        which = hearing if version is None else VERSION_OF.format(hearing=hearing, version=version)
        known = ", ".join(definition_ids())
        super().__init__(" ".join(PROBLEMS["unknown_hearing"]).format(id=which, allowed=known))


def load_definition(path: Path) -> Definition:
    """The definition in the file, read and checked.

    Raises:
        DefinitionRefused: with everything that is wrong, each with file, line and cure.
    """
    try:
        file = read_yaml(path)
        loaded = shaped(Definition, file)
    except UnreadableYaml as unreadable:
        raise DefinitionRefused([unreadable.problem]) from None
    except Misshapen as misshapen:
        raise DefinitionRefused(misshapen.problems) from None
    found = list(problems(loaded, file))
    if found:
        raise DefinitionRefused(found)
    return loaded


def definition_ids() -> list[str]:
    """The ids of the shipped hearings, in alphabetical order."""
    return sorted(path.stem for path in DEFINITIONS.glob("*.yaml") if "." not in path.stem)


@cache
def definition(hearing: str, version: int | None = None) -> Definition:
    """A shipped hearing's definition; the newest where no version is given.

    Raises:
        UnknownHearing: there is none with that id and version.
        DefinitionRefused: its file is not in order.
    """
    if hearing not in definition_ids():
        raise UnknownHearing(hearing, version)
    newest = _shipped(DEFINITIONS / f"{hearing}.yaml", hearing)
    if version in (None, newest.version):
        return newest
    earlier = DEFINITIONS / f"{hearing}.v{version}.yaml"
    if not earlier.is_file():
        raise UnknownHearing(hearing, version)
    return _shipped(earlier, hearing)


def definition_schema() -> str:
    """The JSON Schema of definitions for editors, as `python -m knowledge.hearings.load` writes it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Definition.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


@cache
def _shipped(path: Path, hearing: str) -> Definition:
    loaded = load_definition(path)
    if loaded.id != hearing:
        raise DefinitionRefused([problem("file_name", path.name, 1, id=loaded.id)])
    return loaded


if __name__ == "__main__":
    SCHEMA_FILE.write_text(definition_schema(), encoding="utf-8")
