"""How a letter looks: the municipality's logo, colour, font and Word template, or the plain public layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: The plain layout's colour for name, line and headings, as RRGGBB: dark blue.
ACCENT = "1F3A5F"


@dataclass(frozen=True)
class Logo:
    """A picture (PNG or JPEG) at the head of the first page; `description` is read aloud in its place."""

    file: Path
    description: str
    width_mm: float


@dataclass(frozen=True)
class Font:
    """A font family, and the folder with its files, which are embedded in the PDF."""

    family: str
    folder: Path


@dataclass(frozen=True)
class Template:
    """A Word template made ready: every place in a run of its own, with all styles and lists a letter needs.

    `styles` and `lists` give the template's ids by the renderer's; `remarks` are Danish sentences on
    what the municipality may want to know though the template can be used.
    """

    data: bytes
    styles: Mapping[str, str]
    lists: Mapping[int, int]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look:
    """What both renderers lay the letter out with; `accent` is RRGGBB. With a template, Word follows that."""

    accent: str = ACCENT
    logo: Logo | None = None
    font: Font | None = None
    template: Template | None = None


#: Without anything of the municipality's own.
PLAIN = Look()
