"""The hearings that are shipped, and the ways they are found."""

from __future__ import annotations

import json

import pytest

from knowledge.hearings.load import (
    DEFINITIONS,
    SCHEMA_FILE,
    UnknownHearing,
    definition,
    definition_ids,
    definition_schema,
)
from knowledge.hearings.model import QuestionType, Required
from knowledge.hearings.testcases import check

CONSULTANTS = "ankestyrelsen-konsulenter-2020"

#: Question ids of each section, in order, each with its type.
TABLE = {
    "forhold": {"konsulentfirma": "text", "kontrakt_indgaaet": "date", "samarbejde_afsluttet": "yes_no"},
    "redegoerelse_1": {"opgaver": "text"},
    "redegoerelse_2": {
        "arbejdsmetode": "text",
        "sagsforberedelse": "yes_no",
        "moede_deltagelse": "yes_no",
        "faglige_vurderinger": "yes_no",
        "udkast_afgoerelser": "yes_no",
    },
    "redegoerelse_3": {
        "sager_udvalgt": "count",
        "sager_behandlet": "count",
        "sager_ikke_startet": "count",
        "stoette_oeget": "count",
        "stoette_reduceret": "count",
        "stoette_uaendret": "count",
        "sager_aendret": "text",
    },
    "redegoerelse_4": {"urigtige_afgoerelser": "yes_no", "rettet_op": "text"},
    "redegoerelse_5": {"dobbeltrolle": "yes_no"},
    "redegoerelse_6": {
        "beloeb_budgetteret": "amount",
        "beloeb_betalt": "amount",
        "beloeb_forventet": "amount",
        "besparelse_budgetteret": "amount",
    },
    "redegoerelse_7": {
        "no_cure_no_pay": "yes_no",
        "betalingskriterier": "text",
        "honorar_procent": "percent",
        "honorar_grundlag": "text",
    },
    "kopi": {
        "kopi_fem_sager": "documents",
        "nye_afgoerelser_i_fem": "count",
        "kopi_tre_sager": "documents",
        "kopi_kontrakter": "documents",
        "kopi_databehandleraftale": "documents",
        "interne_redegoerelser": "documents",
    },
    "afslutning": {"bemaerkninger": "text"},
}


def test_the_consultants_hearing_asks_what_the_authority_asked() -> None:
    """Sections, questions and types stand in the agreed order."""
    hearing = definition(CONSULTANTS)
    found = {
        section.id: {question.id: question.type.value for question in section.questions}
        for section in hearing.sections
    }
    assert found == TABLE
    assert [list(part) for part in found.values()] == [list(part) for part in TABLE.values()]


def test_what_may_be_left_out_or_answered_with_none() -> None:
    """Copies may be none because, contracts may not; forecast and saving may be left out."""
    asked = definition(CONSULTANTS).questions
    with_none = {
        name
        for name, question in asked.items()
        if question.type is QuestionType.DOCUMENTS and question.none_allowed
    }
    assert with_none == {
        "kopi_fem_sager",
        "kopi_tre_sager",
        "kopi_databehandleraftale",
        "interne_redegoerelser",
    }
    assert asked["beloeb_forventet"].required is Required.RECOMMENDED
    assert asked["besparelse_budgetteret"].required is Required.NO
    assert asked["bemaerkninger"].required is Required.NO
    assert asked["kopi_kontrakter"].contract


@pytest.mark.parametrize("hearing", definition_ids())
def test_every_shipped_hearing_passes_its_test_cases(hearing: str) -> None:
    """A definition is shipped with test cases, and they all come out."""
    report = check(DEFINITIONS / f"{hearing}.yaml")
    assert report.ok, "\n".join(report.lines)
    assert len(report.lines) > 1


@pytest.mark.parametrize("hearing", definition_ids())
def test_every_question_explains_itself(hearing: str) -> None:
    """A question is short enough for a chat, ends as one, and its help says more than the question."""
    for question in definition(hearing):
        assert len(question.ask) <= 90, question.id
        assert question.ask.endswith(("?", ".")), question.id
        assert len(question.help) > len(question.ask), question.id


def test_the_schema_for_editors_is_the_model_s() -> None:
    """The file that editors read is the one the model gives."""
    assert SCHEMA_FILE.read_text("utf-8") == definition_schema(), "kør: python -m knowledge.hearings.load"
    assert "sections" in json.loads(definition_schema())["properties"]


def test_a_hearing_is_found_by_id_and_version() -> None:
    """Without a version it is the newest one, and the same object each time."""
    newest = definition(CONSULTANTS)
    assert definition(CONSULTANTS, newest.version) == newest
    assert definition(CONSULTANTS) is newest


@pytest.mark.parametrize(
    ("hearing", "version"), [("findes-ikke", None), ("../model", None), ("", None), (CONSULTANTS, 99)]
)
def test_a_hearing_that_is_not_shipped_is_told(hearing: str, version: int | None) -> None:
    """The message names the hearings there are."""
    with pytest.raises(UnknownHearing, match=CONSULTANTS):
        definition(hearing, version)
