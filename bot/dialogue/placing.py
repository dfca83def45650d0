"""Where a finding's quote stands: in an answer, or on a page of a file that was read."""

from __future__ import annotations

from bot.dialogue.situation import Situation
from knowledge.findings import Finding
from knowledge.hearings.values import words
from knowledge.passages import Passage, passage


def passage_of(situation: Situation, finding: Finding) -> Passage:
    """The finding's quote with the words around it; all empty where it quotes nothing."""
    about = finding.about
    answer = situation.answers.get(about.question) if about.question else None
    if answer is not None and about.start is not None and about.end is not None:
        return passage(words(answer), about.start, about.end)
    return Passage(about.before, " ".join(about.quote.split()), about.after)


def point_of(situation: Situation, finding: Finding) -> str | None:
    """The point where the finding is mended: of its answer, or the one its file was given at."""
    if finding.about.question:
        return finding.about.question if finding.about.question in situation.points else None
    file = situation.case.files.get(finding.about.file or "")
    return file.point if file and file.point in situation.points else None
