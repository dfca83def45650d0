"""A quote is shown in its place: the words around it, and the page with the quote's own characters marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.contracts.document import Document
from knowledge.contracts.in_place import Stretch, stretches, with_passages
from knowledge.findings import About, Finding, Kind, Severity
from knowledge.passages import REACH, passage

PAGE = "Aftalen gælder i et år. Honoraret er 10 % af besparelsen. Kørsel betales."


def finding(start: int, end: int, page: int = 1, text: str = PAGE) -> Finding:
    """A finding that quotes so much of a page."""
    return Finding(
        id="savings_share",
        kind=Kind.CONTRACT_TERM,
        severity=Severity.MEDIUM,
        about=About(file="f", page=page, quote=text[start:end], start=start, end=end),
        title="Titel",
        meaning=f"{start}-{end}",
        advice="Råd",
    )


def test_a_quote_gets_the_words_around_it() -> None:
    """What stands before and after is kept with the finding; the finding stays the same one."""
    quoted = finding(PAGE.index("Honoraret"), PAGE.index(" Kørsel"))
    (placed,) = with_passages(Document("k.pdf", (PAGE,)), [quoted])
    assert (placed.about.before, placed.about.after) == ("Aftalen gælder i et år. ", " Kørsel betales.")
    assert placed.key == quoted.key


def test_a_finding_about_the_whole_file_has_no_place() -> None:
    """What a contract lacks stands nowhere in it."""
    lack = finding(0, 0).model_copy(update={"about": About(file="f")})
    assert with_passages(Document("k.pdf", (PAGE,)), [lack]) == [lack]


def test_a_page_is_cut_where_quotes_begin_and_end() -> None:
    """Quotes that overlap share the stretch that both cover; other pages' quotes are left out."""
    first, second = finding(2, 8), finding(5, 10)
    assert stretches("0123456789AB", 1, [first, second, finding(1, 3, page=2)]) == [
        Stretch("01"),
        Stretch("234", (first.key,)),
        Stretch("567", (first.key, second.key)),
        Stretch("89", (second.key,)),
        Stretch("AB"),
    ]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_the_stretches_of_a_page_are_the_page(spans: list[tuple[int, int]]) -> None:
    """Whatever is quoted, nothing of the text is left out or doubled, and each quote is covered whole."""
    text = "Betalingen er fast, og der er et loft her"
    found = [finding(min(span), max(span), text=text) for span in spans if span[0] != span[1]]
    cut = stretches(text, 1, found)
    assert "".join(stretch.text for stretch in cut) == text
    for one in found:
        assert "".join(stretch.text for stretch in cut if one.key in stretch.quoted_by) == one.about.quote


@given(st.text("ab .\n", max_size=800), st.integers(0, 800), st.integers(0, 800))
def test_a_passage_stays_within_its_reach(text: str, one: int, other: int) -> None:
    """The words around are in one line, of the text, and no longer than they may be."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = passage(text, start, end)
    for around in (found.before, found.after):
        assert "\n" not in around
        assert len(around) <= REACH + 2
    assert "".join(found.marked.split()).replace("»", "").replace("«", "").replace("…", "") in "".join(
        text.split()
    )
