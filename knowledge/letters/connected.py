"""The connected style: the request repeated, then one account, then what is enclosed."""

from __future__ import annotations

from knowledge.hearings.conditions import Point
from knowledge.hearings.model import LetterTexts, Section, SectionKind
from knowledge.letters.flow import Flow
from knowledge.letters.material import Material
from knowledge.letters.model import Block, Bullets, Heading, Item, Paragraph, Quote, Said
from knowledge.letters.sentences import Reading
from knowledge.letters.typed import blocks
from knowledge.text import clean

#: A lead that ends so goes on into the answer; any other is a heading.
_LEAD_IN_ENDS = (".", ":", ",", "…")


def connected(material: Material) -> list[Block]:
    """The letter's body; closing remarks are a part of their own."""
    flow = Flow(material.definition.letter.again)
    _request(material, flow)
    letter = material.definition.letter
    opened = None
    for section, points in material.sections():
        part = _part(section, letter)
        if part != opened:
            flow.add(Heading(material.letter_text(part), 2))
            opened = part
        parted = bool(section.heading) and section.kind is not SectionKind.CLOSING
        if parted:
            flow.add(Heading(clean(section.heading), 3))
        flow.apart(_bridge(material, section, points))
        _account(material, points, flow, 4 if parted else 3)
    return flow.blocks


def _part(section: Section, letter: LetterTexts) -> str:
    """The heading of the part that the section belongs to."""
    match section.kind:
        case SectionKind.COPIES:
            return letter.enclosed_heading
        case SectionKind.CLOSING:
            return section.heading or section.title
        case _:
            return letter.account_heading


def _bridge(material: Material, section: Section, points: list[Point]) -> str:
    """The section's transition, where there is anything to lead over to."""
    answered = any(point.id in material.answers for point in points)
    return material.letter_text(section.transition) if answered else ""


def _request(material: Material, flow: Flow) -> None:
    """What the authority asked: its points as one list, the copies it wants as another."""
    letter = material.definition.letter
    flow.add(Heading(material.letter_text(letter.request_heading), 2))
    for lead, kinds in (
        (letter.request_lead, {SectionKind.FACTS, SectionKind.ACCOUNT, SectionKind.CLOSING}),
        (letter.copies_lead, {SectionKind.COPIES}),
    ):
        items = _asked(material, kinds)
        if items:
            flow.add(Paragraph((Said(material.letter_text(lead)),)), Bullets(items))


def _asked(material: Material, kinds: set[SectionKind]) -> tuple[Item, ...]:
    """The authority's points with their sub-points (2.1, 2.2) under them.

    Where no point of the authority's own stands above those, the section's title does.
    """
    found: list[Item] = []
    for section in material.definition.sections:
        main = None
        for question in section.questions if section.kind in kinds else ():
            quote = material.quote(question.id)
            if not quote:
                continue
            above, is_sub, _ = question.number.rstrip(".").rpartition(".")
            if not is_sub:
                found.append(Item(quote))
            elif main == above:
                found[-1] = Item(found[-1].text, (*found[-1].sub, quote))
            else:
                found.append(Item(clean(section.title), (quote,)))
            main = above if is_sub else question.number.rstrip(".")
    return tuple(found)


def _account(material: Material, points: list[Point], flow: Flow, level: int) -> None:
    item = None
    for point in points:
        if point.item and point.id.partition(".")[2] != item:
            item = point.id.partition(".")[2]
            flow.add(Heading(clean(point.item), level, point.id))
            flow.apart()
        lead = clean(point.question.letter.lead).strip()
        if material.is_open(point):
            flow.add(material.open_point(point, under_quote=False))
        elif lead.endswith(_LEAD_IN_ENDS) and point.id in material.answers:
            flow.answer(point, _led(lead, material.answer(point)))
        else:
            if lead:
                flow.add(Heading(lead, level, point.id))
            elif not material.explains_itself(point):
                flow.add(Quote(material.quote(point.question.id) or clean(point.question.ask), "", point.id))
            flow.answer(point, material.answer(point))


def _led(lead: str, reading: Reading) -> Reading:
    """The answer with its lead-in: in the same paragraph where it is running text."""
    running = isinstance(blocks(reading.text)[0], Paragraph)
    return Reading(f"{lead}{' ' if running else chr(10)}{reading.text}")
