"""The whole reply in one: letter, list of enclosures, numbered enclosures; as one PDF and as a ZIP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.dialogue.situation import Situation
from bot.papers import texts
from bot.papers.cover import missing_copies
from bot.settings import Settings
from knowledge.letters.bundle import Pages, enclosure_pages, joined, page_count
from knowledge.letters.model import Bullets, Enclosure, Heading, Item, Letter, Paragraph, Said
from knowledge.letters.sheet import Grid, Sheet, SheetBlock, cell, sheet_pdf

#: Enclosures of more bytes than this in all are not joined into one PDF.
MAX_JOINED = 150_000_000

_MEGABYTE = 1_000_000
#: Zip files cannot hold a time before this; every part gets it, so that the same reply is the same bytes.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_WIDTHS = (3, 9, 8, 3, 3)
#: Characters of a title that name its file in the ZIP.
_NAME = 60


@dataclass(frozen=True)
class Enclosed:
    """An enclosure in the reply: its pages in the joined PDF, from which page on; 0 where it is not in it."""

    number: int
    title: str
    file_name: str
    pages: int
    start: int


@dataclass(frozen=True)
class Bundle:
    """The reply as files; `pdf` is empty where it could not be made, `warnings` are for the house only."""

    pdf: bytes
    zip: bytes
    enclosed: tuple[Enclosed, ...]
    letter_pages: int
    overview_pages: int
    warnings: tuple[str, ...]


def bundle(
    situation: Situation,
    letter: Letter,
    letter_pdf: bytes,
    files: Mapping[str, bytes],
    settings: Settings,
) -> Bundle:
    """The reply of this letter; `files` are the enclosures' contents by hash. Blocks for some seconds.

    1. Each enclosure becomes stamped pages, or the reason why it does not.
    2. The list of enclosures is set once to know its length, and again with the page numbers.
    3. All is joined, and packed as it came.
    """
    pages = {one.number: _pages(one, files) for one in letter.enclosures}
    letter_pages = page_count(letter_pdf)
    overview_pages = page_count(_overview(situation, letter, _placed(letter, pages, 0)))
    placed = _placed(letter, pages, letter_pages + overview_pages)
    overview = _overview(situation, letter, placed)
    parts = [(texts.LETTER_TITLE, letter_pdf), (texts.OVERVIEW_TITLE, overview)]
    for one in placed:
        if one.pages:
            title = texts.ENCLOSURE_TITLE.format(number=one.number, title=one.title)
            parts.append((title, pages[one.number].pdf))
    small_enough = sum(len(pdf) for _, pdf in parts) <= MAX_JOINED
    whole = joined(parts, letter.subject) if small_enough else Pages(reason="too_heavy")
    packed = _zip(letter, letter_pdf, overview, files)
    warnings = [
        texts.REASONS[pages[one.number].reason].format(number=one.number, name=one.file_name)
        for one in placed
        if not one.pages
    ]
    warnings += _too_much(whole.pdf, packed, len(placed) + 2, settings)
    missing = missing_copies(situation)
    if missing:
        asks = "\n".join(texts.LISTED.format(line=line) for line in missing)
        warnings.append(texts.COPIES_MISSING.format(asks=asks))
    return Bundle(whole.pdf, packed, placed, letter_pages, overview_pages, tuple(warnings))


def _pages(enclosure: Enclosure, files: Mapping[str, bytes]) -> Pages:
    data = files.get(enclosure.file)
    if data is None:
        return Pages(reason="gone")
    stamp = texts.STAMP.format(number=enclosure.number)
    return enclosure_pages(data, enclosure.file_name, enclosure.title, stamp)


def _placed(letter: Letter, pages: Mapping[int, Pages], before: int) -> tuple[Enclosed, ...]:
    placed = []
    following = before + 1
    for one in letter.enclosures:
        count = pages[one.number].pages
        placed.append(Enclosed(one.number, one.title, one.file_name, count, following if count else 0))
        following += count
    return tuple(placed)


def _overview(situation: Situation, letter: Letter, placed: tuple[Enclosed, ...]) -> bytes:
    blocks: list[SheetBlock] = []
    if placed:
        rows = [
            (
                str(one.number),
                one.title,
                one.file_name,
                str(one.pages) if one.pages else texts.OWN_FILE,
                str(one.start) if one.pages else "–",
            )
            for one in placed
        ]
        blocks.append(Grid(texts.OVERVIEW_HEADER, tuple(tuple(map(cell, row)) for row in rows), _WIDTHS))
        blocks.append(Paragraph((Said(texts.OVERVIEW_FROM),)))
    else:
        blocks.append(Paragraph((Said(texts.OVERVIEW_EMPTY),)))
    missing = missing_copies(situation)
    if missing:
        blocks += [Heading(texts.NOT_ENCLOSED, 2), Bullets(tuple(map(Item, missing)))]
    about = texts.OVERVIEW_ABOUT.format(
        subject=letter.subject,
        sender=letter.sender.name,
        references=" · ".join(f"{one.label} {one.number}" for one in letter.references),
    )
    notice = texts.OVERVIEW_DRAFT if letter.draft else ""
    return sheet_pdf(Sheet(texts.OVERVIEW_TITLE, about, tuple(blocks), letter.date, notice=notice))


def _zip(letter: Letter, letter_pdf: bytes, overview: bytes, files: Mapping[str, bytes]) -> bytes:
    """The files as they came, numbered by their names: what was signed or sealed stays so."""
    contents = {texts.IN_ZIP_LETTER: letter_pdf, texts.IN_ZIP_OVERVIEW: overview}
    for one in letter.enclosures:
        if one.file in files:
            contents[_packed_name(one)] = files[one.file]
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name, data in contents.items():
            info = ZipInfo(name, _ZIP_TIME)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, data)
    return made.getvalue()


def _packed_name(enclosure: Enclosure) -> str:
    ending = PurePath(enclosure.file_name).suffix
    title = enclosure.title.removesuffix(ending)
    plain = "".join(mark if mark.isalnum() or mark in " -_,()" else " " for mark in title)
    name = " ".join(plain.split())[:_NAME].strip()
    return texts.IN_ZIP_ENCLOSURE.format(number=enclosure.number, name=name, ending=ending)


def _too_much(pdf: bytes, packed: bytes, count: int, settings: Settings) -> list[str]:
    """What is over a limit of Digital Post."""
    limit = settings.digital_post_max_bytes
    warnings = [] if pdf else [texts.NOT_JOINED]
    for what, data in ((texts.THE_PDF, pdf), (texts.THE_ZIP, packed)):
        if len(data) > limit:
            size = _megabytes(len(data))
            warnings.append(texts.TOO_LARGE.format(what=what, size=size, limit=_megabytes(limit)))
    if count > settings.digital_post_max_files:
        warnings.append(texts.TOO_MANY_FILES.format(count=count, limit=settings.digital_post_max_files))
    return warnings


def _megabytes(size: int) -> str:
    """The size in MB: one decimal, or two where it is less than a tenth."""
    decimals = 1 if size >= _MEGABYTE / 10 else 2
    return f"{size / _MEGABYTE:.{decimals}f}".replace(".", ",").removesuffix(",0")
