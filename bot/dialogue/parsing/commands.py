"""What asks the assistant for something instead of answering: "tilbage", "/brev", "ret 5"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialogue.parsing import command_texts
from bot.dialogue.parsing.words import plain

#: Longest message that is looked at as a misspelt command, in words and characters.
MAX_WORDS, MAX_CHARACTERS = 3, 30
#: Shortest phrase that may be misspelt, in letters: shorter ones are too near to other words.
SHORTEST_MISSPELT = 4
#: How many letters may be wrong, in phrases of up to seven letters and in longer ones.
SLIPS_SHORT, SLIPS_LONG = 1, 2
#: Longest argument to "ret" without a slash, in words; longer is a sentence ("Ret til aktindsigt ...").
MAX_ARGUMENT_WORDS = 2


class Command(StrEnum):
    """What the assistant can be asked for; the value is the name that buttons carry."""

    BACK = "back"
    SKIP = "skip"
    EDIT = "edit"
    ADD = "add"
    PAUSE = "pause"
    RESUME = "resume"
    HELP = "help"
    STATUS = "status"
    OPEN_POINTS = "open_points"
    LETTER = "letter"
    PICTURES = "pictures"
    BUNDLE = "bundle"
    FINDINGS = "findings"
    SUBMIT = "submit"
    REVIEW = "review"
    APPROVE = "approve"
    RETURN = "return"
    SENT = "sent"
    PROFILE = "profile"
    INVITE = "invite"
    CASES = "cases"
    START = "start"

    @property
    def slash(self) -> str:
        """The command's name after the slash, in the small ASCII letters that Telegram allows."""
        return command_texts.SLASHES[self.value]

    @property
    def word(self) -> str:
        """The word by which the assistant itself speaks of it."""
        return command_texts.PHRASES[self.value][0]

    @property
    def description(self) -> str:
        """What it does, in Danish, for the list of commands."""
        return command_texts.DESCRIPTIONS[self.value]


@dataclass(frozen=True)
class Given:
    """A command that was given outright, with the words after it ("ret 5": "5")."""

    command: Command
    argument: str = ""


@dataclass(frozen=True)
class Perhaps:
    """A command that may have been meant, to be confirmed before it is carried out."""

    command: Command
    argument: str = ""


_SLASH = re.compile(r"/([^\W\d_][\w-]*)(?:@\w+)?(?:\s+|\Z)")
_POINT = re.compile(
    r"(?:(?:spørgsmål|svar|punkt|nr|nummer)\.?\s*)*([0-9]{1,3}(?:\.[0-9]{1,3}){0,3})\.?", re.I
)

_BY_SLASH = {slash: Command(name) for name, slash in command_texts.SLASHES.items()}
_BY_PHRASE = {phrase: Command(name) for name, phrases in command_texts.PHRASES.items() for phrase in phrases}
#: Commands that may carry words after them without a slash before.
_TAKE_A_POINT = frozenset({Command.EDIT, Command.APPROVE, Command.RETURN})


def command(text: str) -> Given | Perhaps | None:
    """The command that the text is, perhaps is with a slip in it, or None where it is an answer.

    Without a slash only a whole message is a command ("status"), never the first word of a sentence
    ("Status for sagerne er ..."); but for "tilføj ..." and "ret 5", which carry words on.
    """
    text = text.strip()
    if text.startswith("/"):
        return _slashed(text)
    said = "?" if text == "?" else plain(text[: MAX_CHARACTERS + 1])
    if len(text) <= MAX_CHARACTERS and said in _BY_PHRASE:
        return Given(_BY_PHRASE[said])
    return _with_argument(text) or _misspelt(said)


def _slashed(text: str) -> Given | Perhaps | None:
    match = _SLASH.match(text)
    if match is None:
        return None
    name, argument = match[1].lower(), text[match.end() :].strip()
    known = _BY_SLASH.get(name) or _BY_PHRASE.get(name.replace("_", " "))
    if known:
        return Given(known, argument)
    near = _nearest(name, [*_BY_SLASH, *_BY_PHRASE])
    return Perhaps(_BY_SLASH.get(near) or _BY_PHRASE[near], argument) if near else Perhaps(Command.HELP)


def _with_argument(text: str) -> Given | Perhaps | None:
    word, *rest = text.split(None, 1) or [""]
    word, argument = word.lower(), "".join(rest)
    if word.rstrip(":") in command_texts.ADDING and argument:
        return Given(Command.ADD, argument)
    known = _BY_PHRASE.get(word)
    if known not in _TAKE_A_POINT or not argument:
        return None
    if point := _POINT.fullmatch(argument[:MAX_CHARACTERS]):
        return Given(known, point[1]) if len(argument) <= MAX_CHARACTERS else None
    short = known is Command.EDIT and len(argument.split(maxsplit=MAX_ARGUMENT_WORDS)) <= MAX_ARGUMENT_WORDS
    return Perhaps(known, argument) if short and len(argument) <= MAX_CHARACTERS else None


def _misspelt(said: str) -> Perhaps | None:
    if len(said) > MAX_CHARACTERS or len(said.split()) > MAX_WORDS or said in command_texts.ANSWERS:
        return None
    near = _nearest(said, list(_BY_PHRASE))
    return Perhaps(_BY_PHRASE[near]) if near else None


def _nearest(said: str, names: list[str]) -> str | None:
    """The name that is nearest to what was said, if only a slip or two away."""
    if any(char.isdigit() for char in said):
        return None
    worth = [name for name in names if len(name) >= SHORTEST_MISSPELT]
    found = process.extractOne(said, worth, scorer=OSA.distance, score_cutoff=SLIPS_LONG)
    if found is None or found[1] > (SLIPS_SHORT if len(found[0]) <= 7 else SLIPS_LONG):
        return None
    return found[0]
