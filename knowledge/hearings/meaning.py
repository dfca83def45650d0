"""What must hold of a definition as a whole: names, types, reachability, words that have an answer.

The stages, each adding its problems: 1 names, 2 questions, 3 expressions, 4 relevance, 5 texts,
6 references. Relevance is looked at only where the stages before found nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rule_engine import DataType, EngineError  # type: ignore[import-untyped]
from rule_engine.errors import (  # type: ignore[import-untyped]
    EvaluationError,
    SymbolResolutionError,
)

from knowledge.hearings.expressions import (
    FACT_TYPES,
    NOTE_SUFFIX,
    VAT_SUFFIX,
    Compiled,
    compiled,
    symbol_types,
    symbols,
)
from knowledge.hearings.model import Definition, Question, QuestionType
from knowledge.hearings.problems import Problem
from knowledge.hearings.reachable import cycles, never_asked
from knowledge.hearings.tags import tag_problems
from knowledge.hearings.yamlfile import Place, YamlFile
from knowledge.law.legal_test import FACTS
from knowledge.law.sources import UnknownSource, source
from knowledge.naming import near

#: Words of the expression language, and of the texts' tags, that no question can be called.
RESERVED = frozenset(
    {"and", "or", "not", "in", "for", "if", "elif", "else", "while", "true", "false", "null", "inf", "nan"}
    | {"answer", "note", "reason", "item"}
    | FACT_TYPES.keys()
)

#: Functions and values of the expression language that are not the same each time.
CHANGING = frozenset({"now", "today", "random"})

_NEVER_NONE = frozenset({QuestionType.YES_NO, QuestionType.CHOICE})


def problems(definition: Definition, file: YamlFile) -> Iterator[Problem]:
    """Everything wrong with what the definition means; the file tells the lines."""
    found = list(_names(definition, file))
    for place, question in located(definition):
        found += _question(definition, place, question, file)
    found += _expressions(definition, file)
    if not found:
        found += _relevance(definition, file)
    yield from found
    yield from tag_problems(definition, file)
    yield from _references(definition, file)


def located(definition: Definition) -> Iterator[tuple[Place, Question]]:
    """Each question with its place in the file."""
    for index, section in enumerate(definition.sections):
        for number, question in enumerate(section.questions):
            yield ("sections", index, "questions", number), question


def _names(definition: Definition, file: YamlFile) -> Iterator[Problem]:
    questions = [((*place, "id"), question.id) for place, question in located(definition)]
    sections = [(("sections", index, "id"), section.id) for index, section in enumerate(definition.sections)]
    checks = [(("checks", index, "id"), check.id) for index, check in enumerate(definition.checks)]
    for named in (questions, sections, checks):
        yield from _duplicates(named, file)
    derived = {
        question.id + suffix: question.id
        for question in definition
        for suffix, kind in ((VAT_SUFFIX, QuestionType.AMOUNT), (NOTE_SUFFIX, QuestionType.YES_NO))
        if question.type is kind
    }
    for place, name in questions:
        if name in RESERVED:
            yield file.problem("reserved_id", place, id=name)
        if name in derived:
            yield file.problem("shadowed_id", place, id=name, other=derived[name])
    for index, check in enumerate(definition.checks):
        for name in check.figures.keys() & definition.questions.keys():
            yield file.problem("shadowed_id", ("checks", index, "figures", name), id=name, other=name)


def _duplicates(named: Iterable[tuple[Place, str]], file: YamlFile) -> Iterator[Problem]:
    seen = set()
    for place, name in named:
        if name in seen:
            yield file.problem("duplicate_id", place, id=name)
        seen.add(name)


def _question(definition: Definition, place: Place, question: Question, file: YamlFile) -> Iterator[Problem]:
    if question.type is QuestionType.CHOICE and len(question.options) < 2:
        yield file.problem("options_missing", (*place, "options"), id=question.id)
    if question.type is not QuestionType.CHOICE and question.options:
        yield file.problem("options_unused", (*place, "options"), id=question.id)
    yield from _duplicates(
        [((*place, "options", index, "id"), option.id) for index, option in enumerate(question.options)], file
    )
    if question.none_allowed and question.type in _NEVER_NONE:
        yield file.problem(
            "none_makes_no_sense", (*place, "none_allowed"), id=question.id, type=question.type
        )
    for mark in ("contract", "beside_contract"):
        if getattr(question, mark) and question.type is not QuestionType.DOCUMENTS:
            yield file.problem("contract_unused", (*place, mark), id=question.id, mark=mark)
    if question.repeat is not None:
        yield from _repeat(definition, place, question, file)


def _repeat(definition: Definition, place: Place, question: Question, file: YamlFile) -> Iterator[Problem]:
    order = list(definition.questions)
    about: dict[str, Any] = {"id": question.id, "name": question.repeat}
    listed = definition.questions.get(question.repeat or "")
    place = (*place, "repeat")
    if listed is None:
        yield file.problem("repeat_unknown", place, **about)
    elif listed.type is not QuestionType.LIST:
        yield file.problem("repeat_no_list", place, **about)
    elif listed.repeat is not None:
        yield file.problem("repeat_nested", place, **about)
    elif order.index(listed.id) > order.index(question.id):
        yield file.problem("repeat_later", place, **about)


def expressions(definition: Definition) -> Iterator[tuple[Place, str, Any, tuple[str, ...]]]:
    """Every expression: its place, its text, the type it must have, and the lists it may read items of."""
    for place, question in located(definition):
        group = (question.repeat,) if question.repeat else ()
        if question.relevant is not None:
            yield (*place, "relevant"), question.relevant, DataType.BOOLEAN, group
        for index, check in enumerate(question.checks):
            yield (*place, "checks", index, "must"), check.must, DataType.BOOLEAN, group
    for index, contradiction in enumerate(definition.checks):
        about = definition.questions.get(contradiction.about)
        group = (about.repeat,) if about is not None and about.repeat else ()
        yield ("checks", index, "when"), contradiction.when, DataType.BOOLEAN, group
        for name, expression in contradiction.figures.items():
            yield ("checks", index, "figures", name), expression, DataType.FLOAT, group
    for name, fact in definition.legal_facts.items():
        yield ("legal_facts", name, "when"), fact.when, DataType.BOOLEAN, ()


def _expressions(definition: Definition, file: YamlFile) -> Iterator[Problem]:
    types = symbol_types(definition)
    repeats = {name: symbol.question.repeat for name, symbol in symbols(definition).items()}
    for place, text, wanted, lists in expressions(definition):
        try:
            expression = compiled(text, types)
        except (EngineError, RecursionError, ValueError) as error:
            yield _uncompiled(error, place, text, types.keys(), file)
            continue
        if expression.result_type not in (wanted, DataType.UNDEFINED):
            kind = "want_figure" if wanted is DataType.FLOAT else "want_condition"
            yield file.problem(kind, place, expression=text)
        for name in sorted(expression.symbols & CHANGING - types.keys()):
            yield file.problem("not_repeatable_builtin", place, name=name)
        for name in sorted(expression.symbols):
            if (repeat := repeats.get(name)) is not None and repeat not in lists:
                yield file.problem("other_group", place, name=name, list=repeat)
        yield from _impossible_words(definition, expression, place, file)


def _uncompiled(error: Exception, place: Place, text: str, known: Iterable[str], file: YamlFile) -> Problem:
    if isinstance(error, SymbolResolutionError):
        name = error.symbol_name
        if guess := near(name, known):
            return file.problem("unknown_symbol_near", place, name=name, near=guess)
        return file.problem("unknown_symbol", place, name=name)
    kind = "expression_types" if isinstance(error, EvaluationError) else "expression_syntax"
    return file.problem(kind, place, expression=text)


def _impossible_words(
    definition: Definition, expression: Compiled, place: Place, file: YamlFile
) -> Iterator[Problem]:
    """Comparisons of a choice, or of an amount's VAT, with a word it can never be."""
    for name, word in expression.compared:
        question = definition.questions.get(name)
        if question is not None and question.type is QuestionType.CHOICE:
            allowed = [option.id for option in question.options]
        elif name in symbols(definition) and name.endswith(VAT_SUFFIX) and question is None:
            allowed = ["included", "excluded", "unstated"]
        else:
            continue
        if word not in allowed:
            yield file.problem("unknown_option", place, name=name, value=word, allowed=", ".join(allowed))


def _relevance(definition: Definition, file: YamlFile) -> Iterator[Problem]:
    places = {question.id: (*place, "relevant") for place, question in located(definition)}
    found = cycles(definition)
    for cycle in found:
        yield file.problem("cycle", places[cycle[0]], id=cycle[0], cycle=" → ".join((*cycle, cycle[0])))
    if not found:
        for question in never_asked(definition):
            yield file.problem(
                "never_asked", places[question.id], id=question.id, expression=question.relevant
            )


def _references(definition: Definition, file: YamlFile) -> Iterator[Problem]:
    for index, check in enumerate(definition.checks):
        place: Place = ("checks", index)
        yield from _known([((*place, "about"), check.about)], definition, file)
        yield from _known(
            [((*place, "also_about", i), name) for i, name in enumerate(check.also_about)], definition, file
        )
        for number, ref in enumerate(check.sources):
            try:
                source(ref)
            except UnknownSource:
                yield file.problem("unknown_source", (*place, "sources", number), ref=ref)
    for fact_name, fact in definition.legal_facts.items():
        if fact_name not in FACTS:
            allowed = ", ".join(sorted(FACTS))
            yield file.problem(
                "unknown_legal_fact", ("legal_facts", fact_name), name=fact_name, allowed=allowed
            )
        place = ("legal_facts", fact_name, "about")
        yield from _known([((*place, i), name) for i, name in enumerate(fact.about)], definition, file)


def _known(named: Iterable[tuple[Place, str]], definition: Definition, file: YamlFile) -> Iterator[Problem]:
    for place, name in named:
        if name in definition.questions:
            continue
        if guess := near(name, definition.questions):
            yield file.problem("unknown_question_near", place, name=name, near=guess)
        else:
            yield file.problem("unknown_question", place, name=name)
