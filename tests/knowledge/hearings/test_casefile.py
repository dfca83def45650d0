"""Case files: a municipality's answers in short forms become values, or are refused with line and cure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.hearings.casefile import load_case_file, read_case_file, values
from knowledge.hearings.problems import CaseFileRefused
from knowledge.hearings.shortforms import NotThisType, value_of
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
from knowledge.letters.profile import LetterStyle
from tests.knowledge.hearings.building import hearing
from tests.knowledge.hearings.conftest import Write

EVERY_TYPE = hearing(
    tekst="text",
    svar="yes_no",
    antal="count",
    beloeb="amount",
    procent="percent",
    dato="date",
    form={"type": "choice", "options": [{"id": "brev", "label": "Brev"}, {"id": "mail", "label": "Mail"}]},
    systemer="list",
    frist={"type": "count", "repeat": "systemer"},
    bilag="documents",
)

HEAD = """\
hearing: proeve
municipality: {name: Prøve Kommune, phone: 0123}
signatory: {name: Lis Prøve}
answers:
"""

AMOUNT = Amount(dkk=Decimal(200000), vat=Vat.EXCLUDED)


def answered(written: Write, answer: str) -> dict[str, Value]:
    """The values of a case file with this one line of answers."""
    return values(read_case_file(written(f"{HEAD}  {answer}\n")), EVERY_TYPE)


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("tekst: Firmaet læste sagerne.", Text(text="Firmaet læste sagerne.")),
        ("tekst: 25", Text(text="25")),
        ("svar: ja", YesNo(yes=True)),
        ("svar: Nej", YesNo(yes=False)),
        ("svar: yes", YesNo(yes=True)),
        ("svar: false", YesNo(yes=False)),
        ("svar: {yes: true, note: I to sager.}", YesNo(yes=True, note="I to sager.")),
        ("svar: {yes: nej}", YesNo(yes=False)),
        ("antal: 25", Count(count=25)),
        ("antal: {count: 25, qualifier: ca.}", Count(count=25, qualifier="ca.")),
        ("beloeb: 200000", Amount(dkk=Decimal(200000))),
        ("beloeb: {dkk: 200000, vat: excluded}", AMOUNT),
        ("beloeb: {dkk: '31500,50', vat: included}", Amount(dkk=Decimal("31500.50"), vat=Vat.INCLUDED)),
        ("procent: 12.5", Percent(percent=Decimal("12.5"))),
        ("procent: 10 %", Percent(percent=Decimal(10))),
        ("dato: 2020-03-20", Day(day=date(2020, 3, 20))),
        ("dato: {date: 2020-03-20, note: Underskrevet.}", Day(day=date(2020, 3, 20), note="Underskrevet.")),
        ("form: mail", Choice(choice="mail")),
        ("form: Brev", Choice(choice="brev")),
        ("systemer: [Nexus, Acadre]", Items(items=("Nexus", "Acadre"))),
        ("antal: ved ikke", Unknown()),
        ("tekst: Ved ikke", Unknown()),
        ("beloeb: {unknown: Regningen mangler.}", Unknown(note="Regningen mangler.")),
        ("bilag: {none: Der er ingen.}", NoneBecause(reason="Der er ingen.")),
        (
            "bilag: {files: [a.pdf, b.pdf], titles: [Aftale]}",
            Documents(
                files=(
                    Enclosed(file="a.pdf", name="a.pdf", title="Aftale"),
                    Enclosed(file="b.pdf", name="b.pdf"),
                )
            ),
        ),
        ("bilag: [a.pdf]", Documents(files=(Enclosed(file="a.pdf", name="a.pdf"),))),
    ],
)
def test_a_short_form_is_the_value_it_says(answer: str, value: Value, written: Write) -> None:
    """Every type has its bare form and its form with what belongs to it."""
    assert list(answered(written, answer).values()) == [value]


@pytest.mark.parametrize(
    ("answer", "question", "cure"),
    [
        ("tekst: ''", "tekst", "Skriv teksten"),
        ("tekst: [a, b]", "tekst", "Skriv teksten"),
        ("svar: måske", "svar", "ja eller nej"),
        ("svar: {note: Kun lidt.}", "svar", "ja eller nej"),
        ("antal: mange", "antal", "helt tal"),
        ("antal: 2.5", "antal", "helt tal"),
        ("antal: -1", "antal", "helt tal"),
        ("antal: true", "antal", "helt tal"),
        ("beloeb: 200.000", "beloeb", "uden punktum"),
        ("beloeb: {dkk: 200000, vat: måske}", "beloeb", "vat: excluded"),
        ("beloeb: {vat: excluded}", "beloeb", "dkk"),
        ("beloeb: .inf", "beloeb", "dkk"),
        ("beloeb: 1e99999", "beloeb", "dkk"),
        ("procent: ti", "procent", "tal"),
        ("procent: nan", "procent", "tal"),
        ("dato: 20-03-2020", "dato", "år-måned-dag"),
        ("dato: 2020-02-30", "dato", "år-måned-dag"),
        ("form: fax", "form", "muligheder"),
        ("systemer: Nexus", "systemer", "bindestreg"),
        ("bilag: {files: [a.pdf], titles: [A, B]}", "bilag", "files"),
        ("bilag: {titles: [A]}", "bilag", "files"),
        ("bilag: {files: []}", "bilag", "files"),
        ("tekst: {kind: unknown}", "tekst", "Skriv teksten"),
    ],
)
def test_an_answer_of_the_wrong_type_names_its_question(
    answer: str, question: str, cure: str, written: Write
) -> None:
    """The problem stands on the answer's line, names the question and says how it is written."""
    with pytest.raises(CaseFileRefused) as refused:
        answered(written, answer)
    (problem,) = refused.value.problems
    assert problem.line == 5
    assert f"»{question}«" in problem.message
    assert cure in problem.cure


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("antall: 3", "Spørgsmålet »antall« findes ikke. Mente du »antal«?"),
        ("xyzzy: 3", "»xyzzy« findes ikke. Ret navnet"),
        ("antal.1: 3", "»antal« gentages ikke"),
        ("frist: 3", "»frist.1«"),
        ("frist.1: 3", "listen »systemer« ikke har"),
        ("systemer: [A]\n  frist.2: 3", "listen »systemer« ikke har"),
        ("systemer: [A]\n  frist.01: 3", "listen »systemer« ikke har"),
    ],
)
def test_an_answer_to_no_question_is_refused(answers: str, message: str, written: Write) -> None:
    """Unknown ids, and items that the list does not have, are told one line each."""
    with pytest.raises(CaseFileRefused) as refused:
        answered(written, answers)
    assert message in str(refused.value)


def test_repeated_answers_stand_with_their_item(written: Write) -> None:
    """Answers come in the order they are asked, item by item, wherever they stand in the file."""
    found = answered(written, "frist.2: 6\n  frist.1: 3\n  systemer: [A, B]\n  tekst: Ja")
    assert list(found) == ["tekst", "systemer", "frist.1", "frist.2"]


def test_all_wrong_answers_are_told_at_once(written: Write) -> None:
    """One who mends a case file gets the whole list."""
    with pytest.raises(CaseFileRefused) as refused:
        answered(written, "antal: x\n  svar: x\n  ukendt: x\nquotes: {intet: Ord}")
    assert [problem.line for problem in refused.value.problems] == [5, 6, 7, 8]


def test_a_case_file_holds_the_case(written: Write) -> None:
    """Numbers in a letterhead stay as they are written, and what is left out has its usual value."""
    case_file = read_case_file(
        written(HEAD + "  antal: 1\ncase: {request_date: 2020-01-09, journal_number: 27.00}")
    )
    profile = case_file.profile()
    assert profile.municipality.phone == "0123"
    assert profile.journal_number == "27.00"
    assert profile.request_date == date(2020, 1, 9)
    assert profile.letter_style is LetterStyle.POINT_BY_POINT
    assert case_file.people.caseworker
    assert not case_file.approve


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "tom"),
        ("hearing: proeve\n", "»municipality« mangler"),
        (HEAD + "  antal: 1\ngodkend: ja\n", "»godkend« kendes ikke"),
        (HEAD + "  antal: 1\nletter_style: langt\n", "»langt«"),
        (HEAD + "  antal: 1\ncase: {request_date: i går}\n", "skal være en dato"),
        (HEAD + "  antal: 1\n", "Høringen »proeve« findes ikke"),
        (HEAD + "  antal: 1\nquotes: {antal: Om 07 07 61 12 34}\n", "linje 6: Her står et CPR-nummer"),
        (HEAD + "  antal: 1\npeople: {caseworker: Lis 070761-1234}\n", "Her står et CPR-nummer"),
    ],
)
def test_a_faulty_case_file_is_refused(text: str, message: str, written: Write) -> None:
    """What is missing, unknown or of the wrong shape is told with its line."""
    with pytest.raises(CaseFileRefused, match=r"^proeve\.yaml, linje \d+: ") as refused:
        load_case_file(written(text))
    assert message in str(refused.value)


def test_a_case_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A missing file is a problem like others."""
    with pytest.raises(CaseFileRefused, match="kan ikke læses"):
        load_case_file(tmp_path / "væk.yaml")


forms = st.recursive(
    st.none()
    | st.booleans()
    | st.text(max_size=20)
    | st.sampled_from(["25", "-3", "1e9", "ja", "10 %", "2020-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["yes", "note", "dkk", "vat", "files", "titles", "none", "unknown", "kind", "date"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@given(form=forms)
def test_any_form_is_a_value_or_told(form: object) -> None:
    """Whatever stands in the file, each question either takes it or says that it does not."""
    for question in EVERY_TYPE:
        try:
            value = value_of(form, question)
        except NotThisType:
            continue
        assert isinstance(value, Unknown | NoneBecause) or value.kind == question.type.value
