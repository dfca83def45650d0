"""Gives a brought template the styles and lists that a letter needs and the template lacks."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from knowledge.letters import docx_template as own

#: The styles that the letter's blocks are written in, besides the body's.
NEEDED = (
    *("Heading1", "Heading2", "Heading3", "Heading4", own.QUOTE, own.OPEN, own.REMARK),
    *(own.SIGNATURE, own.ENCLOSURE, own.BULLET, own.NUMBER, own.TABLE, own.CELL, own.DRAFT),
)


def merge(document: WordDocument, *, body: str | None) -> tuple[Mapping[str, str], list[str]]:
    """Add what is missing; the template's style id by the renderer's, and the names of those added.

    A style is the template's own where it has one of that name, whatever its id ("Overskrift 1" is
    Word's Danish name for "heading 1", which the file calls it). `body` is the style of running text.
    """
    ours, theirs = Document(BytesIO(own.template())).styles.element, document.styles.element
    known = {_name(style): style.get(qn("w:styleId")) for style in theirs.findall(qn("w:style"))}
    running = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    default = running.style_id if running is not None else None
    by_id = {style.get(qn("w:styleId")): style for style in ours.findall(qn("w:style"))}
    ids = {own.BODY: body or default or own.BODY}
    added: list[str] = []
    for style_id in NEEDED:
        style = by_id[style_id]
        if (there := known.get(_name(style))) is not None:
            ids[style_id] = there
            continue
        theirs.append(_adapted(style, default))
        ids[style_id] = style_id
        added.append(style.find(qn("w:name")).get(qn("w:val")))
    _speak_danish(document)
    return ids, added


def add_lists(document: WordDocument) -> Mapping[int, int]:
    """Add our kinds of list to the template's own; the number of each there by its number here."""
    source = Document(BytesIO(own.template())).part.numbering_part
    try:
        document.part.part_related_by(RT.NUMBERING)
    except KeyError:
        document.part.relate_to(source, RT.NUMBERING)
        return {kind: kind for kind in own.KINDS}
    numbering = document.part.numbering_part.element
    taken = [int(one.get(qn("w:abstractNumId"))) for one in numbering.findall(qn("w:abstractNum"))]
    first = max(taken, default=0) + 1
    kinds: dict[int, int] = {}
    for at, abstract in enumerate(deepcopy(list(source.element.findall(qn("w:abstractNum"))))):
        kinds[int(abstract.get(qn("w:abstractNumId")))] = first + at
        abstract.set(qn("w:abstractNumId"), str(first + at))
        before = next(iter(numbering.findall(qn("w:num"))), None)
        if before is not None:
            before.addprevious(abstract)
        else:
            numbering.append(abstract)
    return kinds


def is_heading(document: WordDocument, paragraph: Any) -> bool:
    """Whether the paragraph is a heading of level 1, by its style or one that the style builds on."""
    styles = {style.get(qn("w:styleId")): style for style in document.styles.element.findall(qn("w:style"))}
    style_id, seen = paragraph.style, set()
    while style_id in styles and style_id not in seen:
        seen.add(style_id)
        if _name(styles[style_id]) == "heading 1":
            return True
        based = styles[style_id].find(qn("w:basedOn"))
        style_id = based.get(qn("w:val")) if based is not None else None
    return False


def _name(style: Any) -> str:
    name = style.find(qn("w:name"))
    return name.get(qn("w:val"), "").casefold() if name is not None else ""


def _adapted(style: Any, default: str | None) -> Any:
    """Our style without our font, so that the template's shows; built on the template's running text."""
    made = deepcopy(style)
    for fonts in list(made.iter(qn("w:rFonts"))):
        fonts.getparent().remove(fonts)
    based = made.find(qn("w:basedOn"))
    if based is not None and default is not None and made.get(qn("w:type")) == "paragraph":
        based.set(qn("w:val"), default)
    return made


def _speak_danish(document: WordDocument) -> None:
    for element in (document.styles.element, document.element, document.settings.element):
        for language in (*element.iter(qn("w:lang")), *element.iter(qn("w:themeFontLang"))):
            language.set(qn("w:val"), own.LANGUAGE)
    running = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    if running is not None:
        properties = running.element.get_or_add_rPr()
        if properties.find(qn("w:lang")) is None:
            properties.append(properties.makeelement(qn("w:lang"), {qn("w:val"): own.LANGUAGE}))
