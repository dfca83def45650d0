"""The letter as a Word document to go on editing: real styles, lists, fields; the same bytes each time."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.table import CT_Tbl
from docx.oxml.text.paragraph import CT_P
from docx.shared import Cm, Length, Pt

from knowledge.letters import docx_template as look
from knowledge.letters import texts
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

#: The most that a document property may hold.
_PROPERTY_CHARACTERS = 255


def docx(letter: Letter) -> bytes:
    """The letter's DOCX, with every word of it in the order of the model; its date is the file's date."""
    document = Document(BytesIO(look.template()))
    page = _Page(document)
    _head(page, letter)
    for block in letter.blocks:
        _block(page, block)
    _signature(page, letter)
    _enclosures(page, letter)
    _margins(document, letter)
    _properties(document, letter)
    saved = BytesIO()
    document.save(saved)
    return _timeless(saved)


class _Page:
    """Writes paragraphs at the end of the document, straight into its XML: looking styles up costs time."""

    def __init__(self, document: WordDocument) -> None:
        self.document = document
        self._end = document.element.body.sectPr
        self._numbering = document.part.numbering_part.element

    def add(self, style: str, text: str, *, bold: str = "") -> CT_P:
        """A paragraph; `bold` stands before its text."""
        paragraph: CT_P = OxmlElement("w:p")
        paragraph.style = style
        _write(paragraph, bold, bold=True)
        _write(paragraph, text)
        self.put(paragraph)
        return paragraph

    def put(self, element: CT_P | CT_Tbl) -> None:
        """An element made elsewhere, as it is."""
        self._end.addprevious(element)

    def items(self, items: tuple[Item, ...], kind: int) -> None:
        """A list of its own, its sub-points numbered from 1 under each item."""
        style = look.BULLET if kind == look.BULLETS else look.NUMBER
        numbering = self._new_list(kind)
        written: list[CT_P] = []
        for item in items:
            written.append(self._item(style, item.text, numbering, 0))
            sub_numbering = self._new_list(look.NUMBERS) if item.sub else numbering
            written += [self._item(style, point, sub_numbering, 1) for point in item.sub]
        for paragraph in written[:-1] if together(items) else ():
            _keep_with_next(paragraph)

    def _item(self, style: str, text: str, numbering: int, level: int) -> CT_P:
        paragraph = self.add(style, text)
        properties = paragraph.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = numbering
        return paragraph

    def _new_list(self, kind: int) -> int:
        number = self._numbering.add_num(kind)
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
            page.put(_table(block))
            page.add(look.BODY, "")
        case OpenPoint(text=text):
            page.add(look.OPEN, text)
        case Remark(text=text):
            page.add(look.REMARK, text)


def _table(block: Table) -> CT_Tbl:
    table = CT_Tbl.new_tbl(len(block.rows), len(block.rows[0]), _TEXT_WIDTH)
    table.tblStyle_val = look.TABLE
    for row, cells in zip(table.tr_lst, block.rows, strict=True):
        for cell, text in zip(row.tc_lst, cells, strict=True):
            cell.p_lst[0].style = look.CELL
            _write(cell.p_lst[0], text, bold=block.header and row is table.tr_lst[0])
    if block.header:
        table.tr_lst[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _head(page: _Page, letter: Letter) -> None:
    """Name and recipient, and beside the recipient a frame with address, date and journal numbers."""
    page.add(look.NAME, letter.sender.name)
    for line in letter.recipient:
        page.add(look.RECIPIENT, line)
    references = [f"{one.label} {one.number}" for one in letter.references]
    framed = [*letter.sender.lines, *([""] if letter.sender.lines else []), letter.date_line, *references]
    for line in framed:
        page.add(look.SENDER, line).get_or_add_pPr().insert(1, parse_xml(_FRAME))
    subject = page.add("Heading1", letter.subject)
    beside = len(framed) * look.SENDER_LINE - len(letter.recipient) * look.RECIPIENT_LINE
    _space_before(subject, Length(max(beside, 0) + _SUBJECT_SPACE))
    if letter.salutation:
        page.add(look.BODY, letter.salutation)


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
    lines = [
        page.add(look.ENCLOSURE, f"{texts.ENCLOSURE_LABEL.format(number=one.number)}\t{one.named}")
        for one in letter.enclosures
    ]
    for line in lines[:-1] if len(lines) <= ENCLOSURES_TOGETHER else ():
        _keep_with_next(line)


def _margins(document: WordDocument, letter: Letter) -> None:
    """UDKAST at the head of every page of a draft; journal number and page number at the foot."""
    section = document.sections[0]
    if letter.draft:
        header = section.header.paragraphs[0]
        header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        header._p.style = look.DRAFT
        header.add_run(texts.DRAFT)
    footer = section.footer.paragraphs[0]
    ours = f"{letter.references[0].label} {letter.references[0].number}" if letter.references else ""
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


_FRAME = (
    f'<w:framePr {nsdecls("w")} w:w="{look.SENDER_WIDTH.twips}" w:hSpace="140" w:wrap="around"'
    f' w:vAnchor="page" w:hAnchor="page" w:x="{look.SENDER_LEFT.twips}" w:y="{look.COLUMNS_TOP.twips}"/>'
)
