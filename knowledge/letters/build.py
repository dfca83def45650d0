"""Builds the letter from a definition, a case's facts and its answers; nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from knowledge.hearings.conditions import NO_FACTS, Answers, Facts
from knowledge.hearings.model import Authority, Definition
from knowledge.letters import texts
from knowledge.letters.connected import connected
from knowledge.letters.material import Material, material
from knowledge.letters.model import Letter, Paragraph, Reference, Said, Sender
from knowledge.letters.point_by_point import point_by_point
from knowledge.letters.profile import LetterStyle, Municipality, Profile
from knowledge.letters.wording import day
from knowledge.text import clean

_BODY = {LetterStyle.POINT_BY_POINT: point_by_point, LetterStyle.CONNECTED: connected}
_NO_QUOTES: Mapping[str, str] = {}


def build(
    definition: Definition,
    profile: Profile,
    answers: Answers,
    *,
    draft: bool,
    today: date,
    quotes: Mapping[str, str] = _NO_QUOTES,
    facts: Facts = NO_FACTS,
) -> Letter:
    """The letter as the answers stand, in the profile's style.

    `today` dates it where the profile does not; `quotes` are the authority's own words of a point, by
    question id. A draft shows every relevant point that lacks its answer; a final letter leaves out
    those that were not required. An answer stays out only where its question is certainly irrelevant.
    """
    matter = material(definition, profile, answers, draft=draft, quotes=quotes, facts=facts)
    written = profile.letter_date or today
    return Letter(
        sender=_sender(profile.municipality, profile.department),
        recipient=_recipient(definition.authority, profile.attention),
        date=written,
        date_line=day(written),
        references=_references(profile),
        subject=matter.letter_text(definition.letter.subject),
        salutation=matter.letter_text(definition.letter.salutation),
        blocks=(
            *_paragraph(matter, definition.letter.opening),
            *_BODY[profile.letter_style](matter),
        ),
        closing=matter.letter_text(definition.letter.closing),
        greeting=matter.letter_text(definition.letter.greeting),
        signature=_lines([profile.signatory.name, profile.signatory.title, profile.municipality.name]),
        enclosures_heading=matter.letter_text(definition.letter.enclosures_heading),
        enclosures=matter.enclosures,
        draft=draft,
    )


def _paragraph(matter: Material, template: str) -> list[Paragraph]:
    return [Paragraph((Said(part),)) for part in matter.letter_text(template).split("\n\n") if part]


def _sender(municipality: Municipality, department: str) -> Sender:
    phone = f"{texts.PHONE} {municipality.phone}" if municipality.phone else ""
    places = [municipality.street, municipality.postcode_city]
    lines = _lines([*places, phone, municipality.email, municipality.website])
    return Sender(clean(municipality.name), lines, clean(department).strip())


def _recipient(authority: Authority, attention: str | None) -> tuple[str, ...]:
    person = attention or authority.attention
    to = f"{texts.ATTENTION} {person}" if person else ""
    return _lines([authority.name, to, authority.street, authority.postcode_city])


def _references(profile: Profile) -> tuple[Reference, ...]:
    numbers = {
        texts.OUR_JOURNAL_NUMBER: profile.journal_number,
        texts.THEIR_JOURNAL_NUMBER: profile.authority_reference or "",
    }
    return tuple(Reference(label, clean(number).strip()) for label, number in numbers.items() if number)


def _lines(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in (clean(part).strip() for part in parts) if line)
