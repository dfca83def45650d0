"""A municipality's Word template: read, checked, and made ready to be filled."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn

from knowledge.letters import docx_template as own
from knowledge.letters.look import styles, texts
from knowledge.letters.look.model import Template
from knowledge.letters.look.package import opened
from knowledge.letters.look.places import BLOCKS, DRAFT, MARK, REQUIRED, Place, isolate, stories, where
from knowledge.letters.look.refused import LookRefused


def read_template(path: Path) -> Template:
    """The template in the file.

    Raises:
        LookRefused: with everything that is missing or wrong in it, and where.
    """
    document = opened(path)
    places, problems = isolate(document)
    problems += [*_missing(places), *_misplaced(document, places), *_pictures(document)]
    if problems:
        raise LookRefused.of(path, *dict.fromkeys(problems))
    _mark_drafts(document, places)
    body = next(place for place in places if place.name == "brev").paragraph
    ids, added = styles.merge(document, body=body.style)
    for mark in _draft_marks(document):
        mark.style = ids[own.DRAFT]
    lists = styles.add_lists(document)
    saved = BytesIO()
    document.save(saved)
    return Template(saved.getvalue(), ids, lists, tuple(_remarks(places, added)))


def _missing(places: list[Place]) -> Iterator[str]:
    there = {place.name for place in places}
    for name in REQUIRED:
        if name not in there:
            yield texts.MISSING.format(name=name, what=texts.PLACES[name])


def _misplaced(document: WordDocument, places: list[Place]) -> Iterator[str]:
    seen: list[str] = []
    for place in places:
        if place.name in BLOCKS:
            yield from _block_problems(place, seen)
            seen.append(place.name)
    subjects = [place for place in places if place.name == "emne" and place.in_body]
    if subjects and not any(styles.is_heading(document, place.paragraph) for place in subjects):
        yield texts.NOT_HEADING.format(where=subjects[0].where)


def _block_problems(place: Place, seen: list[str]) -> Iterator[str]:
    if place.name in seen:
        yield texts.TWICE.format(where=place.where, name=place.name)
    if not place.in_body:
        yield texts.NOT_BODY.format(where=place.where, name=place.name)
    elif not place.alone:
        yield texts.NOT_ALONE.format(where=place.where, name=place.name)
    for later in BLOCKS[BLOCKS.index(place.name) + 1 :]:
        if later in seen:
            yield texts.WRONG_ORDER.format(where=place.where, name=later, before=place.name)


def _pictures(document: WordDocument) -> Iterator[str]:
    """Pictures that a screen reader could say nothing of."""
    decorative = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
    for story, element in stories(document):
        drawings = [*element.iter(qn("wp:docPr")), *element.iter("{urn:schemas-microsoft-com:vml}shape")]
        for drawing in drawings:
            said = drawing.get("descr") or drawing.get("alt")
            silent = next(drawing.iter(decorative), None)
            if not said and silent is None and _is_picture(drawing):
                paragraph = next(drawing.iterancestors(qn("w:p")))
                yield texts.NO_ALT_TEXT.format(where=where(paragraph, story))


def _is_picture(drawing: Any) -> bool:
    around = drawing.getparent() if drawing.tag == qn("wp:docPr") else drawing
    pictures = (f"{{{nsmap['pic']}}}pic", "{urn:schemas-microsoft-com:vml}imagedata")
    return any(next(around.iter(tag), None) is not None for tag in pictures)


def _mark_drafts(document: WordDocument, places: list[Place]) -> None:
    """See that a draft says UDKAST on every page: in the first page's text, and at the head of the others.

    A screen reader reads the text, not the head, so it is heard once.
    """
    sections = list(document.sections)
    first = sections[0]
    if not first.different_first_page_header_footer:
        first.different_first_page_header_footer = True
        _copy(first.header, first.first_page_header)
        _copy(first.footer, first.first_page_footer)
    for at, section in enumerate(sections):
        heads = [section.header]
        if document.settings.odd_and_even_pages_header_footer:
            heads.append(section.even_page_header)
        if at and section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        for head in heads:
            if (at and head.is_linked_to_previous) or _has_mark(head._element):
                continue
            head._element.insert(0, _mark())
    if not any(place.name == DRAFT and place.in_body for place in places):
        document.element.body.insert(0, _mark())


def _mark() -> Any:
    paragraph = OxmlElement("w:p")
    paragraph.style = own.DRAFT
    paragraph.add_r().text = MARK.format(name=DRAFT)
    return paragraph


def _draft_marks(document: WordDocument) -> Iterator[Any]:
    for _, element in stories(document):
        yield from (one for one in element.iter(qn("w:p")) if one.style == own.DRAFT)


def _has_mark(element: Any) -> bool:
    mark = MARK.format(name=DRAFT)
    return any(text.text == mark for text in element.iter(qn("w:t")))


def _copy(source: Any, target: Any) -> None:
    """The same header or footer for the first page, with the pictures in it."""
    target.is_linked_to_previous = False
    if source.is_linked_to_previous:
        return
    for child in list(target._element):
        target._element.remove(child)
    for child in source._element:
        target._element.append(deepcopy(child))
    ids = {
        old: target.part.relate_to(
            relation.target_ref if relation.is_external else relation.target_part,
            relation.reltype,
            is_external=relation.is_external,
        )
        for old, relation in source.part.rels.items()
    }
    prefix = f"{{{nsmap['r']}}}"
    for element in target._element.iter():
        for name, value in element.attrib.items():
            if name.startswith(prefix) and value in ids:
                element.set(name, ids[value])


def _remarks(places: list[Place], added: list[str]) -> Iterator[str]:
    there = {place.name for place in places}
    for name, instead in texts.INSTEAD.items():
        if name not in there:
            yield texts.WITHOUT.format(name=name, instead=instead)
    if added:
        yield texts.STYLES_ADDED.format(styles=", ".join(f"»{name}«" for name in added))
