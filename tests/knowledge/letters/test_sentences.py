"""How single answers read: the definition's words, plain ones, commas, full stops, one and many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from knowledge.hearings.model import AnswerInLetter, Option, Question, QuestionType
from knowledge.hearings.values import (
    Amount,
    Choice,
    Count,
    Day,
    Documents,
    Enclosed,
    Items,
    NoneBecause,
    Text,
    Unknown,
    Value,
    YesNo,
)
from knowledge.letters.model import Enclosure
from knowledge.letters.sentences import numbers
from knowledge.letters.sentences import reads as reading

PLAN = Enclosure(3, "Plan for rengøring", "plan.pdf")


def question(kind: QuestionType, **letter: str) -> Question:
    """A question with the words given for the letter."""
    return Question(
        id="x",
        ask="Hvad?",
        help="Skriv.",
        example="Noget",
        type=kind,
        options=(Option(id="dag", label="Om dagen"),),
        letter=AnswerInLetter.model_validate(letter),
    )


def reads(asked: Question, value: Value, enclosures: Sequence[Enclosure] = ()) -> str:
    """The answer's text."""
    return reading(asked, value, enclosures).text


def documents(count: int, note: str = "") -> Documents:
    """So many enclosed files."""
    return Documents(files=tuple(Enclosed(file=str(at), name=f"{at}.pdf") for at in range(count)), note=note)


YES = "Der blev holdt møder. {note}"


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("", "Der blev holdt møder."),
        ("men kun i to sager", "Der blev holdt møder, men kun i to sager."),
        ("i to sager", "Der blev holdt møder i to sager."),
        ("det var i august", "Der blev holdt møder. Det var i august."),
        ("i august 2019 holdt firmaet et møde", "Der blev holdt møder. I august 2019 holdt firmaet et møde."),
        ("Fem i alt!", "Der blev holdt møder. Fem i alt!"),
        ("- et i maj\n- et i juni", "Der blev holdt møder.\n- et i maj\n- et i juni"),
        ("iPad blev brugt", "Der blev holdt møder. iPad blev brugt."),
    ],
)
def test_a_note_is_joined_to_its_sentence(note: str, sentence: str) -> None:
    """A clause goes on after a comma, a sentence begins with a capital, a list stands below."""
    assert reads(question(QuestionType.YES_NO, yes=YES), YesNo(yes=True, note=note)) == sentence


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (0, "Ingen sager."),
        (1, "Én sag."),
        (2, "To sager."),
        (10, "Ti sager."),
        (11, "11 sager."),
        (1200, "1.200 sager."),
    ],
)
def test_counts_agree_in_number(count: int, sentence: str) -> None:
    """None, one and many each have their own words."""
    words = question(QuestionType.COUNT, zero="Ingen sager.", one="Én sag.", many="{answer} sager.")
    assert reads(words, Count(count=count)) == sentence


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        (QuestionType.TEXT, Text(text="alt blev rengjort"), "Alt blev rengjort."),
        (QuestionType.TEXT, Text(text="Er det nok?"), "Er det nok?"),
        (QuestionType.TEXT, Text(text="www.eksempel.dk har svaret"), "www.eksempel.dk har svaret."),
        (QuestionType.YES_NO, YesNo(yes=True, note="men kun delvist"), "Ja, men kun delvist."),
        (QuestionType.YES_NO, YesNo(yes=False), "Nej."),
        (QuestionType.COUNT, Count(count=25), "25."),
        (QuestionType.AMOUNT, Amount(dkk=Decimal(250000), qualifier="godt"), "Godt 250.000 kr."),
        (QuestionType.AMOUNT, Amount(dkk=Decimal(9), note="det er anslået"), "9 kr. Det er anslået."),
        (QuestionType.DATE, Day(day=date(2020, 3, 1)), "1. marts 2020."),
        (QuestionType.CHOICE, Choice(choice="dag"), "Om dagen."),
        (QuestionType.LIST, Items(items=("A", "B")), "- A\n- B"),
        (QuestionType.TEXT, Unknown(), "Det har kommunen ikke oplysninger om."),
        (
            QuestionType.TEXT,
            Unknown(note="arkivet er lukket"),
            "Det har kommunen ikke oplysninger om. Arkivet er lukket.",
        ),
        (QuestionType.COUNT, NoneBecause(reason="fordi intet skete"), "Ingen, fordi intet skete."),
        (
            QuestionType.DOCUMENTS,
            NoneBecause(reason="Der er ingen"),
            "Der er ikke vedlagt kopi. Der er ingen.",
        ),
    ],
)
def test_an_answer_reads_well_without_words_of_the_definition(
    kind: QuestionType, value: Value, sentence: str
) -> None:
    """Every kind of answer has plain words of its own, ended as a sentence."""
    assert reads(question(kind), value) == sentence


def test_an_answer_inside_a_sentence_loses_its_full_stop() -> None:
    """No full stop stands in the middle of a sentence, nor two at its end."""
    words = question(QuestionType.TEXT, answer="Kommunen bruger {answer} til det.")
    assert reads(words, Text(text="Rent og Pænt.")) == "Kommunen bruger Rent og Pænt til det."
    words = question(QuestionType.TEXT, answer="Kommunen bruger {answer}.")
    assert reads(words, Text(text="Rent ApS.")) == "Kommunen bruger Rent ApS."


def test_tags_in_an_answer_are_only_words() -> None:
    """Braces that a person wrote are not filled in."""
    words = question(QuestionType.YES_NO, yes="Ja da. {note}")
    assert (
        reads(words, YesNo(yes=True, note="Vi skrev {answer} og {note}"))
        == "Ja da. Vi skrev {answer} og {note}."
    )


def test_a_list_reads_as_a_series_inside_a_sentence() -> None:
    """Items become bullets after a colon, a series in running text."""
    value = Items(items=("A", "B", "C"))
    assert reads(question(QuestionType.LIST, answer="Stederne er {answer} i alt."), value) == (
        "Stederne er A, B og C i alt."
    )
    assert reads(question(QuestionType.LIST, answer="Stederne er: {answer}"), value) == (
        "Stederne er:\n- A\n- B\n- C"
    )


def test_one_enclosure_is_named_in_the_sentence() -> None:
    """The text says which enclosure it means."""
    assert reads(question(QuestionType.DOCUMENTS), documents(1), [PLAN]) == (
        "Plan for rengøring er vedlagt som bilag 3."
    )
    words = question(QuestionType.DOCUMENTS, one="Planen er vedlagt.")
    assert reads(words, documents(1), [PLAN]) == "Planen er vedlagt (bilag 3)."


def test_several_enclosures_are_listed_with_their_numbers() -> None:
    """Each title stands with its number, and what was added stands below."""
    two = [PLAN, Enclosure(4, "Bilag {answer}", "b.pdf")]
    assert reads(question(QuestionType.DOCUMENTS), documents(2, "det er alt"), two) == (
        "Følgende er vedlagt:\n- Plan for rengøring (bilag 3)\n- Bilag {answer} (bilag 4)\n\nDet er alt."
    )


def test_no_files_promise_no_enclosures() -> None:
    """Without a file only the note is said, never that something is enclosed."""
    words = question(QuestionType.DOCUMENTS, answer="Kopi er vedlagt som {answer}. {note}")
    assert reads(words, documents(0, "filerne eftersendes")) == "Filerne eftersendes."
    assert reads(words, documents(0)) == ""


def test_enclosure_numbers_read_as_ranges_and_series() -> None:
    """Three or more in a row are a range."""
    enclosures = {number: Enclosure(number, "t", "f") for number in range(1, 8)}
    assert numbers([enclosures[1], enclosures[3]]) == "bilag 1 og 3"
    assert numbers([enclosures[2], enclosures[3], enclosures[4]]) == "bilag 2-4"
