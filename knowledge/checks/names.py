"""Names of people in a folded text, told by known names, by surnames and by the words around them.

1. A known given name: alone, or with the capitalised words that follow it.
2. Any capitalised word before a surname in -sen or one from elsewhere ("Ekso Petersen", "Ekso Kaya"), or an
   initial before any surname.
3. A capitalised word right after a word for a citizen ("borgeren Ekso", "fru Ekso", "søn af Ekso").

A firm, an institution, a street or a system that is named after a person is no person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from knowledge.checks.people import people

_WORD = re.compile(r"[^\W\d_]+(?:[-'’/][^\W\d_]+)*")
_SPACE = re.compile(r"[ \t]{1,3}")
_INITIAL_SPACE = re.compile(r"\.[ \t]{0,2}")
_LINE_BREAK = re.compile(r"[ \t]*\r?\n[ \t]*")
_SENTENCE_END = re.compile(r"[.!?:\n•»\"”“]")
_PARTICLES = frozenset({"von", "van", "de", "der", "el", "al", "bin", "ibn"})
_PATRONYMIC_FORMS = ("sen", "sens")
#: A name has at most this many words after the first.
_LONGEST_TAIL = 4
#: After these a known given name is one also in lower case.
_BEFORE_LOWER_CASE = frozenset({"med", "hos"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `start:end`; `citizen` where the words before it say that a citizen bears it."""

    start: int
    end: int
    citizen: bool


class _Given(Enum):
    KNOWN = auto()
    #: Also an ordinary word, a month or a place.
    AMBIGUOUS = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    low: str
    start: int
    end: int
    #: What stands between the word before and this one.
    gap: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


def names(text: str) -> Iterator[Name]:
    """The names of people in a folded text, in order."""
    words = _words(text)
    place = 0
    while place < len(words):
        last = _last_of_name(words, place)
        if last is None:
            place += 1
        else:
            yield Name(words[place].start, words[last].end, _citizen_before(words, place))
            place = last + 1


def _words(text: str) -> list[_Word]:
    words, end = [], 0
    for found in _WORD.finditer(text):
        gap = text[end : found.start()]
        words.append(_Word(found.group(), found.group().lower(), found.start(), found.end(), gap))
        end = found.end()
    return words


def _last_of_name(words: list[_Word], place: int) -> int | None:
    """The place of the last word of the name that begins here; None where none does."""
    word = words[place]
    if not word.capital:
        return _last_of_lower_case_name(words, place)
    if not _may_be_named(word) or word.low in people().organisation_after | people().citizen_before:
        return None
    if _surname_first(words, place):
        return place + 1
    if not _worth_a_look(words, place):
        return None
    last = _tail(words, place)
    if _is_organisation(words, place, last):
        return None
    return last if _is_person(words, place, last) else None


def _surname_first(words: list[_Word], place: int) -> bool:
    """Whether the name is written as in a register: "Hansen, Per"."""
    if not _is_surname(words[place].low) or place + 1 == len(words):
        return False
    after = words[place + 1]
    certain = _given(after.low) is _Given.KNOWN or (
        _given(after.low) is _Given.AMBIGUOUS and words[place].low.endswith(_PATRONYMIC_FORMS)
    )
    return certain and after.capital and after.gap == ", "


def _worth_a_look(words: list[_Word], place: int) -> bool:
    """Whether anything points to a name: most capitalised words are told here, and quickly."""
    word, reach = words[place], words[place + 1 : place + 1 + _LONGEST_TAIL]
    return (
        len(word.text) == 1
        or any(_tells_a_name(other.low) for other in reach)
        or _given(word.low) is not _Given.NONE
        or _citizen_before(words, place)
    )


def _is_person(words: list[_Word], place: int, last: int) -> bool:
    word, tail = words[place], words[place + 1 : last + 1]
    if _citizen_before(words, place) and not word.shouted:
        return True
    match _given(word.low):
        case _Given.KNOWN:
            return bool(tail) or not word.shouted
        case _Given.AMBIGUOUS:
            return bool(tail) and (_is_surname(tail[0].low) or not _begins_sentence(words, place))
    if len(word.text) == 1:
        return bool(tail) and _is_surname(tail[-1].low)
    if word.low.endswith(tuple(people().officials)):
        return False
    return any(_is_surname(other.low) and _tells_a_name(other.low) for other in tail)


def _last_of_lower_case_name(words: list[_Word], place: int) -> int | None:
    low = words[place].low
    if low not in people().given and low not in people().ambiguous:
        return None
    following = words[place + 1 : place + 2]
    if following and _SPACE.fullmatch(following[0].gap) and following[0].low in people().surnames:
        certain = low in people().given or following[0].low.endswith(_PATRONYMIC_FORMS)
        return place + 1 if certain else None
    spoken_of = _citizen_before(words, place) or (place > 0 and words[place - 1].low in _BEFORE_LOWER_CASE)
    return place if low in people().given and spoken_of else None


def _tail(words: list[_Word], place: int) -> int:
    """The place of the last of the words that may belong to the name beginning at `place`."""
    last = place
    while last - place < _LONGEST_TAIL:
        following = _next_in_name(words, last)
        if following is None:
            break
        last = following
    return last


def _next_in_name(words: list[_Word], last: int) -> int | None:
    """The place of the next word of the name, past a particle such as "von"."""
    following = words[last + 1 : last + 3]
    if not following or not _joins(words[last], following[0]):
        return None
    if following[0].low in _PARTICLES:
        past = len(following) > 1 and _SPACE.fullmatch(following[1].gap) and _may_be_named(following[1])
        return last + 2 if past else None
    return last + 1 if _may_be_named(following[0]) else None


def _joins(word: _Word, follower: _Word) -> bool:
    if _SPACE.fullmatch(follower.gap):
        return True
    if len(word.text) == 1 and _INITIAL_SPACE.fullmatch(follower.gap):
        return True
    return _LINE_BREAK.fullmatch(follower.gap) is not None and _is_surname(follower.low)


def _may_be_named(word: _Word) -> bool:
    """Whether the word may stand in a name; one all in capitals only where it is a known name."""
    if not word.capital or word.low in people().never or word.text.rpartition("-")[2][:1].islower():
        return False  # "Ekso-modellen" is no name
    return not word.shouted or _is_surname(word.low) or _given(word.low) is not _Given.NONE


def _is_organisation(words: list[_Word], place: int, last: int) -> bool:
    """Whether the words around or in it say that a firm, an institution or a street is named."""
    before = words[place - 1] if place else None
    if before and before.low in people().organisation_before and not words[place].gap.strip(" ."):
        return True
    after = [word for word in words[last + 1 : last + 2] if re.fullmatch(r"[ \t]*&?[ \t]*", word.gap)]
    named = words[place : last + 1]
    if len(named) > 1 and named[-1].low.endswith(_organisation_endings()) and not _is_surname(named[-1].low):
        return True
    return any(
        word.low in people().organisation_after or "&" in word.gap or _is_street(word)
        for word in [*words[place + 1 : last + 1], *after]
    )


@cache
def _organisation_endings() -> tuple[str, ...]:
    return tuple(people().organisation_endings)


def _is_street(word: _Word) -> bool:
    return word.capital and word.low in people().street_endings and not _is_surname(word.low)


def _citizen_before(words: list[_Word], place: int) -> bool:
    if not place or words[place].gap.strip(" :(.\t"):
        return False
    before = words[place - 1].low
    if before in people().citizen_before:
        return True
    return place > 1 and f"{words[place - 2].low} {before}" in people().citizen_phrases


def _begins_sentence(words: list[_Word], place: int) -> bool:
    return place == 0 or _SENTENCE_END.search(words[place].gap) is not None


def _given(low: str) -> _Given:
    for form in _without_genitive(low):
        if form in people().ambiguous:
            return _Given.AMBIGUOUS
        if form in people().given or ("-" in form and form.partition("-")[0] in people().given):
            return _Given.KNOWN
    return _Given.NONE


def _is_surname(low: str) -> bool:
    return any(
        form.rpartition("-")[2] in people().surnames or form in people().foreign_surnames
        for form in _without_genitive(low)
    )


def _tells_a_name(low: str) -> bool:
    """Whether a surname of this form makes whatever stands before it a given name."""
    return low.endswith(_PATRONYMIC_FORMS) or any(
        form in people().foreign_surnames for form in _without_genitive(low)
    )


def _without_genitive(low: str) -> tuple[str, str]:
    return low, low.removesuffix("s").rstrip("'’")
