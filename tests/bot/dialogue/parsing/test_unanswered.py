"""Not knowing, and having nothing to give, to any kind of question."""

from __future__ import annotations

import pytest

from knowledge.hearings.values import NoneBecause, Text, Unknown

from .asking import asked_back, offered, read, understood

KINDS = ["yes_no", "count", "amount", "percent", "date", "choice", "list", "documents", "text"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("ved ikke", ""),
        ("Det ved jeg ikke.", ""),
        ("kan ikke oplyses", ""),
        ("Uvist", ""),
        ("Ved ikke, det må økonomi svare på", "det må økonomi svare på"),
        ("kan ikke oplyses: sagen er arkiveret", "sagen er arkiveret"),
    ],
)
def test_not_knowing_is_an_answer_to_every_question(kind: str, text: str, note: str) -> None:
    """What follows "ved ikke" is kept as the note."""
    assert understood(kind, text) == Unknown(note=note)


def test_an_account_that_begins_with_not_knowing_stays_text() -> None:
    """Only a text that says little more than "ved ikke" is taken as not knowing."""
    long = "Ved ikke, hvem der bestilte forløbet. " + "Forvaltningen har gennemgået alle sager igen. " * 5
    for text in (long.strip(), "Ved ikke om alt er med", "Ved ikke.\n\nMen her er alt, hvad vi har."):
        assert understood("text", text) == Text(text=text)


def test_not_knowing_goes_on_without_a_comma() -> None:
    """Outside prose, "ved ikke om ..." is not knowing too."""
    assert understood("yes_no", "Ved ikke om de deltog") == Unknown(note="om de deltog")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ingen, fordi der ikke er indgået en aftale", "fordi der ikke er indgået en aftale"),
        ("Ingen: aftalen er mundtlig", "aftalen er mundtlig"),
        ("Der er ingen, da opgaven er ny.", "da opgaven er ny."),
        ("nej, fordi aftalen er bortkommet", "fordi aftalen er bortkommet"),
        ("Nej der er ingen, da opgaven er ny", "da opgaven er ny"),
        ("Ingen. Der er ikke truffet nye afgørelser.", "Der er ikke truffet nye afgørelser."),
        ("Ingen interne notater, fordi ingen har skrevet dem", "fordi ingen har skrevet dem"),
        ("ingen\n\nFørste afsnit.\n\nAndet afsnit.", "Første afsnit.\n\nAndet afsnit."),
    ],
)
def test_nothing_to_enclose_is_told_with_its_reason(text: str, reason: str) -> None:
    """The reason is kept as it was written, with its "fordi"."""
    assert understood("documents", text, none_allowed=True) == NoneBecause(reason=reason)


@pytest.mark.parametrize(
    "text", ["ingen", "Nej", "Ingen.", "ingen, fordi", "der er ingen", "Nej, der er ingen"]
)
def test_nothing_without_a_reason_is_asked_about(text: str) -> None:
    """A bare "ingen" is asked for its reason."""
    assert "hvorfor" in asked_back("documents", text, none_allowed=True).message


def test_nothing_is_not_taken_where_the_question_does_not_allow_it() -> None:
    """Where something must be enclosed, "ingen, fordi ..." is told how to send a file."""
    assert "fil" in asked_back("documents", "ingen, fordi vi ikke vil").message


def test_an_account_of_why_there_is_nothing_can_be_confirmed_as_the_reason() -> None:
    """A denial in other words is offered as the reason, not taken as it."""
    text = "Der er ikke truffet nye afgørelser i de fem sager"
    options = asked_back("documents", text, none_allowed=True).options
    assert [option.value for option in options] == [NoneBecause(reason=text)]
    assert offered("documents", "se kontrakten", none_allowed=True) == []


def test_other_questions_take_a_reason_too() -> None:
    """An amount, a date or a list may have none, with a reason."""
    for kind in ("amount", "date", "list", "text"):
        value = understood(kind, "ingen, da aftalen er mundtlig", none_allowed=True)
        assert value == NoneBecause(reason="da aftalen er mundtlig")


def test_prose_that_begins_with_none_stays_text() -> None:
    """A text such as "Ingen af sagerne ..." is an account, also where there may be none."""
    for text in ("Ingen af sagerne er ændret", "Ingen. Men vi har overvejet det."):
        assert understood("text", text, none_allowed=True) == Text(text=text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["", "   ", "\n\t\n"])
def test_an_empty_answer_is_asked_about(kind: str, text: str) -> None:
    """Nothing at all is no answer."""
    assert "ikke noget" in asked_back(kind, text).message


def test_text_is_kept_as_it_is() -> None:
    """Paragraphs, marks and figures of a free account stay."""
    text = "Først 2,5 timer.\n\n- Så 3/4.\n- <b>Slut</b> 🙂"
    assert understood("text", f"\n{text}  ") == Text(text=text)
    assert read("text", text) == read("text", text + "\n")
