"""Commands in words, with slashes, with slips; and answers that are none."""

from __future__ import annotations

import re

import pytest

from bot.dialogue.parsing.commands import Command, Given, Perhaps, command


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("tilbage", Command.BACK),
        ("Fortryd", Command.BACK),
        ("forrige", Command.BACK),
        ("spring over", Command.SKIP),
        ("Senere.", Command.SKIP),
        ("næste", Command.SKIP),
        ("ret", Command.EDIT),
        ("pause", Command.PAUSE),
        ("fortsæt", Command.RESUME),
        ("VIDERE", Command.RESUME),
        ("hjælp", Command.HELP),
        ("?", Command.HELP),
        ("status", Command.STATUS),
        ("oversigt", Command.STATUS),
        ("mangler", Command.OPEN_POINTS),
        ("liste", Command.OPEN_POINTS),
        ("brev", Command.LETTER),
        ("udkast", Command.LETTER),
        ("send til godkendelse", Command.SUBMIT),
        ("indsend!", Command.SUBMIT),
        ("advarsler", Command.FINDINGS),
        ("gennemgå", Command.REVIEW),
        ("oplysninger", Command.PROFILE),
        ("sager", Command.CASES),
        ("start", Command.START),
        ("godkend", Command.APPROVE),
        ("/brev", Command.LETTER),
        ("/hjaelp", Command.HELP),
        ("/hjælp", Command.HELP),
        ("/STATUS", Command.STATUS),
        ("/status@EksempelBot", Command.STATUS),
    ],
)
def test_a_word_of_its_own_is_the_command(text: str, given: Command) -> None:
    """Capital letters and a mark at the end make no difference."""
    assert command(text) == Given(given)


@pytest.mark.parametrize(
    ("text", "given", "argument"),
    [
        ("ret 5", Command.EDIT, "5"),
        ("Ret spørgsmål 5", Command.EDIT, "5"),
        ("ændre 2.1", Command.EDIT, "2.1"),
        ("/ret beløb", Command.EDIT, "beløb"),
        ("returner 5", Command.RETURN, "5"),
        ("/returner 5 Skriv datoen på", Command.RETURN, "5 Skriv datoen på"),
        ("tilføj at der var to", Command.ADD, "at der var to"),
        ("Tilføj:\nFørst.\n\nSå.", Command.ADD, "Først.\n\nSå."),
        ("/tilfoej mere", Command.ADD, "mere"),
        ("/start abc-DEF_1", Command.START, "abc-DEF_1"),
    ],
)
def test_words_after_a_command_are_its_argument(text: str, given: Command, argument: str) -> None:
    """The argument is kept as it was written."""
    assert command(text) == Given(given, argument)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tilbge", Command.BACK),
        ("stauts", Command.STATUS),
        ("hjlæp", Command.HELP),
        ("sprng over", Command.SKIP),
        ("send til godkendels", Command.SUBMIT),
        ("fortset", Command.RESUME),
        ("/stats", Command.STATUS),
        ("/findesikke", Command.HELP),
        ("ret beløb", Command.EDIT),
    ],
)
def test_a_misspelt_command_is_confirmed_first(text: str, meant: Command) -> None:
    """What is only perhaps a command is never carried out at once."""
    perhaps = command(text)
    assert isinstance(perhaps, Perhaps)
    assert perhaps.command is meant


@pytest.mark.parametrize(
    "text",
    [
        "Status for sagerne er, at alle er behandlet",
        "Ret til aktindsigt blev givet i alle sager",
        "Mangler blev rettet",
        "Pause i forløbet var på to måneder",
        "Godkendt af byrådet",
        "Sagerne",
        "mangel",
        "rettet",
        "ja",
        "nej",
        "ved ikke",
        "ingen",
        "25",
        "200.000 kr.",
        "20. marts 2020",
        "i dag",
        "Nexus",
        "/",
        "//",
        "/5 sager",
        "",
        "   ",
        "tilbage " * 50,
    ],
)
def test_an_answer_is_no_command(text: str) -> None:
    """The first word of a sentence, and short answers, are left to the question."""
    assert command(text) is None


def test_every_command_has_a_name_telegram_takes_and_says_what_it_does() -> None:
    """Names are small ASCII letters, each its own; descriptions fit Telegram's 256 characters."""
    slashes = [one.slash for one in Command]
    assert len(set(slashes)) == len(slashes)
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", slash) for slash in slashes)
    assert all(3 <= len(one.description) <= 256 for one in Command)


@pytest.mark.parametrize("one", list(Command))
def test_a_command_is_taken_by_its_slash_and_by_its_word(one: Command) -> None:
    """What the help shows is what works."""
    assert command(f"/{one.slash}") == Given(one)
    assert command(one.word) == Given(one)
