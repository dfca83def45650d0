"""The legal test leads from answers and contract to the row, says why, and claims no more than it knows."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.findings import Finding, Kind, Severity, Tier
from knowledge.hearings.conditions import Facts
from knowledge.hearings.values import Text, Unknown, Value, YesNo
from knowledge.law.legal_test import FACTS, DecisionTable, decision_table, legal_findings
from tests.knowledge.checks.hearing import hearing, question

YES, NO = YesNo(yes=True), YesNo(yes=False)
PREPARES, ON_TERMS, NO_PREPARING = (
    "resultatbetalt_sagsforberedelse",
    "sagsforberedelse_paa_betingelser",
    "resultatbetaling_uden_sagsforberedelse",
)

#: One question a fact, of the same name; the pay is also decided by the contract.
HEARING = hearing(
    question("opgaver", "text"),
    *(question(name, "yes_no") for name in sorted(FACTS)),
    legal_facts={name: {"when": name, "about": [name]} for name in sorted(FACTS)}
    | {
        "contingent_pay": {
            "when": 'contingent_pay or "success_fee" in contract_terms',
            "about": ["contingent_pay"],
        },
        "contract_delegates": {
            "when": '"authority_delegation" in contract_terms',
            "about": ["contract_delegates"],
        },
    },
)
NO_TASK = {"prepares_decisions": NO, "makes_professional_assessments": NO, "drafts_decisions": NO}


def found(answers: dict[str, Value], *terms: str, read: bool = False) -> dict[str, Finding]:
    """The findings by row; with terms, from a contract that was read."""
    facts = Facts(frozenset(terms), contracts_read=read or bool(terms))
    return {finding.id: finding for finding in legal_findings(HEARING, answers, facts)}


@pytest.mark.parametrize(
    ("answers", "row", "severity"),
    [
        ({"prepares_decisions": YES, "contingent_pay": YES}, PREPARES, Severity.HIGH),
        ({"makes_professional_assessments": YES, "contingent_pay": YES}, PREPARES, Severity.HIGH),
        ({"drafts_decisions": YES, "contingent_pay": YES}, PREPARES, Severity.HIGH),
        ({"prepares_decisions": YES, "contingent_pay": NO}, ON_TERMS, Severity.MEDIUM),
        (NO_TASK | {"contingent_pay": YES}, NO_PREPARING, Severity.MEDIUM),
        ({"takes_over": YES}, "firma_overtager", Severity.HIGH),
        ({"case_access": YES, "dpa_enclosed": NO}, "ingen_databehandleraftale", Severity.MEDIUM),
    ],
)
def test_facts_lead_to_their_row(answers: dict[str, Value], row: str, severity: Severity) -> None:
    """Each row of the table is reached by its facts, and is then the only one."""
    findings = found(answers)
    assert {id_: (one.severity, one.tier, one.kind) for id_, one in findings.items()} == {
        row: (severity, Tier.WARNING, Kind.LEGAL_TEST)
    }
    finding = findings[row]
    assert finding.sources
    assert {finding.about.question, *finding.also_about} <= answers.keys()


@pytest.mark.parametrize(
    "answers",
    [
        {},
        NO_TASK | {"contingent_pay": NO},
        {"takes_over": NO, "case_access": NO, "dpa_enclosed": YES, "attends_meetings": YES},
        {"case_access": YES, "dpa_enclosed": YES},
        dict.fromkeys(FACTS, Unknown()),
    ],
)
def test_what_the_table_has_nothing_against_is_not_warned_of(answers: dict[str, Value]) -> None:
    """A course at a fixed price, a case with nothing answered and one with nothing known bring no finding."""
    assert found(answers) == {}


def test_the_contract_decides_a_fact() -> None:
    """A term found in the contract counts, whatever the answer says."""
    answers: dict[str, Value] = {"prepares_decisions": YES, "contingent_pay": NO}
    assert PREPARES in found(answers, "success_fee")
    assert (
        found({"drafts_decisions": NO}, "authority_delegation")["reel_delegation"].severity is Severity.HIGH
    )


def test_a_denial_without_the_contract_says_what_it_rests_on() -> None:
    """Where no contract was read, "no payment by result" is the answer's word alone, and that is told."""
    answers: dict[str, Value] = {"prepares_decisions": YES, "contingent_pay": NO}
    assert "ikke læst en kontrakt" in found(answers)[ON_TERMS].meaning
    assert "ikke læst en kontrakt" not in found(answers, read=True)[ON_TERMS].meaning


@pytest.mark.parametrize(
    ("answers", "row", "missing"),
    [
        ({"prepares_decisions": YES}, PREPARES, "om en del af betalingen afhænger"),
        (
            {"prepares_decisions": YES, "contingent_pay": Unknown()},
            PREPARES,
            "om en del af betalingen afhænger",
        ),
        ({"contingent_pay": YES}, PREPARES, "om firmaets arbejde kunne få betydning"),
        ({"case_access": YES}, "ingen_databehandleraftale", "om der er en databehandleraftale"),
    ],
)
def test_what_is_undecided_is_asked(answers: dict[str, Value], row: str, missing: str) -> None:
    """Where decisive facts are missing the finding is a question, and it names them."""
    findings = found(answers)
    assert list(findings) == [row]
    finding = findings[row]
    assert finding.tier is Tier.QUESTION
    assert finding.title.endswith("?")
    assert f"ikke afklaret, {missing}" in finding.meaning


def test_a_question_leads_to_the_answers_that_are_missing() -> None:
    """The unanswered question that would decide it is named beside the answered ones."""
    finding = found({"prepares_decisions": YES})[PREPARES]
    assert finding.about.question == "prepares_decisions"
    assert "contingent_pay" in finding.also_about


@pytest.mark.parametrize(
    ("fact", "value", "excuse"),
    [
        ("nothing_paid", YES, "at der ikke er betalt noget"),
        ("no_new_decisions", YES, "at der endnu ikke er truffet nye afgørelser"),
        ("aims_at_price", YES, "at formålet var en lavere pris"),
        ("support_changed", YES, "at en ændring var til borgerens fordel"),
        ("fixed_pay", YES, "at en anden del af betalingen er fast"),
        ("attends_meetings", NO, "at aftalen taler om timer"),
    ],
)
def test_what_does_not_save_is_told(fact: str, value: Value, excuse: str) -> None:
    """An excuse that did not help others is told where it is the municipality's, and changes no row."""
    finding = found({"prepares_decisions": YES, "contingent_pay": YES, fact: value})[PREPARES]
    assert excuse in finding.advice
    assert (finding.tier, finding.severity) == (Tier.WARNING, Severity.HIGH)


def test_no_delegation_agreed_is_an_excuse_only_where_the_contract_was_read() -> None:
    """What a contract does not say is known once it was read."""
    answers: dict[str, Value] = {"prepares_decisions": YES, "contingent_pay": YES}
    excuse = "at det ikke er aftalt at overlade myndighed"
    assert excuse in found(answers, "success_fee")[PREPARES].advice
    assert excuse not in found(answers)[PREPARES].advice


def test_the_finding_says_what_led_there_and_what_would_change_it() -> None:
    """The meaning tells the facts that led there, the advice the way out and where the sources are silent."""
    answers: dict[str, Value] = {**NO_TASK, "contingent_pay": YES, "attends_meetings": YES}
    finding = found(answers)[NO_PREPARING]
    assert "at firmaet ikke har lavet faglige vurderinger i sagerne" in finding.meaning
    assert "at firmaet har deltaget i møder om sagerne" in finding.meaning
    assert "hvis arbejdet alligevel kunne få betydning" in finding.advice
    assert "Kilderne siger ikke" in finding.advice
    assert "jurist" in finding.advice


def test_the_words_of_the_deciding_answer_are_quoted() -> None:
    """What was added to the yes stands as the finding's quote, at its own place."""
    answers: dict[str, Value] = {
        "prepares_decisions": YesNo(yes=True, note="i to sager"),
        "contingent_pay": YES,
    }
    about = found(answers)[PREPARES].about
    assert (about.quote, about.start, about.end) == ("i to sager", 0, 10)


def test_a_hearing_without_legal_facts_is_not_tested() -> None:
    """Nothing about consultants is built in."""
    assert legal_findings(hearing(question("opgaver", "text")), {"opgaver": Text(text="10 %")}) == []


def test_every_fact_of_the_table_is_used_and_well_said() -> None:
    """Each fact stands in a row, and the texts leave no tag open and state no municipality's outcome."""
    table = decision_table()
    text = "\n".join(row.model_dump_json() for row in table.rows)
    assert all(name in text for name in table.facts)
    assert len({row.id for row in table.rows}) == len(table.rows)
    for finding in legal_findings(HEARING, dict.fromkeys(FACTS, YES), Facts(contracts_read=True)):
        assert not re.search(r"[{}]|Sorø|Stevns|Odsherred", finding.title + finding.meaning + finding.advice)


@pytest.mark.parametrize(
    "wrong", [{"holds": [["paid_well"]]}, {"signs": ["paid_well"]}, {"holds": []}, {"severity": "extreme"}]
)
def test_a_faulty_table_is_refused(wrong: dict[str, object]) -> None:
    """A row that names an unknown fact, or lacks what it needs, does not load."""
    data = decision_table().model_dump(by_alias=True)
    data["rows"] = [{**data["rows"][0], **wrong}]
    with pytest.raises(ValidationError):
        DecisionTable.model_validate(data)


YES_NO = st.sampled_from([YES, NO, Unknown()])
ANSWERS = st.dictionaries(st.sampled_from(sorted(FACTS)), YES_NO)


@settings(deadline=None, max_examples=60)
@given(ANSWERS, st.sampled_from(sorted(FACTS)), YES_NO)
def test_a_new_answer_never_takes_a_high_warning_away(
    answers: dict[str, Value], fact: str, value: Value
) -> None:
    """Once the deciding facts are known, what else is answered removes no high warning."""
    before = {
        id_ for id_, one in found(answers).items() if one.severity is Severity.HIGH and one.tier == "warning"
    }
    after = found({**answers, fact: value} if fact not in answers else answers)
    assert before <= after.keys()


@settings(deadline=None, max_examples=60)
@given(ANSWERS)
def test_at_most_one_row_of_task_and_pay_is_told(answers: dict[str, Value]) -> None:
    """The rows of task and payment shut each other out."""
    rows = found(answers).keys()
    assert len(rows & {PREPARES, ON_TERMS, NO_PREPARING}) <= 1
