"""Texts labelled line by line."""

import json

import pytest

from knowledge.contracts.report import BadLine, label_lines

TEXT = "Konsulenten får 12 % af den opnåede besparelse."


def test_texts_one_a_line_come_back_labelled() -> None:
    """Ids are kept, blank lines left out."""
    lines = [json.dumps({"id": "a", "text": TEXT}), "", json.dumps({"id": 2, "text": "Kaffen er varm."})]
    assert [json.loads(line) for line in label_lines(lines)] == [
        {"id": "a", "risks": ["savings_share"], "maybe": []},
        {"id": 2, "risks": [], "maybe": []},
    ]


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": 1}', '{"id": 1, "text": 5}'])
def test_a_bad_line_is_named(line: str) -> None:
    """The message says which line."""
    with pytest.raises(BadLine, match="Linje 1"):
        list(label_lines([line]))
