"""`python -m bench.cold_letter [FILE]`: both files of the letter that is kept there, or of one built anew."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from knowledge.letters.docx import docx
from knowledge.letters.model import Letter
from knowledge.letters.pdf import pdf


def main(file: str | None) -> None:
    """Make both files and leave."""
    letter = _kept(Path(file)) if file else _built()
    docx(letter)
    pdf(letter)


def _kept(file: Path) -> Letter:
    letter = pickle.loads(file.read_bytes())  # noqa: S301 - the measurement's own file
    if not isinstance(letter, Letter):
        raise TypeError("the file holds no letter")
    return letter


def _built() -> Letter:
    # Imported here: reading definitions is what the process with a kept letter does without.
    from bench.letters import answered  # noqa: PLC0415
    from knowledge.letters.profile import LetterStyle  # noqa: PLC0415

    return answered(LetterStyle.CONNECTED)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
