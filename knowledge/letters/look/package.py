"""Opens a Word file that somebody brings: nothing in it runs, reaches out or unpacks without end."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import nsmap, qn

from knowledge.letters.look import texts
from knowledge.letters.look.refused import LookRefused

#: Bytes of the largest template, as it is and unpacked, and how many parts it may have.
MAX_FILE_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 50_000_000
MAX_PARTS = 1_000

_ATTACHED_TEMPLATE = f"{nsmap['r']}/attachedTemplate"
#: Characters of an address that a message repeats.
_SHOWN = 60

_OLE = b"\xd0\xcf\x11\xe0"
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN = b"wordprocessingml.%b.main+xml"
#: Parts that Word would run, or that hold files of another kind.
_EMBEDDED = re.compile(r"^word/(embeddings|activeX)/|^customUI|afchunk", re.IGNORECASE)
#: Fields that fetch or run something.
_FETCHING = re.compile(
    r"\b(INCLUDE(?:TEXT|PICTURE)|IMPORT|LINK|DDE(?:AUTO)?|MACROBUTTON|DATABASE|RD|EMBED)\b", re.IGNORECASE
)
#: What zipfile, lxml and python-docx raise at files that are broken, cut short or encrypted.
_UNREADABLE = (
    *(KeyError, ValueError, AttributeError, RuntimeError, OSError, EOFError),
    *(SyntaxError, BadZipFile, zlib.error),  # lxml's own error for broken XML is a SyntaxError
)
_CHANGES = tuple(qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo"))


def opened(path: Path) -> WordDocument:
    """The file (DOCX or DOTX) as a document.

    Raises:
        LookRefused: it is no Word document, is damaged or locked, or holds what a letter must not.
    """
    data = _read(path)
    try:
        document = Document(BytesIO(_as_document(path, data)))
    except _UNREADABLE:
        raise LookRefused.of(path, texts.DAMAGED) from None
    _forget_origin(document)
    problems = list(_problems(document))
    if problems:
        raise LookRefused.of(path, *problems)
    return document


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise LookRefused.of(path, texts.TOO_LARGE.format(limit=MAX_FILE_BYTES // 1_000_000))
        return path.read_bytes()
    except OSError:
        raise LookRefused.of(path, texts.NO_FILE) from None


def _as_document(path: Path, data: bytes) -> bytes:
    """The package, told to be a document where it is a template; refused before anything is unpacked."""
    if data.startswith(_OLE):
        raise LookRefused.of(path, texts.OLD_OR_LOCKED)
    if not data.startswith(b"PK"):
        raise LookRefused.of(path, texts.NOT_WORD)
    with ZipFile(BytesIO(data)) as package:
        parts = package.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            raise LookRefused.of(path, texts.UNPACKS_TOO_LARGE)
        names = [part.filename for part in parts]
        if _CONTENT_TYPES not in names or len(set(names)) != len(names):
            raise LookRefused.of(path, texts.NOT_WORD)
        types = package.read(_CONTENT_TYPES)
        if b"macroEnabled" in types or any("vbaProject" in name for name in names):
            raise LookRefused.of(path, texts.MACROS)
        if embedded := next((name for name in names if _EMBEDDED.search(name)), None):
            raise LookRefused.of(path, texts.EMBEDDED.format(part=embedded))
        if _MAIN % b"template" in types:
            return _rewritten(package, types.replace(_MAIN % b"template", _MAIN % b"document"))
        if _MAIN % b"document" not in types:
            raise LookRefused.of(path, texts.NOT_WORD)
        return data


def _rewritten(package: ZipFile, types: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as target:
        for part in package.infolist():
            target.writestr(part.filename, types if part.filename == _CONTENT_TYPES else package.read(part))
    return made.getvalue()


def _forget_origin(document: WordDocument) -> None:
    """Word notes which file of whose disk a document was made from; that is nobody's business."""
    for origin in list(document.settings.element.iter(qn("w:attachedTemplate"))):
        origin.getparent().remove(origin)
    for part in document.part.package.iter_parts():
        for name, relation in list(part.rels.items()):
            if relation.reltype == _ATTACHED_TEMPLATE:
                del part.rels[name]


def _problems(document: WordDocument) -> list[str]:
    found: list[str] = []
    for part in document.part.package.iter_parts():
        found += [
            texts.EXTERNAL.format(target=relation.target_ref[:_SHOWN])
            for relation in part.rels.values()
            if relation.is_external and relation.reltype != RT.HYPERLINK
        ]
        element = getattr(part, "element", None)
        if element is None:
            continue
        if next(element.iter(*_CHANGES), None) is not None:
            found.append(texts.TRACKED)
        codes = [code.text or "" for code in element.iter(qn("w:instrText"))]
        codes += [field.get(qn("w:instr"), "") for field in element.iter(qn("w:fldSimple"))]
        if fetching := _FETCHING.search(" ".join(codes)):
            found.append(texts.FIELDS.format(field=fetching[0].upper()))
    if document.settings.element.find(qn("w:documentProtection")) is not None:
        found.append(texts.PROTECTED)
    return list(dict.fromkeys(found))
