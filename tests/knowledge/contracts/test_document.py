"""Pages made ready for the rules: same length, sentences whole, damage undone only where that is safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.contracts.damage import mended
from knowledge.contracts.document import Document, tidy
from knowledge.contracts.parties import parties, renamed
from knowledge.contracts.reader import document_findings


@given(st.text())
def test_a_tidied_page_keeps_every_offset(page: str) -> None:
    """Nothing moves, so a quote's offsets are those of the page as it was taken out."""
    assert len(tidy(page)) == len(page)


@pytest.mark.parametrize(
    "page",
    [
        "Konsulentens honorar ............................ 10 % af den opnåede besparelse.",
        "Konsulentens hono-\nrar udgør 10 % af den opnåede bespa-\nrelse.",
        "Konsulenten får:\n\uf0b7\n10 % af den opnåede besparelse\n\uf0b7\nfrokost",
    ],
    ids=["dot leaders", "hyphenated words", "bullets on lines of their own"],
)
def test_what_typesetting_breaks_is_understood(page: str) -> None:
    """Dot leaders, hyphens at line ends and lone bullets hide no risky term, and the quote is the page's."""
    document = Document("k.pdf", (tidy(page),))
    share = next(each for each in document_findings(document) if each.id == "savings_share")
    assert document.pages[0][share.about.start : share.about.end] == share.about.quote


def test_a_firm_is_known_by_its_own_name() -> None:
    """What "Lundager" may do is what the consultant may do; the quote has the name that the contract has."""
    opening = (
        "Aftale mellem Eksempel Kommune og Lundager Rådgivning ApS (i det følgende kaldet »Lundager«).\n\n"
    )
    document = Document(
        "k.pdf", (f"{opening}Lundagers honorar er fast. Opgaven kan Lundager overlade til andre.",)
    )
    assert parties(document).firm_called == {"Lundager Rådgivning ApS", "Lundager"}
    understood = renamed(document.pages[0], parties(document).firm_called)
    assert understood.text.endswith(
        "Konsulentens honorar er fast. Opgaven kan Konsulenten overlade til andre."
    )
    start = understood.text.index("Opgaven kan")
    assert document.pages[0][understood.origin(start) :].startswith("Opgaven kan Lundager")


def test_the_names_of_roles_are_nobodys_own() -> None:
    """Kunden and Leverandøren stay as they are."""
    text = (
        "Mellem Eksempel Kommune (herefter Kunden) og Lundager ApS (herefter kaldet Leverandøren) er aftalt:"
    )
    assert parties(Document("k.txt", (text,))).firm_called == {"Lundager ApS"}


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("jf. servicelovens 8 85 og 8 107", "jf. servicelovens § 85 og § 107"),
        ("efter 88 3-5 i forvaltningsloven", "efter §§ 3-5 i forvaltningsloven"),
        ("8 27, stk. 2", "§ 27, stk. 2"),
        ("8 4 Honorar", "§ 4 Honorar"),
        ("Honoraret er l2.5OO kr. og l0 %", "Honoraret er 12.500 kr. og 10 %"),
        ("+ adgang til sager", "- adgang til sager"),
        ("kornmunen bruger konsu1enten", "kommunen bruger konsulenten"),
    ],
)
def test_damage_of_recognition_is_undone(read: str, meant: str) -> None:
    """§, figures, list marks and words become what stood on the paper."""
    assert mended(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Ring på 88 12 34 56 eller efter 8 10 timer.",
        "Prisen er 8 000 kr. for 8 12 timers kurser",
        "Børnene i hjernen, Carl og Arne, stjernen",
        "Mødet er kl. 8 10 i lokale 8 3.",
        "8 timer",
    ],
)
def test_what_may_be_right_is_left_alone(text: str) -> None:
    """Telephone numbers, amounts, hours and real words stay."""
    assert mended(text) == text
