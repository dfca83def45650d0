"""Word templates that are brought: filled where they are good, refused with what and where if not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from knowledge.letters.docx import docx
from knowledge.letters.look.model import Look
from knowledge.letters.look.places import stories
from knowledge.letters.look.refused import LookRefused
from knowledge.letters.look.template import read_template
from knowledge.letters.look.trial import TRIAL, tried_template
from knowledge.letters.model import Letter, Paragraph, Said
from tests.knowledge.letters.look.templates import good, repacked, written

LOGO = Path("deploy/profile/logo.png")


def filled(path: Path, letter: Letter = TRIAL) -> WordDocument:
    """The letter in the template."""
    return Document(BytesIO(docx(replace(letter, look=Look(template=read_template(path))))))


def texts(document: WordDocument) -> list[str]:
    """The body's paragraphs that say something."""
    return [one.text for one in document.paragraphs if one.text]


def heads(document: WordDocument) -> list[str]:
    """What the headers say, of the first page and of the others."""
    section = document.sections[0]
    return [
        "".join(one.text for one in head.paragraphs) for head in (section.first_page_header, section.header)
    ]


def refusal(path: Path) -> str:
    """What is said of a template that cannot be used."""
    with pytest.raises(LookRefused) as refused:
        tried_template(path)
    return str(refused.value)


def test_a_letter_stands_at_the_template_places(tmp_path: Path) -> None:
    """Head, answers, signature and enclosures are where the municipality wants them, in its order."""
    found = texts(filled(written(tmp_path, good()), replace(TRIAL, draft=False)))
    assert found[:5] == [
        "Prøvemyndighed\n9998 Prøvestad",
        "2. januar 2020",
        "J.nr.: 00-PRØVE",
        "Jeres j.nr.: 01-PRØVE",
        "Prøveemne",
    ]
    assert found[5] == "Prøvehilsen"
    assert found[-6:] == [
        "Prøveslutning",
        "Prøvefarvel",
        "Prøveunderskriver",
        "Prøvetitel",
        "Prøvebilagsliste",
        "Prøvebilag",
    ]
    assert not [text for text in found if "{{" in text]


def test_a_place_without_words_takes_its_label_with_it(tmp_path: Path) -> None:
    """Nobody reads "Jeres j.nr.:" with nothing after it."""
    letter = replace(TRIAL, references=TRIAL.references[:1])
    found = texts(filled(written(tmp_path, good()), letter))
    assert "J.nr.: 00-PRØVE" in found
    assert not [text for text in found if "Jeres" in text]


def test_marks_that_word_cut_in_pieces_are_found(tmp_path: Path) -> None:
    """The runs' formatting stays with the words around the place."""
    template = good()
    paragraph = template.paragraphs[1]
    paragraph.text = ""
    for text, bold in (("Dato: {", True), ("{da", False), ("to}", False), ("} (torsdag)", True)):
        paragraph.add_run(text).bold = bold
    document = filled(written(tmp_path, template))
    [dated] = [one for one in document.paragraphs if "torsdag" in one.text]
    assert dated.text == "Dato: 2. januar 2020 (torsdag)"
    assert [run.bold for run in dated.runs if "Dato" in run.text or "torsdag" in run.text] == [True, True]


def test_content_controls_are_places_by_their_tag(tmp_path: Path) -> None:
    """Controls round a paragraph and within one are filled; what was in them as guidance is gone."""
    template = good()
    body = template.element.body
    body.remove(template.paragraphs[0]._p)
    template.paragraphs[0].text = ""
    body.insert(0, parse_xml(control("modtager", "<w:p><w:r><w:t>Skriv modtager</w:t></w:r></w:p>")))
    template.paragraphs[0]._p.append(parse_xml(control("Dato", "<w:r><w:t>Vælg dato</w:t></w:r>")))
    found = texts(filled(written(tmp_path, template)))
    assert found[1:3] == ["Prøvemyndighed\n9998 Prøvestad", "2. januar 2020"]


def control(tag: str, content: str) -> str:
    """A content control of Word's."""
    return (
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="{tag}"/><w:showingPlcHdr/></w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def test_places_in_headers_and_footers_are_filled(tmp_path: Path) -> None:
    """A journal number at the foot of each page."""
    template = good()
    template.sections[0].footer.paragraphs[0].text = "{{ Journalnummer }}"
    document = filled(written(tmp_path, template))
    assert document.sections[0].footer.paragraphs[0].text == "00-PRØVE"
    assert document.sections[0].first_page_footer.paragraphs[0].text == "00-PRØVE"


@pytest.mark.parametrize(("draft", "mark"), [(True, "UDKAST"), (False, "")])
def test_a_draft_is_marked_once_on_every_page(tmp_path: Path, draft: bool, mark: str) -> None:
    """In the first page's text and at the head of later ones; a logo stays on all."""
    template = good()
    template.sections[0].header.paragraphs[0].add_run("Logo").add_picture(str(LOGO))
    for drawing in template.sections[0].header._element.iter(qn("wp:docPr")):
        drawing.set("descr", "Kommunens logo")
    document = filled(written(tmp_path, template), replace(TRIAL, draft=draft))
    assert heads(document) == ["Logo", f"{mark}Logo"]
    assert texts(document).count("UDKAST") == (1 if draft else 0)
    first = document.sections[0].first_page_header
    [picture] = first._element.iter(qn("a:blip"))
    assert first.part.related_parts[picture.get(qn("r:embed"))].blob == LOGO.read_bytes()


def test_the_template_own_styles_are_used_and_the_missing_added(tmp_path: Path) -> None:
    """Danish Word calls them "Overskrift 2" by id; lists get numbers apart from the template's own lists."""
    template = good()
    style = template.styles["Heading 2"]
    style.element.set(qn("w:styleId"), "Overskrift2")
    template.add_paragraph("eget punkt", style="List Number")
    document = filled(written(tmp_path, template))
    [heading] = [one for one in document.paragraphs if one.text == "Prøveoverskrift"]
    assert heading._p.style == "Overskrift2"
    ids = {one.get(qn("w:styleId")) for one in document.styles.element.findall(qn("w:style"))}
    assert {one._p.style for one in document.paragraphs if one._p.style} <= ids
    lists = [
        one.get(qn("w:abstractNumId"))
        for one in document.part.numbering_part.element.iter(qn("w:abstractNum"))
    ]
    assert len(lists) == len(set(lists))


def test_the_language_becomes_danish(tmp_path: Path) -> None:
    """A template made in an English Word is not read aloud in English."""
    document = filled(written(tmp_path, good()))
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {"da-DK"}


def test_words_that_look_like_a_place_stay_words(tmp_path: Path) -> None:
    """What a person typed is never filled."""
    letter = replace(TRIAL, blocks=(Paragraph((Said("{{dato}}"),)),))
    assert "{{dato}}" in texts(filled(written(tmp_path, good()), letter))


def test_the_same_letter_is_the_same_bytes(tmp_path: Path) -> None:
    """In a template too."""
    letter = replace(TRIAL, look=Look(template=read_template(written(tmp_path, good()))))
    assert docx(letter) == docx(letter)


def test_a_dotx_is_as_good_as_a_docx(tmp_path: Path) -> None:
    """Word's template files have another type inside."""
    path = written(tmp_path, good(), "skabelon.dotx")
    repacked(path, lambda name, data: data.replace(b"document.main+xml", b"template.main+xml"))
    assert tried_template(path) == tried_template(written(tmp_path, good()))


def emptied(template: WordDocument, text: str) -> None:
    """Take out the paragraph with that text."""
    [paragraph] = [one for one in template.paragraphs if one.text == text]
    paragraph._p.getparent().remove(paragraph._p)


def _no_letter(template: WordDocument) -> None:
    emptied(template, "{{brev}}")


def _misspelt(template: WordDocument) -> None:
    template.paragraphs[0].text = "Til {{modtagr}}"


def _unclosed(template: WordDocument) -> None:
    template.add_paragraph("Sag {{journalnummer}")


def _not_alone(template: WordDocument) -> None:
    [paragraph] = [one for one in template.paragraphs if one.text == "{{brev}}"]
    paragraph.add_run(" og mere")


def _in_a_table(template: WordDocument) -> None:
    emptied(template, "{{brev}}")
    template.add_table(1, 1).cell(0, 0).text = "{{brev}}"


def _twice(template: WordDocument) -> None:
    template.add_paragraph("{{brev}}")


def _backwards(template: WordDocument) -> None:
    emptied(template, "{{brev}}")
    template.add_paragraph("{{brev}}")


def _plain_subject(template: WordDocument) -> None:
    [paragraph] = [one for one in template.paragraphs if one.text == "{{emne}}"]
    paragraph.style = template.styles["Normal"]


def _silent_picture(template: WordDocument) -> None:
    template.sections[0].header.paragraphs[0].add_run().add_picture(str(LOGO))


def _guidance_left(template: WordDocument) -> None:
    content = "<w:p><w:r><w:t>Klik her</w:t></w:r></w:p>"
    template.element.body.insert(0, parse_xml(control("sagsbehandler", content)))


def _tracked(template: WordDocument) -> None:
    template.paragraphs[0]._p.append(OxmlElement("w:ins"))


def _protected(template: WordDocument) -> None:
    template.settings.element.append(OxmlElement("w:documentProtection"))


def _fetching(template: WordDocument) -> None:
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" INCLUDETEXT \\\\server\\x.docx "/>'
    template.paragraphs[0]._p.append(parse_xml(field))


def _outside_picture(template: WordDocument) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    template.part.relate_to("https://sporing.example/pixel.png", kind, is_external=True)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (_no_letter, "Pladsen {{brev}} mangler: selve svaret."),
        (
            _misspelt,
            "Brødteksten ved »Til {{modtagr}}«: Pladsen {{modtagr}} kendes ikke. Mente du {{modtager}}?",
        ),
        (_unclosed, "Brødteksten ved »Sag {{journalnummer}«: En plads begynder med {{"),
        (_not_alone, "Pladsen {{brev}} skal stå alene i sit afsnit."),
        (_in_a_table, "En tabel i brødteksten ved »{{brev}}«: Pladsen {{brev}} skal stå i selve brødteksten"),
        (_twice, "Pladsen {{brev}} står der mere end én gang."),
        (_backwards, "Pladsen {{underskrift}} skal stå efter {{brev}}."),
        (_plain_subject, "Pladsen {{emne}} skal have typografien Overskrift 1"),
        (_silent_picture, "Sidehovedet: Billedet mangler alternativ tekst."),
        (_guidance_left, "Brødteksten ved »Klik her«: Indholdskontrollen »sagsbehandler« kendes ikke"),
        (_tracked, "registrerede ændringer"),
        (_protected, "beskyttet mod redigering"),
        (_fetching, "et felt, der henter indhold (INCLUDETEXT)"),
        (_outside_picture, "henter noget udefra (https://sporing.example/pixel.png)"),
    ],
)
def test_what_is_wrong_is_said_and_where(
    tmp_path: Path, broken: Callable[[WordDocument], None], said: str
) -> None:
    """One Danish sentence for each fault, with the cure; the good template beside it is taken."""
    template = good()
    tried_template(written(tmp_path, template))
    broken(template)
    assert said in refusal(written(tmp_path, template))


def test_all_that_is_missing_is_said_at_once(tmp_path: Path) -> None:
    """Nobody has to check five times."""
    said = refusal(written(tmp_path, Document()))
    for name in ("modtager", "dato", "journalnummer", "emne", "brev"):
        assert f"Pladsen {{{{{name}}}}} mangler" in said


def _zeros(name: str, data: bytes) -> bytes:
    return data + bytes(51_000_000) if name == "word/settings.xml" else data


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_bytes(b"%PDF-1.7"), "ikke et Word-dokument"),
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600)), "låst med adgangskode"),
        (lambda path: path.write_bytes(path.read_bytes()[:9000]), "beskadiget"),
        (lambda path: path.write_bytes(b"PK" + bytes(100)), "beskadiget"),
        (lambda path: path.write_bytes(bytes(5_000_001)), "mere end 5 MB"),
        (lambda path: repacked(path, lambda name, data: data, **{"word/vbaProject.bin": b"x"}), "makroer"),
        (
            lambda path: repacked(path, lambda name, data: data, **{"word/embeddings/a.bin": b"x"}),
            "indlejret",
        ),
        (lambda path: repacked(path, _zeros), "usædvanlig stor"),
        (lambda path: repacked(path, lambda n, d: d[:200] if n == "word/document.xml" else d), "beskadiget"),
        (lambda path: repacked(path, lambda n, d: None if n == "word/document.xml" else d), "beskadiget"),
    ],
    ids=[
        "pdf",
        "locked",
        "cut",
        "no zip",
        "large",
        "macros",
        "embedded",
        "bomb",
        "xml",
        "no text",
    ],
)
def test_files_that_are_no_template_are_refused(
    tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    """Broken, locked, hostile: a clear message, never a traceback."""
    path = written(tmp_path, good())
    spoil(path)
    assert said in refusal(path)


def test_where_a_document_was_made_is_forgotten(tmp_path: Path) -> None:
    """Word notes the path of the template on somebody's disk; it does not go out."""
    template = good()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    template.part._settings_part.relate_to("file:///C:/Users/hans/Normal.dotm", kind, is_external=True)
    document = filled(written(tmp_path, template))
    assert not [one for one in document.part._settings_part.rels.values() if one.is_external]
    assert all("{{" not in (text.text or "") for _, one in stories(document) for text in one.iter(qn("w:t")))
