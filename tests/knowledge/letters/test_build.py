"""What stands in the letter, in which order, in both styles, draft and final."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import pytest

from knowledge.hearings.model import Definition
from knowledge.hearings.values import Documents, Enclosed, Text, Unknown, Value
from knowledge.letters.build import build
from knowledge.letters.model import (
    Block,
    Bullets,
    Heading,
    Item,
    Letter,
    Numbered,
    OpenPoint,
    Paragraph,
    Quote,
    Remark,
    Table,
)
from knowledge.letters.profile import LetterStyle, Profile

TODAY = date(2020, 4, 1)
POINTS, ACCOUNT = LetterStyle.POINT_BY_POINT, LetterStyle.CONNECTED
BOTH = pytest.mark.parametrize("style", LetterStyle)


def letter(
    definition: Definition,
    profile: Profile,
    answers: Mapping[str, Value],
    style: LetterStyle = POINTS,
    *,
    draft: bool = False,
    quotes: Mapping[str, str] | None = None,
) -> Letter:
    """The letter in that style."""
    styled = profile.model_copy(update={"letter_style": style})
    return build(definition, styled, answers, draft=draft, today=TODAY, quotes=quotes or {})


def line(block: Block) -> str:
    """A block as one line of plain text."""
    match block:
        case Heading(text=text, level=level):
            return "#" * level + " " + text
        case Quote(text=text, label=label):
            return f"> {label} {text}".replace("  ", " ")
        case Bullets(items=items) | Numbered(items=items):
            return "* " + "; ".join(
                item.text + "".join(f" [{point}]" for point in item.sub) for item in items
            )
        case Remark(text=text):
            return f"({text})"
        case OpenPoint(text=text):
            return f"! {text}"
        case Table(rows=rows):
            return "| " + "; ".join(" | ".join(row) for row in rows)
        case Paragraph():
            return block.text


def lines(made: Letter) -> list[str]:
    """The letter's body as plain lines."""
    return [line(block) for block in made.blocks]


def test_point_by_point_quotes_each_point_above_its_answer(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """Facts come first, then every point with its answer, "Ad 1." at sub-points, remarks last."""
    assert lines(letter(definition, profile, answers)) == [
        "Den 9. januar 2020 bad Rengøringsstyrelsen Eksempel Kommune om at oplyse om rengøringen.",
        "Kommunen lader Rent & Pænt ApS gøre rent i dagtilbud. Aftalen blev indgået den 1. august 2019.",
        "Nedenfor besvares punkterne ét for ét.",
        "## 1. Rengøringen",
        "> Hvilke opgaver firmaet løser.",
        "Firmaet løser disse opgaver:",
        "* daglig rengøring; vinduespudsning",
        "Hovedrent om foråret.",
        "> Ad 1. om firmaet gør rent om natten",
        "Firmaet gør rent om natten, men kun i to huse.",
        "> Ad 2. om midlerne er svanemærkede",
        "Nej. Det er på vej.",
        "## 2. Klager",
        "> Hvor mange klager der er modtaget, og hvor mange der gav medhold.",
        "Kommunen har modtaget 12 klager. Der blev givet medhold i ca. 4 af dem.",
        "> Hvad er svaret om steder?",
        "* Mælkebøtten; Solsikken",
        "### Mælkebøtten",
        "Fristen var ti dage.",
        "### Solsikken",
        "Fristen var en måned.",
        "## 3. Økonomi",
        "> Hvad rengøringen koster om året.",
        "Godt 250.000 kr. ekskl. moms.",
        "> Hvad er svaret om stigning?",
        "2,5 %.",
        "## Kopi af aftaler og planer",
        "> Aftalen med firmaet.",
        "Følgende er vedlagt:",
        "* Aftale af 1. august 2019 (bilag 1); tillaeg.pdf (bilag 2)",
        "> Planer for rengøringen.",
        "Der er ikke vedlagt kopi, fordi planerne er under udarbejdelse.",
        "## Bemærkninger",
        "Kommunen er glad for samarbejdet.",
    ]


def test_connected_repeats_the_request_and_gives_one_account(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """The request stands as lists with its sub-points, then the account under headings, then the copies."""
    made = lines(letter(definition, profile, answers, ACCOUNT))
    assert made[1:10] == [
        "## Det spørger Rengøringsstyrelsen om",
        "Rengøringsstyrelsen beder kommunen oplyse:",
        "* Hvilke opgaver firmaet løser. [om firmaet gør rent om natten] [om midlerne er svanemærkede];"
        " Hvor mange klager der er modtaget, og hvor mange der gav medhold.;"
        " Hvad rengøringen koster om året.",
        "Rengøringsstyrelsen beder om kopi af:",
        "* Aftalen med firmaet.; Planer for rengøringen.",
        "## Kommunens redegørelse",
        "Kommunen lader Rent & Pænt ApS gøre rent i dagtilbud. Aftalen blev indgået den 1. august 2019.",
        "### Rengøringens omfang",
        "Firmaet løser disse opgaver:",
    ]
    assert "Klagerne vedrørte:" in made
    assert made[made.index("Klagerne vedrørte:") + 1] == "* Mælkebøtten; Solsikken"
    assert made.index("## Vedlagte kopier") > made.index("### Økonomi")


def test_the_authoritys_own_wording_stands_word_for_word(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """Where the case carries what the authority wrote, that is quoted and not our words."""
    own = "Hvilke opgaver  virksomheden har fået (jf. § 5)?"
    points = letter(definition, profile, answers, quotes={"opgaver": own})
    assert Quote(own, "", "opgaver") in points.blocks
    request = next(
        block
        for block in letter(definition, profile, answers, ACCOUNT, quotes={"opgaver": own}).blocks
        if isinstance(block, Bullets)
    )
    assert request.items[0] == Item(own, ("om firmaet gør rent om natten", "om midlerne er svanemærkede"))


@BOTH
def test_a_draft_shows_every_point_that_lacks_its_answer(
    definition: Definition, profile: Profile, style: LetterStyle
) -> None:
    """An empty case is a letter of open points, none of them blank."""
    made = letter(definition, profile, {}, style, draft=True)
    opened = [block for block in made.blocks if isinstance(block, OpenPoint)]
    questions = [block.question for block in opened]
    assert questions == [question.id for question in definition if question.repeat is None]
    assert all(block.text.startswith("Punktet er endnu ikke besvaret.") for block in opened)
    assert made.draft


@BOTH
def test_a_final_letter_leaves_out_only_what_was_not_required(
    definition: Definition, profile: Profile, style: LetterStyle
) -> None:
    """A required answer that lacks is seen even in a final letter."""
    made = letter(definition, profile, {}, style)
    opened = {block.question for block in made.blocks if isinstance(block, OpenPoint)}
    assert {"opgaver", "pris", "kopi_aftale"} <= opened
    assert not {"stigning", "bemaerkninger"} & opened


@BOTH
def test_not_knowing_reads_as_a_sentence(
    definition: Definition, profile: Profile, answers: dict[str, Value], style: LetterStyle
) -> None:
    """An answer of "ved ikke" stands under its question, also where the style does not quote."""
    made = lines(letter(definition, profile, answers | {"pris": Unknown()}, style))
    at = made.index("Det har kommunen ikke oplysninger om.")
    assert made[at - 1] == "> Hvad rengøringen koster om året."


def test_a_file_enclosed_twice_is_one_enclosure(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """The same file under the same title keeps its number; numbers follow the letter's order."""
    twice = Documents(
        files=(
            Enclosed(file="b2", name="tillaeg.pdf"),
            Enclosed(file="c3", name="bilag/plan.pdf", title="Plan\n2020"),
        )
    )
    made = letter(definition, profile, answers | {"kopi_planer": twice})
    assert [(one.number, one.named) for one in made.enclosures] == [
        (1, "Aftale af 1. august 2019 (aftale.pdf)"),
        (2, "tillaeg.pdf"),
        (3, "Plan 2020 (plan.pdf)"),
    ]
    assert "* tillaeg.pdf (bilag 2); Plan 2020 (bilag 3)" in lines(made)


def test_the_head_names_both_journal_numbers_and_the_attention(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """Ours and the authority's number are told apart; the date is the profile's."""
    made = letter(definition, profile, answers)
    assert [(one.label, one.number) for one in made.references] == [
        ("J.nr.", "28.00.00-K03-1-20"),
        ("Jeres j.nr.", "2020-77"),
    ]
    assert made.recipient == (
        "Rengøringsstyrelsen",
        "Att. Kontorchef Åse Prøve",
        "Sæbegade 1",
        "9998 Prøvestad",
    )
    assert made.date_line == "3. marts 2020"
    assert made.signature == ("Leder Tre", "Direktør", "Eksempel Kommune")


def test_without_a_date_the_letter_bears_the_day_it_is_made(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """A missing date of the request is said in the text, not passed over."""
    undated = profile.model_copy(update={"letter_date": None, "request_date": None})
    made = letter(definition, undated, answers)
    assert made.date_line == "1. april 2020"
    assert "[henvendelsens dato mangler]" in lines(made)[0]


@BOTH
def test_headings_never_skip_a_level(
    definition: Definition, profile: Profile, answers: dict[str, Value], style: LetterStyle
) -> None:
    """A screen reader can walk from heading to heading: each is at most one level below the one before."""
    made = letter(definition, profile, answers, style)
    levels = [1, *(block.level for block in made.blocks if isinstance(block, Heading))]
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


@BOTH
def test_every_answer_leads_back_to_its_question(
    definition: Definition, profile: Profile, answers: dict[str, Value], style: LetterStyle
) -> None:
    """Each piece of an answer carries the point it answers, also inside a shared paragraph."""
    made = letter(definition, profile, answers, style)
    named = {
        part.question for block in made.blocks if isinstance(block, Paragraph) for part in block.parts
    } | {block.question for block in made.blocks}
    assert set(answers) <= named


def test_text_is_cleaned_where_it_comes_in(
    definition: Definition, profile: Profile, answers: dict[str, Value]
) -> None:
    """Lone surrogates and direction marks do not reach the letter."""
    made = letter(definition, profile, answers | {"opgaver": Text(text="a\ud800b\u202ec")})
    assert "a\ufffdbc." in lines(made)
