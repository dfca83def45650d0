"""Enclosures come as files in the chat."""

from __future__ import annotations

from bot.dialogue.filing import file_was_read
from bot.dialogue.talk import Talk
from knowledge.findings import About, Finding, Kind, Severity
from knowledge.hearings.values import Documents, NoneBecause
from storage.events import FileRead
from tests.bot.dialogue.talking import NOON, Chat


def names(chat: Chat, point: str) -> list[str]:
    """The names of the files at a point."""
    value = chat.situation.answers.get(point)
    return [file.name for file in value.files] if isinstance(value, Documents) else []


def test_a_file_goes_to_the_question_one_is_at(mette: Chat) -> None:
    """A file sent while asked for documents is enclosed there, and more can follow."""
    mette.at("kopi_kontrakter").sends("kontrakt.pdf", "Kontrakt af 14. maj").sends("tillaeg.pdf", content="b")
    assert names(mette, "kopi_kontrakter") == ["kontrakt.pdf", "tillaeg.pdf"]
    assert mette.situation.files_of("kopi_kontrakter").files[0].title == "Kontrakt af 14. maj"
    assert mette.place == "kopi_kontrakter"
    mette.clicks("Færdig med filer")
    assert mette.place != "kopi_kontrakter"


def test_the_same_file_twice_is_enclosed_once(mette: Chat) -> None:
    """A file is known by its content."""
    mette.at("kopi_kontrakter").sends("kontrakt.pdf").sends("kontrakt-kopi.pdf")
    assert names(mette, "kopi_kontrakter") == ["kontrakt.pdf"]


def test_a_file_sent_elsewhere_is_kept_and_its_place_asked(mette: Chat) -> None:
    """A file is never lost because it came at another question."""
    mette.at("opgaver").sends("kontrakt.pdf")
    assert "a" * 64 in mette.situation.case.files
    ask = mette.situation.definition.questions["kopi_kontrakter"].ask
    label = next(label for label in mette.labels if ask.startswith(label.removesuffix(" …")))
    mette.clicks(label)
    assert names(mette, "kopi_kontrakter") == ["kontrakt.pdf"]


def test_none_because_is_an_answer_where_it_is_allowed(mette: Chat) -> None:
    """There may be nothing to enclose, with the reason."""
    mette.answer("kopi_fem_sager", "ingen, fordi der ikke har været borgersager")
    value = mette.situation.answers["kopi_fem_sager"]
    assert isinstance(value, NoneBecause)
    assert "borgersager" in value.reason


def test_words_at_a_question_for_files_say_how_to_send_one(mette: Chat) -> None:
    """Text is no file."""
    mette.answer("kopi_kontrakter", "den ligger på drevet")
    assert "kopi_kontrakter" not in mette.situation.answers
    assert "fil" in mette.text


def test_what_reading_a_contract_found_is_told_and_kept(mette: Chat) -> None:
    """Risky terms in a contract are told with their quote, and count in the checks."""
    mette.at("kopi_kontrakter").sends("kontrakt.pdf")
    found = Finding(
        id="savings_share",
        kind=Kind.CONTRACT_TERM,
        severity=Severity.MEDIUM,
        about=About(file="a" * 64, page=2, quote="10 % af besparelsen", start=5, end=24),
        title="Betaling efter besparelsen",
        meaning="Honoraret følger besparelsen.",
        advice="Spørg en jurist.",
    )
    talk = Talk(mette.situation, "mette", NOON, None)
    file_was_read(talk, FileRead(file="a" * 64, pages=3, findings=(found.model_dump(mode="json"),)))
    said = "\n".join(reply.text for reply in talk.replies)
    assert "10 % af besparelsen" in said
    assert "kontrakt.pdf, side 2" in said
    assert talk.situation.facts.contract_terms == {"savings_share"}


def test_a_contract_that_cannot_be_read_is_told_with_the_reason(mette: Chat) -> None:
    """An unreadable contract stays enclosed, and nobody believes that it was checked."""
    mette.at("kopi_kontrakter").sends("kontrakt.pdf")
    talk = Talk(mette.situation, "mette", NOON, None)
    file_was_read(talk, FileRead(file="a" * 64, problem="den er en scanning uden tekst."))
    assert "scanning" in talk.replies[0].text
    assert not talk.situation.facts.contracts_read
