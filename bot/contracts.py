"""Reading the contracts that were given in a case for risky terms."""

from __future__ import annotations

from pathlib import Path

from bot.dialogue.situation import Situation
from knowledge.contracts.reader import UnreadableFile, document_findings, read
from storage.case import File
from storage.events import FileRead


def unread_contracts(situation: Situation) -> list[File]:
    """The contracts among the case's files that have not been read yet."""
    return [
        file
        for file in situation.case.files.values()
        if file.point
        and file.point in situation.points
        and situation.points[file.point].question.contract
        and not file.pages
        and not file.problem
    ]


def read_contract(path: Path, file: File) -> FileRead:
    """What reading the contract gives: its findings, or in Danish why it could not be read."""
    try:
        document = read(path, file.name)
    except UnreadableFile as unreadable:
        return FileRead(file=file.file, problem=str(unreadable))
    findings = tuple(
        finding.model_copy(update={"about": finding.about.model_copy(update={"file": file.file})}).model_dump(
            mode="json"
        )
        for finding in document_findings(document)
    )
    return FileRead(file=file.file, pages=len(document.pages), findings=findings)
