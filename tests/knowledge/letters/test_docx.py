"""The Word document, opened again with python-docx."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from knowledge.hearings.model import Definition
from knowledge.hearings.values import Text, Value
from knowledge.letters.build import build
from knowledge.letters.docx import docx
from knowledge.letters.profile import LetterStyle, Profile


def made(
    definition: Definition, profile: Profile, answers: Mapping[str, Value], *, draft: bool = False
) -> WordDocument:
    """The letter, opened."""
    style = profile.model_copy(update={"letter_style": LetterStyle.CONNECTED})
    letter = build(definition, style, answers, draft=draft, today=date(2020, 4, 1))
    return Document(BytesIO(docx(letter)))


def of_style(document: WordDocument, name: str) -> list[str]:
    """The paragraphs of a style."""
    return [one.text for one in paragraphs(document) if one.style is not None and one.style.name == name]


def paragraphs(document: WordDocument) -> list[WordParagraph]:
    """All paragraphs in the order of the file, those of tables too."""
    return [WordParagraph(one, document._body) for one in document.element.body.iter(qn("w:p"))]


def numbered_as(document: WordDocument, text: str) -> str | None:
    """What Word writes before the list item, as its numbering says."""
    [paragraph] = [one._p for one in document.paragraphs if one.text == text]
    numbering = document.part.numbering_part.element
    [number] = paragraph.iter(qn("w:numId"))
    list_of = numbering.num_having_numId(number.val).abstractNumId.val
    [kind] = numbering.xpath(f"w:abstractNum[@w:abstractNumId='{list_of}']")
    return str(next(kind.iter(qn("w:lvlText"))).get(qn("w:val")))


def test_headings_have_real_styles(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """Subject, parts and sections are headings that Word's navigation shows."""
    document = made(definition, profile, answers)
    assert of_style(document, "Heading 1") == ["Svar på høring om rengøring i dagtilbud"]
    assert of_style(document, "Heading 2")[-1] == "Bilagsoversigt"
    assert "Klager over rengøringen" in of_style(document, "Heading 3")


def test_every_list_is_numbered_on_its_own(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """Two typed lists and the request's sub-points are real lists, each restarted at 1."""
    typed = Text(text="Først:\n1. a\n2. b\n\nSiden:\n1. c\n2. d")
    document = made(definition, profile, answers | {"opgaver": typed})
    numbered = {}
    for paragraph in document.paragraphs:
        for properties in paragraph._p.iter(qn("w:numPr")):
            numbered[paragraph.text] = [child.get(qn("w:val")) for child in properties]
    assert numbered["a"] == numbered["b"] != numbered["c"] == numbered["d"]
    level, _ = numbered["om firmaet gør rent om natten"]
    assert level == "1"
    numbering = document.part.numbering_part.element
    assert all(num.findall(qn("w:lvlOverride")) for num in numbering.num_lst)


@pytest.mark.parametrize(("draft", "marks"), [(True, ["UDKAST"]), (False, [])])
def test_only_a_draft_says_udkast_once_on_every_page(
    definition: Definition, profile: Profile, answers: dict[str, Value], draft: bool, marks: list[str]
) -> None:
    """The first page says it in its text, where it is heard, and later ones at their head."""
    document = made(definition, profile, answers, draft=draft)
    [section] = document.sections
    assert section.different_first_page_header_footer
    assert [one.text for one in section.first_page_header.paragraphs if one.text] == []
    assert [one.text for one in section.header.paragraphs if one.text] == marks
    assert [one.text for one in document.paragraphs if one.text == "UDKAST"] == marks


def test_page_numbers_are_fields(definition: Definition, profile: Profile, answers: dict[str, Value]) -> None:
    """The foot of every page counts them however the letter is edited."""
    [section] = made(definition, profile, answers).sections
    for footer in (section.first_page_footer.paragraphs[0], section.footer.paragraphs[0]):
        fields = [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
        assert footer.text.startswith("J.nr. 28.00.00-K03-1-20\tSide ")


def test_the_document_is_danish_and_has_a_title(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """Language, title and date are set for those who search and those who listen."""
    document = made(definition, profile, answers)
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"da-DK"}
    properties = document.core_properties
    assert properties.title == "Svar på høring om rengøring i dagtilbud"
    assert properties.author == "Eksempel Kommune"
    assert properties.modified == datetime(2020, 3, 3, tzinfo=UTC)


def test_the_letterhead_names_the_sender_and_both_numbers(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """Sender, date and journal numbers stand in one block, the recipient in another."""
    document = made(definition, profile, answers)
    assert of_style(document, "Brevhoved") == ["Eksempel Kommune"]
    sender = of_style(document, "Afsender")
    assert sender[0] == "Rådhusvej 1"
    assert sender[-3:] == ["3. marts 2020", "J.nr. 28.00.00-K03-1-20", "Jeres j.nr. 2020-77"]
    assert of_style(document, "Modtager")[0] == "Rengøringsstyrelsen"


def test_open_points_have_a_look_of_their_own(definition: Definition, profile: Profile) -> None:
    """What lacks an answer is shaded, so that it is not overlooked."""
    opened = of_style(made(definition, profile, {}, draft=True), "Åbent punkt")
    assert "Punktet er endnu ikke besvaret. Spørgsmål: Hvad er svaret om pris?" in opened


def test_enclosures_are_listed_under_the_numbers_the_text_uses(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """The list names each enclosure that the text refers to."""
    document = made(definition, profile, answers)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert of_style(document, "Bilag") == [
        "Aftale af 1. august 2019 (aftale.pdf)",
        "tillaeg.pdf",
    ]
    assert numbered_as(document, "tillaeg.pdf") == "Bilag %1:"
    assert "Aftale af 1. august 2019 (bilag 1)" in text


def test_a_typed_table_is_a_table(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """Its first row is marked as a header that repeats on each page."""
    document = made(definition, profile, answers | {"opgaver": Text(text="Sag\tTimer\nA\t2\nB\t3")})
    _, table = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Sag", "Timer"],
        ["A", "2"],
        ["B", "3"],
    ]
    assert table.rows[0]._tr.trPr is not None
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_same_letter_is_the_same_bytes(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """No clock is in the file: a letter made again is the letter that was approved."""
    letter = build(definition, profile, answers, draft=False, today=date(2020, 4, 1))
    first, second = docx(letter), docx(letter)
    assert first == second
    assert {part.date_time for part in ZipFile(BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
