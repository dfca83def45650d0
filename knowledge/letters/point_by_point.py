"""The point-by-point style: each of the authority's points quoted, its answer under it."""

from __future__ import annotations

from knowledge.hearings.conditions import Point
from knowledge.hearings.model import Section, SectionKind
from knowledge.letters import texts
from knowledge.letters.flow import Flow
from knowledge.letters.material import Material
from knowledge.letters.model import Block, Heading, Paragraph, Quote, Said
from knowledge.text import clean

#: The sections whose points the authority asked; the others are the municipality's own words.
_ASKED = frozenset({SectionKind.ACCOUNT, SectionKind.COPIES})


def point_by_point(material: Material) -> list[Block]:
    """The letter's body: facts first, then every point with its quote, last the closing remarks."""
    flow = Flow(material.definition.letter.again)
    introduced = False
    for section, points in material.sections():
        if section.kind in _ASKED and not introduced:
            lead = material.letter_text(material.definition.letter.points_lead)
            flow.add(Paragraph((Said(lead),)))
            introduced = True
        if section.kind is not SectionKind.FACTS:
            flow.add(_heading(section))
        flow.apart()
        _answers(material, section, points, flow)
    return flow.blocks


def _heading(section: Section) -> Heading:
    number = f"{section.number.rstrip('.')}. " if section.number else ""
    return Heading(clean(f"{number}{section.title}"), 2)


def _answers(material: Material, section: Section, points: list[Point], flow: Flow) -> None:
    """The section's answers; a quote stands once above all that answer it."""
    under = material.quoted(section)
    item, quoted = "", ""
    for point in points:
        if point.item and point.id.partition(".")[2] != item:
            item = point.id.partition(".")[2]
            flow.add(Heading(clean(point.item), 3, point.id))
            flow.apart()
        asked = under[point.question.id]
        own = asked == point.question.id
        if own or asked != quoted:
            quoted = asked
            flow.add(Quote(material.quote(asked), _label(material, asked), point.id))
            flow.apart()
        elif point.id in material.answers and not material.explains_itself(point):
            flow.add(Quote(clean(point.question.ask), "", point.id))
            flow.apart()
        if material.is_open(point):
            flow.add(material.open_point(point, under_quote=own))
        else:
            flow.answer(point, material.answer(point))


def _label(material: Material, question: str) -> str:
    """The sub-point that the authority numbers 2.1 is "Ad 1."; a main point's number is in the heading.

    Where the section has no number of its own, the main point's stands with the point: "2.".
    """
    number = material.definition.questions[question].number.rstrip(".")
    if "." in number:
        return texts.AD.format(number=number.rpartition(".")[2])
    return f"{number}." if number and not material.definition.section_of[question].number else ""
