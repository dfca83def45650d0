"""How the answers of the shipped hearing read together, in both styles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.hearings.load import definition as shipped
from knowledge.hearings.model import Question, QuestionType
from knowledge.hearings.shortforms import value_of
from knowledge.hearings.values import (
    Amount,
    Count,
    Day,
    Documents,
    Enclosed,
    Percent,
    Text,
    Unknown,
    Value,
    YesNo,
)
from knowledge.hearings.yamlfile import read_yaml
from knowledge.letters.build import build
from knowledge.letters.model import Block, Bullets, Heading, Numbered, Paragraph, Quote
from knowledge.letters.profile import LetterStyle, Profile

HEARING = shipped("ankestyrelsen-konsulenter-2020")
GOLDEN: dict[str, Any] = cast("dict[str, Any]", read_yaml(Path(__file__).parent / "data/account.yaml").data)


def read(profile: Profile, answers: Mapping[str, Value], style: LetterStyle) -> list[str]:
    """The final letter's lines that answer these questions, without what leads over to a section."""
    styled = profile.model_copy(update={"letter_style": style})
    made = build(HEARING, styled, answers, draft=False, today=date(2020, 3, 3))
    return [line for block in made.blocks if _about(block) & answers.keys() for line in _lines(block)]


def _about(block: Block) -> set[str | None]:
    if isinstance(block, Paragraph):
        return {part.question for part in block.parts}
    return set() if isinstance(block, Heading | Quote) else {block.question}


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(parts=parts):
            yield " ".join(part.text for part in parts if part.question)
        case Bullets(items=items):
            yield from (f"- {item.text}" for item in items)
        case Numbered(items=items):
            yield from (f"{at}. {item.text}" for at, item in enumerate(items, 1))


@pytest.mark.parametrize("case", GOLDEN)
def test_answers_read_as_the_definition_says(profile: Profile, case: str) -> None:
    """None, one and many, notes and reasons, short and long: each has its sentence in both styles."""
    golden = GOLDEN[case]
    answers = {point: value_of(form, HEARING.question(point)) for point, form in golden["answers"].items()}
    assert read(profile, answers, LetterStyle.CONNECTED) == golden["account"]
    assert read(profile, answers, LetterStyle.POINT_BY_POINT) == golden.get("points", golden["account"])


def bare(question: Question) -> st.SearchStrategy[Value]:
    """An answer without anything that a person put into words."""
    kinds: dict[QuestionType, st.SearchStrategy[Value]] = {
        QuestionType.YES_NO: st.builds(YesNo, yes=st.booleans()),
        QuestionType.COUNT: st.builds(Count, count=st.integers(0, 30)),
        QuestionType.AMOUNT: st.builds(Amount, dkk=st.sampled_from([Decimal(0), Decimal(200_000)])),
        QuestionType.PERCENT: st.just(Percent(percent=Decimal(10))),
        QuestionType.DATE: st.just(Day(day=date(2019, 2, 1))),
        QuestionType.DOCUMENTS: st.just(
            Documents(files=(Enclosed(file=question.id, name="a.pdf", title=question.id),))
        ),
        QuestionType.TEXT: st.just(Text(text=f"{question.id} besvaret")),
    }
    return st.one_of(kinds[question.type], st.just(Unknown()))


ANY_ANSWERS = st.fixed_dictionaries({question.id: bare(question) for question in HEARING})


@settings(max_examples=60, deadline=None)
@given(answers=ANY_ANSWERS)
def test_no_sentence_of_the_account_begins_as_the_one_before(
    profile: Profile, answers: dict[str, Value]
) -> None:
    """Whatever is answered, the account does not say "Kommunen har ... Kommunen har ..."."""
    paragraphs = read(profile, answers, LetterStyle.CONNECTED)
    assert sum(paragraph.startswith("Kommunen har") for paragraph in paragraphs) <= 1
    for paragraph in paragraphs:
        sentences = re.split(r"(?<=\w{2}\.) (?=[A-ZÆØÅ])", paragraph)
        begun = [" ".join(sentence.split()[:2]) for sentence in sentences]
        assert all(first != second for first, second in pairwise(begun)), paragraph


def quotes_with_answers(profile: Profile, answers: Mapping[str, Value]) -> dict[str, list[str]]:
    """Each quote of the final point-by-point letter with the lines under it."""
    made = build(HEARING, profile, answers, draft=False, today=date(2020, 3, 3))
    under: dict[str, list[str]] = {}
    quote = ""
    for block in made.blocks:
        if isinstance(block, Quote):
            quote = block.text
            under[quote] = []
        elif quote and not isinstance(block, Heading):
            under[quote] += _lines(block)
    return under


def quote_of(question: str) -> str:
    """The authority's point as the definition states it."""
    return HEARING.questions[question].quote


def test_a_point_is_quoted_though_its_first_question_was_passed_over(profile: Profile) -> None:
    """What was answered under the authority's point stands under its quote."""
    found = quotes_with_answers(profile, {"stoette_oeget": Count(count=2)})
    answer = "Efter gennemgangen har to borgere fået mere støtte."
    assert found[quote_of("sager_udvalgt")][0] == answer


def test_no_point_that_the_authority_asked_is_left_without_a_word(profile: Profile) -> None:
    """A copy that was not required says that none is enclosed, a point out of use says so."""
    found = quotes_with_answers(profile, {"nye_afgoerelser_i_fem": Count(count=4)})
    assert found[quote_of("interne_redegoerelser")] == ["Der er ikke vedlagt kopi."]
    assert found[quote_of("kopi_tre_sager")] == ["Punktet er ikke aktuelt, jf. svarene ovenfor."]
    asked = [question.quote for question in HEARING if question.quote]
    assert [quote for quote in found if quote in asked] == asked


def test_sub_points_without_a_main_point_stand_under_the_sections_title(profile: Profile) -> None:
    """The request's list never hangs 2.1 under point 1."""
    hearing = shipped("datatilsynet-databehandlere-2021")
    connected = profile.model_copy(update={"letter_style": LetterStyle.CONNECTED})
    made = build(hearing, connected, {}, draft=True, today=date(2021, 3, 3))
    request = next(block for block in made.blocks if isinstance(block, Bullets))
    assert [(len(item.sub), item.text) for item in request.items] == [
        (0, hearing.questions["databehandlere"].quote),
        (4, "Tilsynet med hver databehandler"),
        (0, hearing.questions["tilsyn_i_alt"].quote),
    ]


def test_a_point_bears_its_number_where_its_section_has_none(profile: Profile) -> None:
    """Sections that hold several numbered points leave the numbers to the points."""
    hearing = shipped("ombudsmanden-boernesager-2015")
    made = build(hearing, profile, {}, draft=True, today=date(2015, 10, 3))
    labels = [block.label for block in made.blocks if isinstance(block, Quote)]
    assert labels == ["1.", "2.", "3.", "", ""]
