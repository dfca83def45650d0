"""Warnings are told as they arise, and heeded with a reason."""

from __future__ import annotations

from bot.dialogue.buttons import Action, Press
from bot.dialogue.messages import Tone
from tests.bot.dialogue.talking import Chat


def contradictory(chat: Chat) -> Chat:
    """Numbers that cannot be true together."""
    return chat.answer("sager_udvalgt", "10").answer("sager_behandlet", "12")


def test_a_contradiction_is_told_when_it_arises(mette: Chat) -> None:
    """The answer that makes two numbers clash brings the warning, with both figures."""
    contradictory(mette)
    assert Tone.WARNING in mette.tones
    assert "10" in mette.text
    assert "12" in mette.text


def test_a_warning_that_was_told_is_not_told_again(mette: Chat) -> None:
    """The next answer does not repeat it."""
    contradictory(mette).answer("opgaver", "Et kursus.")
    assert Tone.WARNING not in mette.tones


def test_correcting_the_answer_makes_the_warning_go(mette: Chat) -> None:
    """A contradiction that is mended is no longer open."""
    contradictory(mette)
    before = len(mette.situation.open_findings)
    mette.answer("sager_behandlet", "8")
    assert len(mette.situation.open_findings) < before


def test_acknowledging_asks_for_the_reason_and_keeps_it(mette: Chat) -> None:
    """The reason and the person stay on record."""
    contradictory(mette)
    mette.clicks("Taget til efterretning").says("To sager blev talt med to gange.")
    acknowledged = list(mette.situation.case.acknowledged.values())
    assert [(one.person, one.reason) for one in acknowledged] == [
        ("mette", "To sager blev talt med to gange.")
    ]
    assert all(one.reason for one in acknowledged)


def test_an_acknowledged_warning_comes_back_when_the_figures_change(mette: Chat) -> None:
    """An acknowledgement is of what was seen, not of whatever comes later."""
    contradictory(mette).clicks("Taget til efterretning").says("Talt to gange.")
    mette.answer("sager_behandlet", "15")
    assert Tone.WARNING in mette.tones


def test_risky_words_in_an_answer_are_quoted(mette: Chat) -> None:
    """A risky term in an answer is shown with its exact words."""
    sentence = "Konsulenten får 10 % af den besparelse, som kommunen opnår."
    mette.answer("no_cure_no_pay", "ja, for en del").answer(
        "betalingskriterier", f"Aftalen er enkel. {sentence}"
    )
    found = [one for one in mette.situation.findings if one.id == "savings_share"]
    assert found
    assert found[0].about.quote in sentence


def test_the_list_of_warnings_shows_the_worst_first(mette: Chat) -> None:
    """High warnings stand before medium ones."""
    contradictory(mette).answer("udkast_afgoerelser", "ja, i tre sager").answer(
        "no_cure_no_pay", "ja, 10 % af besparelsen"
    )
    ranks = [finding.severity.rank for finding in mette.situation.open_findings]
    assert ranks == sorted(ranks)
    mette.says("advarsler")
    assert mette.heard[0].text.startswith(("Alvorlig advarsel", "Advarsel"))


def test_a_wrong_warning_is_told_so_and_kept_to_learn_from(mette: Chat) -> None:
    """A warning said to be wrong is not shown again; its words are kept with its label."""
    mette.answer("no_cure_no_pay", "ja, for en del").answer(
        "betalingskriterier", "Konsulenten får 10 % af den besparelse, som kommunen opnår."
    )
    found = next(one for one in mette.situation.open_findings if one.id == "savings_share")
    mette.presses(
        Press("c0ffee", mette.situation.case.version, Action.DISPUTE, "", found.key), "Det er en fejl."
    )
    assert found.key not in {one.key for one in mette.situation.open_findings}
    disputed = mette.situation.case.disputed[found.key]
    assert (disputed.label, disputed.text, disputed.reason) == (
        "savings_share",
        found.about.quote,
        "Det er en fejl.",
    )


def test_correcting_leads_to_the_answer_with_the_advice(mette: Chat) -> None:
    """Choosing to mend the answer shows what is advised and the question."""
    contradictory(mette)
    found = mette.situation.open_findings[0]
    mette.clicks("Ret svaret")
    assert found.advice in mette.text
    assert mette.place == found.about.question
