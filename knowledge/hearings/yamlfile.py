"""Reads a YAML 1.2 file and remembers on which line everything stands.

Numbers and dates stay the text that was written ("0123", "27.00", "2020-03-03"): what reads the data
knows which type it wants, and a telephone number keeps its zeros. Only true, false and null are values.
Signs that no letter can hold are dropped from texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from knowledge.hearings.problems import Problem, problem
from knowledge.text import clean

#: Bytes of the largest file that is read.
MAX_FILE_BYTES = 2_000_000
#: Values a file may hold once its aliases are followed.
MAX_VALUES = 50_000
#: Levels of brackets, or of dashes on one line. The parser needs 15 s to give up at 2,000 of them.
MAX_LEVELS = 200

_BRACKETS = re.compile(r"[\[\]{}]")
_DASHES = re.compile(rf"(?m)^ *(?:[-?] +){{{MAX_LEVELS}}}")

Place = tuple[str | int, ...]


class _TextConstructor(RoundTripConstructor):
    """Leaves numbers and dates as they are written."""


for _tag in ("int", "float", "timestamp"):
    _TextConstructor.add_constructor(f"tag:yaml.org,2002:{_tag}", RoundTripConstructor.construct_yaml_str)


class UnreadableYaml(Exception):
    """The file is no YAML that can be used."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass
class YamlFile:
    """A file's plain data, and the line (from 1) of every key and item by its path."""

    name: str
    data: object
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, path: Place) -> int:
        """The line of the path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, kind: str, path: Place, **words: object) -> Problem:
        """A problem of this kind with what stands at the path."""
        return problem(kind, self.name, self.line(path), **words)


def read_yaml(path: Path) -> YamlFile:
    """The file's data with its lines.

    Raises:
        UnreadableYaml: no such file, too large, not UTF-8, not YAML, or no mapping.
    """
    text = _text(path)
    if _is_deep(text):
        raise UnreadableYaml(problem("too_deep", path.name, 1))
    file = YamlFile(path.name, None)
    try:
        file.data = _Plain(file).of(_parser().load(text), ())
    except RecursionError:
        raise UnreadableYaml(problem("too_deep", path.name, 1)) from None
    except (YAMLError, ValueError) as error:
        raise UnreadableYaml(_syntax(path.name, text, error)) from None
    if not isinstance(file.data, dict):
        raise UnreadableYaml(problem("no_mapping", path.name, 1))
    return file


def _parser() -> YAML:
    parser = YAML()
    parser.Constructor = _TextConstructor
    return parser


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableYaml(problem("too_large", path.name, 1, limit=MAX_FILE_BYTES // 1000))
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UnreadableYaml(problem("not_utf8", path.name, line)) from None
    except OSError:
        raise UnreadableYaml(problem("no_file", path.name, 1)) from None


def _is_deep(text: str) -> bool:
    steps = (1 if bracket[0] in "[{" else -1 for bracket in _BRACKETS.finditer(text))
    return max(accumulate(steps), default=0) > MAX_LEVELS or _DASHES.search(text) is not None


def _syntax(name: str, text: str, error: Exception) -> Problem:
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return problem("control_character", name, line, code=f"U+{error.character:04X}")
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    line = mark.line + 1 if mark is not None else 1
    if isinstance(error, DuplicateKeyError):
        return problem("duplicate_key", name, line)
    return problem("yaml", name, line)


class _Plain:
    """Turns the round-trip data into plain values, noting lines; aliases count each time they are used."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.values = 0

    def of(self, value: Any, path: Place) -> object:
        self.values += 1
        if self.values > MAX_VALUES:
            raise UnreadableYaml(self.file.problem("too_many_values", path, limit=MAX_VALUES))
        if isinstance(value, CommentedMap):
            return {key: self.of(value[key], (*path, key)) for key in self._keys(value, path)}
        if isinstance(value, CommentedSeq):
            return [self.of(item, (*path, index)) for index, item in self._items(value, path)]
        return self._scalar(value, path)

    def _keys(self, mapping: CommentedMap, path: Place) -> Iterator[str]:
        for key in mapping:
            # A key that was merged in ("<<") has no line of its own.
            place = (mapping.lc.data or {}).get(key)
            line = place[0] + 1 if place else self.file.line(path)
            if not isinstance(key, str):
                raise UnreadableYaml(problem("key_no_text", self.file.name, line, key=key))
            self.file.lines[(*path, str(key))] = line
            yield key

    def _items(self, sequence: CommentedSeq, path: Place) -> Iterator[tuple[int, Any]]:
        for index, item in enumerate(sequence):
            self.file.lines[(*path, index)] = sequence.lc.item(index)[0] + 1
            yield index, item

    def _scalar(self, value: Any, path: Place) -> object:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return clean(value)
        raise UnreadableYaml(self.file.problem("yaml_tag", path))
