"""Which questions are asked, and what holds of answers that are not all there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.hearings.conditions import NO_FACTS, Facts, figure, points, reads, truth
from knowledge.hearings.model import Definition
from knowledge.hearings.values import (
    Amount,
    Choice,
    Count,
    Day,
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
)
from tests.knowledge.hearings.building import hearing

YES, NO = YesNo(yes=True), YesNo(yes=False)

NAMES = ("a", "b", "c")
THREE = hearing(a="yes_no", b="yes_no", c="yes_no")
SYSTEMS = hearing(
    systemer="list",
    sletter={"type": "yes_no", "repeat": "systemer"},
    frist={"type": "count", "repeat": "systemer", "relevant": "sletter"},
    andet="text",
)


def asked(
    definition: Definition, answers: dict[str, Value], facts: Facts = NO_FACTS
) -> dict[str, bool | None]:
    """The relevance of every point."""
    return {point.id: point.relevant for point in points(definition, answers, facts)}


expressions = st.recursive(
    st.sampled_from(NAMES),
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("(not {})".format, inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
    ),
    max_leaves=8,
)
partial_answers = st.fixed_dictionaries({}, optional={name: st.sampled_from([YES, NO]) for name in NAMES})


@given(expression=expressions, answers=partial_answers, rest=st.tuples(*[st.booleans()] * 3))
def test_what_is_decided_stays_decided(
    expression: str, answers: dict[str, Value], rest: tuple[bool, ...]
) -> None:
    """A condition that some answers decide is not changed by answering the rest, whatever the answers."""
    complete = {name: YesNo(yes=yes) for name, yes in zip(NAMES, rest, strict=True)} | answers
    decided = truth(THREE, expression, answers)
    assert truth(THREE, expression, complete) is not None
    assert decided is None or decided is truth(THREE, expression, complete)


@given(expression=expressions, answers=partial_answers)
def test_an_unknown_answer_counts_as_none(expression: str, answers: dict[str, Value]) -> None:
    """A plain "ved ikke" decides a condition no more than silence does."""
    unknowns = {name: Unknown() for name in NAMES} | answers
    assert truth(THREE, expression, unknowns) is truth(THREE, expression, answers)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a or b", True),
        ("b or a", True),
        ("not a and b", False),
        ("b and not a", False),
        ("a and b", None),
        ("not a or b", None),
        ("not b", None),
        ("b ? a : a", True),
        ("b ? a : not a", None),
        ("a ? a : b", True),
        ("b == true", None),
    ],
)
def test_one_answer_decides_what_it_can(expression: str, expected: bool | None) -> None:
    """True or undecided is true, false and undecided is false, the rest waits."""
    assert truth(THREE, expression, {"a": YES}) is expected


def test_every_kind_of_answer_can_be_read() -> None:
    """Numbers, days, words, options, lists, files, VAT and notes all have their symbol."""
    definition = hearing(
        antal="count",
        beloeb="amount",
        procent="percent",
        dato="date",
        tekst="text",
        form={
            "type": "choice",
            "options": [{"id": "brev", "label": "Brev"}, {"id": "mail", "label": "Mail"}],
        },
        systemer="list",
        bilag="documents",
        svar="yes_no",
    )
    file = Enclosed(file="x", name="x.pdf")
    answers: dict[str, Value] = {
        "antal": Count(count=3),
        "beloeb": Amount(dkk=Decimal("1000.50"), vat=Vat.EXCLUDED),
        "procent": Percent(percent=Decimal("12.5")),
        "dato": Day(day=date(2020, 3, 1)),
        "tekst": Text(text="Ingen ændringer"),
        "form": Choice(choice="mail"),
        "systemer": Items(items=("A", "B")),
        "bilag": Documents(files=(file,)),
        "svar": YesNo(yes=False, note="kun i to sager"),
    }
    for expression in (
        "antal == 3",
        "beloeb == 1000.5 and beloeb_vat == 'excluded'",
        "procent * 2 == 25",
        "dato == d'2020-03-01' and dato < d'2020-03-02'",
        "tekst =~~ r'(?i)\\bingen\\b'",
        "form == 'mail'",
        "systemer == 2",
        "bilag == 1",
        "not svar and svar_note =~~ 'to sager'",
    ):
        assert truth(definition, expression, answers) is True, expression


def test_none_because_is_zero_of_what_can_be_counted() -> None:
    """There being none is no money, no thing, no item and no file, but neither a text nor a VAT."""
    definition = hearing(antal="count", beloeb="amount", systemer="list", bilag="documents", tekst="text")
    answers = dict.fromkeys(definition.questions, NoneBecause(reason="det er der ikke"))
    assert truth(definition, "antal + beloeb + systemer + bilag == 0", answers) is True
    assert truth(definition, "tekst == ''", answers) is None
    assert truth(definition, "beloeb_vat == 'unstated'", answers) is None


def test_a_figure_that_cannot_be_worked_out_is_left_open() -> None:
    """Dividing by nought, or by what nobody has said, gives no figure and decides nothing."""
    definition = hearing(a="count", b="count")
    answers: dict[str, Value] = {"a": Count(count=10), "b": Count(count=0)}
    assert figure(definition, "a * 100 / b", answers) is None
    assert truth(definition, "a / b > 1", answers) is None
    assert figure(definition, "a * 100", answers) == 1000
    assert figure(definition, "a + b", {"a": Count(count=10)}) is None


def test_contracts_decide_only_once_they_are_read() -> None:
    """What a contract does not say counts when it was read, not before."""
    definition = hearing(a="yes_no")
    asks = "'success_fee' in contract_terms"
    assert truth(definition, asks, {}, Facts(contract_terms=frozenset({"success_fee"}))) is None
    assert truth(definition, asks, {}, Facts(contracts_read=True)) is False
    assert truth(definition, asks, {}, Facts(frozenset({"success_fee"}), contracts_read=True)) is True


def test_the_case_s_own_dates_can_be_compared() -> None:
    """A day given as an answer is compared with the days of the request and the letter."""
    definition = hearing(dato="date")
    answers: dict[str, Value] = {"dato": Day(day=date(2020, 2, 1))}
    facts = Facts(request_date=date(2020, 1, 9))
    assert truth(definition, "dato > request_date", answers, facts) is True
    assert truth(definition, "dato > letter_date", answers, facts) is None


def test_a_question_waits_until_its_condition_is_decided() -> None:
    """A follow-up is undecided at first, then asked or not."""
    definition = hearing(fejl="yes_no", rettet={"type": "text", "relevant": "fejl"})
    assert asked(definition, {}) == {"fejl": True, "rettet": None}
    assert asked(definition, {"fejl": YES})["rettet"] is True
    assert asked(definition, {"fejl": NO})["rettet"] is False


def test_an_answer_no_longer_asked_for_asks_for_nothing() -> None:
    """A follow-up's follow-up falls away with it, though its answer is kept."""
    definition = hearing(
        a="yes_no",
        b={"type": "yes_no", "relevant": "a"},
        c={"type": "text", "relevant": "b"},
        d={"type": "text", "relevant": "not b"},
    )
    assert asked(definition, {"a": NO, "b": YES}) == {"a": True, "b": False, "c": False, "d": False}
    assert truth(definition, "b", {"a": NO, "b": YES}) is True


def test_a_condition_that_can_still_be_met_stays_open() -> None:
    """Where one of two ways has closed, the question waits for the other."""
    definition = hearing(
        a="yes_no",
        b={"type": "yes_no", "relevant": "a"},
        e="yes_no",
        f={"type": "text", "relevant": "b or e"},
    )
    assert asked(definition, {"a": NO})["f"] is None
    assert asked(definition, {"a": NO, "e": NO})["f"] is False


def test_repeated_questions_come_item_by_item() -> None:
    """Each item has its own points, with its name, and its own answers decide them."""
    answers: dict[str, Value] = {
        "systemer": Items(items=("Nexus", "Acadre")),
        "sletter.1": YES,
        "sletter.2": NO,
    }
    found = [(point.id, point.item, point.relevant) for point in points(SYSTEMS, answers)]
    assert found == [
        ("systemer", "", True),
        ("sletter.1", "Nexus", True),
        ("frist.1", "Nexus", True),
        ("sletter.2", "Acadre", True),
        ("frist.2", "Acadre", False),
        ("andet", "", True),
    ]


def test_repeated_questions_wait_for_their_list() -> None:
    """Without the list there is one undecided point, with an empty one there is nothing to ask."""
    assert asked(SYSTEMS, {}) == {"systemer": True, "sletter": None, "frist": None, "andet": True}
    assert asked(SYSTEMS, {"systemer": Unknown()})["sletter"] is None
    assert asked(SYSTEMS, {"systemer": NoneBecause(reason="vi har ingen")})["sletter"] is False


def test_an_expression_inside_an_item_reads_that_item() -> None:
    """The same symbol is another answer at another item, and none at all outside."""
    answers: dict[str, Value] = {"systemer": Items(items=("A", "B")), "sletter.1": YES, "sletter.2": NO}
    assert truth(SYSTEMS, "sletter", answers, point="frist.1") is True
    assert truth(SYSTEMS, "sletter", answers, point="frist.2") is False
    assert truth(SYSTEMS, "sletter", answers, point="andet") is None
    assert figure(SYSTEMS, "frist * 2", {**answers, "frist.1": Count(count=6)}, point="frist.1") == 12


def test_it_is_known_which_answers_a_condition_reads() -> None:
    """A symbol of an answer's part counts as the answer; facts are no answers."""
    definition = hearing(beloeb="amount", svar="yes_no", dato="date")
    expression = "beloeb_vat == 'included' or svar_note == '' or dato > request_date"
    assert reads(definition, expression) == {"beloeb", "svar", "dato"}
