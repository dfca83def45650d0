"""The risk catalogue, read from `risks/*.yaml` and `concepts.yaml`: what the detector looks for and says.

A new risk is a new entry in a file of `risks/`; nothing in the code knows a label's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from knowledge.contracts.concepts import MAX_PATTERNS, Hit, Lexicon, PatternError
from knowledge.contracts.faults import FaultyCatalogue, cure_of, line_of, read_yaml
from knowledge.contracts.rules import Alternatives, Term, holding, parse_rule
from knowledge.findings import Severity, Source, Tier
from knowledge.law.sources import UnknownSource, source

_HERE = Path(__file__).parent
RISKS_FOLDER = _HERE / "risks"
CONCEPTS_FILE = _HERE / "concepts.yaml"


def checked_rule(text: str) -> str:
    """The rule as it is written; raises ValueError where it has a fault."""
    parse_rule(text)
    return text


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Raised(_Entry):
    """The severity a risk has together with any of some others."""

    severity: Severity
    company: tuple[str, ...] = Field(alias="with", min_length=1)


class Absent(_Entry):
    """What is said when a contract as a whole is silent: `when` is a rule over all its words."""

    title: str = Field(min_length=3)
    meaning: str = Field(min_length=20)
    tier: Tier
    when: Annotated[str, AfterValidator(checked_rule)]

    @property
    def rule(self) -> tuple[Term, ...]:
        """The parsed condition."""
        return parse_rule(self.when)


class Rules(_Entry):
    """What makes the detector warn, and what makes it ask."""

    warn: tuple[Annotated[str, AfterValidator(checked_rule)], ...] = ()
    ask: tuple[Annotated[str, AfterValidator(checked_rule)], ...] = ()


class Risk(_Entry):
    """One risk: its words for the reader, its weight, its ground, and how it is recognised."""

    label: str = Field(pattern=r"^[a-z][a-z0-9_]{1,60}$")
    title: str = Field(min_length=3)
    severity: Severity
    raised: tuple[Raised, ...] = ()
    benefits: Literal["consultant", "municipality"]
    meaning: str = Field(min_length=20)
    advice: str = Field(min_length=20)
    wording: str = Field(min_length=10)
    question: str = Field(min_length=10)
    absent: Absent | None = None
    sources: tuple[str, ...] = Field(min_length=1)
    rules: Rules

    def severity_among(self, labels: Iterable[str]) -> Severity:
        """How severe it is in a case where these labels are found too."""
        present = set(labels)
        candidates = [
            self.severity,
            *(each.severity for each in self.raised if present.intersection(each.company)),
        ]
        return min(candidates, key=lambda severity: severity.rank)

    @property
    def grounds(self) -> tuple[Source, ...]:
        """The sources it rests on."""
        return tuple(source(ref) for ref in self.sources)

    @property
    def advice_with_wording(self) -> str:
        """What to do, with a wording to take over."""
        return f"{self.advice.strip()} Forslag til ordlyd: »{self.wording}«"


@dataclass(frozen=True)
class Catalogue:
    """All risks by label, in the files' order, and the concepts their rules speak of."""

    risks: Mapping[str, Risk]
    lexicon: Lexicon
    warn: Mapping[str, Alternatives]
    ask: Mapping[str, Alternatives]

    def matches(self, hits: Sequence[Hit]) -> tuple[set[str], set[str]]:
        """(labels whose warning rules hold, those whose asking rules hold) where these concepts are found."""
        affirmed = frozenset(hit.concept for hit in hits if not hit.denied)
        denied = frozenset(hit.concept for hit in hits if hit.denied)
        return holding(self.warn, affirmed, denied), holding(self.ask, affirmed, denied)


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue.

    Raises:
        FaultyCatalogue: a file has a fault.
    """
    return load(RISKS_FOLDER, CONCEPTS_FILE)


def load(risks_folder: Path, concepts_file: Path) -> Catalogue:
    """Read and check a catalogue.

    Raises:
        FaultyCatalogue: with file, line and cure, at the first fault.
    """
    lexicon = lexicon_of(concepts_file, read_yaml(concepts_file))
    risks: dict[str, Risk] = {}
    for file in sorted(risks_folder.glob("*.yaml")):
        entries = read_yaml(file)
        if not isinstance(entries, list):
            raise FaultyCatalogue(file, 1, "Filen skal være en liste af risici. Begynd hver med »- label:«.")
        for index, entry in enumerate(entries):
            risk = _risk(file, index, entry, lexicon)
            if risk.label in risks:
                raise FaultyCatalogue(
                    file,
                    line_of(file, (index, "label")),
                    f"»{risk.label}« findes allerede. Vælg et andet navn.",
                )
            risks[risk.label] = risk
    for risk in risks.values():
        for raised in risk.raised:
            unknown = set(raised.company) - risks.keys()
            if unknown:
                file, index = _whereabouts(risks_folder, risk.label)
                cure = f"»{min(unknown)}« er ikke en risiko i kataloget. Ret navnet under »with«."
                raise FaultyCatalogue(file, line_of(file, (index, "raised")), cure)
    parsed = {label: risk.rules for label, risk in risks.items()}
    return Catalogue(
        risks,
        lexicon,
        {label: tuple(map(parse_rule, rules.warn)) for label, rules in parsed.items()},
        {label: tuple(map(parse_rule, rules.ask)) for label, rules in parsed.items()},
    )


def lexicon_of(file: Path, concepts: object, under: tuple[str, ...] = ()) -> Lexicon:
    """The concepts that stand in the file, below the keys `under`.

    Raises:
        FaultyCatalogue: with file, line and cure.
    """
    if not isinstance(concepts, dict):
        raise FaultyCatalogue(file, 1, "Filen skal bestå af »begreb: [mønstre]«.")
    for name, patterns in concepts.items():
        if not isinstance(patterns, list) or not all(isinstance(pattern, str) for pattern in patterns):
            raise FaultyCatalogue(
                file,
                line_of(file, (*under, name)),
                f"»{name}« skal være en liste af ord. Sæt tal og ja/nej i citationstegn.",
            )
        if len(patterns) > MAX_PATTERNS:
            raise FaultyCatalogue(
                file,
                line_of(file, (*under, name)),
                f"»{name}« har over {MAX_PATTERNS} mønstre. Del begrebet.",
            )
    try:
        return Lexicon(concepts)
    except PatternError as error:
        raise FaultyCatalogue(file, line_of(file, (*under, error.concept)), str(error)) from None


def _risk(file: Path, index: int, entry: object, lexicon: Lexicon) -> Risk:
    try:
        risk = Risk.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise FaultyCatalogue(
            file, line_of(file, (index, *first["loc"])), f"»{place}«: {cure_of(first)}"
        ) from None
    for where, rule in _rules_of(risk):
        unknown = {name for term in parse_rule(rule) for name in term.concepts} - lexicon.names
        if unknown:
            cure = (
                f"Begrebet »{min(unknown)}« findes ikke. Tilføj det i {CONCEPTS_FILE.name}, eller ret navnet."
            )
            raise FaultyCatalogue(file, line_of(file, (index, *where)), cure)
    try:
        _ = risk.grounds
    except UnknownSource as error:
        raise FaultyCatalogue(file, line_of(file, (index, "sources")), str(error)) from None
    return risk


def _rules_of(risk: Risk) -> Iterable[tuple[tuple[str | int, ...], str]]:
    yield from ((("rules", "warn", number), rule) for number, rule in enumerate(risk.rules.warn))
    yield from ((("rules", "ask", number), rule) for number, rule in enumerate(risk.rules.ask))
    if risk.absent is not None:
        yield ("absent", "when"), risk.absent.when


def _whereabouts(risks_folder: Path, label: str) -> tuple[Path, int]:
    for file in sorted(risks_folder.glob("*.yaml")):
        for index, entry in enumerate(read_yaml(file)):
            if entry.get("label") == label:
                return file, index
    raise KeyError(label)
