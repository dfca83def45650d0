"""Validates a file's data against its model, and says in Danish what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from knowledge.hearings.problems import Problem
from knowledge.hearings.yamlfile import Place, YamlFile
from knowledge.naming import near

Model = TypeVar("Model", bound=BaseModel)

#: Which kind of problem (a key of `texts.PROBLEMS`) each of pydantic's error types is.
KINDS: Mapping[str, str] = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "string_type": "want_text",
    "string_too_short": "empty",
    "string_too_long": "too_long",
    "tuple_type": "want_list",
    "list_type": "want_list",
    "too_short": "empty",
    "dict_type": "want_mapping",
    "mapping_type": "want_mapping",
    "model_type": "want_mapping",
    "model_attributes_type": "want_mapping",
    "int_type": "want_number",
    "int_parsing": "want_number",
    "int_parsing_size": "want_number",
    "int_from_float": "want_number",
    "bool_type": "want_bool",
    "bool_parsing": "want_bool",
    "date_type": "want_date",
    "date_parsing": "want_date",
    "date_from_datetime_parsing": "want_date",
    "date_from_datetime_inexact": "want_date",
    "enum": "want_one_of",
    "literal_error": "want_one_of",
    "greater_than_equal": "too_small",
}


class Misshapen(Exception):
    """The data does not fit the model; `problems` says where."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


def shaped(model: type[Model], file: YamlFile) -> Model:
    """The file's data as the model.

    Raises:
        Misshapen: with every problem there is.
    """
    try:
        return model.model_validate(file.data)
    except ValidationError as errors:
        keys = set(_keys(model))
        raise Misshapen(_problem(error, file, keys) for error in errors.errors(include_url=False)) from None


def _problem(error: ErrorDetails, file: YamlFile, keys: set[str]) -> Problem:
    place: Place = tuple(part for part in error["loc"] if part != "[key]")
    key, value, context = _key(place), error["input"], error.get("ctx", {})
    kind = KINDS.get(error["type"], "bad_value")
    if error["type"] == "string_pattern_mismatch":
        kind = "bad_definition_id" if place == ("id",) else "bad_id"
    if value is None and kind.startswith("want"):
        kind = "empty"
    if kind == "unknown_key" and (guess := near(key, keys)):
        return file.problem("unknown_key_near", place, key=key, near=guess)
    return file.problem(
        kind,
        place,
        key=key,
        value=value,
        allowed=str(context.get("expected", "")).replace(" or ", ", ").replace("'", ""),
        limit=context.get("ge", context.get("max_length", "")),
    )


def _key(place: Place) -> str:
    """The last name in the path; an item of a list is told by the list's name."""
    return next((part for part in reversed(place) if isinstance(part, str)), "")


def _keys(model: type[BaseModel]) -> Iterator[str]:
    """The names of all fields in the model and the models within it."""
    schema: dict[str, Any] = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part.get("properties", {})
