"""The command line's forms of the findings."""

import json

import pytest

from knowledge.contracts.reader import Document, document_findings
from knowledge.contracts.report import BadLine, as_json, as_text, label_lines

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


def test_the_report_shows_quote_place_and_advice() -> None:
    """A person sees where it stands and what to do; the JSON has the shape of a finding."""
    document = Document("k.txt", (TEXT,))
    findings = document_findings(document)
    text = as_text(document, findings)
    assert f"»{TEXT}«" in text
    assert "side 1" in text
    assert json.loads(as_json(findings))[0]["about"]["quote"] == TEXT


def test_nothing_found_is_said() -> None:
    """An empty report would leave the reader in doubt."""
    document = Document("k.txt", ("Kaffen er varm i dag.",))
    assert "ikke fundet noget" in as_text(document, document_findings(document))
