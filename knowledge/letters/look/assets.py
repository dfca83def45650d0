"""A municipality's colour, logo and fonts, looked at before a letter is made with them."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import typst
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image

from knowledge.letters.look import texts
from knowledge.letters.look.model import Font, Logo
from knowledge.letters.look.refused import LookRefused

#: The largest logo, in bytes and in picture points.
MAX_LOGO_BYTES = 2_000_000
MAX_LOGO_PIXELS = 25_000_000
#: Least contrast of text on white (WCAG 2.1, 1.4.3).
LEAST_CONTRAST = 4.5

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_FORMATS = {"png", "jpg"}
_BROKEN = (
    *(InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError),
    *(OSError, ValueError, KeyError, IndexError, struct.error),
)
#: The bit of a font's OS/2 table that forbids embedding, and where the field stands (OpenType, fsType).
_RESTRICTED, _FS_TYPE = 0x0002, 8


def accent(colour: str) -> str:
    """The colour as RRGGBB; raises `LookRefused` where it is none, or too pale to read."""
    match = _COLOUR.fullmatch(colour.strip())
    if match is None:
        raise LookRefused(texts.BAD_COLOUR.format(colour=colour))
    contrast = _contrast_with_white(match[1])
    if contrast < LEAST_CONTRAST:
        shown = f"{contrast:.1f}".replace(".", ",")
        least = f"{LEAST_CONTRAST:.1f}".replace(".", ",")
        raise LookRefused(texts.PALE_COLOUR.format(colour=colour, contrast=shown, least=least))
    return match[1].upper()


def logo(file: Path, description: str, width_mm: float) -> Logo:
    """The logo; raises `LookRefused` where the file is no picture that both PDF and Word can show."""
    try:
        size = file.stat().st_size
        picture = Image.from_file(str(file))
        pixels, known = picture.px_width * picture.px_height, picture.ext in _FORMATS
    except _BROKEN:
        raise LookRefused(texts.LOGO_UNREADABLE.format(file=file.name)) from None
    if size > MAX_LOGO_BYTES or pixels > MAX_LOGO_PIXELS:
        limits = {"limit": MAX_LOGO_BYTES // 1_000_000, "pixels": MAX_LOGO_PIXELS // 1_000_000}
        raise LookRefused(texts.LOGO_TOO_LARGE.format(file=file.name, **limits))
    if not known or not _can_be_set(file):
        raise LookRefused(texts.LOGO_UNREADABLE.format(file=file.name))
    return Logo(file.resolve(), description, width_mm)


def font(family: str, folder: Path) -> Font:
    """The font family; raises `LookRefused` where it is not in the folder or may not be embedded."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    variants = [one for one in found.fonts() if one.family.casefold() == family.casefold()]
    if not variants:
        there = ", ".join(found.families()) or texts.FONT_NONE
        raise LookRefused(texts.FONT_MISSING.format(family=family, folder=folder.name, families=there))
    for variant in variants:
        if variant.path and _forbids_embedding(Path(variant.path)):
            raise LookRefused(texts.FONT_NOT_ALLOWED.format(file=Path(variant.path).name))
    return Font(variants[0].family, folder.resolve())


def _can_be_set(file: Path) -> bool:
    """Whether the PDF compiler can read the whole picture, not only its first bytes."""
    source = f"#image({_quoted(str(file.resolve()))})".encode()
    compiler = typst.Compiler(source, root=file.resolve().anchor, ignore_system_fonts=True)
    try:
        compiler.compile(format="pdf")
    except typst.TypstError:
        return False
    return True


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _contrast_with_white(colour: str) -> float:
    """The contrast ratio (1 to 21) of WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _forbids_embedding(file: Path) -> bool:
    data = file.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    for table in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * table)
        if tag == b"OS/2":
            (kind,) = struct.unpack_from(">H", data, offset + _FS_TYPE)
            return bool(kind & 0x000F == _RESTRICTED)
    return False
