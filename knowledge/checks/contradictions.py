"""Answers that break a rule, contradict each other, or leave out what will be asked for.

The definition brings its own checks as data. Three hold for every hearing: something said to be
enclosed without a file, "ved ikke" where an answer is required, an amount without its VAT stated.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks.enclosures import empty_claims
from knowledge.checks.figures import fellow, filled
from knowledge.checks.texts import Wording, texts
from knowledge.findings import About, Finding, Kind, Severity
from knowledge.hearings.conditions import NO_FACTS, Answers, Facts, Point, points, truth, truths
from knowledge.hearings.model import Definition, DefinitionCheck, Required
from knowledge.hearings.values import Amount, Unknown, Value, Vat, words
from knowledge.law.sources import source
from knowledge.letters import wording


def answer_errors(
    definition: Definition, point: str, value: Value, answers: Answers, facts: Facts = NO_FACTS
) -> list[str]:
    """The messages (Danish) of the `error` checks that the new value would break; empty where it may be kept.

    Besides the point's own checks these are those of other answered points that hold as yet.
    """
    after = {**answers, point: value}
    messages = []
    for one in points(definition, after, facts):
        if one.id not in after or one.relevant is False:
            continue
        for check in one.question.checks:
            if check.level == "error" and truth(definition, check.must, after, facts, point=one.id) is False:
                before = truth(definition, check.must, answers, facts, point=one.id)
                if one.id == point or before is not False:
                    messages.append(filled(check.message, definition, after, facts, point=one.id))
    return messages


def contradictions(definition: Definition, answers: Answers, facts: Facts = NO_FACTS) -> list[Finding]:
    """What the answers to the questions that are asked say against each other or leave open.

    Missing answers and "ved ikke" decide nothing; answers to questions no longer asked are left out.
    """
    asked = [point for point in points(definition, answers, facts) if point.relevant is not False]
    counted = {point.id: answers[point.id] for point in asked if point.id in answers}
    return [
        *_between_answers(definition, asked, counted, facts),
        *_of_one_answer(definition, asked, counted, facts),
        *_missing_enclosures(asked, counted),
        *_left_open(asked, counted),
    ]


def _between_answers(
    definition: Definition, asked: list[Point], answers: Answers, facts: Facts
) -> Iterator[Finding]:
    holds = truths(definition, answers, facts)
    places: dict[str, list[str]] = {}
    for one in asked:
        places.setdefault(one.question.id, []).append(one.id)
    for check in definition.checks:
        for point in places.get(check.about, ()):
            if holds(check.when, point):
                yield _contradiction(definition, check, answers, facts, point)


def _contradiction(
    definition: Definition, check: DefinitionCheck, answers: Answers, facts: Facts, point: str
) -> Finding:
    def said(text: str) -> str:
        return filled(text, definition, answers, facts, point=point, figures=check.figures)

    return Finding(
        id=check.id,
        kind=Kind.CONTRADICTION,
        severity=check.severity,
        about=_whole(point, answers.get(point)),
        title=said(check.title),
        meaning=said(check.meaning),
        advice=said(check.advice),
        sources=tuple(source(ref) for ref in check.sources),
        also_about=tuple(fellow(definition, name, point) for name in check.also_about),
    )


def _of_one_answer(
    definition: Definition, asked: list[Point], answers: Answers, facts: Facts
) -> Iterator[Finding]:
    holds = truths(definition, answers, facts)
    for point in asked:
        value = answers.get(point.id)
        if value is None:
            continue
        for number, check in enumerate(point.question.checks, start=1):
            if check.level != "warning":
                continue
            if holds(check.must, point.id) is False:
                id_, about = f"{point.question.id}_{number}", _whole(point.id, value)
                said = {"message": filled(check.message, definition, answers, facts, point=point.id)}
                yield _finding(id_, Severity.MEDIUM, about, texts().answer_check, said)


def _missing_enclosures(asked: list[Point], answers: Answers) -> Iterator[Finding]:
    for claim in empty_claims(asked, answers):
        quote = words(answers[claim.point.id])[claim.start : claim.end]
        about = About(question=claim.point.id, quote=quote, start=claim.start, end=claim.end)
        said = {"points": "; ".join(f"»{point.question.ask}«" for point in claim.lacking)}
        finding = _finding("missing_enclosure", Severity.MEDIUM, about, texts().missing_enclosure, said)
        others = tuple(point.id for point in claim.lacking if point.id != claim.point.id)
        yield finding.model_copy(update={"kind": Kind.CONTRADICTION, "also_about": others})


def _left_open(asked: list[Point], answers: Answers) -> Iterator[Finding]:
    for point in asked:
        question, value = point.question, answers.get(point.id)
        match value:
            case Unknown() if question.required is Required.YES:
                id_, words_for = "unknown_answer", texts().unknown_answer
            case Amount(vat=Vat.UNSTATED, dkk=dkk) if dkk and question.required is not Required.NO:
                id_, words_for = "vat_unstated", texts().vat_unstated
            case _:
                continue
        said = {"ask": question.ask, "answer": wording.figure(value, question)}
        yield _finding(id_, Severity.LOW, _whole(point.id, value), words_for, said)


def _finding(id_: str, severity: Severity, about: About, says: Wording, said: dict[str, str]) -> Finding:
    return Finding(
        id=id_,
        kind=Kind.ANSWER_CHECK,
        severity=severity,
        about=about,
        title=says.title.format_map(said),
        meaning=says.meaning.format_map(said),
        advice=says.advice.format_map(said),
    )


def _whole(point: str, value: Value | None) -> About:
    """The whole of what was written in words; an answer without words is named alone."""
    quote = words(value) if value is not None else ""
    if not quote:
        return About(question=point)
    return About(question=point, quote=quote, start=0, end=len(quote))
