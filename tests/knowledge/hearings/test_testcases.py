"""A definition's test cases: what comes out is what they say, and where it is not, they tell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.hearings.testcases import check

HEARING = Path(__file__).with_name("data") / "tilsyn-med-databehandlere.yaml"


def test_a_hearing_about_something_else_works_all_the_same() -> None:
    """Repeating questions, choices and dates of another authority need no code of their own."""
    report = check(HEARING)
    assert report.ok, report.lines
    assert report.lines[1:] == ("ingen.yaml: i orden.", "to-databehandlere.yaml: i orden.")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the hearing with its test cases, to be spoiled."""
    shutil.copytree(HEARING.with_suffix(""), tmp_path / HEARING.stem)
    return Path(shutil.copy(HEARING, tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("next: [sidst.1]", "next: [form.1]", "De næste spørgsmål skulle være: form.1. De er: sidst.1."),
        ("not_asked: [form.2,", "not_asked: [form.1,", "»form.1« skulle ikke blive stillet"),
        ("next: [sidst.1]", "asked: [form.2]", "»form.2« skulle blive stillet"),
        ("present: [besoeg_uden_plan", "present: [noget_andet", "»noget_andet« mangler"),
        ("present: [besoeg_uden_plan", "absent: [besoeg_uden_plan", "»besoeg_uden_plan« skulle ikke komme"),
        ("letter: [Skydrift A/S", "letter: [Skydrift ApS", "Brevet mangler: Skydrift ApS"),
        ("not_in_letter: [", "not_in_letter: [Skydrift, ", "Brevet skulle ikke have: Skydrift"),
        ("kontroller: 1", "kontroller: 2000", "Tallet er for stort."),
        ("plan.1: ja", "plan.1: måske", "linje 6: Svaret på »plan.1« passer ikke"),
        ("hearing: tilsyn", "hearing: andet-tilsyn", "hører til »andet-tilsyn"),
    ],
)
def test_what_does_not_come_out_is_told(copied: Path, old: str, new: str, told: str) -> None:
    """Each expectation that fails is one line with the file's name, and the report is not in order."""
    case = copied.with_suffix("") / "to-databehandlere.yaml"
    text = case.read_text("utf-8")
    assert old in text
    case.write_text(text.replace(old, new), "utf-8")
    report = check(copied)
    assert not report.ok
    assert any(told in line and line.startswith("to-databehandlere.yaml") for line in report.lines), (
        report.lines
    )


def test_a_contract_term_that_no_risk_is_called_is_told(copied: Path) -> None:
    """A misspelt label would never be found, so the check says so."""
    text = copied.read_text("utf-8").replace(
        "when: not plan and", 'when: not plan and not ("sucess_fee" in contract_terms) and'
    )
    copied.write_text(text, "utf-8")
    report = check(copied)
    assert not report.ok
    assert any("»sucess_fee«" in line for line in report.lines)


def test_a_contract_that_cannot_be_read_is_told(copied: Path) -> None:
    """A test case whose contract is missing says which file."""
    text = copied.read_text("utf-8").replace(
        '  - id: samlet\n    kind: account\n    number: "2"\n    title: Samlet\n    questions:\n',
        '  - id: samlet\n    kind: account\n    number: "2"\n    title: Samlet\n    questions:\n'
        "      - {id: aftale, type: documents, contract: true, ask: Aftale?, help: Den., example: x}\n",
    )
    copied.write_text(text, "utf-8")
    case = copied.with_suffix("") / "ingen.yaml"
    case.write_text(case.read_text("utf-8").replace("expect:", "  aftale: [vaek.pdf]\nexpect:"), "utf-8")
    report = check(copied)
    assert not report.ok
    assert any(line.startswith("ingen.yaml") and "vaek.pdf" in line for line in report.lines), report.lines


def test_a_definition_without_test_cases_is_in_order(tmp_path: Path) -> None:
    """It is said that there are none, and where they belong."""
    report = check(Path(shutil.copy(HEARING, tmp_path)))
    assert report.ok
    assert "ingen prøvesager" in report.lines[-1]


def test_a_refused_definition_tells_its_problems(tmp_path: Path) -> None:
    """The report holds the refusals, line by line."""
    path = tmp_path / "tom.yaml"
    path.write_text("id: tom\n", "utf-8")
    report = check(path)
    assert not report.ok
    assert all(line.startswith("tom.yaml, linje 1:") for line in report.lines)
