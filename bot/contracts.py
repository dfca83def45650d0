"""Reading the contracts that were given in a case for risky terms, each beside the others."""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogue.situation import Situation
from knowledge.contracts import agreement
from knowledge.contracts.document import Document
from knowledge.contracts.in_place import with_passages
from knowledge.contracts.personal import personal_data_findings, without_cpr
from knowledge.findings import Kind
from knowledge.hearings.model import Question
from storage.case import File
from storage.events import FileRead


def contract_files(situation: Situation) -> list[File]:
    """The contracts among the case's files, and what belongs to them."""
    return [
        file
        for file in situation.case.files.values()
        if file.point
        and file.point in situation.points
        and _is_contract(situation.points[file.point].question)
    ]


def _is_contract(question: Question) -> bool:
    return question.contract or question.beside_contract


def unread_contracts(situation: Situation) -> list[File]:
    """Those of the case's contracts that have not been read yet."""
    return [file for file in contract_files(situation) if not was_read(file)]


def was_read(file: File) -> bool:
    """Whether the file was read, or reading it was given up."""
    return bool(file.pages or file.problem)


def read_together(documents: Mapping[str, Document]) -> dict[str, FileRead]:
    """What reading these documents of a case gives, by the file's hash; no CPR number is in any finding."""
    in_company = agreement.findings([without_cpr(document) for document in documents.values()])
    reads = {}
    for (file, document), found in zip(documents.items(), in_company, strict=True):
        findings = tuple(
            finding.model_copy(update={"about": finding.about.model_copy(update={"file": file})}).model_dump(
                mode="json"
            )
            for finding in with_passages(without_cpr(document), [*found, *personal_data_findings(document)])
        )
        reads[file] = FileRead(file=file, pages=len(document.pages), findings=findings)
    return reads


def read_anew(read: FileRead, before: File) -> FileRead:
    """What a file gives now beside the case's others.

    What was said of its CPR numbers stays: a text that was kept has none.
    """
    terms = [each for each in read.findings if each["kind"] != Kind.PERSONAL_DATA]
    personal = [each for each in before.findings if each["kind"] == Kind.PERSONAL_DATA]
    return read.model_copy(update={"findings": (*terms, *personal)})
