"""The letter as a Word document to go on editing: real styles, lists, fields; the same bytes each time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.section import CT_SectPr
from docx.oxml.table import CT_Tbl
from docx.oxml.text.paragraph import CT_P
from docx.shared import Cm, Length, Pt

from knowledge.letters import docx_template as look
from knowledge.letters import texts
from knowledge.letters.docx_filling import fill
from knowledge.letters.look.model import Look, Template
from knowledge.letters.model import (
    ENCLOSURES_TOGETHER,
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
    together,
)
from knowledge.text import clean

#: Zip files cannot hold a time before this; every part gets it, so that the same letter is the same bytes.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)

_SUBJECT_SPACE = Pt(32)
_CLOSING_SPACE = Pt(16)
#: Room for the signature by hand.
_SIGNATURE_SPACE = Pt(48)
_TEXT_WIDTH = Cm(16)

_AS_OURS: Mapping[str, str] = {}
_LISTS_AS_OURS: Mapping[int, int] = {}
_LIST_STYLES = {look.BULLETS: look.BULLET, look.NUMBERS: look.NUMBER}

#: The most that a document property may hold.
_PROPERTY_CHARACTERS = 255


def docx(letter: Letter) -> bytes:
    """The letter's DOCX, with every word of it in the order of the model; its date is the file's date."""
    template = letter.look.template
    document = Document(BytesIO(template.data if template else _own_template(letter.look)))
    if template:
        _into_template(document, template, letter)
    else:
        _in_own_layout(document, letter)
    _properties(document, letter)
    saved = BytesIO()
    document.save(saved)
    return _timeless(saved)


def _own_template(brought: Look) -> bytes:
    font = brought.font.family if brought.font else look.FONT
    return look.template(brought.accent, font, brought.logo)


def _in_own_layout(document: WordDocument, letter: Letter) -> None:
    page = _Page(document, document.element.body.sectPr)
    _head(page, letter)
    _body(page, letter)
    _signature(page, letter)
    _enclosures(page, letter)
    _margins(document, letter)


def _into_template(document: WordDocument, template: Template, letter: Letter) -> None:
    """Write each block at its place; one without a place goes on where the one before ended."""
    places = fill(document, letter)
    end: CT_P = places["brev"]
    for name, write in (("brev", _body), ("underskrift", _signature), ("bilag", _enclosures)):
        end = places.get(name, end)
        write(_Page(document, end, template.styles, template.lists), letter)
    for place in places.values():
        place.getparent().remove(place)


class _Page:
    """Writes paragraphs before `end`, straight into the XML: looking styles up costs time.

    `styles` and `lists` give the document's ids by ours, where they are others.
    """

    def __init__(
        self,
        document: WordDocument,
        end: CT_P | CT_SectPr,
        styles: Mapping[str, str] = _AS_OURS,
        lists: Mapping[int, int] = _LISTS_AS_OURS,
    ) -> None:
        self._end, self._styles, self._lists = end, styles, lists
        self._numbering = document.part.numbering_part.element

    def style(self, ours: str) -> str:
        """The id of our style in this document."""
        return self._styles.get(ours, ours)

    def add(self, style: str, text: str, *, bold: str = "") -> CT_P:
        """A paragraph; `bold` stands before its text."""
        paragraph: CT_P = OxmlElement("w:p")
        paragraph.style = self.style(style)
        _write(paragraph, bold, bold=True)
        _write(paragraph, text)
        self.put(paragraph)
        return paragraph

    def put(self, element: CT_P | CT_Tbl) -> None:
        """An element made elsewhere, as it is."""
        self._end.addprevious(element)

    def items(self, items: tuple[Item, ...], kind: int) -> None:
        """A list of its own, its sub-points numbered from 1 under each item."""
        style = _LIST_STYLES[kind]
        numbering = self._new_list(kind)
        written: list[CT_P] = []
        for item in items:
            written.append(self._item(style, item.text, numbering, 0))
            sub_numbering = self._new_list(look.NUMBERS) if item.sub else numbering
            written += [self._item(style, point, sub_numbering, 1) for point in item.sub]
        for paragraph in written[:-1] if together(items) else ():
            _keep_with_next(paragraph)

    def enclosures(self, names: tuple[str, ...]) -> None:
        """The list of enclosures; Word writes "Bilag 1:" before each."""
        numbering = self._new_list(look.ENCLOSURES)
        written = [self._item(look.ENCLOSURE, name, numbering, 0) for name in names]
        for paragraph in written[:-1] if len(written) <= ENCLOSURES_TOGETHER else ():
            _keep_with_next(paragraph)

    def _item(self, style: str, text: str, numbering: int, level: int) -> CT_P:
        paragraph = self.add(style, text)
        properties = paragraph.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = numbering
        return paragraph

    def _new_list(self, kind: int) -> int:
        number = self._numbering.add_num(self._lists.get(kind, kind))
        for level in range(2):
            number.add_lvlOverride(level).add_startOverride(1)
        return int(number.numId)


def _write(paragraph: CT_P, text: str, *, bold: bool = False) -> None:
    if text:
        run = paragraph.add_r()
        if bold:
            run.get_or_add_rPr().append(OxmlElement("w:b"))
        run.text = clean(text)


def _block(page: _Page, block: Block) -> None:
    match block:
        case Heading(text=text, level=level):
            page.add(f"Heading{level}", text)
        case Paragraph():
            paragraph = page.add(look.BODY, block.text)
            if block.text.endswith(":"):
                _keep_with_next(paragraph)
        case Quote(text=text, label=label):
            page.add(look.QUOTE, text, bold=f"{label} " if label else "")
        case Bullets(items=items):
            page.items(items, look.BULLETS)
        case Numbered(items=items):
            page.items(items, look.NUMBERS)
        case Table():
            page.put(_table(page, block))
            page.add(look.BODY, "")
        case OpenPoint(text=text):
            page.add(look.OPEN, text)
        case Remark(text=text):
            page.add(look.REMARK, text)


def _table(page: _Page, block: Table) -> CT_Tbl:
    table = CT_Tbl.new_tbl(len(block.rows), len(block.rows[0]), _TEXT_WIDTH)
    table.tblStyle_val = page.style(look.TABLE)
    for row, cells in zip(table.tr_lst, block.rows, strict=True):
        for cell, text in zip(row.tc_lst, cells, strict=True):
            cell.p_lst[0].style = page.style(look.CELL)
            _write(cell.p_lst[0], text, bold=block.header and row is table.tr_lst[0])
    if block.header:
        table.tr_lst[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _head(page: _Page, letter: Letter) -> None:
    """Name, recipient and sender, and the subject."""
    if letter.draft:
        _put_in_frame(page.add(look.DRAFT, texts.DRAFT), _draft_frame(letter.look))
    page.add(look.NAME, letter.sender.name)
    page.put(_columns(letter))
    _space_before(page.add("Heading1", letter.subject), _SUBJECT_SPACE)


def _columns(letter: Letter) -> CT_Tbl:
    """Recipient to the left; address, date and journal numbers to the right; read in that order."""
    department = [letter.sender.department] if letter.sender.department else []
    ours = [*department, *letter.sender.lines]
    references = [f"{one.label} {one.number}" for one in letter.references]
    right = [*ours, *([""] if ours else []), letter.date_line, *references]
    table = CT_Tbl.new_tbl(1, 2, _TEXT_WIDTH)
    _without_edges(table)
    sides = (
        (look.RECIPIENT, letter.recipient, look.RECIPIENT_WIDTH),
        (look.SENDER, right, look.SENDER_WIDTH),
    )
    for cell, column, (style, lines, width) in zip(
        table.tr_lst[0].tc_lst, table.tblGrid.gridCol_lst, sides, strict=True
    ):
        cell.width = column.w = width
        cell.remove(cell.p_lst[0])
        for line in lines or ("",):
            paragraph = cell.add_p()
            paragraph.style = style
            _write(paragraph, line)
    return table


def _without_edges(table: CT_Tbl) -> None:
    """The columns begin and end where the text does."""
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    table.tblPr.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))


def _body(page: _Page, letter: Letter) -> None:
    if letter.salutation:
        page.add(look.BODY, letter.salutation)
    for block in letter.blocks:
        _block(page, block)


def _signature(page: _Page, letter: Letter) -> None:
    """The last sentence, greeting, room to sign, name and title, never parted by the end of a page."""
    closing = page.add(look.BODY, letter.closing)
    greeting = page.add(look.SIGNATURE, letter.greeting)
    for paragraph in (closing, greeting):
        _space_before(paragraph, _CLOSING_SPACE)
    name, *rest = letter.signature or ("",)
    signed = page.add(look.SIGNATURE, "", bold=name)
    _space_before(signed, _SIGNATURE_SPACE)
    lines = [closing, greeting, signed, *(page.add(look.SIGNATURE, line) for line in rest)]
    for line in lines[:-1]:
        _keep_with_next(line)


def _enclosures(page: _Page, letter: Letter) -> None:
    """The list of enclosures, on one page where it is not a long one."""
    if not letter.enclosures:
        return
    page.add("Heading2", letter.enclosures_heading)
    page.enclosures(tuple(one.named for one in letter.enclosures))


def _margins(document: WordDocument, letter: Letter) -> None:
    """UDKAST at the head of a draft's later pages; journal number and page number at the foot of all."""
    section = document.sections[0]
    if letter.draft:
        header = section.header.paragraphs[0]
        header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        header._p.style = look.DRAFT
        header.add_run(texts.DRAFT)
    ours = f"{letter.references[0].label} {letter.references[0].number}" if letter.references else ""
    for foot in (section.first_page_footer, section.footer):
        footer = foot.paragraphs[0]
        footer.add_run(clean(f"{ours}\t{texts.PAGE} "))
        _field(footer._p, "PAGE")
        footer.add_run(f" {texts.PAGE_OF} ")
        _field(footer._p, "NUMPAGES")


def _properties(document: WordDocument, letter: Letter) -> None:
    properties = document.core_properties
    made_at = datetime.combine(letter.date, time(), UTC)
    properties.title = clean(letter.subject)[:_PROPERTY_CHARACTERS]
    properties.author = properties.last_modified_by = clean(letter.sender.name)[:_PROPERTY_CHARACTERS]
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = made_at
    properties.language = look.LANGUAGE


def _field(paragraph: CT_P, instruction: str) -> None:
    shown = "<w:r><w:t>1</w:t></w:r>"
    paragraph.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{instruction}">{shown}</w:fldSimple>'))


def _keep_with_next(paragraph: CT_P) -> None:
    paragraph.get_or_add_pPr().get_or_add_keepNext()


def _space_before(paragraph: CT_P, space: Length) -> None:
    paragraph.get_or_add_pPr().get_or_add_spacing().before = space


def _timeless(saved: BytesIO) -> bytes:
    made = BytesIO()
    with ZipFile(saved) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            info = ZipInfo(part.filename, _ZIP_TIME)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, source.read(part))
    return made.getvalue()


def _put_in_frame(paragraph: CT_P, frame: str) -> None:
    paragraph.get_or_add_pPr().insert(1, parse_xml(frame))


def _draft_frame(brought: Look) -> str:
    """At the top of the page, on the side where no logo is."""
    side = "left" if brought.logo else "right"
    return (
        f'<w:framePr {nsdecls("w")} w:hSpace="140" w:wrap="around" w:vAnchor="page" w:hAnchor="margin"'
        f' w:xAlign="{side}" w:y="{look.HEADER_TOP.twips}"/>'
    )
