"""A municipality's profile: its look, its departments, and what is said of one that cannot be used."""

from __future__ import annotations

import shutil
import struct
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from docx import Document
from PIL import Image

from docs import example_profile
from knowledge.hearings.model import Definition
from knowledge.letters.build import build
from knowledge.letters.docx import docx
from knowledge.letters.glyphs import FONTS
from knowledge.letters.look.house import House
from knowledge.letters.look.read_house import load_house
from knowledge.letters.look.refused import LookRefused
from knowledge.letters.look.trial import TRIAL, tried_house
from knowledge.letters.pdf import pdf
from knowledge.letters.profile import Municipality, Profile, Signatory
from tests.knowledge.letters.look.templates import EXAMPLE

NORDKAER = Municipality(name="Nordkær Kommune")


def house(folder: Path, profile: str) -> House:
    """The house of a profile beside the example's files."""
    shutil.copytree(EXAMPLE.parent, folder, dirs_exist_ok=True)
    (folder / "profil.yaml").write_text(profile, encoding="utf-8")
    return load_house(folder / "profil.yaml")


def refusal(folder: Path, profile: str) -> str:
    """What is said of a profile that cannot be used."""
    with pytest.raises(LookRefused) as refused:
        house(folder, profile)
    return str(refused.value)


def fonts(made: bytes) -> dict[str, bool]:
    """The fonts of a PDF, and whether each is embedded."""
    with pikepdf.open(BytesIO(made)) as opened:
        return {
            str(one.BaseFont).partition("+")[2]: "/FontFile2" in one.FontDescriptor
            or "/FontFile3" in one.FontDescriptor
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and "/FontDescriptor" in one
        }


def test_the_example_is_good_and_is_what_its_maker_makes(tmp_path: Path) -> None:
    """The shipped profile can be used as it stands, and its files can be made again."""
    assert tried_house(EXAMPLE, load_house(EXAMPLE))
    example_profile.make(tmp_path)
    for name in ("nordkaer.docx", "social.docx"):
        assert _parts(tmp_path / name) == _parts(EXAMPLE.parent / name)
    made, shipped = (Image.open(folder / "logo.png").convert("RGB") for folder in (tmp_path, EXAMPLE.parent))
    assert made.tobytes() == shipped.tobytes()


def _parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith(".png")}


def test_pdf_carries_logo_with_its_words_and_the_colour() -> None:
    """The logo is a figure with alternative text; name and headings are in the municipality's green."""
    look = load_house(EXAMPLE).look
    with pikepdf.open(BytesIO(pdf(replace(TRIAL, look=look)))) as opened:
        figures = [
            one
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        assert [str(one.Alt) for one in figures] == ["Nordkær Kommunes logo: en bølge i en rund mark"]
        drawn = opened.pages[0].Contents.read_bytes()
    assert b"0.3647" in drawn
    assert b"0.3647" not in _first_page(pdf(TRIAL))


def _first_page(made: bytes) -> bytes:
    with pikepdf.open(BytesIO(made)) as opened:
        return opened.pages[0].Contents.read_bytes()


def test_pdf_is_set_and_embedded_in_the_municipality_own_font(tmp_path: Path) -> None:
    """Its files in a folder beside the profile are enough; without them the letter's own font is used."""
    (tmp_path / "skrift").mkdir()
    shutil.copy(FONTS / "DejaVuSans.ttf", tmp_path / "skrift")
    own = house(tmp_path, "font: {family: dejavu sans, folder: skrift}\n").look
    found = fonts(pdf(replace(TRIAL, look=own)))
    assert set(found) == {"DejaVuSans"}
    assert all(found.values())
    assert "DejaVuSans" not in fonts(pdf(TRIAL))


def test_word_without_a_template_takes_colour_font_and_logo(tmp_path: Path) -> None:
    """The plain layout in the municipality's colours, its logo with words."""
    (tmp_path / "skrift").mkdir()
    shutil.copy(FONTS / "DejaVuSans.ttf", tmp_path / "skrift")
    profile = (
        'colour: "#0B5D3B"\nlogo: {file: logo.png, description: Logo, width_mm: 30}\n'
        "font: {family: DejaVu Sans, folder: skrift}\n"
    )
    document = Document(BytesIO(docx(replace(TRIAL, look=house(tmp_path, profile).look))))
    assert str(document.styles["Brevhoved"].font.color.rgb) == "0B5D3B"
    assert document.styles["Normal"].font.name == "DejaVu Sans"
    [picture] = document.sections[0].first_page_header._element.xpath(".//wp:docPr")
    assert picture.get("descr") == "Logo"


def test_a_department_brings_its_details_signatory_and_template(definition: Definition) -> None:
    """A case opened in a department is written as that department writes."""
    known = load_house(EXAMPLE)
    wanted = Profile(municipality=NORDKAER, department="social og sundhed", signatory=Signatory(name=""))
    profile = known.completed(wanted)
    assert profile.department == "Social og Sundhed"
    assert profile.municipality.street == "Mosevej 12"
    assert profile.signatory.title == "Socialdirektør"
    letter = build(definition, profile, {}, draft=True, today=date(2020, 3, 3))
    assert letter.sender.department == "Social og Sundhed"
    in_template = replace(letter, look=known.look_of(profile.department))
    assert "Social og Sundhed" in [one.text for one in Document(BytesIO(docx(in_template))).paragraphs]
    assert known.look_of("Social og Sundhed").template != known.look_of("Borgmesterens Afdeling").template


def test_what_the_case_says_itself_goes_before_the_department() -> None:
    """Only what is missing is filled; moving the case to another department replaces it."""
    known = load_house(EXAMPLE)
    own = NORDKAER.model_copy(update={"phone": "55 99 99 99"})
    given = Profile(municipality=own, department="Social og Sundhed", signatory=Signatory(name="Ida Prøve"))
    profile = known.completed(given)
    assert (profile.municipality.phone, profile.signatory.name) == ("55 99 99 99", "Ida Prøve")
    moved = known.moved(profile, "Borgmesterens Afdeling")
    assert (moved.municipality.phone, moved.signatory.name) == ("55 00 20 00", "Peder Enghave")


@pytest.mark.parametrize(
    ("known", "department", "said"),
    [
        (House(), "Social", "der er ingen afdelinger i kommunens profil"),
        (None, "Skole", "Vælg en af disse: Social og Sundhed, Borgmesterens Afdeling."),
        (House(), "", "Der mangler en underskriver"),
    ],
)
def test_a_case_that_nobody_can_sign_or_place_is_refused(
    known: House | None, department: str, said: str
) -> None:
    """An unknown department, or no signatory at all."""
    given = Profile(municipality=NORDKAER, department=department, signatory=Signatory(name=""))
    with pytest.raises(LookRefused) as refused:
        (known or load_house(EXAMPLE)).completed(given)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("color: '#123456'\n", "profil.yaml, linje 1: Feltet »color« kendes ikke. Mente du »colour«?"),
        ("\ncolour: grøn\n", "profil.yaml, linje 2: Farven »grøn« er forkert."),
        ("colour: '#ffcc00'\n", "er for lys til tekst på hvidt papir (kontrast 1,5:1; der kræves 4,5:1)"),
        ("logo: {file: nej.png, description: x}\n", "linje 1: Logoet nej.png kan ikke læses."),
        ("logo: {file: nordkaer.docx, description: x}\n", "Logoet nordkaer.docx kan ikke læses."),
        ("logo: {file: halvt.png, description: x}\n", "Logoet halvt.png kan ikke læses."),
        ("logo: {file: logo.png}\n", "Feltet »description« mangler."),
        ("font: {family: Findes Ikke, folder: .}\n", "Skrifttypen »Findes Ikke« er ikke i mappen"),
        ("font: {family: Liberation Sans, folder: laast}\n", "må ifølge sin licens ikke lægges ind"),
        ("template: nej.docx\n", "nej.docx: Filen kan ikke læses."),
        ("departments: [{name: A}, {name: a}]\n", "Afdelingen »a« står der mere end én gang."),
        ("{", "Linjen kan ikke læses som YAML."),
    ],
)
def test_what_is_wrong_in_a_profile_is_said_with_its_line(tmp_path: Path, profile: str, said: str) -> None:
    """File, line, what and the cure."""
    (tmp_path / "halvt.png").write_bytes((EXAMPLE.parent / "logo.png").read_bytes()[:2000])
    (tmp_path / "laast").mkdir()
    (tmp_path / "laast" / "laast.ttf").write_bytes(
        _locked((FONTS / "LiberationSans-Regular.ttf").read_bytes())
    )
    assert said in refusal(tmp_path, profile)


def _locked(font: bytes) -> bytes:
    """The font, saying that it must not be embedded."""
    at = font.index(b"OS/2")
    (table,) = struct.unpack_from(">L", font, at + 8)
    return font[: table + 8] + struct.pack(">H", 2) + font[table + 10 :]
