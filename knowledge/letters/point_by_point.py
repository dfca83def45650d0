"""The point-by-point style: each of the authority's points quoted, its answer under it."""

from __future__ import annotations

from knowledge.hearings.conditions import Point
from knowledge.hearings.model import Section, SectionKind
from knowledge.letters import texts
from knowledge.letters.material import Flow, Material
from knowledge.letters.model import Block, Heading, Paragraph, Quote, Said
from knowledge.text import clean

#: The sections whose points the authority asked; the others are the municipality's own words.
_ASKED = frozenset({SectionKind.ACCOUNT, SectionKind.COPIES})


def point_by_point(material: Material) -> list[Block]:
    """The letter's body: facts first, then every point with its quote, last the closing remarks."""
    flow = Flow()
    introduced = False
    for section, points in material.sections():
        if section.kind in _ASKED and not introduced:
            lead = material.letter_text(material.definition.letter.points_lead)
            flow.add(Paragraph((Said(lead),)))
            introduced = True
        if section.kind is not SectionKind.FACTS:
            flow.add(_heading(section))
        _answers(material, points, flow)
    return flow.blocks


def _heading(section: Section) -> Heading:
    number = f"{section.number.rstrip('.')}. " if section.number else ""
    return Heading(clean(f"{number}{section.title}"), 2)


def _answers(material: Material, points: list[Point], flow: Flow) -> None:
    item = None
    for point in points:
        if point.item and point.id.partition(".")[2] != item:
            item = point.id.partition(".")[2]
            flow.add(Heading(clean(point.item), 3, point.id))
        quote = material.quote(point.question.id)
        if not quote and point.id in material.answers and not material.explains_itself(point):
            quote = clean(point.question.ask)
        if quote:
            flow.add(Quote(quote, _label(point), point.id))
        flow.answer(point, material.answer(point, under_quote=bool(quote)))


def _label(point: Point) -> str:
    """The sub-point that the authority numbers 2.1 is "Ad 1."; main points carry no label."""
    _, _, number = point.question.number.rstrip(".").rpartition(".")
    return texts.AD.format(number=number) if "." in point.question.number.rstrip(".") else ""
