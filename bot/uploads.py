"""What kinds of file are taken, and whether a file is what its name says.

Told by the first bytes, as the file command tells it; a file that is not what its name claims may be a
mistake or worse, and would reach the authority as it is.
"""

from __future__ import annotations

from pathlib import PurePath

from bot.dialogue import texts
from bot.dialogue.messages import Upload

#: First bytes by ending. Office files are ZIP archives; text has no mark of its own.
_MARKS = {
    ".pdf": b"%PDF-",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
    ".odt": b"PK\x03\x04",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".txt": b"",
}
#: A PDF may begin with this many bytes of something else (ISO 32000, annex H).
_PDF_LEEWAY = 1024
_MEGABYTE = 1_000_000
#: Characters of a file's name that are kept.
MAX_NAME = 120


def problem_with(upload: Upload, *, max_bytes: int) -> str:
    """Why the file is not taken, in Danish; empty where it is."""
    name = safe_name(upload.name)
    ending = PurePath(name).suffix.lower()
    if upload.data is None or len(upload.data) > max_bytes:
        return texts.FILE_TOO_LARGE.format(name=name, limit=max_bytes // _MEGABYTE)
    if not upload.data:
        return texts.FILE_EMPTY.format(name=name)
    if ending not in _MARKS:
        return texts.FILE_WRONG_KIND.format(name=name)
    if not _is_what_it_says(ending, upload.data):
        return texts.FILE_NOT_WHAT_IT_SAYS.format(name=name)
    return ""


def _is_what_it_says(ending: str, data: bytes) -> bool:
    if ending == ".pdf":
        return _MARKS[ending] in data[:_PDF_LEEWAY]
    if ending == ".txt":
        return b"\x00" not in data
    return data.startswith(_MARKS[ending])


def safe_name(name: str) -> str:
    """The name without folders and control characters, at most `MAX_NAME` characters, ending kept."""
    printable = "".join(char for char in name.replace("\\", "/") if char.isprintable())
    path = PurePath(PurePath(printable).name or texts.NAMELESS_FILE)
    return path.stem[: MAX_NAME - len(path.suffix)] + path.suffix
