"""The PDF, opened again with pikepdf and pypdfium2."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import typst

from knowledge.hearings.model import Definition
from knowledge.hearings.values import Text, Value
from knowledge.letters.build import build
from knowledge.letters.glyphs import COVERAGE, FONTS, shown
from knowledge.letters.model import Letter
from knowledge.letters.pdf import pdf
from knowledge.letters.profile import LetterStyle, Profile

BOTH = pytest.mark.parametrize("style", LetterStyle)


def letter(
    definition: Definition,
    profile: Profile,
    answers: Mapping[str, Value],
    style: LetterStyle = LetterStyle.CONNECTED,
    *,
    draft: bool = False,
) -> Letter:
    """The letter in that style."""
    styled = profile.model_copy(update={"letter_style": style})
    return build(definition, styled, answers, draft=draft, today=date(2020, 4, 1))


def pages(made: bytes) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made)]


def tags(made: bytes) -> list[str]:
    """The structure tags in reading order."""
    with pikepdf.open(BytesIO(made)) as opened:
        return list(_tags(opened.Root.StructTreeRoot))


def _tags(node: Any) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        if "/K" in node:
            yield from _tags(node.K)


def heard(made: bytes) -> list[int]:
    """How many glyphs each piece of text has, without the decoration that screen readers skip."""
    lengths: list[int] = []
    with pikepdf.open(BytesIO(made)) as opened:
        for page in opened.pages:
            decoration: list[bool] = []
            for instruction in pikepdf.parse_content_stream(page):
                match str(instruction.operator):
                    case "BDC" | "BMC":
                        decoration.append(str(instruction.operands[0]) == "/Artifact")
                    case "EMC":
                        decoration.pop()
                    case "Tj" | "TJ" if not any(decoration):
                        lengths.append(_glyphs(instruction.operands[0]))
    return lengths


def _glyphs(operand: Any) -> int:
    """The glyphs of one piece of text, which take two bytes each."""
    parts = [operand] if isinstance(operand, pikepdf.String) else list(operand)
    return sum(len(bytes(part)) for part in parts if isinstance(part, pikepdf.String)) // 2


@BOTH
def test_it_declares_archiving_and_accessibility(
    definition: Definition, profile: Profile, answers: dict[str, Value], style: LetterStyle
) -> None:
    """PDF/A-2a and PDF/UA-1 are declared, with language, title, tags and embedded fonts."""
    made = pdf(letter(definition, profile, answers, style))
    opened = pikepdf.open(BytesIO(made))
    with opened.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Svar på høring om rengøring i dagtilbud"
    assert str(opened.Root.Lang) == "da"
    assert bool(opened.Root.MarkInfo.Marked)
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
    assert {"/H1", "/H2", "/L", "/LI", "/P"} <= set(tags(made))


def test_quotes_and_tables_are_tagged_as_such(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """The authority's words are block quotes; a typed table has header cells."""
    table = answers | {"opgaver": Text(text="Sag\tTimer\nA\t2\nB\t3")}
    found = tags(pdf(letter(definition, profile, table, LetterStyle.POINT_BY_POINT)))
    assert {"/BlockQuote", "/Table", "/TH", "/TD"} <= set(found)


def test_headings_are_bookmarks(definition: Definition, profile: Profile, answers: dict[str, Value]) -> None:
    """A reader can jump to each part."""
    opened = pikepdf.open(BytesIO(pdf(letter(definition, profile, answers))))
    with opened.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Svar på høring om rengøring i dagtilbud"]


@BOTH
def test_a_draft_says_udkast_on_every_page_and_a_final_letter_nowhere(
    definition: Definition, profile: Profile, answers: dict[str, Value], style: LetterStyle
) -> None:
    """Nobody can take a page of a draft for the letter."""
    drafted = pages(pdf(letter(definition, profile, answers, style, draft=True)))
    assert len(drafted) > 1
    assert all(page.count("UDKAST") == 1 for page in drafted)
    assert "UDKAST" not in "".join(pages(pdf(letter(definition, profile, answers, style))))


def test_udkast_is_heard_once(definition: Definition, profile: Profile, answers: dict[str, Value]) -> None:
    """A screen reader meets the mark on the first page only; later ones are decoration."""
    drafted = letter(definition, profile, answers, draft=True)
    assert len(pages(pdf(drafted))) > 1
    in_draft = heard(pdf(drafted)).count(len("UDKAST"))
    assert in_draft - heard(pdf(replace(drafted, draft=False))).count(len("UDKAST")) == 1


def test_pages_are_numbered(definition: Definition, profile: Profile, answers: dict[str, Value]) -> None:
    """The foot of each page says which of how many it is."""
    found = pages(pdf(letter(definition, profile, answers)))
    assert all(f"Side {number} af {len(found)}" in page for number, page in enumerate(found, start=1))


def test_the_same_letter_is_the_same_bytes(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """A letter made again is the letter that was approved, and another draft lies in between."""
    one = letter(definition, profile, answers)
    first = pdf(one)
    pdf(letter(definition, profile, {}, draft=True))
    assert pdf(one) == first


def test_markup_in_an_answer_is_only_words(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """Typst's own signs, HTML and Markdown stand in the letter as they were typed."""
    typed = '#panic("x") $x^2$ *fed* _kursiv_ `kode` <b>fed</b> @ref // slut \\ [a](b) = "ja" --- ~'
    found = pages(pdf(letter(definition, profile, answers | {"opgaver": Text(text=typed)})))
    assert typed in " ".join("".join(found).split())


def test_signs_without_a_glyph_are_named(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """Emoji are shown; a script that no font has is named by its code points."""
    typed = answers | {"opgaver": Text(text="Vi er glade 😀 i 中文 nu")}
    found = " ".join("".join(pages(pdf(letter(definition, profile, typed)))).split())
    assert "Vi er glade 😀 i [tegn U+4E2D U+6587] nu." in found


def test_a_word_without_end_stays_on_the_page(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """A very long word is broken over lines and none of it is lost."""
    made = pdf(letter(definition, profile, answers | {"opgaver": Text(text="Ø" + "ø" * 499)}))
    assert sum(page.count("ø") for page in pages(made)) >= 499
    first = pypdfium2.PdfDocument(made)[0]
    text = first.get_textpage()
    assert max(text.get_charbox(at)[2] for at in range(text.count_chars())) < first.get_width() - 50


def test_the_fonts_have_every_character_that_the_coverage_says() -> None:
    """A strict compile of all of them finds no glyph missing, and finds one for a character left out."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    source = b"""#set text(lang: "da", font: ("Liberation Sans", "DejaVu Sans", "Noto Emoji"))
    #set document(title: "x")\n#sys.inputs.text"""

    def compiled(text: str) -> None:
        typst.compile(
            source,
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="a-2a",
            sys_inputs={"text": text},
        )

    covered = []
    for entry in COVERAGE.read_text("ascii").split():
        first, _, last = entry.partition("-")
        covered += [chr(point) for point in range(int(first, 16), int(last or first, 16) + 1)]
    assert shown(" ".join(covered)) == " ".join(covered)
    compiled(" ".join(covered))
    with pytest.raises(typst.TypstError):
        compiled("中")


def test_what_makes_the_files_starts_without_what_reads_definitions() -> None:
    """A cold process that only lays a letter out does not pay for the rules and their checks."""
    command = "import sys, knowledge.letters.docx, knowledge.letters.pdf; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert {"pydantic", "rule_engine", "ruamel.yaml"}.isdisjoint(done.stdout.split())
