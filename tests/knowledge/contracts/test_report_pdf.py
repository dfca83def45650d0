"""The report as PDF, opened again."""

from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2  # type: ignore[import-untyped]

from knowledge.contracts.in_place import with_passages
from knowledge.contracts.reader import Document, document_findings
from knowledge.contracts.report_pdf import report_pdf

TODAY = date(2020, 4, 1)
PAGES = (
    "Konsulenten modtager 10 % af den besparelse, som kommunen opnår. Konsulenten skriver "
    "udkast til afgørelser.",
    "Konsulenten kan frit benytte underleverandører. Aftalen #set [indeholder] *tegn* som «typst» bruger. 中",
)


def text_of(made: bytes) -> str:
    """All text of the PDF on one line."""
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made)]
    return " ".join(" ".join(pages).split())


def test_each_finding_stands_under_its_severity_with_quote_place_advice_and_source() -> None:
    """Everything a meeting needs is on paper, the most severe first."""
    findings = document_findings(Document("kontrakt.pdf", PAGES))
    text = text_of(report_pdf("kontrakt.pdf", findings, pages=2, today=TODAY))
    assert "Gennemgang af »kontrakt.pdf«" in text
    assert "1. april 2020" in text
    assert text.index("Alvorlige forhold") < text.index("Forhold, I bør se på")
    for finding in findings:
        for part in (finding.title, finding.meaning, finding.advice, f"side {finding.about.page}"):
            assert " ".join(part.split()) in text
        assert all(source.title in text for source in finding.sources)
    assert "»Konsulenten modtager 10 % af den besparelse, som kommunen opnår.«" in text


def test_a_quote_is_shown_with_the_words_around_it() -> None:
    """Who has only the report at the meeting reads the quote as it stands."""
    page = f"Kunden betaler. {PAGES[0]} Aftalen løber i et år."
    document = Document("kontrakt.pdf", (page,))
    findings = with_passages(document, document_findings(document))
    text = text_of(report_pdf("kontrakt.pdf", findings, pages=1, today=TODAY))
    quote = "»Konsulenten modtager 10 % af den besparelse, som kommunen opnår.«"
    assert f"Kunden betaler. {quote} Konsulenten skriver" in text


def test_the_report_is_archivable_accessible_and_the_same_each_time() -> None:
    """It claims PDF/A and PDF/UA, has a Danish title, and repeats byte for byte."""
    findings = document_findings(Document("kontrakt.pdf", PAGES))
    made = report_pdf("kontrakt.pdf", findings, pages=2, today=TODAY)
    assert made == report_pdf("kontrakt.pdf", findings, pages=2, today=TODAY)
    with pikepdf.open(BytesIO(made)) as opened:
        assert opened.Root.Lang == "da"
        meta = opened.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfuaid:part"]) == ("2", "1")
        assert meta["dc:title"] == "Gennemgang af »kontrakt.pdf«"


def test_a_report_without_findings_says_so() -> None:
    """An empty page would leave the reader in doubt; odd names are shown as they are."""
    text = text_of(report_pdf("a#b*[c]\x00\ud800.pdf", [], pages=1, today=TODAY))
    assert "Der er ikke fundet noget at advare om." in text
    assert "a#b*[c]" in text
    assert "har 1 side." in text
