"""Every word of every answer is in both files, in order, whatever was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.hearings.conditions import points
from knowledge.hearings.load import definition as shipped
from knowledge.hearings.model import Definition, Question, QuestionType
from knowledge.hearings.values import (
    Amount,
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
    YesNo,
)
from knowledge.letters.build import build
from knowledge.letters.docx import docx
from knowledge.letters.glyphs import shown
from knowledge.letters.model import Letter, Table
from knowledge.letters.pdf import pdf
from knowledge.letters.profile import LetterStyle, Profile
from knowledge.text import clean

#: What people paste and what tools trip over: markup, tags, emoji, accents, quotes, half characters.
WORDS = st.one_of(
    st.sampled_from(
        [
            *("<b>fed</b>", "&amp;", "<script>", "*fed*", "_kursiv_", "`kode`", "# overskrift", "[a](b)"),
            *("#panic()", "$x^2$", "@ref", "//", "\\", "~", "{answer}", "{note}", "{{ x }}", "${x}", "%s"),
            *("😀", "👨‍👩‍👧", "👍🏽", "🇩🇰", "☺️", "Ελληνικά", "e\u0301", "å", "½", "§", "—"),
            *("»citat«", '"citat"', "'", "1.", "2.", "-", "•", "1. januar", "kr.", "m.v.", "=SUM(A1)", "…"),
            *("中文", "क", "\ud800", "\u202e", "\ufeff", "a\xadb", "\x00", "x" * 90, "www.eksempel.dk"),
        ]
    ),
    st.text("abcæøåÆØÅ0123456789.,;:!?()-", min_size=1, max_size=12),
)
GAPS = st.sampled_from([" ", "  ", "\n", "\n\n", "\r\n", "\t", "\n- ", "\n* ", "\n1. ", "\n2. ", "\n\n\n"])


@st.composite
def typed_texts(draw: st.DrawFn) -> str:
    """Words with what people type between them."""
    words = draw(st.lists(WORDS, min_size=1, max_size=25))
    return "".join(word + draw(GAPS) for word in words)


def words(text: str) -> list[str]:
    """The words that can be looked for: what a list or a sentence may change at their edges is left out."""
    found = (word.strip(".,:;") for word in clean(text).split())
    return [word for word in found if not re.fullmatch(r"[-*•–—▪‣◦]?|\d{1,3}[.)]?", word)]


@cache
def plain(text: str) -> str:
    """The text as it is compared: one form for ligatures and capitals, no white space, no hyphens.

    pypdfium2 takes a hyphen at the end of a line for one that is not in the text.
    """
    return re.sub("[\\s\u200b\x02\ufffe-]", "", unicodedata.normalize("NFKC", text).casefold())


def missing(wanted: list[str], text: str) -> list[str]:
    """The words that do not come in this order in the text."""
    haystack, at, lost = plain(text), 0, []
    for word in wanted:
        found = haystack.find(plain(word), at)
        if found < 0:
            lost.append(word)
        else:
            at = found + len(plain(word))
    return lost


def docx_text(letter: Letter) -> str:
    """All text of the document, tables too, in the order of the file."""
    body = Document(BytesIO(docx(letter))).element.body
    return " ".join(_paragraph(paragraph) for paragraph in body.iter(qn("w:p")))


def _paragraph(paragraph: Any) -> str:
    parts = paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
    return "".join(part.text or " " for part in parts)


def pdf_text(letter: Letter) -> str:
    """The text of all pages without the foot, which stands between the pages' words."""
    return " ".join(_pages(pdf(letter)))


def _pages(made: bytes) -> Iterator[str]:
    for page in pypdfium2.PdfDocument(made):
        text = page.get_textpage().get_text_bounded()
        yield re.sub(r"^UDKAST|J\.nr\. 28\.00\.00-K03-1-20 Side \d+ af \d+\s*$", "", text)


def letter(
    definition: Definition, profile: Profile, answers: Mapping[str, Value], style: LetterStyle
) -> Letter:
    """The draft in that style."""
    styled = profile.model_copy(update={"letter_style": style})
    return build(definition, styled, answers, draft=True, today=date(2020, 4, 1))


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(typed_texts(), min_size=6, max_size=6), style=st.sampled_from(LetterStyle))
def test_no_word_of_any_answer_is_lost_or_moved(
    definition: Definition, profile: Profile, texts: list[str], style: LetterStyle
) -> None:
    """Accounts, notes, items and reasons stand in both files in the order they were given."""
    opgaver, note, reason, item, unknown, remarks = texts
    answers: dict[str, Value] = {
        "opgaver": Text(text=opgaver),
        "natarbejde": YesNo(yes=True, note=note),
        "klager": NoneBecause(reason=reason),
        "steder": Items(items=(item, "andet")),
        "stigning": Unknown(note=unknown),
        "bemaerkninger": Text(text=remarks),
    }
    made = letter(definition, profile, answers, style)
    wanted = [word for text in texts for word in words(text)]
    assert missing(wanted, docx_text(made)) == []
    assert missing([shown(word) for word in wanted], pdf_text(made)) == []


SHIPPED = shipped("ankestyrelsen-konsulenter-2020")


def with_words(question: Question, text: str) -> Value:
    """An answer of the question's type that holds the text wherever the type has room for it."""
    match question.type:
        case QuestionType.YES_NO:
            return YesNo(yes=bool(len(text) % 2), note=text)
        case QuestionType.COUNT:
            return Count(count=len(text) % 4, note=text)
        case QuestionType.AMOUNT:
            return Amount(dkk=Decimal(len(text)), qualifier="godt", note=text)
        case QuestionType.PERCENT:
            return Percent(percent=Decimal(10), note=text)
        case QuestionType.DATE:
            return Day(day=date(2019, 2, 1), note=text)
        case QuestionType.DOCUMENTS:
            return Documents(files=(Enclosed(file=question.id, name="a.pdf", title=f"T{text}"),), note=text)
        case _:
            return Text(text=text)


@settings(max_examples=12, deadline=None)
@given(
    texts=st.lists(typed_texts(), min_size=len(SHIPPED.questions), max_size=len(SHIPPED.questions)),
    style=st.sampled_from(LetterStyle),
)
def test_no_word_of_a_whole_case_is_lost_or_moved(
    profile: Profile, texts: list[str], style: LetterStyle
) -> None:
    """Every question of the shipped hearing, answered with whatever was typed, in the order asked."""
    asked = dict(zip(SHIPPED.questions, texts, strict=True))
    answers = {name: with_words(SHIPPED.questions[name], text) for name, text in asked.items()}
    said = {point.id for point in points(SHIPPED, answers) if point.relevant is not False}
    made = letter(SHIPPED, profile, answers, style)
    wanted = [
        word
        for name, text in asked.items()
        if name in said
        for once in ((f"T{text}", text) if isinstance(answers[name], Documents) else (text,))
        for word in words(once)
    ]
    assert missing(wanted, docx_text(made)) == []
    assert missing([shown(word) for word in wanted], pdf_text(made)) == []


def test_a_table_typed_with_tabs_keeps_its_cells(definition: Definition, profile: Profile) -> None:
    """Each cell stands in both files, row by row, between the words before and after the table."""
    text = "Sådan gik det:\nSag\tFør\tEfter\nA\t12 timer\t8 timer\nB\t«ingen»\t<b>3</b>\nDet var alt"
    made = letter(definition, profile, {"opgaver": Text(text=text)}, LetterStyle.CONNECTED)
    assert any(isinstance(block, Table) for block in made.blocks)
    assert missing(text.split(), docx_text(made)) == []
    assert missing(text.split(), pdf_text(made)) == []


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), min_size=1, max_size=80))
def test_any_text_at_all_makes_both_files(definition: Definition, profile: Profile, text: str) -> None:
    """Whatever the characters, in answers, titles and names, the files are made and hold the words."""
    strange = profile.model_copy(update={"journal_number": text, "attention": text})
    made = letter(definition, strange, {"opgaver": Text(text=text)}, LetterStyle.CONNECTED)
    assert missing(words(text), docx_text(made)) == []
    assert pdf(made).startswith(b"%PDF")


def test_words_written_from_the_right_stand_among_the_others(
    definition: Definition, profile: Profile
) -> None:
    """Hebrew and Arabic names are there, each in its place in the Danish sentence."""
    text = "Borgeren שלום skrev مرحبا under"
    made = letter(definition, profile, {"opgaver": Text(text=text)}, LetterStyle.CONNECTED)
    assert missing(words(text), docx_text(made)) == []
    assert missing(words(text), pdf_text(made)) == []


def test_ten_thousand_words_are_all_there(definition: Definition, profile: Profile) -> None:
    """A very long answer runs over many pages and loses nothing."""
    text = "\n\n".join(" ".join(f"ord{at}x{number}" for number in range(100)) for at in range(100))
    made = letter(definition, profile, {"opgaver": Text(text=text)}, LetterStyle.POINT_BY_POINT)
    assert missing(words(text), docx_text(made)) == []
    assert missing(words(text), pdf_text(made)) == []


def test_a_lost_word_would_be_noticed(definition: Definition, profile: Profile) -> None:
    """The comparison itself tells a word that is not there, or comes too early."""
    made = letter(definition, profile, {"opgaver": Text(text="først sidst")}, LetterStyle.CONNECTED)
    assert missing(["først", "væk", "sidst"], docx_text(made)) == ["væk"]
    assert missing(["sidst", "først"], pdf_text(made)) == ["først"]
