"""The risk catalogue: complete, and refused with file, line and cure when it has a fault."""

import shutil
from pathlib import Path

import pytest

from knowledge.contracts import lacks
from knowledge.contracts.catalogue import (
    CONCEPTS_FILE,
    RISKS_FOLDER,
    Catalogue,
    catalogue,
    load,
)
from knowledge.contracts.faults import FaultyCatalogue
from knowledge.findings import Severity


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with a copy of the shipped catalogue, to be spoilt."""
    shutil.copytree(RISKS_FOLDER, tmp_path / "risks")
    shutil.copy(CONCEPTS_FILE, tmp_path / "concepts.yaml")
    return tmp_path


def load_copy(folder: Path) -> Catalogue:
    """The catalogue of that copy."""
    return load(folder / "risks", folder / "concepts.yaml")


def spoil(file: Path, old: str, new: str) -> int:
    """Replace the first `old`, and say which line it stood on."""
    text = file.read_text("utf-8")
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_catalogue_has_the_codebooks_labels() -> None:
    """All 23 risks are there, each with sources that exist."""
    assert len(catalogue().risks) == 23
    assert all(risk.grounds for risk in catalogue().risks.values())


def test_payment_by_result_is_severe_only_together_with_preparing_decisions() -> None:
    """Each alone is medium; both together are high."""
    risk = catalogue().risks["success_fee"]
    assert risk.severity_among(["success_fee"]) is Severity.MEDIUM
    assert risk.severity_among(["success_fee", "decision_drafting"]) is Severity.HIGH


@pytest.mark.parametrize(
    ("old", "new", "cure"),
    [
        ("severity: medium", "severity: frightful", "high, medium eller low"),
        ("- share_gain\n", "- no_such_concept\n", "»no_such_concept« findes ikke"),
        ("- share_gain\n", "- pay + + gain\n", "tomt led"),
        ("sources: [hk_2020", "sources: [made_up", "»made_up« findes ikke"),
        ("label: savings_share", "label: success_fee", "findes allerede"),
        ("title: Betaling efter resultat", "titel: Betaling", "Tilføj det"),
        ("with: [decision_drafting", "with: [unknown_label", "»unknown_label« er ikke en risiko"),
    ],
)
def test_a_faulty_risk_is_refused_with_file_line_and_cure(copy: Path, old: str, new: str, cure: str) -> None:
    """The message names the file, a line at or just above the fault, and what to do."""
    file = copy / "risks" / "betaling.yaml"
    line = spoil(file, old, new)
    with pytest.raises(FaultyCatalogue) as refused:
        load_copy(copy)
    assert refused.value.file == file
    assert line - 5 <= refused.value.line <= line
    assert cure in str(refused.value)
    assert str(refused.value).startswith(f"betaling.yaml, linje {refused.value.line}:")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("patterns", "cure"),
    [
        ("[ab*]", "for kort"),
        ('[".. slut"]', "begynde og slutte"),
        ("[1, 2]", "liste af ord"),
        ("[", "gyldig YAML"),
    ],
)
def test_a_faulty_concept_is_refused(copy: Path, patterns: str, cure: str) -> None:
    """A pattern that would match nearly anything, or nothing, does not get in."""
    with (copy / "concepts.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nspoilt: {patterns}\n")
    with pytest.raises(FaultyCatalogue, match=cure):
        load_copy(copy)


def test_a_new_risk_needs_no_code(copy: Path) -> None:
    """A risk added as data is found by its rules."""
    (copy / "risks" / "ny.yaml").write_text(
        """
- label: golf_trip
  title: Golfrejser
  severity: low
  benefits: consultant
  meaning: Konsulenten inviterer på golfrejse på kommunens regning.
  advice: Lad være med at tage imod rejsen, og skriv det i sagen.
  wording: "Der betales ikke for rejser."
  question: Kan det her være en golfrejse?
  sources: [ast_tilsyn]
  rules: {warn: [golf + pay]}
""",
        "utf-8",
    )
    with (copy / "concepts.yaml").open("a", encoding="utf-8") as file:
        file.write("\ngolf: [golf*]\n")
    added = load_copy(copy)
    hits = added.lexicon.hits(["kommunen", "betaler", "golfrejsen"])
    assert "golf_trip" in added.matches(hits)[0]


@pytest.mark.parametrize(
    ("old", "new", "cure"),
    [
        ("!term_spoken_of", "!terms_spoken_of", "»terms_spoken_of« findes ikke"),
        ("title: Er det aftalt, hvor længe", "titel: Er det aftalt, hvor længe", "Tilføj det"),
        ("sources: [kontrakt_os2", "sources: [made_up", "»made_up« findes ikke"),
        ("- varighed*", "- va*", "mindst tre bogstaver"),
        ("concepts:", "begreber:", "»concepts:« og »lacks:«"),
    ],
)
def test_a_fault_in_what_contracts_lack_is_told_too(tmp_path: Path, old: str, new: str, cure: str) -> None:
    """The file of lacks is held to the same."""
    file = tmp_path / "lacks.yaml"
    shutil.copy(lacks.FILE, file)
    spoil(file, old, new)
    with pytest.raises(FaultyCatalogue, match=cure) as refused:
        lacks.load(file)
    assert refused.value.line >= 1
