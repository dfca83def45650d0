"""The Word document that a letter is written into: its styles, page and lists, and not yet a word."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from knowledge.letters import texts
from knowledge.letters.look.model import ACCENT, Logo

#: Word has it everywhere; where it is missing, Liberation Sans stands in with the same widths.
FONT = "Arial"
LANGUAGE = "da-DK"

#: Style ids, as the renderer names them.
NAME, RECIPIENT, SENDER = "LetterName", "LetterRecipient", "LetterSender"
BODY, QUOTE, OPEN, REMARK = "Normal", "LetterQuote", "LetterOpen", "LetterRemark"
SIGNATURE, ENCLOSURE, DRAFT = "LetterSignature", "LetterEnclosure", "LetterDraft"
BULLET, NUMBER, TABLE, CELL = "ListBullet", "ListNumber", "LetterTable", "LetterCell"

#: The kinds of list in the numbering part; every list of a letter gets a numbering of its own.
KINDS = BULLETS, NUMBERS, ENCLOSURES = 1, 2, 3

#: The first page's two columns and their lines.
RECIPIENT_LINE = Pt(15)
SENDER_LINE = Pt(12.5)
RECIPIENT_WIDTH, SENDER_WIDTH = Cm(10.8), Cm(5.2)
HEADER_TOP = Cm(1.2)
SENDER_LEFT = Cm(13.3)
SENDER_WIDTH = Cm(5.2)

_QUIET = RGBColor(0x5A, 0x5A, 0x5A)
_BLACK = RGBColor(0, 0, 0)
_REMARK_BROWN = RGBColor(0x6B, 0x45, 0x0B)
_DRAFT_RED = RGBColor(0xA4, 0x16, 0x1A)
_LEVELS = 2
#: Above and below the text.
_MARGIN = Cm(2.6)
#: Room for "Bilag 12:" before an enclosure's title.
_LABEL = Cm(1.7)
#: Empty documents kept ready, one for each look.
_KEPT = 8

#: Size, space before and space after in points, of the headings from level 1 on.
_HEADINGS = ((13, 24, 10), (12, 16, 6), (10.5, 12, 4), (10.5, 10, 3))


@lru_cache(maxsize=_KEPT)
def template(accent: str = ACCENT, font: str = FONT, logo: Logo | None = None) -> bytes:
    """The empty document as bytes; made once for each look, read anew for each letter. `accent` is RRGGBB."""
    document = Document()
    _styles(document, accent, font)
    _page(document)
    _numbering(document)
    if logo:
        _logo(document, logo)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = _MARGIN
    section.header_distance = section.footer_distance = HEADER_TOP
    # The first page of a draft says UDKAST in its text, so that it is heard; the others at their head.
    section.different_first_page_header_footer = True


def _logo(document: WordDocument, logo: Logo) -> None:
    """The logo at the head of the first page, to the right."""
    header = document.sections[0].first_page_header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    picture = header.add_run().add_picture(str(logo.file), width=Mm(logo.width_mm))
    picture._inline.docPr.set("descr", logo.description)


def _styles(document: WordDocument, accent: str, font: str) -> None:
    styles = document.styles
    _drop_unused(document)
    _language(document)
    colour = RGBColor.from_string(accent)
    normal = styles["Normal"]
    _font(normal, 10.5)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)
    _spacing(normal, after=8, line=1.2)
    normal.paragraph_format.widow_control = True
    for level, (size, before, after) in enumerate(_HEADINGS, start=1):
        heading = styles[f"Heading {level}"]
        _font(heading, size, bold=level < 4, italic=level == 4, color=colour if level == 2 else _BLACK)
        _spacing(heading, before=before, after=after)
        heading.paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number"):
        _spacing(styles[name], after=8, line=1.2)
        _without_numbering(styles[name])
    for name in ("Header", "Footer"):
        _font(styles[name], 8.5, color=_QUIET)
    _tab_stops(styles["Footer"])
    _own_styles(document, accent, colour)


def _own_styles(document: WordDocument, accent: str, colour: RGBColor) -> None:
    line = _edge("bottom", size=6, space=4, color=accent)
    _style(document, NAME, "Brevhoved", size=17, bold=True, color=colour, after=24, border=line)
    _line_spacing(_style(document, RECIPIENT, "Modtager"), RECIPIENT_LINE)
    _line_spacing(_style(document, SENDER, "Afsender", size=9, color=_QUIET), SENDER_LINE)
    bar = _edge("left", size=10, space=8, color="AAAAAA")
    quote = _style(document, QUOTE, "Myndighedens punkt", italic=True, before=8, after=6, border=bar)
    quote.paragraph_format.left_indent = Cm(0.35)
    quote.paragraph_format.keep_with_next = True
    _style(document, OPEN, "Åbent punkt", bold=True, before=8, after=10, border=_OPEN_BORDER, fill=_OPEN_FILL)
    edge = _edge("left", size=10, space=6, color="B7791F")
    _style(document, REMARK, "Bemærkning til udkast", size=8.5, color=_REMARK_BROWN, after=8, border=edge)
    _style(document, SIGNATURE, "Underskrift")
    _style(document, ENCLOSURE, "Bilag", after=3)
    _style(document, CELL, "Tabelcelle")
    _style(document, DRAFT, "Udkastmærke", size=13, bold=True, color=_DRAFT_RED)
    table = document.styles.add_style("Brevtabel", WD_STYLE_TYPE.TABLE)
    table.element.set(qn("w:styleId"), TABLE)
    table.element.append(parse_xml(_TABLE_LOOK))


def _style(
    document: WordDocument,
    style_id: str,
    name: str,
    *,
    size: float = 10.5,
    bold: bool = False,
    italic: bool = False,
    color: RGBColor = _BLACK,
    before: float = 0,
    after: float = 0,
    border: str = "",
    fill: str = "",
) -> ParagraphStyle:
    """A paragraph style of our own; `size`, `before` and `after` are in points, `fill` is RRGGBB."""
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.element.set(qn("w:styleId"), style_id)
    style.quick_style = True
    properties = style.element.get_or_add_pPr()
    if border:
        properties.append(parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"))
    if fill:
        properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'))
    _font(style, size, bold=bold, italic=italic, color=color)
    _spacing(style, before=before, after=after)
    return style


def _font(
    style: Any, size: float, *, bold: bool = False, italic: bool = False, color: RGBColor = _BLACK
) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    style.font.color.rgb = color
    # Only running text names a font; all else follows it.
    properties = style.element.get_or_add_rPr()
    properties._remove_rFonts()


def _spacing(style: Any, *, before: float = 0, after: float = 0, line: float | None = None) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if line is not None:
        style.paragraph_format.line_spacing = line


def _line_spacing(style: ParagraphStyle, line: Length) -> None:
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = line


def _tab_stops(footer: Any) -> None:
    stops = footer.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)


def _edge(side: str, *, size: int, space: int, color: str) -> str:
    """One side of a paragraph's border; `size` is in eighths of a point, `space` in points."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


def _without_numbering(style: Any) -> None:
    """A list's numbering is its own; the style's would run on from one list to the next."""
    properties = style.element.get_or_add_pPr()
    for numbering in properties.findall(qn("w:numPr")):
        properties.remove(numbering)


def _drop_unused(document: WordDocument) -> None:
    """The stock document's hundred table styles and list variants slow the reading down."""
    kept = {"normal", "header", "footer", "list bullet", "list number", "normal table", "no list"}
    kept |= {"default paragraph font", *(f"heading {level}" for level in range(1, 5))}
    root = document.styles.element
    for style in list(root.findall(qn("w:style"))):
        name = style.find(qn("w:name")).get(qn("w:val"))
        if name.casefold() not in kept:
            root.remove(style)
        else:
            for link in style.findall(qn("w:link")):
                style.remove(link)


def _language(document: WordDocument) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    document.core_properties.language = LANGUAGE
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)


def _numbering(document: WordDocument) -> None:
    """The two kinds of list, each with a level for sub-points."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for kind in KINDS:
        levels = "".join(_level(kind, level) for level in range(_LEVELS))
        root.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{kind}">'
                f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
            )
        )


def _level(kind: int, level: int) -> str:
    left, hanging = 360 + 360 * level, 300
    look = '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
    if kind != BULLETS:
        look = f'<w:numFmt w:val="decimal"/><w:lvlText w:val="%{level + 1}."/>'
    if kind == ENCLOSURES:
        label = texts.ENCLOSURE_LABEL.format(number=f"%{level + 1}")
        look = f'<w:numFmt w:val="decimal"/><w:lvlText w:val="{label}"/>'
        left = hanging = _LABEL.twips
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/>{look}<w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )


_OPEN_FILL = "FFF3C4"
#: Edges in the colour of the fill give the open point room round its words.
_OPEN_BORDER = (
    _edge("top", size=4, space=3, color=_OPEN_FILL)
    + _edge("left", size=20, space=6, color="B7791F")
    + _edge("bottom", size=4, space=3, color=_OPEN_FILL)
)

_TABLE_LOOK = (
    f'<w:tblPr {nsdecls("w")}><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="CDCDCD"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="CDCDCD"/></w:tblBorders>'
    '<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
    '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)
