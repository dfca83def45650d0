"""A caseworker answers, question by question."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogue.messages import Tone
from knowledge.hearings.values import Amount, Count, Text, Unknown, Vat, YesNo
from storage.case import AnswerState
from tests.bot.dialogue.talking import Chat


def test_first_question_is_answered_and_the_second_follows(mette: Chat) -> None:
    """An answer is said to be saved, and the next question is shown at once."""
    mette.says("Lundager Rådgivning ApS")
    assert mette.situation.answers["konsulentfirma"] == Text(text="Lundager Rådgivning ApS")
    assert mette.heard[0].tone is Tone.SAVED
    assert "Lundager Rådgivning ApS" in mette.heard[0].text
    assert mette.heard[-1].tone is Tone.QUESTION
    assert mette.place == "kontrakt_indgaaet"


def test_an_answer_of_the_wrong_kind_is_not_stored_and_the_question_stands(mette: Chat) -> None:
    """What cannot be read as a date is told so, and nothing is stored."""
    mette.answer("kontrakt_indgaaet", "engang før jul")
    assert mette.tones == [Tone.ERROR]
    assert "kontrakt_indgaaet" not in mette.situation.answers
    assert mette.place == "kontrakt_indgaaet"


def test_yes_with_words_keeps_the_words_as_note(mette: Chat) -> None:
    """The note after yes stands as it was written."""
    mette.answer("moede_deltagelse", "ja, men kun i to sager")
    assert mette.situation.answers["moede_deltagelse"] == YesNo(yes=True, note="men kun i to sager")


def test_bare_yes_is_stored_and_a_note_is_asked_for(mette: Chat) -> None:
    """A bare yes is stored first; what is written then is its note."""
    mette.at("moede_deltagelse").clicks("Ja")
    assert mette.situation.answers["moede_deltagelse"] == YesNo(yes=True)
    assert mette.labels == ["Gå videre"]
    mette.says("Konsulenten var med ved tre møder.")
    assert mette.situation.answers["moede_deltagelse"] == YesNo(
        yes=True, note="Konsulenten var med ved tre møder."
    )


def test_the_note_can_be_left_out(mette: Chat) -> None:
    """Going on after a bare yes leads to the next question."""
    mette.at("moede_deltagelse").clicks("Nej").clicks("Gå videre")
    assert mette.situation.answers["moede_deltagelse"] == YesNo(yes=False)
    assert mette.heard[-1].tone is Tone.QUESTION
    assert mette.place != "moede_deltagelse"


def test_amount_without_vat_is_stored_and_vat_is_asked(mette: Chat) -> None:
    """VAT is never guessed: the amount is kept as it was given, and VAT is asked about."""
    mette.answer("beloeb_budgetteret", "200.000 kr.")
    assert mette.situation.answers["beloeb_budgetteret"] == Amount(dkk=Decimal(200_000), vat=Vat.UNSTATED)
    mette.clicks("Ekskl. moms")
    assert mette.situation.answers["beloeb_budgetteret"] == Amount(dkk=Decimal(200_000), vat=Vat.EXCLUDED)
    assert mette.place != "beloeb_budgetteret"


def test_vat_can_be_told_in_words(mette: Chat) -> None:
    """The question about VAT takes words as well as buttons."""
    mette.answer("beloeb_budgetteret", "200.000 kr.").says("det er inkl. moms")
    assert mette.situation.answers["beloeb_budgetteret"] == Amount(dkk=Decimal(200_000), vat=Vat.INCLUDED)


def test_an_ambiguous_count_is_asked_back_with_choices(mette: Chat) -> None:
    """Where a text has two readings, neither is stored until the person chooses."""
    mette.answer("sager_udvalgt", "20-25")
    assert "sager_udvalgt" not in mette.situation.answers
    mette.says("25")
    assert mette.situation.answers["sager_udvalgt"] == Count(count=25)


def test_what_one_does_not_know_is_stored_as_such(mette: Chat) -> None:
    """Not knowing ("ved ikke") is an answer of its own, and the question does not come again by itself."""
    mette.answer("sager_udvalgt", "ved ikke")
    assert mette.situation.answers["sager_udvalgt"] == Unknown()
    assert mette.place != "sager_udvalgt"


def test_more_can_be_added_to_the_last_answer(mette: Chat) -> None:
    """Added words follow the answer as a paragraph of their own."""
    mette.answer("opgaver", "Et kursus.").says("tilføj Og gennemgang af sager.")
    assert mette.situation.answers["opgaver"] == Text(text="Et kursus.\n\nOg gennemgang af sager.")


def test_adding_without_words_asks_for_them(mette: Chat) -> None:
    """The command alone asks what to add."""
    mette.answer("opgaver", "Et kursus.").says("tilføj").says("Og gennemgang af sager.")
    assert mette.situation.answers["opgaver"] == Text(text="Et kursus.\n\nOg gennemgang af sager.")


def test_editing_an_earlier_message_edits_its_answer(mette: Chat) -> None:
    """A changed chat message changes the answer that it gave, and the version before is kept."""
    mette.at("opgaver").says("Et kursus.", message="42").says("Samtaler med sagsbehandlerne.")
    mette.edits("42", "To kurser.")
    assert mette.situation.answers["opgaver"] == Text(text="To kurser.")
    assert len(mette.situation.case.answer("opgaver").versions) == 2


def test_editing_a_message_whose_answer_was_replaced_changes_nothing(mette: Chat) -> None:
    """An answer given later is not overwritten by editing an older message."""
    mette.at("opgaver").says("Et kursus.", message="42")
    mette.answer("opgaver", "Noget helt andet.")
    mette.edits("42", "To kurser.")
    assert mette.situation.answers["opgaver"] == Text(text="Noget helt andet.")
    assert mette.tones == [Tone.ERROR]


def test_editing_a_message_that_was_no_answer_changes_nothing(mette: Chat) -> None:
    """An edited command is not taken for an answer."""
    mette.says("status", message="7")
    before = mette.situation.case.version
    mette.edits("7", "statuss")
    assert mette.situation.case.version == before


def test_changing_what_others_rest_on_reopens_them(mette: Chat) -> None:
    """An answer that another question depends on, once changed, asks the other to be seen again."""
    mette.answer("no_cure_no_pay", "ja, for en del af opgaven").answer("honorar_procent", "10 %")
    mette.answer("no_cure_no_pay", "nej, det er en fast pris")
    assert "10 %" in mette.text
    assert mette.situation.case.answer("honorar_procent").versions
    mette.answer("no_cure_no_pay", "ja, alligevel")
    assert mette.situation.case.answer("honorar_procent").state is not AnswerState.OPEN


def test_a_reopened_answer_can_be_kept_as_it_is(mette: Chat) -> None:
    """One press lets a reopened answer stand."""
    mette.answer("nye_afgoerelser_i_fem", "1").answer(
        "kopi_tre_sager", "ingen, fordi der ikke er flere sager"
    )
    mette.answer("nye_afgoerelser_i_fem", "2")
    assert mette.situation.case.answer("kopi_tre_sager").state is AnswerState.REOPENED
    mette.at("kopi_tre_sager").clicks("Svaret gælder stadig")
    assert mette.situation.case.answer("kopi_tre_sager").state is AnswerState.ANSWERED


def test_only_a_new_note_reopens_nothing(mette: Chat) -> None:
    """Changing the words beside a number does not disturb what rests on the number."""
    mette.answer("nye_afgoerelser_i_fem", "1").answer(
        "kopi_tre_sager", "ingen, fordi der ikke er flere sager"
    )
    mette.answer("nye_afgoerelser_i_fem", "1, en borger flyttede")
    assert mette.situation.case.answer("kopi_tre_sager").state is AnswerState.ANSWERED


def test_a_text_with_the_words_of_a_command_is_an_answer(mette: Chat) -> None:
    """A sentence that begins with a command's word is stored as the answer it is."""
    mette.answer("opgaver", "Status for sagerne er gennemgået hver måned.")
    assert mette.situation.answers["opgaver"] == Text(text="Status for sagerne er gennemgået hver måned.")
