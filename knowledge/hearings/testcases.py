"""Runs the test cases that lie beside a definition, in the folder named for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.checks.contradictions import answer_errors, contradictions
from knowledge.contracts.catalogue import catalogue
from knowledge.contracts.reader import UnreadableFile, document_findings, read
from knowledge.contracts.share import SHARES, share
from knowledge.findings import Finding, Tier
from knowledge.hearings import texts
from knowledge.hearings.casefile import CaseFile, Expected, read_case_file, values
from knowledge.hearings.conditions import Facts, points
from knowledge.hearings.expressions import CONTRACT_TERMS, compiled, symbol_types
from knowledge.hearings.load import load_definition
from knowledge.hearings.meaning import expressions
from knowledge.hearings.model import Definition
from knowledge.hearings.problems import CaseFileRefused, DefinitionRefused
from knowledge.hearings.values import Documents, Value
from knowledge.law.legal_test import legal_findings
from knowledge.letters.build import build
from knowledge.letters.model import Bullets, Letter, Numbered, Table

#: The day letters of test cases are made where the case gives none.
TEST_DAY = date(2020, 3, 1)


@dataclass(frozen=True)
class Report:
    """What a check of a definition found: Danish lines, and whether all is in order."""

    ok: bool
    lines: tuple[str, ...]


def check(path: Path) -> Report:
    """Validate the definition in the file and run the test cases beside it."""
    try:
        definition = load_definition(path)
    except DefinitionRefused as refused:
        return Report(False, tuple(str(problem) for problem in refused.problems))
    told = [
        texts.IN_ORDER.format(
            id=definition.id,
            version=definition.version,
            questions=len(definition.questions),
            checks=len(definition.checks),
        )
    ]
    unknown = _unknown_terms(definition)
    told += [texts.UNKNOWN_TERM.format(label=label) for label in unknown]
    cases = sorted(path.with_suffix("").glob("*.yaml"))
    if not cases:
        return Report(not unknown, (*told, texts.NO_TEST_CASES.format(folder=path.stem)))
    ok = not unknown
    for case in cases:
        failures = list(_failures(definition, case))
        ok = ok and not failures
        told += failures or [texts.TEST_CASE_PASSED.format(name=case.name)]
    return Report(ok, tuple(told))


def _unknown_terms(definition: Definition) -> list[str]:
    """Labels that expressions look for in contracts although no risk is called so."""
    types = symbol_types(definition)
    looked_for = {
        str(word)
        for _, text, _, _ in expressions(definition)
        for name, word in compiled(text, types).compared
        if name == CONTRACT_TERMS
    }
    return sorted(looked_for - catalogue().risks.keys()) if looked_for else []


def _failures(definition: Definition, path: Path) -> Iterator[str]:
    """What of one test case does not come out as it says (Danish lines)."""
    try:
        case_file = read_case_file(path)
        answers = values(case_file, definition)
    except CaseFileRefused as refused:
        yield from (str(problem) for problem in refused.problems)
        return
    if case_file.hearing != definition.id:
        yield str(case_file.problem("other_hearing", "hearing", id=case_file.hearing, wanted=definition.id))
        return
    expected = case_file.expect or Expected()
    try:
        facts = _facts(definition, case_file, answers, path.parent)
    except UnreadableFile as unreadable:
        yield f"{path.name}: {unreadable}"
        return
    failed = [
        *_refused(definition, answers, facts),
        *_questions(definition, answers, facts, expected),
        *_findings(definition, answers, facts, expected),
        *_letter(definition, case_file, answers, facts, expected),
    ]
    yield from (f"{path.name}: {line}" for line in failed)


def _facts(definition: Definition, case_file: CaseFile, answers: dict[str, Value], folder: Path) -> Facts:
    """What the enclosed contracts and the case's dates say."""
    warned: list[Finding] = []
    contracts = [
        file
        for point, value in answers.items()
        if definition.question(point).contract and isinstance(value, Documents)
        for file in value.files
    ]
    for file in contracts:
        found = document_findings(read(folder / file.file, file.name))
        warned += [finding for finding in found if finding.tier is Tier.WARNING]
    return Facts(
        contract_terms=frozenset(finding.id for finding in warned),
        contract_percent=share(finding.about.quote for finding in warned if finding.id in SHARES),
        contracts_read=bool(contracts),
        letter_date=case_file.case.letter_date,
        request_date=case_file.case.request_date,
    )


def _refused(definition: Definition, answers: dict[str, Value], facts: Facts) -> Iterator[str]:
    for point, value in answers.items():
        others = {other: given for other, given in answers.items() if other != point}
        for message in answer_errors(definition, point, value, others, facts):
            yield texts.ANSWER_REFUSED.format(point=point, message=message)


def _questions(
    definition: Definition, answers: dict[str, Value], facts: Facts, expected: Expected
) -> Iterator[str]:
    found = points(definition, answers, facts)
    relevance = {point.id: point.relevant for point in found}
    if expected.next is not None:
        still_open = [point.id for point in found if point.relevant and point.id not in answers]
        first = still_open[: len(expected.next)] if expected.next else still_open
        if tuple(first) != expected.next:
            yield texts.OTHER_NEXT.format(wanted=_listed(expected.next), found=_listed(first))
    for point in expected.asked:
        if relevance.get(point) is not True:
            yield texts.NOT_ASKED.format(point=point)
    for point in expected.not_asked:
        if relevance.get(point) is not False:
            yield texts.STILL_ASKED.format(point=point)


def _findings(
    definition: Definition, answers: dict[str, Value], facts: Facts, expected: Expected
) -> Iterator[str]:
    found = {
        finding.id
        for finding in (
            *contradictions(definition, answers, facts),
            *legal_findings(definition, answers, facts),
        )
    }
    for finding in expected.findings.present:
        if finding not in found:
            yield texts.FINDING_MISSING.format(finding=finding, found=_listed(sorted(found)))
    for finding in expected.findings.absent:
        if finding in found:
            yield texts.FINDING_UNWANTED.format(finding=finding)


def _letter(
    definition: Definition, case_file: CaseFile, answers: dict[str, Value], facts: Facts, expected: Expected
) -> Iterator[str]:
    built = build(
        definition,
        case_file.profile(),
        answers,
        draft=not case_file.approve,
        today=TEST_DAY,
        quotes=case_file.quotes,
        facts=facts,
    )
    letter = "\n".join(lines(built))
    for line in expected.letter:
        if line not in letter:
            yield texts.LINE_MISSING.format(line=line)
    for line in expected.not_in_letter:
        if line in letter:
            yield texts.LINE_UNWANTED.format(line=line)


def lines(letter: Letter) -> Iterator[str]:
    """The letter's words, a paragraph, heading or item a line, without its layout."""
    yield from (letter.sender.name, *letter.sender.lines, *letter.recipient, letter.date_line)
    yield from (f"{reference.label} {reference.number}" for reference in letter.references)
    yield from (letter.subject, letter.salutation)
    for block in letter.blocks:
        match block:
            case Bullets(items=items) | Numbered(items=items):
                yield from (text for item in items for text in (item.text, *item.sub))
            case Table(rows=rows):
                yield from ("\t".join(row) for row in rows)
            case _:
                yield block.text
    yield from (letter.greeting, *letter.signature)
    yield from (enclosure.named for enclosure in letter.enclosures)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or texts.NOTHING
