"""Amounts in kroner, and what is said about VAT."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.parsing import Understood, vat_said
from knowledge.hearings.values import Amount, Vat

from .asking import asked_back, offered, read, understood, untimed

IN, OUT, UNSTATED = Vat.INCLUDED, Vat.EXCLUDED, Vat.UNSTATED


@pytest.mark.parametrize(
    ("text", "dkk", "vat"),
    [
        ("200.000 kr. ekskl. moms", "200000", OUT),
        ("200.000 kr. (ekskl. moms)", "200000", OUT),
        ("kr. 31.500 inkl. moms", "31500", IN),
        ("DKK kr. 31.500 kr. inkl. moms.", "31500", IN),
        ("DKK 31.500,-", "31500", UNSTATED),
        ("31500,-", "31500", UNSTATED),
        ("31500.-", "31500", UNSTATED),
        ("31.500,50 kr.", "31500.50", UNSTATED),
        ("kr.200.000,00", "200000", UNSTATED),
        ("200000kr", "200000", UNSTATED),
        ("400 t.kr.", "400000", UNSTATED),
        ("400 tkr", "400000", UNSTATED),
        ("t.kr. 400 ekskl. moms", "400000", OUT),
        ("400 tusind", "400000", UNSTATED),
        ("1,2 mio.", "1200000", UNSTATED),
        ("1.2 mio", "1200000", UNSTATED),
        ("0,125 mio. kr.", "125000", UNSTATED),
        ("2½ mio. kr.", "2500000", UNSTATED),
        ("2 millioner kroner", "2000000", UNSTATED),
        ("1 mia. kr.", "1000000000", UNSTATED),
        ("to hundrede tusind kroner", "200000", UNSTATED),
        ("halvanden million", "1500000", UNSTATED),
        ("en halv million inklusive moms", "500000", IN),
        ("200.000", "200000", UNSTATED),
        ("200", "200", UNSTATED),
        ("1.200", "1200", UNSTATED),
        ("200 000 kr.", "200000", UNSTATED),
        ("200.000 kr., moms ikke oplyst", "200000", UNSTATED),
        ("200.000 kr. uden angivelse af moms", "200000", UNSTATED),
        ("200.000 kr. ikke inkl. moms", "200000", OUT),
        ("200.000 kr. plus 25 % moms", "200000", OUT),
        ("Vi har betalt 200.000 kr.", "200000", UNSTATED),
        ("0 kr.", "0", UNSTATED),
        ("ingenting", "0", UNSTATED),
        ("intet", "0", UNSTATED),
        ("ingen udgifter", "0", UNSTATED),
        ("en krone", "1", UNSTATED),
    ],
)
def test_a_plain_amount_is_understood(text: str, dkk: str, vat: Vat) -> None:
    """Danish dots and commas, short forms and words all give the amount in kroner."""
    assert understood("amount", text) == Amount(dkk=Decimal(dkk), vat=vat)


@pytest.mark.parametrize(
    ("text", "dkk", "qualifier"),
    [
        ("godt 250.000 kr.", 250_000, "godt"),
        ("lidt over 200.000 kr.", 200_000, "lidt over"),
        ("ca. 100.000", 100_000, "ca."),
        ("Under 100.000 kr.", 100_000, "under"),
        ("op til kr. 100.000", 100_000, "op til"),
        ("200.000 kr. cirka", 200_000, "cirka"),
    ],
)
def test_a_word_that_weakens_the_amount_is_kept(text: str, dkk: int, qualifier: str) -> None:
    """The letter must not say more exactly than the person did."""
    assert understood("amount", text) == Amount(dkk=Decimal(dkk), qualifier=qualifier)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("200.000 kr. ekskl. moms for alle opgaver", "for alle opgaver"),
        ("200.000 kr., ekskl. moms. Heraf er halvdelen betalt.", "Heraf er halvdelen betalt."),
        ("200.000 kr. ekskl. kørsel og moms", "ekskl. kørsel og moms"),
        ("200.000 kr. ekskl. moms for 25 sager i 2019", "for 25 sager i 2019"),
    ],
)
def test_what_is_added_to_an_amount_is_kept(text: str, note: str) -> None:
    """Nothing but the amount and its VAT is taken from the person's words."""
    assert understood("amount", text) == Amount(dkk=Decimal(200_000), vat=OUT, note=note)


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("400 t.kr.", "Jeg læste det som 400.000 kr."),
        ("ca. 1,2 mio.", "Jeg læste det som ca. 1.200.000 kr."),
        ("200", "Jeg læste det som 200 kr."),
        ("200 kr.", ""),
    ],
)
def test_a_short_form_is_told_in_full(text: str, remark: str) -> None:
    """The person sees the full amount where they did not write it so."""
    parsed = read("amount", text)
    assert isinstance(parsed, Understood)
    assert parsed.remark == remark


def test_free_of_vat_is_told_and_kept() -> None:
    """A VAT-free amount counts as without VAT, and the word stays in the note."""
    parsed = read("amount", "200.000 kr. momsfrit")
    assert isinstance(parsed, Understood)
    assert parsed.value == Amount(dkk=Decimal(200_000), vat=OUT, note="momsfrit")
    assert "momsfrit" in parsed.remark


def test_an_amount_inside_a_sentence_keeps_the_sentence() -> None:
    """Other figures of the sentence, without kroner, are not taken for amounts."""
    text = "Honorar for delopgave 1 er fastsat til DKK 42.500 kr. inkl. moms"
    assert understood("amount", text) == Amount(dkk=Decimal(42_500), vat=IN, note=text)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("200.000 kr. og 250.000 kr.", ["200.000 kr.", "250.000 kr."]),
        ("200.000 kr. i alt, heraf 31.500 kr. i 2019", ["200.000 kr.", "31.500 kr."]),
        ("200.000-250.000 kr.", ["250.000 kr."]),
        ("Vi har ikke betalt 200.000 kr.", ["200.000 kr."]),
        ("1,200", ["1,20 kr.", "1.200 kr."]),
        ("1.20", ["1,20 kr."]),
        ("1,200.50", ["1.200,50 kr."]),
        ("1.200 mio.", ["1.200.000.000 kr.", "1.200.000 kr."]),
        ("400k", ["400 kr.", "400.000 kr."]),
        ("1/2 mio.", []),
        ("et par tusind", []),
        ("-200 kr.", []),
        ("minus 200", []),
        ("31.500,505", []),
        ("1.000.000.000.000.000 kr.", []),
        ("10 %", []),
        ("meget", []),
        ("mio.", []),
    ],
)
def test_an_unclear_amount_is_asked_about(text: str, labels: list[str]) -> None:
    """What may be meant is offered; nothing is guessed."""
    assert offered("amount", text) == labels


@pytest.mark.parametrize("text", ["100 EUR", "$100", "€ 100", "5.000 svenske kroner", "USD 20.000"])
def test_other_money_is_asked_for_in_kroner(text: str) -> None:
    """Amounts are in Danish kroner only."""
    assert "danske kroner" in asked_back("amount", text).message


@pytest.mark.parametrize(
    ("text", "vat"),
    [
        ("ekskl. moms", OUT),
        ("ekskl.moms", OUT),
        ("eks moms", OUT),
        ("uden moms", OUT),
        ("eksl. moms", OUT),
        ("plus moms", OUT),
        ("momsfri", OUT),
        ("moms kommer oveni", OUT),
        ("ikke inkl. moms", OUT),
        ("momsen er ikke inkluderet", OUT),
        ("beløbet er oplyst uden moms", OUT),
        ("ekskl.", OUT),
        ("Uden", OUT),
        ("inkl.", IN),
        ("inklusive moms", IN),
        ("Det er med moms.", IN),
        ("moms er inkluderet", IN),
        ("100 kr. inkl.", IN),
        ("moms ikke oplyst", UNSTATED),
        ("moms ikke angivet", UNSTATED),
        ("uden angivelse af moms", UNSTATED),
        ("der er ikke oplyst noget om moms", UNSTATED),
        ("med eller uden moms", UNSTATED),
        ("ikke oplyst", UNSTATED),
        ("200.000 kr.", None),
        ("200.000 kr. ekskl. kørsel", None),
        ("vi talte med konsulenten", None),
        ("ekskl. moms og inkl. moms", None),
    ],
)
def test_what_is_said_about_vat_is_told_from_silence(text: str, vat: Vat | None) -> None:
    """Silence and contradiction are None, so that the dialogue asks."""
    assert vat_said(text) is vat


@untimed
@given(
    st.decimals(0, 10**11, places=2, allow_nan=False),
    st.sampled_from(["{} kr.", "kr. {}", "DKK {}", "{}", "{} kroner", "{}kr"]),
    st.sampled_from(
        [("", UNSTATED), (" ekskl. moms", OUT), (", inkl. moms", IN), (" moms ikke oplyst", UNSTATED)]
    ),
    st.sampled_from(["", "ca.", "godt", "under"]),
)
def test_a_written_amount_is_read_back(dkk: Decimal, form: str, vat: tuple[str, Vat], qualifier: str) -> None:
    """Kroner before or after, with dots and øre, VAT and a qualifier."""
    figure = f"{dkk:,.2f}".translate(str.maketrans(",.", ".,")).removesuffix(",00")
    value = understood("amount", f"{qualifier} {form.format(figure)}{vat[0]}")
    assert value == Amount(dkk=dkk, vat=vat[1], qualifier=qualifier)


@untimed
@given(st.integers(1, 9999), st.sampled_from([("mio. kr.", 6), ("t.kr.", 3), ("mia.", 9)]))
def test_a_scaled_amount_is_read_back(tenths: int, scale: tuple[str, int]) -> None:
    """One decimal before mio., t.kr. and mia."""
    figure = f"{tenths / 10:.1f}".replace(".", ",").removesuffix(",0")
    expected = Decimal(tenths) * 10 ** (scale[1] - 1)
    assert understood("amount", f"{figure} {scale[0]}") == Amount(dkk=expected)
