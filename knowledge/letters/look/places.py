"""The places of a template that a letter fills: `{{name}}` in its text, or content controls with that tag.

Word cuts text into runs as it likes. Here every place becomes a run of its own that holds `{{name}}` and
nothing else, so that filling it in is setting that run's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from knowledge.letters.look import texts
from knowledge.naming import near

REQUIRED = ("modtager", "dato", "journalnummer", "emne", "brev")
#: Places that paragraphs are written at, in the order they come; the others are filled with words.
BLOCKS = ("brev", "underskrift", "bilag")
DRAFT = "udkast"

#: How a place stands in a run of its own, once `isolate` has been over the document.
MARK = "{{{{{name}}}}}"

_MARK = re.compile(r"\{\{\s*([^{}]{1,40}?)\s*\}\}")
_STORIES = {
    RT.HEADER: texts.HEADER,
    RT.FOOTER: texts.FOOTER,
    RT.FOOTNOTES: texts.NOTES,
    RT.ENDNOTES: texts.NOTES,
}
#: How much of a paragraph is quoted to say where something stands, in characters.
_QUOTED = 40


@dataclass(frozen=True)
class Place:
    """One place in the document: its run, its paragraph, and where that is in Danish."""

    name: str
    run: Any
    paragraph: Any
    where: str
    #: Whether the paragraph stands in the body's own text: not in a table, text box, header or footer.
    in_body: bool

    @property
    def alone(self) -> bool:
        """Whether nothing else stands in the paragraph."""
        return _text(self.paragraph).strip() == MARK.format(name=self.name)


def stories(document: WordDocument) -> Iterator[tuple[str, Any]]:
    """The body, headers, footers and notes, each with its Danish name."""
    yield texts.BODY, document.element.body
    for relation in document.part.rels.values():
        if relation.reltype in _STORIES:
            element = getattr(relation.target_part, "element", None)
            if element is not None:
                yield _STORIES[relation.reltype], element


def isolate(document: WordDocument) -> tuple[list[Place], list[str]]:
    """Give every place a run of its own; the places in the order they stand, and what is wrong."""
    found: list[Place] = []
    problems: list[str] = []
    for story, element in stories(document):
        for control in list(element.iter(qn("w:sdt"))):
            problems += _unwrap(control, story)
        for paragraph in list(element.iter(qn("w:p"))):
            problems += _isolate(paragraph, story)
            found += [
                Place(name, run, paragraph, where(paragraph, story), _in_body(paragraph, element))
                for run in _runs(paragraph)
                if (name := _name(run)) is not None
            ]
    return found, problems


def where(paragraph: Any, story: str) -> str:
    """Where a paragraph stands, with its first words."""
    if _within(paragraph, "w:txbxContent"):
        story = texts.IN_TEXT_BOX.format(story=story)
    elif _within(paragraph, "w:tc"):
        story = texts.IN_TABLE.format(story=story)
    words = " ".join(_text(paragraph).split())
    short = words if len(words) <= _QUOTED else words[: _QUOTED - 1] + "…"
    place = texts.AT.format(story=story, words=short) if short else story
    return place[0].upper() + place[1:]


def _unwrap(control: Any, story: str) -> list[str]:
    """Put the mark in place of a content control that is tagged with a place's name."""
    properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
    if properties is None or content is None or control.getparent() is None:
        return []
    tag = properties.find(qn("w:tag"))
    name = _normal(tag.get(qn("w:val"), "")) if tag is not None else ""
    if name not in texts.PLACES:
        if properties.find(qn("w:showingPlcHdr")) is None:
            return []
        paragraph = next(content.iter(qn("w:p")), None)
        spot = where(paragraph if paragraph is not None else control.getparent(), story)
        return [texts.PLACEHOLDER.format(where=spot, name=name or "?", known=", ".join(texts.PLACES))]
    paragraphs = list(content.iter(qn("w:p")))
    run = OxmlElement("w:r")
    look = next(content.iter(qn("w:rPr")), None) if properties.find(qn("w:showingPlcHdr")) is None else None
    if look is None:
        look = properties.find(qn("w:rPr"))
    if look is not None:
        run.append(deepcopy(look))
    run.text = MARK.format(name=name)
    if not paragraphs:
        control.addprevious(run)
    else:
        for child in list(paragraphs[0]):
            if child.tag != qn("w:pPr"):
                paragraphs[0].remove(child)
        paragraphs[0].append(run)
        for paragraph in paragraphs[1:]:
            paragraph.getparent().remove(paragraph)
        for child in list(content):
            control.addprevious(child)
    control.getparent().remove(control)
    return []


def _isolate(paragraph: Any, story: str) -> list[str]:
    text = _text(paragraph)
    if "{{" not in text and "}}" not in text:
        return []
    problems: list[str] = []
    for match in _MARK.finditer(text):
        name = _normal(match[1])
        if name not in texts.PLACES:
            problems.append(_unknown(name, where(paragraph, story)))
    rest = _MARK.sub("", text)
    if "{{" in rest or "}}" in rest:
        problems.append(texts.UNCLOSED.format(where=where(paragraph, story)))
    _one_child_a_run(paragraph)
    for match in reversed(list(_MARK.finditer(text))):
        if (name := _normal(match[1])) in texts.PLACES:
            _own_run(paragraph, match.start(), match.end(), MARK.format(name=name))
    return problems


def _own_run(paragraph: Any, start: int, end: int, mark: str) -> None:
    """Cut the characters from start to end out, and put a run with the mark there."""
    at = 0
    mark_run = None
    for run in _runs(paragraph):
        text = run.find(qn("w:t"))
        if text is None:
            continue
        begin, words = at, text.text or ""
        at += len(words)
        if at <= start or begin >= end:
            continue
        before, after = words[: max(start - begin, 0)], words[end - begin :] if end < at else ""
        if mark_run is None:
            mark_run = _like(run, mark)
            run.addnext(mark_run)
        if after:
            mark_run.addnext(_like(run, after))
        _set(text, before)
        if not before:
            run.getparent().remove(run)


def _one_child_a_run(paragraph: Any) -> None:
    for run in list(_runs(paragraph)):
        children = [child for child in run if child.tag != qn("w:rPr")]
        for child in reversed(children[1:]):
            alone = _like(run, "")
            alone.append(child)
            run.addnext(alone)


def _like(run: Any, text: str) -> Any:
    """A new run with the same formatting."""
    made = OxmlElement("w:r")
    if run.rPr is not None:
        made.append(deepcopy(run.rPr))
    if text:
        made.append(_set(OxmlElement("w:t"), text))
    return made


def _set(element: Any, text: str) -> Any:
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def _runs(paragraph: Any) -> list[Any]:
    """The paragraph's own runs, not those of a text box in it."""
    return [run for run in paragraph.iter(qn("w:r")) if _paragraph_of(run) is paragraph]


def _text(paragraph: Any) -> str:
    return "".join(text.text or "" for run in _runs(paragraph) for text in run.findall(qn("w:t")))


def _name(run: Any) -> str | None:
    """The place that the run is of."""
    match = _MARK.fullmatch("".join(text.text or "" for text in run.findall(qn("w:t"))))
    return match[1] if match and match[1] in texts.PLACES else None


def _paragraph_of(element: Any) -> Any:
    return next(element.iterancestors(qn("w:p")), None)


def _within(paragraph: Any, tag: str) -> bool:
    return next(paragraph.iterancestors(qn(tag)), None) is not None


def _in_body(paragraph: Any, story: Any) -> bool:
    return story.tag == qn("w:body") and paragraph.getparent() is story


def _normal(name: str) -> str:
    return "_".join(name.strip().casefold().split())


def _unknown(name: str, spot: str) -> str:
    guess = near(name, texts.PLACES)
    if guess:
        return texts.UNKNOWN_NEAR.format(where=spot, name=name, near=guess)
    return texts.UNKNOWN.format(where=spot, name=name, known=", ".join(texts.PLACES))
