"""Makes the logo and the Word templates of the example profile: `python -m docs.example_profile`.

The municipality is invented. One template has marked places, as a person types them; the other has
content controls, as Word's developer tools make them.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor
from PIL import Image, ImageDraw

FOLDER = Path(__file__).parents[1] / "deploy" / "profile"
GREEN = RGBColor(0x0B, 0x5D, 0x3B)
LOGO_TEXT = "Nordkær Kommunes logo: en bølge i en rund mark"
#: Side of the logo's drawing in picture points; it is drawn larger and made smaller to smooth its edges.
SIDE, DRAWN = 320, 1280


def make(folder: Path) -> None:
    """Write `logo.png`, `nordkaer.docx` and `social.docx` into the folder."""
    _logo().save(folder / "logo.png", optimize=True)
    (folder / "nordkaer.docx").write_bytes(_saved(_marked(folder / "logo.png")))
    (folder / "social.docx").write_bytes(_saved(_controlled(folder / "logo.png")))


def _logo() -> Image.Image:
    picture = Image.new("RGB", (DRAWN, DRAWN), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((0, 0, DRAWN - 1, DRAWN - 1), fill=tuple(GREEN))
    for row in range(3):
        top = 520 + row * 200
        for column in range(4):
            left = 130 + column * 255
            draw.arc(
                (left, top - 110, left + 255, top + 110),
                180 if column % 2 else 0,
                360 if column % 2 else 180,
                "white",
                60,
            )
    return picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS).quantize(16)


def _plain_document(logo: Path) -> WordDocument:
    """A4 with the municipality's font and headings, the logo at the head of the first page."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(25)
    section.top_margin, section.bottom_margin = Mm(22), Mm(22)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(7), 1.15
    for level, size in ((1, 15), (2, 12), (3, 10.5)):
        heading = document.styles[f"Heading {level}"]
        heading.font.name, heading.font.size, heading.font.color.rgb = "Arial", Pt(size), GREEN
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(14), Pt(4)
        heading.element.rPr.rFonts.attrib.clear()
    section.different_first_page_header_footer = True
    head = section.first_page_header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    picture = head.add_run().add_picture(str(logo), width=Mm(22))
    picture._inline.docPr.set("descr", LOGO_TEXT)
    for foot in (section.first_page_footer, section.footer):
        foot.paragraphs[0].text = "{{kommune}} · J.nr. {{journalnummer}}"
    return document


def _marked(logo: Path) -> WordDocument:
    document = _plain_document(logo)
    for text in (
        "{{modtager}}",
        "{{dato}}",
        "Vores j.nr.: {{journalnummer}}",
        "Jeres j.nr.: {{jeres_journalnummer}}",
    ):
        document.add_paragraph(text)
    document.add_heading("{{emne}}", 1)
    for text in ("{{brev}}", "{{underskrift}}", "{{bilag}}"):
        document.add_paragraph(text)
    contact = document.add_paragraph("{{kommune}}\n{{kontakt}}")
    contact.runs[0].font.size = Pt(9)
    return document


def _controlled(logo: Path) -> WordDocument:
    document = _plain_document(logo)
    body = document.element.body
    for name, style in (
        *(("afdeling", "Normal"), ("modtager", "Normal"), ("dato", "Normal"), ("journalnummer", "Normal")),
        *(("jeres_journalnummer", "Normal"), ("emne", "Heading1"), ("brev", "Normal")),
        *(("underskrift", "Normal"), ("bilag", "Normal"), ("kontakt", "Normal")),
    ):
        body.sectPr.addprevious(parse_xml(_CONTROL.format(name=name, style=style)))
    return document


_CONTROL = (
    f"<w:sdt {nsdecls('w')}>"
    '<w:sdtPr><w:alias w:val="{name}"/><w:tag w:val="{name}"/><w:showingPlcHdr/></w:sdtPr>'
    '<w:sdtContent><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
    "<w:r><w:t>[{name}]</w:t></w:r></w:p></w:sdtContent></w:sdt>"
)


def _saved(document: WordDocument) -> bytes:
    """The document without a clock in it, so that it is the same each time it is made."""
    saved, made = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            info = ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, source.read(part))
    return made.getvalue()


if __name__ == "__main__":
    make(FOLDER)
