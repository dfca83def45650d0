"""The command line, run as a user runs it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document

from bot import commands
from bot.__main__ import run
from bot.dialogue.talk import Talk
from bot.opening import opened_desk
from bot.settings import Settings
from knowledge.contracts.catalogue import CONCEPTS_FILE, load
from knowledge.hearings.casefile import load_case_file
from storage.events import FindingDisputed

CASES = Path("knowledge/hearings/definitions/ankestyrelsen-konsulenter-2020")
HEADER = """
hearing: ankestyrelsen-konsulenter-2020
municipality: {name: Prøve Kommune, street: Torvet 1, postcode_city: 9998 Prøve}
case: {journal_number: 27.00.00-K03-1-20, letter_date: 2020-03-03, request_date: 2020-01-09}
people: {caseworker: Mette Holm, team_lead: Jens Bak}
signatory: {name: Karen Vig, title: Direktør}
letter_style: connected
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that the commands use."""
    folder = tmp_path / "data"
    monkeypatch.setenv("HOERING_DATA", str(folder))
    return folder


def case_file(folder: Path, answers: str, more: str = "") -> Path:
    """A case file with these answers."""
    file = folder / "sag.yaml"
    indented = "".join(f"  {line}\n" for line in answers.splitlines())
    file.write_text(f"{HEADER}answers:\n{indented}{more}", encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["vestager", "soendervang"])
def test_replay_writes_letter_findings_transcript_and_case(name: str, tmp_path: Path) -> None:
    """A complete case file gives all five files, and every text answer stands in letter and case."""
    assert run(["replay", str(CASES / f"{name}.yaml"), "--out", str(tmp_path)]) == 0
    written = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert written == {"letter.docx", "letter.pdf", "findings.json", "transcript.md", "case.json"}
    findings = json.loads((tmp_path / "findings.json").read_text())
    assert {"id", "severity", "about", "meaning", "advice", "sources"} <= set(findings[0])
    exported = json.loads((tmp_path / "case.json").read_text())
    answered = {
        event["event"]["point"] for event in exported["events"] if event["event"]["type"] == "answered"
    }
    assert answered >= set(load_case_file(CASES / f"{name}.yaml").answers) - {"rettet_op"}
    transcript = (tmp_path / "transcript.md").read_text()
    assert "Gemt" in transcript


def test_replay_can_be_repeated_into_the_same_folder(tmp_path: Path) -> None:
    """The second time starts from a fresh store."""
    file = case_file(tmp_path, "konsulentfirma: Lundager Rådgivning ApS")
    assert run(["replay", str(file), "--out", str(tmp_path / "ud")]) == 0
    first = (tmp_path / "ud" / "letter.pdf").read_bytes()
    assert run(["replay", str(file), "--out", str(tmp_path / "ud")]) == 0
    assert (tmp_path / "ud" / "letter.pdf").read_bytes() == first


def test_replay_of_a_refused_answer_names_the_question_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A CPR number in an answer ends with 1 and is in no file."""
    file = case_file(tmp_path, 'opgaver: "Borger 010203-1234 fik et nyt tilbud."')
    assert run(["replay", str(file), "--out", str(tmp_path / "ud")]) == 1
    error = capsys.readouterr().err
    assert "opgaver" in error
    assert "CPR" in error
    for path in (tmp_path / "ud").rglob("*"):
        assert not path.is_file() or path.name == "transcript.md" or b"010203-1234" not in path.read_bytes()


def test_replay_of_a_broken_check_names_the_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An answer that the definition's own check refuses ends with 1."""
    file = case_file(tmp_path, "no_cure_no_pay: {yes: true, note: for en del}\nhonorar_procent: 250")
    assert run(["replay", str(file), "--out", str(tmp_path / "ud")]) == 1
    assert "honorar_procent" in capsys.readouterr().err


def test_replay_reads_what_people_write(tmp_path: Path) -> None:
    """Answers in words are read by the chat as it reads everybody's."""
    file = case_file(tmp_path, 'sager_udvalgt: "femogtyve"\nbeloeb_betalt: "400 t.kr. inkl. moms"')
    assert run(["replay", str(file), "--out", str(tmp_path / "ud")]) == 0
    events = json.loads((tmp_path / "ud" / "case.json").read_text())["events"]
    answers = [event["event"]["value"] for event in events if event["event"]["type"] == "answered"]
    assert answers[0]["count"] == 25
    assert answers[1]["vat"] == "included"


@pytest.mark.parametrize("answer", ["sager_udvalgt: mange", "sager_udvalgt: [1, 2]", "sager_udvalg: 25"])
def test_replay_of_an_answer_that_does_not_fit_names_the_question(
    answer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An answer of the wrong kind, or to a question that is not there, ends with 1."""
    assert run(["replay", str(case_file(tmp_path, answer)), "--out", str(tmp_path / "ud")]) == 1
    assert "sager_udvalg" in capsys.readouterr().err


def test_replay_approves_a_complete_case(tmp_path: Path) -> None:
    """With `approve: true` the case is approved by the lead and the letter is final."""
    text = (CASES / "soendervang.yaml").read_text(encoding="utf-8")
    file = tmp_path / "sag.yaml"
    file.write_text(
        text.replace("approve: false", "approve: true") if "approve:" in text else text + "\napprove: true\n"
    )
    for enclosure in (CASES / "bilag").iterdir():
        (tmp_path / "bilag").mkdir(exist_ok=True)
        (tmp_path / "bilag" / enclosure.name).write_bytes(enclosure.read_bytes())
    assert run(["replay", str(file), "--out", str(tmp_path / "ud")]) == 0
    events = json.loads((tmp_path / "ud" / "case.json").read_text())["events"]
    kinds = [event["event"]["type"] for event in events]
    assert "case_approved" in kinds
    people = {event["person"] for event in events if event["event"]["type"] in {"answered", "approved"}}
    assert len(people) == 2


def test_replay_that_cannot_be_approved_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An incomplete case is not approved, and the missing questions are told."""
    file = case_file(tmp_path, "konsulentfirma: Lundager Rådgivning ApS", "approve: true\n")
    assert run(["replay", str(file), "--out", str(tmp_path / "ud")]) == 1
    assert "mangler" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["replay", "findes-ikke.yaml", "--out", "ud"],
        ["replay"],
        ["vrøvl"],
        ["risks"],
        ["risks", "--vrøvl", "x"],
        ["hearing", "check", "findes-ikke.yaml"],
        ["letter", "findes-ikke", "--out", "ud"],
        ["export", "findes-ikke"],
    ],
)
def test_a_users_mistake_is_one_line_and_code_2(
    arguments: list[str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistake is told in one line, without a traceback."""
    assert run(arguments) == 2
    error = capsys.readouterr().err.strip()
    assert error.startswith("Fejl: ")
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize("yaml", ["[1, 2", "hearing: findes-ikke\n", "- 1\n- 2\n", "\x00", "answers: 5\n"])
def test_a_faulty_case_file_is_refused_with_its_fault(
    yaml: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A case file that cannot be read is a mistake, not a crash."""
    file = tmp_path / "sag.yaml"
    file.write_text(yaml)
    assert run(["replay", str(file), "--out", str(tmp_path / "ud")]) == 2
    assert capsys.readouterr().err.startswith("Fejl: ")


def test_risks_prints_a_contracts_terms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The risky sentence is quoted, in words and as JSON."""
    contract = tmp_path / "kontrakt.txt"
    contract.write_text("Konsulenten modtager 10 % af den besparelse, som kommunen opnår i det første år.")
    assert run(["risks", str(contract)]) == 0
    assert "10 % af den besparelse" in capsys.readouterr().out
    assert run(["risks", str(contract), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert "savings_share" in {finding["id"] for finding in found}


def test_risks_are_written_as_a_report_to_take_along(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--pdf` writes the report and says where."""
    contract = tmp_path / "kontrakt.txt"
    contract.write_text("Konsulenten modtager 10 % af den besparelse, som kommunen opnår i det første år.")
    report = tmp_path / "gennemgang.pdf"
    assert run(["risks", str(contract), "--pdf", str(report)]) == 0
    assert report.read_bytes().startswith(b"%PDF-")
    assert str(report) in capsys.readouterr().out
    assert run(["risks", str(contract), "--pdf", str(tmp_path / "ingen" / "mappe.pdf")]) == 2


def test_risks_never_print_a_cpr_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is counted, and blanked in the quote beside it."""
    contract = tmp_path / "kontrakt.txt"
    contract.write_text("Konsulenten har login til kommunens fagsystem og slår borgeren 010203-1234 op.")
    assert run(["risks", str(contract)]) == 0
    printed = capsys.readouterr().out
    assert "1 CPR-nummer" in printed
    assert "fagsystem" in printed
    assert "010203" not in printed


def test_risks_labels_texts_line_by_line(tmp_path: Path) -> None:
    """Each text comes out with the labels warned of and asked about."""
    given, out = tmp_path / "ind.jsonl", tmp_path / "ud.jsonl"
    texts = ["Konsulenten modtager 10 % af den besparelse, som kommunen opnår.", "Mødet holdes på rådhuset."]
    given.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)))
    assert run(["risks", "--clauses", str(given), str(out)]) == 0
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["id"] for line in lines] == ["0", "1"]
    assert "savings_share" in lines[0]["risks"] + lines[0]["maybe"]
    assert lines[1] == {"id": "1", "risks": [], "maybe": []}


@pytest.mark.parametrize("line", ["ikke json", "[1]", '{"id": "1"}', '{"id": "1", "text": 7}'])
def test_a_line_that_is_no_text_is_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    """The line's number is told, without a traceback, and an older file stays as it was."""
    given, out = tmp_path / "ind.jsonl", tmp_path / "ud.jsonl"
    given.write_text(f'{{"id": "1", "text": "Mødet er aflyst."}}\n{line}\n')
    out.write_text("fra i går")
    assert run(["risks", "--clauses", str(given), str(out)]) == 2
    assert capsys.readouterr().err.startswith("Fejl: Linje 2")
    assert out.read_text() == "fra i går"


def test_texts_may_be_labelled_into_their_own_file(tmp_path: Path) -> None:
    """All is read before anything is written."""
    both = tmp_path / "tekster.jsonl"
    both.write_text('{"id": "1", "text": "Mødet er aflyst."}\n')
    assert run(["risks", "--clauses", str(both), str(both)]) == 0
    assert json.loads(both.read_text()) == {"id": "1", "risks": [], "maybe": []}


def test_the_catalogue_of_risks_can_be_checked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Sound, it is counted; a fault is told with file, line and cure."""
    assert run(["risks", "--check"]) == 0
    assert "23 risici" in capsys.readouterr().out
    (tmp_path / "nye.yaml").write_text("- label: min_risiko\n  titel: Et felt, som ikke kendes\n")
    monkeypatch.setattr(commands, "catalogue", lambda: load(tmp_path, CONCEPTS_FILE))
    assert run(["risks", "--check"]) == 2
    assert capsys.readouterr().err.startswith("Fejl: nye.yaml, linje 1: »title«: feltet mangler")


def test_the_shipped_definition_passes_its_own_check(capsys: pytest.CaptureFixture[str]) -> None:
    """`hearing check` runs the definition's test cases."""
    assert run(["hearing", "check", f"{CASES}.yaml"]) == 0
    assert "vestager" in capsys.readouterr().out.lower()


def test_a_case_is_opened_listed_exported_and_its_letter_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands on the store work together, from opening to the letter."""
    file = case_file(tmp_path, "{}")
    assert run(["open", str(file)]) == 0
    opened = capsys.readouterr().out
    case = opened.split()[1]
    assert opened.count("start=") == 2
    assert run(["cases"]) == 0
    assert case in capsys.readouterr().out
    assert run(["invite", case, "Anna Bro", "--role", "teamleder"]) == 0
    assert "Anna Bro (teamleder)" in capsys.readouterr().out
    assert run(["invite", case, "Anna 07 07 61 12 34"]) == 2
    assert "CPR-nummer" in capsys.readouterr().err
    assert run(["export", case]) == 0
    assert json.loads(capsys.readouterr().out)["case"] == case
    assert run(["letter", case, "--out", str(tmp_path / "breve")]) == 0
    assert {path.suffix for path in (tmp_path / "breve").iterdir()} == {".docx", ".pdf"}


def test_a_wrong_setting_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A setting that is out of bounds stops the start, with its name."""
    monkeypatch.setenv("HOERING_WEB_PORT", "99999999")
    assert run(["cases"]) == 2
    assert "web_port" in capsys.readouterr().err


def test_help_is_there_for_each_command(capsys: pytest.CaptureFixture[str]) -> None:
    """In `python -m bot`, which is a process of its own, and for each command below it."""
    done = subprocess.run([sys.executable, "-m", "bot", "--help"], capture_output=True, text=True, check=True)
    for name in commands.hoering.commands:
        assert name in done.stdout
        assert run([name, "--help"]) == 0
        assert f"hoering {name}" in capsys.readouterr().out


def test_wrong_warnings_come_out_as_labelled_texts(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What people said was wrong can be learnt from, without anybody's name; with none the file is empty."""
    assert run(["open", str(case_file(tmp_path, "{}"))]) == 0
    case = capsys.readouterr().out.split()[1]
    out = tmp_path / "tekster.jsonl"
    assert run(["labelled", str(out)]) == 0
    assert out.read_text() == ""
    asyncio.run(dispute(data, case, "Borgeren Hanne Qvist får 10 %.", "Se mail til hanne@gmail.com."))
    assert run(["labelled", str(out)]) == 0
    line = json.loads(out.read_text())
    assert (line["text"], line["not"]) == ("Borgeren ████ får 10 %.", "savings_share")
    assert line["why"] == "Se mail til ████."


async def dispute(data: Path, case: str, text: str, reason: str) -> None:
    """Somebody says that a warning about these words is wrong."""
    async with opened_desk(Settings(data=data)) as desk:
        talk = Talk(await desk.casebook.load(case), "assistant", datetime.now(UTC), None)
        talk.happen(FindingDisputed(finding="f1", label="savings_share", text=text, reason=reason))
        await desk.casebook.keep(talk)


def test_template_check_says_that_a_profile_or_a_template_can_be_used(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The example is checked, with its remarks."""
    assert run(["letter", "template", "check", "deploy/profile/nordkaer.yaml"]) == 0
    assert capsys.readouterr().out.endswith("nordkaer.yaml: Profilen kan bruges.\n")
    assert run(["letter", "template", "check", "deploy/profile/social.docx"]) == 0
    assert "Bemærk: Pladsen {{udkast}} er der ikke." in capsys.readouterr().out


def test_template_check_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake of the user's: told in Danish, exit 2."""
    Document().save(str(tmp_path / "tom.docx"))
    assert run(["letter", "template", "check", str(tmp_path / "tom.docx")]) == 2
    assert "tom.docx: Pladsen {{brev}} mangler" in capsys.readouterr().err
    assert run(["letter", "template", "check", "README.md"]) == 2
    assert "ikke et Word-dokument" in capsys.readouterr().err


def test_a_case_opened_in_a_department_is_written_in_its_look(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The setting names the profile, the case file the department; `letter CASE --out DIR` uses both."""
    monkeypatch.setenv("HOERING_LETTER_PROFILE", "deploy/profile/nordkaer.yaml")
    file = case_file(tmp_path, "opgaver: Rådgivning")
    text = file.read_text().replace("case: {", "case: {department: Social og Sundhed, ")
    file.write_text(text.replace("signatory: {name: Karen Vig, title: Direktør}\n", ""))
    assert run(["open", str(file)]) == 0
    case = capsys.readouterr().out.split()[1]
    assert run(["letter", "--out", str(tmp_path / "ud"), case]) == 0
    [written] = (tmp_path / "ud").glob("*.docx")
    found = [paragraph.text for paragraph in Document(str(written)).paragraphs]
    assert {"Social og Sundhed", "Astrid Lyngholm", "Socialdirektør"} <= set(found)
    file.write_text(text.replace("Social og Sundhed", "Skole"))
    assert run(["open", str(file)]) == 2
    assert "Afdelingen »Skole« kendes ikke" in capsys.readouterr().err


def test_a_command_group_without_a_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """One Danish line, not a page of help."""
    assert run(["letter"]) == 2
    assert capsys.readouterr().err == "Fejl: Der mangler en kommando. Se «hoering letter --help».\n"


def test_a_final_letter_is_the_same_bytes_in_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made again by a process of its own, it has the hashes that were noted at its approval."""
    assert run(["replay", str(CASES / "vestager.yaml"), "--out", str(tmp_path)]) == 0
    exported = json.loads((tmp_path / "case.json").read_text())
    made = next(one["event"] for one in exported["events"] if one["event"]["type"] == "letter_made")
    command = [sys.executable, "-m", "bot", "letter", exported["case"], "--out", str(tmp_path / "again")]
    environment = os.environ | {"HOERING_DATA": str(tmp_path / "store"), "PYTHONHASHSEED": "7"}
    subprocess.run([*command, "--bundle"], env=environment, check=True)
    for kind, noted in made["files"].items():
        again = (tmp_path / "again" / f"svarbrev.{kind}").read_bytes()
        assert hashlib.sha256(again).hexdigest() == noted
    assert sorted(path.name for path in (tmp_path / "again").iterdir()) == [
        "samlet-svar.pdf",
        "samlet-svar.zip",
        "svarbrev.docx",
        "svarbrev.pdf",
    ]
