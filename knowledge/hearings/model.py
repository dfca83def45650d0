"""The model of a hearing: the authority's letter as data, validated when it is loaded.

A definition says what is asked, when it is asked, what must hold, and how an answer reads in the
letter. Nothing about any one hearing is built into the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from knowledge.findings import Severity

#: ASCII, as a button's 64 bytes and a rule's symbols allow.
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=30)]
DefinitionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Expression = Annotated[str, StringConstraints(min_length=1)]
DanishText = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class QuestionType(StrEnum):
    """What kind of answer a question takes."""

    TEXT = "text"
    YES_NO = "yes_no"
    COUNT = "count"
    AMOUNT = "amount"
    PERCENT = "percent"
    DATE = "date"
    CHOICE = "choice"
    LIST = "list"
    DOCUMENTS = "documents"


class Required(StrEnum):
    """Whether a case can be submitted without an answer."""

    YES = "yes"
    RECOMMENDED = "recommended"
    NO = "no"


class Option(_Data):
    """One option of a `choice`."""

    id: Identifier
    label: DanishText


class AnswerCheck(_Data):
    """What must hold of an answer: an `error` refuses it, a `warning` becomes a finding."""

    must: Expression
    message: DanishText
    level: Literal["error", "warning"] = "error"


#: In the words round an answer: what stands before it, a neighbouring answer may share.
BEGINNING_ENDS = "|"


class AnswerWords(_Data):
    """The words round an answer; what is not given falls back on the plain answer.

    Tags in braces: `{answer}` the formatted answer, `{note}` what was added, `{reason}` of a
    "none, because", `{title}` of the only file, `{list}` all files with their numbers. `zero` is for
    counts and amounts, `one` and `many` for counts and documents.

    A `|` ends the beginning that neighbouring answers may share: "Støtten er | øget i to sager." and
    "Støtten er | uændret i ti sager." read "Støtten er øget i to sager og uændret i ti sager."
    """

    yes: str = ""
    no: str = ""
    zero: str = ""
    one: str = ""
    many: str = ""
    answer: str = ""
    none: str = ""
    unknown: str = ""


class AnswerInLetter(AnswerWords):
    """How an answer reads in the letter: the same in both styles, unless `connected` says it otherwise."""

    #: Heading or lead-in before the answer in the connected style.
    lead: str = ""
    connected: AnswerWords = AnswerWords()

    @cached_property
    def words(self) -> AnswerWords:
        """The words of the point-by-point style."""
        return AnswerWords(**{key: getattr(self, key) for key in AnswerWords.model_fields})

    @cached_property
    def connected_words(self) -> AnswerWords:
        """The words of the connected style, each its own where it has one."""
        return AnswerWords(
            **{key: text or getattr(self, key) for key, text in self.connected},
        )


class Question(_Data):
    """One thing asked, as the caseworker meets it and as the letter repeats it."""

    id: Identifier
    #: As the authority numbers it ("2.1"); empty where it does not.
    number: str = ""
    ask: DanishText
    #: The authority's point in our own words; a case may carry the authority's own wording instead.
    quote: str = ""
    help: DanishText
    example: DanishText
    type: QuestionType
    required: Required = Required.YES
    relevant: Expression | None = None
    checks: tuple[AnswerCheck, ...] = ()
    none_allowed: bool = False
    #: The files given here are contracts: they are read for risky terms.
    contract: bool = False
    #: The files given here belong to a contract (its data-processing agreement): they are read beside it.
    beside_contract: bool = False
    options: tuple[Option, ...] = ()
    #: The id of a `list` question: this one is asked once per item of its answer.
    repeat: Identifier | None = None
    letter: AnswerInLetter = AnswerInLetter()


class SectionKind(StrEnum):
    """What part of the authority's letter a section is."""

    FACTS = "facts"
    ACCOUNT = "account"
    COPIES = "copies"
    CLOSING = "closing"


class Section(_Data):
    """A point of the authority's letter with its questions."""

    id: Identifier
    kind: SectionKind
    #: As the authority numbers it; empty where it does not.
    number: str = ""
    title: DanishText
    #: Heading in the connected letter; empty continues the section before.
    heading: str = ""
    #: Said before the section's answers in the connected letter, as a bridge from what stands above.
    transition: str = ""
    questions: tuple[Question, ...] = Field(min_length=1)


class DefinitionCheck(_Data):
    """A contradiction between answers: where `when` is true, the person is told.

    `figures` are named expressions (amounts in kr.) that the texts may use as `{name}`, besides
    `{question_id}` for any answer, `{letter_date}` and `{request_date}`. A number is followed by its noun as
    in `{name|én sag|sager|ingen sager}`: what is said of one, what follows more, what is said of none.
    """

    id: Identifier
    when: Expression
    severity: Severity
    about: Identifier
    also_about: tuple[Identifier, ...] = ()
    title: DanishText
    meaning: DanishText
    advice: DanishText
    figures: dict[Identifier, Expression] = {}
    sources: tuple[str, ...] = ()


class LegalFact(_Data):
    """A fact of the legal test, decided by the answers; `about` names the answers that decide it."""

    when: Expression
    about: tuple[Identifier, ...] = Field(min_length=1)


class Authority(_Data):
    """Who asks, with the address block for the letter."""

    name: DanishText
    attention: str = ""
    street: str = ""
    postcode_city: str = ""


class LetterTexts(_Data):
    """The letter's fixed texts. Tags: `{municipality}`, `{authority}`, `{request_date}`, `{subject}`."""

    subject: DanishText
    salutation: str = ""
    opening: DanishText
    #: Connected style: headings and lead-ins of its parts.
    request_heading: DanishText
    request_lead: DanishText
    copies_lead: DanishText
    account_heading: DanishText
    enclosed_heading: DanishText
    #: Point-by-point style: said before the first point.
    points_lead: DanishText
    closing: DanishText
    greeting: DanishText
    enclosures_heading: DanishText
    open_point: DanishText
    #: How a beginning that answers share ("Firmaet har") reads when it comes again, in turn.
    again: dict[DanishText, tuple[DanishText, ...]] = {}


class Definition(_Data):
    """A hearing: what an authority asks a municipality, at one version."""

    id: DefinitionId
    version: int = Field(ge=1)
    title: DanishText
    authority: Authority
    #: Who is asked, for the letter ("Byrådet").
    addressee: DanishText
    sections: tuple[Section, ...] = Field(min_length=1)
    checks: tuple[DefinitionCheck, ...] = ()
    #: Facts for the legal test, by the fact's name in the decision table; none where the test is not used.
    legal_facts: dict[Identifier, LegalFact] = {}
    letter: LetterTexts

    @cached_property
    def questions(self) -> dict[str, Question]:
        """All questions by id, in the order they are asked."""
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of each question, by the question's id."""
        return {question.id: section for section in self.sections for question in section.questions}

    def __hash__(self) -> int:
        """By id and version, so that what is worked out from a definition can be cached by it."""
        return hash((self.id, self.version))

    def question(self, point: str) -> Question:
        """The question of a point: `behandling`, or `behandling.2` where it repeats; KeyError for others."""
        return self.questions[point.partition(".")[0]]

    def __iter__(self) -> Iterator[Question]:  # type: ignore[override]  # a definition is its questions in order
        return iter(self.questions.values())
