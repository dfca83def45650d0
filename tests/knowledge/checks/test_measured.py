"""The search for personal data does as well as it says, on labelled texts and on two real replies."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from knowledge.checks.evaluate import FILES, Span, marked, mistakes, read_labelled, report, score
from knowledge.checks.personal_data import scan

MEASURED = read_labelled(FILES[1])
#: Two real replies, kept outside the repository: they name real people.
REPLIES = Path(__file__).parents[4] / "shared" / "seeds"

#: What is personal in each reply, by the beginning of its name: kinds, and a hash of the words found.
IN_REPLIES = {
    "000": (["name"] * 4, "b995ed3b5d29bef1"),
    "002": (["phone", "email", "email", "name", "name"], "7a1fd3bcbba9d4b6"),
}


@pytest.mark.parametrize(
    ("kind", "precision", "recall"),
    [
        ("cpr", 1.0, 1.0),
        ("email", 1.0, 1.0),
        ("phone", 0.99, 0.99),
        ("address", 0.99, 0.99),
        ("name", 0.93, 0.88),
    ],
)
def test_each_kind_is_found_in_texts_that_no_rule_was_made_for(
    kind: str, precision: float, recall: float
) -> None:
    """Of texts that were only ever measured on, at least so much is right and so much is found."""
    got = score(MEASURED, kind)
    assert (got.precision >= precision, got.recall >= recall) == (True, True), list(mistakes(MEASURED))


def test_harmless_texts_alarm_almost_nobody() -> None:
    """Journal numbers, amounts, firms, officials and streets without a number: one text in fifty at most."""
    harmless = [each for each in MEASURED if not each.spans]
    alarmed = [line for line in mistakes(harmless) if line.startswith("wrong")]
    assert len(harmless) > 80
    assert len(alarmed) <= len(harmless) // 50 + 1, alarmed


def test_a_marked_line_is_read_with_its_places() -> None:
    """Brackets and escapes are taken away, and the spans point at the words that stood in them."""
    read = marked(r"Ring til [name Ekso]\npå [phone 20\u200b304050].")
    assert read.text == "Ring til Ekso\npå 20\u200b304050."
    assert read.spans == (Span("name", 9, 13), Span("phone", 17, 26))


def test_the_table_tells_what_was_missed_and_what_was_wrong() -> None:
    """A name not found and a firm taken for a person each count against the table."""
    texts = [marked("Den [name Qwxyz] gik."), marked("Anne flyttede.")]
    table = "\n".join(report(texts))
    assert "name            1      0       1      1   0.00   0.00" in table
    assert [line.split(" in ")[0] for line in mistakes(texts)] == ["missed name 'Qwxyz'", "wrong name 'Anne'"]


@pytest.mark.parametrize("begin", IN_REPLIES)
def test_all_that_is_personal_in_a_real_reply_is_found_and_nothing_else(begin: str) -> None:
    """Every person, e-mail address and phone number, word for word; no firm, street or figure."""
    if not REPLIES.is_dir():
        pytest.skip(f"THE REAL REPLIES ARE NOT HERE ({REPLIES}): personal data is not measured on them")
    text = next(REPLIES.glob(f"{begin}*")).read_text("utf-8")
    found = scan(text)
    kinds, digest = IN_REPLIES[begin]
    assert [datum.kind for datum in found] == kinds
    words = "\n".join(text[datum.start : datum.end] for datum in found)
    assert hashlib.sha256(words.encode()).hexdigest()[:16] == digest
