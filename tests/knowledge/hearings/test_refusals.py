"""A definition that is not in order is refused with file, line and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.hearings.load import DefinitionRefused, load_definition
from knowledge.hearings.problems import Problem
from knowledge.hearings.yamlfile import MAX_FILE_BYTES
from tests.knowledge.hearings.conftest import Write

#: Each marker stands on the line that a faulty edit is told on.
MARK = "# <-"

SOUND = """\
id: proeve
version: 1
title: Prøve
authority: {name: Tilsynet}
addressee: Kommunalbestyrelsen
sections:
  - id: fakta
    kind: facts
    title: Fakta
    questions:
      - id: antal
        type: count
        ask: Hvor mange?
        help: Tæl dem.
        example: "3"
      - id: svar
        type: yes_no
        ask: Er det sådan?
        help: Svar ja eller nej.
        example: Ja
      - id: form
        type: choice
        ask: Hvilken form?
        help: Vælg.
        example: Brev
        options: [{id: brev, label: Brev}, {id: mail, label: Mail}]
      - id: systemer
        type: list
        ask: Hvilke systemer?
        help: Skriv dem op.
        example: Nexus
      - id: frist
        type: count
        repeat: systemer
        ask: Hvilken frist?
        help: I måneder.
        example: "6"
      - id: hvorfor
        type: text
        relevant: svar
        ask: Hvorfor?
        help: Skriv hvorfor.
        example: Fordi
checks:
  - id: for_mange
    when: antal > 10
    severity: low
    about: antal
    title: Mange
    meaning: I har {antal}.
    advice: Tæl igen.
letter:
  subject: Svar
  opening: Til {authority}.
  request_heading: Spørgsmål
  request_lead: "Om:"
  copies_lead: "Kopi:"
  account_heading: Redegørelse
  enclosed_heading: Kopier
  points_lead: Punkter.
  closing: Slut.
  greeting: Hilsen
  enclosures_heading: Bilag
  open_point: Mangler.
"""


def problems(path: Path) -> tuple[Problem, ...]:
    """What the file is refused for."""
    with pytest.raises(DefinitionRefused) as refused:
        load_definition(path)
    assert str(refused.value) == "\n".join(map(str, refused.value.problems))
    return refused.value.problems


def test_a_definition_in_order_loads(written: Write) -> None:
    """The definition that the refusals start from is sound."""
    assert "antal" in load_definition(written(SOUND)).questions


FAULTS = {
    "unknown key": ("version: 1", "version: 1\nudgave: 2 # <-", "»udgave« kendes ikke", "Slet det"),
    "misspelt key": ("        help: Tæl dem.", "        hepl: Tæl dem. # <-", "»hepl« kendes ikke", "»help«"),
    "missing key": ("title: Prøve\n", "", "Feltet »title« mangler", "Tilføj »title: ...«"),
    "empty text": ("title: Prøve", "title: # <-", "»title« er tomt", "Skriv en værdi"),
    "wrong type of question": ("type: text", "type: tekst # <-", "»tekst«", "text, yes_no"),
    "an id with Danish letters": ("id: antal", "id: åntal # <-", "»åntal« kan ikke bruges", "a-z"),
    "a version that is no number": ("version: 1", "version: første # <-", "helt tal", "cifre"),
    "a list that is none": ("checks:\n", "legal_facts: nej # <-\nchecks:\n", "underfelter", "»navn: værdi«"),
    "the same id twice": ("id: svar", "id: antal # <-", "»antal« er brugt to gange", "andet navn"),
    "a reserved id": ("id: form", "id: note # <-", "»note« er optaget", "andet navn"),
    "an id another makes": ("id: form", "id: svar_note # <-", "»svar« allerede", "andet navn"),
    "unknown id in relevant": ("relevant: svar", "relevant: svarr # <-", "»svarr«", "Mente du »svar«?"),
    "unknown id in a check": ("when: antal > 10", "when: xyzzy > 10 # <-", "»xyzzy«", "Ret navnet"),
    "unknown id in about": ("about: antal", "about: anta # <-", "»anta« findes ikke", "»antal«"),
    "unknown id in also_about": (
        "about: antal",
        "about: antal\n    also_about: [zzz] # <-",
        "»zzz« findes ikke",
        "Ret navnet",
    ),
    "unknown id in legal facts": (
        "checks:\n",
        "legal_facts:\n  nothing_paid:\n    when: svar\n    about: [svra] # <-\nchecks:\n",
        "»svra« findes ikke",
        "»svar«",
    ),
    "unknown legal fact": (
        "checks:\n",
        "legal_facts:\n  spiser_frokost: # <-\n    when: svar\n    about: [svar]\nchecks:\n",
        "»spiser_frokost«",
        "prepares_decisions",
    ),
    "a beginning no answer has": (
        "  open_point: Mangler.\n",
        "  open_point: Mangler.\n  again:\n    Kommunen har: [Den har også] # <-\n",
        "»Kommunen har«",
        "slet linjen",
    ),
    "unknown source": ("about: antal", "about: antal\n    sources: [xyz] # <-", "»xyz«", "sources.yaml"),
    "text compared with a number": ("when: antal > 10", "when: antal > 'ti' # <-", "Typerne", "tal med tal"),
    "an expression that cannot be read": (
        "when: antal > 10",
        "when: antal > # <-",
        "kan ikke læses",
        "parenteser",
    ),
    "a number as a condition": ("relevant: svar", "relevant: antal # <-", "sandt eller falsk", "antal > 0"),
    "a condition as a figure": (
        "    title: Mange",
        "    figures: {ti: antal > 10} # <-\n    title: Mange",
        "ikke et tal",
        "Regn med",
    ),
    "the day of the computer": (
        "relevant: svar",
        "relevant: $now > d'2020-01-01' # <-",
        "»$now«",
        "letter_date",
    ),
    "an option that there is not": ("relevant: svar", "relevant: form == 'fax' # <-", "»fax«", "brev, mail"),
    "a question that waits for itself": (
        "relevant: svar",
        "relevant: hvorfor == 'x' # <-",
        "»hvorfor« afhænger af sig selv",
        "Fjern en",
    ),
    "a condition that is never true": (
        "relevant: svar",
        "relevant: svar and not svar # <-",
        "kan aldrig blive stillet",
        "Ret betingelsen",
    ),
    "fewer than none": ("relevant: svar", "relevant: antal < 0 # <-", "kan aldrig blive stillet", "slet"),
    "a repeat for nothing": ("repeat: systemer", "repeat: servere # <-", "»servere«", "typen list"),
    "a repeat for no list": ("repeat: systemer", "repeat: antal # <-", "ikke en liste", "typen list"),
    "an item's answer read outside": (
        "relevant: svar",
        "relevant: frist > 3 # <-",
        "gentages for hvert punkt i »systemer«",
        "samme liste",
    ),
    "a tag without an answer": ("I har {antal}.", "I har {antallet}. # <-", "{antallet}", "{antal}"),
    "a number with too few forms": (
        "I har {antal}.",
        "I har {antal|én|flere}. # <-",
        "tre former",
        "{antal|én sag",
    ),
    "a tag where nothing is filled in": (
        "ask: Hvorfor?",
        "ask: Hvorfor {svar}? # <-",
        "udfyldes ingen felter",
        "uden krøllede",
    ),
    "a brace without its other": ("I har {antal}.", "I har {antal. # <-", "uden makker", "Luk den"),
    "a choice without options": (
        "        options: [{id: brev, label: Brev}, {id: mail, label: Mail}]\n",
        "",
        "valg uden muligheder",
        "mindst to",
    ),
    "options on a text": (
        "        relevant: svar",
        "        options: [{id: a, label: A}] # <-\n        relevant: svar",
        "ikke et valg",
        "typen choice",
    ),
    "none of a yes or no": (
        "        type: yes_no",
        "        type: yes_no\n        none_allowed: true # <-",
        "»ingen, fordi ...«",
        "Slet »none_allowed«",
    ),
    "a contract that is no file": (
        "        type: yes_no",
        "        type: yes_no\n        contract: true # <-",
        "mærket som kontrakt",
        "Slet »contract«",
    ),
    "a wording of another type": (
        "        relevant: svar",
        "        letter: {many: Mange.} # <-\n        relevant: svar",
        "»many«",
        "ret typen",
    ),
    "a wording of none where none is not allowed": (
        "        relevant: svar",
        "        letter: {none: Ingen.} # <-\n        relevant: svar",
        "»none«",
        "none_allowed: true",
    ),
    "a key twice": ("version: 1", "version: 1\nversion: 2 # <-", "to gange", "Slet det ene"),
    "broken YAML": ("title: Prøve", "title: Prøve: igen # <-", "YAML", "anførselstegn"),
    "a YAML tag": ("title: Prøve", "title: !!python/name:os.system x # <-", "mærkning", "Slet"),
    "a control character": ("title: Prøve", "title: Prø\x07ve # <-", "U+0007", "Slet tegnet"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_line_and_cure(fault: str, written: Write) -> None:
    """Each fault is told on its own line with what is wrong and what to do."""
    old, new, message, cure = FAULTS[fault]
    assert SOUND.count(old) >= 1
    text = SOUND.replace(old, new, 1)
    marked = [number for number, line in enumerate(text.splitlines(), start=1) if MARK in line]
    path = written(text)
    found = [problem for problem in problems(path) if message in problem.message]
    assert found, [str(problem) for problem in problems(path)]
    assert cure in found[0].cure
    assert found[0].file == "proeve.yaml"
    if marked:
        assert found[0].line == marked[0]
    assert "\n" not in str(found[0])


def test_a_circle_of_questions_is_told_with_its_way(written: Write) -> None:
    """Two questions that wait for each other are told once, as a circle."""
    text = SOUND.replace("        type: yes_no", "        type: yes_no\n        relevant: hvorfor == 'x'")
    (problem,) = problems(written(text))
    assert "svar → hvorfor → svar" in problem.message


def test_several_faults_are_told_at_once(written: Write) -> None:
    """One who mends a file gets the whole list, in the order of the lines."""
    text = SOUND.replace("relevant: svar", "relevant: svarr").replace("about: antal", "about: intet")
    text = text.replace("{authority}", "{myndighed}")
    found = problems(written(text))
    assert len(found) == 3
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "tom"),
        (b"bare tekst", "ingen felter"),
        (b"- a\n- b\n", "ingen felter"),
        (b"title: Pr\xf8ve\n", "UTF-8"),
        (b"[" * 5000, "indlejret"),
        (b"- " * 5000, "indlejret"),
        (b"1: a\n", "»1«"),
        (b"x" * (MAX_FILE_BYTES + 1), "for stor"),
        (
            b"a: &a [1,2,3,4,5,6,7,8,9]\n"
            + b"".join(
                f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n".encode()
                for n in range(8)
            ),
            "værdier",
        ),
    ],
    ids=[
        "empty",
        "text",
        "list",
        "latin-1",
        "nested",
        "dashes",
        "number as key",
        "huge",
        "aliases of aliases",
    ],
)
def test_a_file_that_is_no_definition_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    """Whatever the file holds, the answer is one clear line."""
    path = tmp_path / "proeve.yaml"
    path.write_bytes(content)
    assert message in problems(path)[0].message


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A file that is not there is a problem like others."""
    assert "kan ikke læses" in problems(tmp_path / "findes-ikke.yaml")[0].message


def test_yes_is_a_word_in_a_definition(written: Write) -> None:
    """YAML 1.2 keeps yes and no as words, and a number's digits as they are written."""
    text = SOUND.replace("example: Ja", "example: no").replace(
        "        type: list", "        number: 2.10\n        type: list"
    )
    definition = load_definition(written(text))
    assert definition.questions["svar"].example == "no"
    assert definition.questions["systemer"].number == "2.10"


def test_a_condition_that_cannot_be_tried_out_is_let_through(written: Write) -> None:
    """Sums, words and contracts may be anything, so nothing is said about them."""
    for condition in ("antal * 2 == 7", "'success_fee' in contract_terms", "svar_note =~~ 'x' and svar"):
        load_definition(
            written(SOUND.replace("relevant: svar", f"relevant: {condition!r}".replace("\\'", "''")))
        )
