"""The case's own facts (journal numbers, dates, signatory, style ...): shown, and changed one by one."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from pydantic import BaseModel

from bot.access import Right, rights
from bot.dialogue import texts
from bot.dialogue.guard import Use, guarded
from bot.dialogue.messages import Tone
from bot.dialogue.parsing import dates
from bot.dialogue.parsing.result import Understood
from bot.dialogue.talk import Talk, strong
from knowledge.hearings.values import Day
from knowledge.letters.look.refused import LookRefused
from knowledge.letters.profile import LetterStyle, Profile
from storage.events import ProfileChanged

#: Longest value of one of the facts, in characters.
MAX_LENGTH = 200
_DATES = frozenset({"letter_date", "request_date", "deadline"})
_STYLE = "letter_style"
_DEPARTMENT = "department"
#: The facts in the order they are shown, as paths into the profile.
FIELDS = tuple(texts.PARTICULARS)


def show_or_change(talk: Talk, argument: str) -> None:
    """Without an argument show the facts; with "3 new value" change the third."""
    if not argument:
        show(talk)
        return
    number, _, words = argument.partition(" ")
    words = words.strip()
    known = number.isascii() and number.isdigit() and len(number) < 3 and 0 < int(number) <= len(FIELDS)
    if not known or not words:
        talk.refuse(texts.PARTICULARS_HOW)
    elif Right.ANSWER not in rights(talk.situation.case, talk.person):
        talk.refuse(texts.CASE_CLOSED.format(state=texts.CASE_STATES[talk.situation.case.state]))
    elif len(words) > MAX_LENGTH:
        talk.refuse(texts.TOO_LONG.format(length=len(words), limit=MAX_LENGTH))
    elif guarded(talk, words, Use(), vouched=True):
        _change(talk, FIELDS[int(number) - 1], words)


def show(talk: Talk) -> None:
    """The facts as a numbered list."""
    lines = [
        texts.PARTICULARS_LINE.format(
            number=number, label=texts.PARTICULARS[path], value=_shown(talk.situation.profile, path)
        )
        for number, path in enumerate(FIELDS, start=1)
    ]
    talk.say(strong(texts.PARTICULARS_HEAD), "\n".join(lines), texts.PARTICULARS_HOW)


def _change(talk: Talk, path: str, words: str) -> None:
    if path == _DEPARTMENT:
        _move(talk, words)
        return
    value = _value(talk, path, words)
    if value is None:
        return
    changed = talk.situation.profile.model_dump()
    place = changed
    *parents, last = path.split(".")
    for parent in parents:
        place = place[parent]
    place[last] = value
    _keep(talk, path, Profile.model_validate(changed))


def _move(talk: Talk, department: str) -> None:
    """Take on the department's sender details and signatory."""
    try:
        profile = talk.situation.house.moved(talk.situation.profile, department)
    except LookRefused as refused:
        talk.refuse(str(refused))
        return
    _keep(talk, _DEPARTMENT, profile)


def _keep(talk: Talk, path: str, profile: Profile) -> None:
    talk.happen(ProfileChanged(profile=profile.model_dump(mode="json")))
    label = texts.PARTICULARS[path]
    talk.say(texts.PARTICULARS_SAVED.format(label=label, value=_shown(profile, path)), tone=Tone.SAVED)


def _value(talk: Talk, path: str, words: str) -> str | date | LetterStyle | None:
    """What the words mean for the fact; None where they have been refused."""
    if path in _DATES:
        parsed = dates.parse(words, today=talk.now.date())
        if isinstance(parsed, Understood) and isinstance(parsed.value, Day):
            return parsed.value.day
        talk.refuse(getattr(parsed, "message", texts.PARTICULARS_HOW))
        return None
    if path == _STYLE:
        for style, name in texts.STYLES.items():
            if words.lower() == name:
                return style
        talk.refuse(texts.STYLE_HOW)
        return None
    return " ".join(words.split())


def _shown(profile: Profile, path: str) -> str:
    value: object = profile
    for part in path.split("."):
        value = getattr(value, part) if isinstance(value, BaseModel) else value
    if isinstance(value, LetterStyle):
        return texts.STYLES[value]
    if isinstance(value, date):
        return str(format_date(value, "d. MMMM yyyy", locale="da"))
    return str(value) if value else texts.PARTICULARS_EMPTY
