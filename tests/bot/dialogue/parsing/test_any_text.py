"""Whatever is written, an answer comes back and nothing is raised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.parsing import MAX_LENGTH, Unclear, Understood, vat_said
from bot.dialogue.parsing.commands import command
from knowledge.hearings.model import QuestionType
from knowledge.hearings.values import parse_value

from .asking import asked_back, read, untimed

MARKS_AND_WORDS = (
    "ja|nej|ikke|ingen|ved|ca.|godt|mio.|kr.|DKK|t.kr.|moms|ekskl.|inkl.|%|procent|marts|2020|en|et|halv|par"
    "|to|femogtyve|hundrede|tusind|million|og|af|ud|til|eller|-|–|;|,|.|:|/|(|)|1|25|1.200|1,200|2,5|31/2|§"
    "|€|½|٣|🙂|\u200f|\u00a0|æøå|<b>| |\n"
)
TEXTS = (
    st.text()
    | st.lists(st.sampled_from(MARKS_AND_WORDS.split("|")), max_size=12).map(" ".join)
    | st.lists(st.sampled_from(MARKS_AND_WORDS.split("|")), max_size=12).map("".join)
)


@pytest.mark.parametrize("kind", list(QuestionType))
@untimed
@given(text=TEXTS, none_allowed=st.booleans())
def test_any_text_gives_a_storable_value_or_a_question_back(
    kind: QuestionType, text: str, none_allowed: bool
) -> None:
    """Values and options survive the form in which they are stored."""
    parsed = read(kind, text, none_allowed=none_allowed)
    if isinstance(parsed, Understood):
        values = [parsed.value]
    else:
        assert parsed.message
        values = [option.value for option in parsed.options]
        assert all(option.label for option in parsed.options)
    for value in values:
        assert parse_value(value.model_dump(mode="json")) == value


@untimed
@given(text=TEXTS)
def test_any_text_can_be_looked_at_for_commands_and_vat(text: str) -> None:
    """Neither raises, whatever stands there."""
    command(text)
    command("/" + text)
    vat_said(text)


MEGABYTE = 1_000_000
HUGE = [
    "9",
    "9 ",
    "fem ",
    "ja ",
    "a",
    "1.",
    "9/",
    "kr. ",
    "moms ",
    "ekskl. ",
    "æ",
    "-",
    "\n",
    ", ",
    "ved ikke ",
]


@pytest.mark.parametrize("kind", list(QuestionType))
@pytest.mark.parametrize("piece", HUGE)
def test_a_megabyte_is_refused_with_the_limit(kind: QuestionType, piece: str) -> None:
    """The person is told how much there is room for."""
    text = ("x" + piece * MEGABYTE)[:MEGABYTE] + "x"
    assert str(MAX_LENGTH[kind]) in asked_back(kind, text).message
    command(text)


@pytest.mark.parametrize("kind", ["count", "amount", "percent"])
@untimed
@given(digits=st.integers(1, 40), scale=st.sampled_from(["", " mia.", " mio.", "½ mia.", " tusind", " %"]))
def test_a_figure_of_any_length_is_read_or_asked_about(kind: str, digits: int, scale: str) -> None:
    """A slip of the hand on the nines ends in a question, not in an error."""
    for figure in ("9" * digits, f"{10**digits:,}".replace(",", "."), "0," + "9" * digits):
        assert isinstance(read(kind, f"tkr. {figure}{scale}"), Understood | Unclear)
        assert isinstance(read(kind, f"{figure}{scale}"), Understood | Unclear)


@pytest.mark.parametrize("kind", list(QuestionType))
@pytest.mark.parametrize("piece", HUGE)
def test_a_text_at_the_limit_is_read(kind: QuestionType, piece: str) -> None:
    """The longest text that is let in is read to its end, whatever it repeats."""
    text = (piece * MAX_LENGTH[kind])[: MAX_LENGTH[kind] - 1] + "x"
    assert isinstance(read(kind, text), Understood | Unclear)
    vat_said(text)
