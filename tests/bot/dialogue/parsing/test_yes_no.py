"""Yes and no, with what is added to them."""

from __future__ import annotations

import pytest

from bot.dialogue.parsing import Understood
from knowledge.hearings.values import Unknown, YesNo

from .asking import asked_back, offered, read, understood


@pytest.mark.parametrize(
    ("text", "yes", "note"),
    [
        ("ja", True, ""),
        ("Ja.", True, ""),
        ("jep", True, ""),
        ("jo", True, ""),
        ("det har vi", True, ""),
        ("Ja:\n- et møde i maj\n- et i juni", True, "- et møde i maj\n- et i juni"),
        ("Ja - i to sager", True, "i to sager"),
        ("Ja tak", True, ""),
        ("ja, ja", True, "ja"),
        ("ja, men kun i to sager", True, "men kun i to sager"),
        ("Ja det gjorde konsulenten", True, "det gjorde konsulenten"),
        ("Ja - i 3 af 25 sager.", True, "i 3 af 25 sager."),
        ("nej", False, ""),
        ("Nej!", False, ""),
        ("ikke endnu", False, "ikke endnu"),
        ("det har vi ikke", False, ""),
        ("Det har vi ikke, fordi opgaven var en anden", False, "fordi opgaven var en anden"),
        ("Nej, det har vi ikke", False, "det har vi ikke"),
        ("Nej – kun sparring", False, "kun sparring"),
        ("Ja.\n\nFørste afsnit.\n\nAndet afsnit.", True, "Første afsnit.\n\nAndet afsnit."),
    ],
)
def test_a_plain_yes_or_no_is_understood(text: str, yes: bool, note: str) -> None:
    """What follows yes or no is kept word for word, paragraphs and all."""
    assert read("yes_no", text) == Understood(YesNo(yes=yes, note=note))


@pytest.mark.parametrize(
    "text",
    [
        "både og",
        "delvist",
        "ja og nej",
        "Ja/nej",
        "ja, nej",
        "ja, måske",
        "ja?",
        "Ja, det har vi ikke",
        "Nej, det har vi",
        "Konsulenten deltog i to møder",
        "hej",
        "måske",
        "42",
    ],
)
def test_what_is_neither_yes_nor_no_is_asked_about(text: str) -> None:
    """Both answers are offered, and either keeps the person's words."""
    options = asked_back("yes_no", text).options
    assert [option.value for option in options] == [YesNo(yes=True, note=text), YesNo(yes=False, note=text)]


@pytest.mark.parametrize(
    ("text", "yes"), [("jaa", True), ("jaaaa", True), ("nehj", False), ("neej", False), ("nwj", False)]
)
def test_a_misspelt_yes_or_no_is_understood_and_told(text: str, yes: bool) -> None:
    """One slip is forgiven, and the person sees what it was read as."""
    parsed = read("yes_no", f"{text}, i to sager")
    assert parsed == Understood(
        YesNo(yes=yes, note="i to sager"), f"Jeg læste det som {'ja' if yes else 'nej'}."
    )


@pytest.mark.parametrize("text", ["Hej", "Ned", "Nem", "Nu", "Jf. kontrakten"])
def test_other_short_words_are_no_misspelt_answers(text: str) -> None:
    """Words that lie a letter away from yes or no are not taken for them."""
    assert offered("yes_no", text) == ["Ja", "Nej"]


def test_doubt_may_be_settled_as_not_knowing() -> None:
    """Where the text begins with not knowing but goes on, that is offered as well."""
    text = "Ved ikke helt men der var vist to"
    assert asked_back("yes_no", text).options[-1].value == Unknown(note=text)


def test_a_long_account_after_yes_is_kept_whole() -> None:
    """A page of explanation after "Ja." is the note."""
    account = "\n\n".join(
        f"Afsnit {number}. " + "Konsulenten læste sagerne. " * 20 for number in range(20)
    ).strip()
    assert understood("yes_no", f"Ja. {account}") == YesNo(yes=True, note=account)
