"""What the answers say against each other is found, with the figures in the message."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.checks.contradictions import answer_errors, contradictions
from knowledge.checks.figures import kroner
from knowledge.findings import Finding, Kind, Severity
from knowledge.hearings.conditions import Answers, Facts
from knowledge.hearings.values import (
    Amount,
    Count,
    Documents,
    Enclosed,
    Items,
    NoneBecause,
    Percent,
    Text,
    Unknown,
    Value,
    Vat,
    YesNo,
    words,
)
from tests.knowledge.checks.hearing import hearing, question


def check(id_: str, when: str, about: str, **more: Any) -> dict[str, Any]:
    """A definition's check with plain texts."""
    texts = {"title": "Titel", "meaning": "Betydning", "advice": "Råd"}
    return {"id": id_, "when": when, "about": about, "severity": "medium", **texts, **more}


HEARING = hearing(
    question("opgaver", "text"),
    question("vurderer", "yes_no"),
    question("udvalgt", "count"),
    question("behandlet", "count", checks=[
        {"must": "behandlet >= 0", "message": "Skriv et tal fra 0, ikke {answer}."},
        {"must": "behandlet <= udvalgt", "message": "Der er kun udvalgt {udvalgt}."},
        {"must": "behandlet < 100", "message": "{answer} er mange sager.", "level": "warning"},
    ]),
    question("honorar", "percent", required="no"),
    question("forventet", "amount"),
    question("besparelse", "amount", required="no"),
    question("resultat", "yes_no"),
    question("kriterier", "text", relevant="resultat", required="recommended"),
    question("kopi_kontrakter", "documents", none_allowed=True),
    question("kopi_notater", "documents", none_allowed=True),
    question("systemer", "list", required="no"),
    question("frist", "count", repeat="systemer"),
    checks=[
        check(
            "anden_besparelse",
            "forventet * 100 / honorar > besparelse * 2",
            "honorar",
            also_about=["forventet", "besparelse"],
            figures={"svarer_til": "forventet * 100 / honorar"},
            meaning="{honorar} og {forventet} er {svarer_til}. Der er regnet med {besparelse}.",
            sources=["hk_2020"],
        ),
        check("talt_galt", "behandlet != udvalgt", "udvalgt", figures={"forskel": "udvalgt - behandlet"},
              meaning="Forskellen er {forskel} sager.", severity="low"),
        check("uden_kriterier", "resultat and kriterier == \"\"", "kriterier"),
        check("gammelt_kriterium", "not resultat and kriterier != \"\"", "resultat"),
        check("kontrakt_siger_andet", "not resultat and \"success_fee\" in contract_terms", "resultat",
              severity="high"),
        check("lang_frist", "frist > 5", "frist", meaning="{frist} år.", also_about=["systemer", "frist"]),
    ],
)  # fmt: skip


def dkk(amount: int, vat: Vat = Vat.INCLUDED) -> Amount:
    """An amount whose VAT is stated."""
    return Amount(dkk=Decimal(amount), vat=vat)


def found(answers: Answers, facts: Facts | None = None) -> dict[str, Finding]:
    """The findings by id."""
    return {finding.id: finding for finding in contradictions(HEARING, answers, facts or Facts())}


def test_the_figures_stand_in_the_message_in_danish() -> None:
    """Amounts, percentages and what follows from them are written as Danes write them."""
    answers: dict[str, Value] = {
        "honorar": Percent(percent=Decimal(10)),
        "forventet": dkk(250_000),
        "besparelse": dkk(400_000),
    }
    finding = found(answers)["anden_besparelse"]
    assert finding.meaning == (
        "10 % og 250.000 kr. inkl. moms er 2,5 mio. kr. Der er regnet med 400.000 kr. inkl. moms."
    )
    assert finding.kind is Kind.CONTRADICTION
    assert finding.about.question == "honorar"
    assert finding.also_about == ("forventet", "besparelse")
    assert [source.ref for source in finding.sources] == ["hk_2020"]


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("400000", "400.000 kr."),
        ("2500000", "2,5 mio. kr."),
        ("2000000", "2 mio. kr."),
        ("2512345", "2.512.345 kr."),
        ("1666666.67", "ca. 1.666.667 kr."),
        ("-1500000", "-1,5 mio. kr."),
    ],
)
def test_worked_out_amounts_are_readable(amount: str, said: str) -> None:
    """Even millions are said as millions, odd sums in full, broken ones rounded and called so."""
    assert kroner(Decimal(amount)) == said


def test_a_number_of_things_is_no_amount() -> None:
    """A figure that reads only counts is written without kroner."""
    finding = found({"udvalgt": Count(count=25), "behandlet": Count(count=22)})["talt_galt"]
    assert finding.meaning == "Forskellen er 3 sager."
    assert finding.severity is Severity.LOW


@pytest.mark.parametrize("missing", [None, Unknown(), NoneBecause(reason="ikke opgjort")])
def test_what_is_not_known_contradicts_nothing(missing: Value | None) -> None:
    """A missing answer, "ved ikke" and "none, because" of a percentage leave the check undecided."""
    answers: dict[str, Value] = {"forventet": dkk(250_000), "besparelse": dkk(400_000)}
    if missing is not None:
        answers["honorar"] = missing
    assert "anden_besparelse" not in found(answers)


def test_an_answer_that_is_not_asked_for_any_more_counts_for_nothing() -> None:
    """An answer left from before its question fell away starts no contradiction."""
    assert "gammelt_kriterium" not in found({"resultat": YesNo(yes=False), "kriterier": Text(text="10 %")})


def test_the_contract_can_contradict_an_answer() -> None:
    """A term found in a contract that was read counts as a fact; before that nothing is said."""
    answers = {"resultat": YesNo(yes=False, note="kun timer")}
    finding = found(answers, Facts(frozenset({"success_fee"}), contracts_read=True))["kontrakt_siger_andet"]
    assert (finding.about.quote, finding.about.start, finding.about.end) == ("kun timer", 0, 9)
    assert "kontrakt_siger_andet" not in found(answers)


def test_a_check_on_a_repeated_question_names_the_item() -> None:
    """Each item of a list is checked for itself, and the finding stands at that item's answer."""
    answers: dict[str, Value] = {
        "systemer": Items(items=("A", "B")),
        "frist.1": Count(count=2),
        "frist.2": Count(count=9),
    }
    finding = found(answers)["lang_frist"]
    assert (finding.about.question, finding.also_about) == ("frist.2", ("systemer", "frist.2"))
    assert finding.meaning == "9 år."


def test_an_error_refuses_the_new_value() -> None:
    """The messages of the checks that the value breaks are given, with the value in them."""
    answers = {"udvalgt": Count(count=25)}
    assert answer_errors(HEARING, "behandlet", Count(count=-1), answers) == ["Skriv et tal fra 0, ikke -1."]
    assert answer_errors(HEARING, "behandlet", Count(count=26), answers) == ["Der er kun udvalgt 25."]
    assert answer_errors(HEARING, "behandlet", Count(count=25), answers) == []
    assert answer_errors(HEARING, "behandlet", Unknown(), answers) == []


def test_an_error_at_another_answer_refuses_the_value_too() -> None:
    """A value that would break another answer's check is refused; one that was broken before is let be."""
    answers = {"udvalgt": Count(count=25), "behandlet": Count(count=22)}
    assert answer_errors(HEARING, "udvalgt", Count(count=20), answers) == ["Der er kun udvalgt 20."]
    broken = {"udvalgt": Count(count=20), "behandlet": Count(count=22)}
    assert answer_errors(HEARING, "opgaver", Text(text="Møder"), broken) == []


def test_a_warning_check_becomes_a_finding() -> None:
    """A value that is only odd is kept and warned of."""
    answers = {"udvalgt": Count(count=200), "behandlet": Count(count=200)}
    assert answer_errors(HEARING, "behandlet", Count(count=200), answers) == []
    finding = found(answers)["behandlet_3"]
    assert (finding.kind, finding.meaning) == (Kind.ANSWER_CHECK, "200 er mange sager.")


FILES = Documents(files=(Enclosed(file="a" * 64, name="kontrakt.pdf"),))
NO_FILE = NoneBecause(reason="Findes ikke.")


@pytest.mark.parametrize(
    "text",
    [
        "Se bilag. Kontrakten er vedlagt. Der er mere.",
        "Kopi af aftalen er vedhæftet.",
        "Vi har medsendt konsulentkontrakten.",
        "Jf. vedlagte kontrakt.",
    ],
)
def test_an_enclosure_without_a_file_is_found(text: str) -> None:
    """An answer that says a copy is enclosed contradicts a documents question without a file."""
    answers: dict[str, Value] = {
        "opgaver": Text(text=text),
        "kopi_kontrakter": NO_FILE,
        "kopi_notater": NO_FILE,
    }
    finding = found(answers)["missing_enclosure"]
    assert finding.kind is Kind.CONTRADICTION
    assert finding.about.quote == text[finding.about.start : finding.about.end]
    assert "kopi_kontrakter" in finding.also_about


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Kontrakten er derfor ikke vedlagt.", {"kopi_kontrakter": NO_FILE}),
        ("Der er ingen vedlagte kontrakter.", {"kopi_kontrakter": NO_FILE}),
        ("Kontrakten er vedlagt.", {"kopi_kontrakter": FILES, "kopi_notater": NO_FILE}),
        ("Kontrakten er vedlagt.", {"kopi_notater": NO_FILE}),
        ("Bilag er vedlagt.", {"kopi_kontrakter": FILES, "kopi_notater": NO_FILE}),
        ("Kontrakten er underskrevet.", {"kopi_kontrakter": NO_FILE}),
    ],
)
def test_no_false_alarm_about_enclosures(text: str, answers: dict[str, Value]) -> None:
    """A denial, a file that is there and a question still open contradict nothing."""
    assert "missing_enclosure" not in found({"opgaver": Text(text=text), **answers})


def test_none_because_it_is_enclosed_is_no_reason() -> None:
    """A documents question whose only answer is that a copy is enclosed has no file."""
    finding = found({"kopi_notater": NoneBecause(reason="Kopi er vedlagt."), "kopi_kontrakter": FILES})
    assert finding["missing_enclosure"].about.question == "kopi_notater"
    assert finding["missing_enclosure"].also_about == ()


def test_what_is_left_open_is_told() -> None:
    """An unknown that is required and an amount without its VAT stated are low findings."""
    left = found({"udvalgt": Unknown(), "forventet": dkk(100, Vat.UNSTATED), "honorar": Unknown()})
    assert {id_: finding.about.question for id_, finding in left.items()} == {
        "unknown_answer": "udvalgt",
        "vat_unstated": "forventet",
    }
    assert {finding.severity for finding in left.values()} == {Severity.LOW}


@pytest.mark.parametrize(
    ("point", "value"), [("forventet", dkk(0, Vat.UNSTATED)), ("besparelse", dkk(9, Vat.UNSTATED))]
)
def test_vat_is_not_asked_where_it_says_nothing(point: str, value: Value) -> None:
    """Nothing paid has no VAT, and an amount that is not required is left alone."""
    assert found({point: value}) == {}


#: As large as a municipality's figures get, to the øre.
NUMBERS = st.decimals(-(10**6), 10**6, places=2)
VALUES = st.one_of(
    st.builds(Text, text=st.text(max_size=40)),
    st.builds(Unknown),
    st.builds(NoneBecause, reason=st.text(max_size=40)),
    st.builds(YesNo, yes=st.booleans(), note=st.text(max_size=20)),
    st.builds(Count, count=st.integers(-(10**6), 10**6)),
    st.builds(Amount, dkk=NUMBERS, vat=st.sampled_from(Vat)),
    st.builds(Percent, percent=NUMBERS),
    st.builds(Items, items=st.tuples(st.text(min_size=1, max_size=5))),
    st.just(Documents(files=())),
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*HEARING.questions, "frist.1"]), VALUES))
def test_no_answers_break_the_checks(answers: dict[str, Value]) -> None:
    """Whatever was answered, also in another kind, is checked, and every quote stands where it says."""
    for finding in contradictions(HEARING, answers):
        about = finding.about
        if about.quote and about.question:
            assert words(answers[about.question])[about.start : about.end] == about.quote
