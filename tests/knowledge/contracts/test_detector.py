"""Risky terms are found however they are spelt, and harmless ones are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.contracts.detector import detect, labels
from knowledge.findings import About, Kind, Tier


def said(text: str) -> set[str]:
    """All labels warned of or asked about."""
    found = labels(text)
    return {*found.risks, *found.maybe}


@pytest.mark.parametrize(
    "text",
    [
        "Konsulenten får 12 % af den opnåede besparelse.",
        "Konsulenten faar 12 % af den opnaaede besparelse.",
        "Konsulenten får 12 pct. af den opnåede be-\nsparelse.",
        "Konsulenten får 12 procent af den\n\nopnåede besparelse.",
    ],
)
def test_spelling_and_line_breaks_do_not_hide_a_term(text: str) -> None:
    """ae/oe/aa, hyphenation and blank lines after every line read the same."""
    assert "savings_share" in labels(text).risks


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "Honoraret er et fast beløb og afhænger ikke af, om der opnås en besparelse.",
        "Konsulenten har ikke haft adgang til fagsystemet.",
        "Aftalen forlænges ikke automatisk.",
        "1) Hvorvidt der er aftalt no cure no pay, og efter hvilke kriterier der i så fald betales.",
        "Er der aftalt no cure no pay?",
    ],
)
def test_denials_and_quoted_questions_are_left_alone(text: str) -> None:
    """What is denied, or only asked by the authority, is no risk."""
    assert labels(text).risks == ()


def test_a_finding_quotes_its_sentence_in_place() -> None:
    """The quote is the sentence, at its offsets, and what it is about is carried over."""
    text = "Tak for jeres brev. Konsulenten fik login til KMD Nexus. Vi holdt to møder i foråret."
    (finding,) = [
        each for each in detect(text, About(question="arbejdsmetode")) if each.id == "case_system_access"
    ]
    assert finding.kind is Kind.CONTRACT_TERM
    assert finding.about.quote == "Konsulenten fik login til KMD Nexus."
    assert text[finding.about.start : finding.about.end] == finding.about.quote
    assert finding.about.question == "arbejdsmetode"


def test_a_suspicion_is_worded_as_a_question() -> None:
    """What is only suspected asks, and does not claim."""
    asked = [
        each for each in detect("Kørsel betales med 3,65 kr. pr. km.", About()) if each.tier is Tier.QUESTION
    ]
    assert [each.title.endswith("?") for each in asked] == [True]


@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("Kørsel i 2019 afregnes med 3,57 kr. pr. kilometer.", True),
        ("Kørsel i 2019 afregnes med 3,56 kr. pr. kilometer.", False),
        ("Kørsel afregnes med 5 kr. pr. km.", True),
        ("Konsulenten kørte 4,80 km til møderne i egen bil.", False),
    ],
)
def test_a_kilometre_rate_is_held_against_the_years(text: str, above: bool) -> None:
    """Only a rate above the state's for its year is a risk; a distance is no rate."""
    assert ("travel_rate_above_state" in labels(text).risks) is above


def test_list_items_carry_their_heading() -> None:
    """The item alone does not say who may; the heading does."""
    text = "Konsulenten kan frit:\n- antage underleverandører uden kundens samtykke\n- holde ferie"
    assert "subcontracting_unrestricted" in labels(text).risks


@given(st.text(max_size=400))
def test_any_text_is_survived_and_quoted_exactly(text: str) -> None:
    """Offsets always fit the text given, whatever it holds."""
    for finding in detect(text, About()):
        assert text[finding.about.start : finding.about.end] == finding.about.quote


@pytest.mark.parametrize(
    "text", ["." * 300_000, "a-\n" * 60_000, "Konsulenten må ikke " * 5_000, "\n \n" * 60_000]
)
def test_odd_texts_of_many_characters_do_not_hang(text: str) -> None:
    """Dot leaders and endless lines are read in one pass."""
    assert isinstance(said(text), set)
