"""Commands: going back and forth, looking at where things stand, pausing, asking for the letter."""

from __future__ import annotations

from collections.abc import Callable

from rapidfuzz import fuzz, process, utils

from bot.dialogue import screens, texts
from bot.dialogue.answering import add_words, skip
from bot.dialogue.asking import ask_back
from bot.dialogue.buttons import Action
from bot.dialogue.messages import Tone
from bot.dialogue.parsing.commands import Command
from bot.dialogue.particulars import show_or_change
from bot.dialogue.reviewing import approve, give_back, show_review, submit
from bot.dialogue.sending import mark_sent
from bot.dialogue.talk import Talk, strong
from storage.events import Paused, Role, Turned

#: How alike a written question and a typed search must be, of 100.
_ALIKE = 75
_HELP_COMMANDS = (
    Command.STATUS,
    Command.OPEN_POINTS,
    Command.BACK,
    Command.SKIP,
    Command.EDIT,
    Command.ADD,
    Command.FINDINGS,
    Command.LETTER,
    Command.PICTURES,
    Command.BUNDLE,
    Command.SUBMIT,
    Command.REVIEW,
    Command.PROFILE,
    Command.CASES,
    Command.PAUSE,
    Command.RESUME,
)


def obey(talk: Talk, command: Command, argument: str, *, message: str | None) -> None:
    """Do what a command says; `argument` is what stood after it."""
    if command is Command.EDIT:
        edit(talk, argument)
    elif command is Command.ADD:
        add(talk, argument, message=message)
    elif command is Command.SUBMIT:
        submit(talk, anyway=False)
    elif command is Command.SENT:
        mark_sent(talk, confirmed=False)
    elif command is Command.PROFILE:
        show_or_change(talk, argument)
    elif command in {Command.APPROVE, Command.RETURN} and argument:
        _review_one(talk, command, argument)
    else:
        _SIMPLE.get(command, go_on)(talk)


def _review_one(talk: Talk, command: Command, argument: str) -> None:
    point = find_point(talk, argument)
    if point is None:
        talk.refuse(texts.NOT_A_QUESTION)
    elif command is Command.APPROVE:
        approve(talk, point, talk.situation.case.version)
    else:
        give_back(talk, point, None)


def is_lead(talk: Talk) -> bool:
    """Whether the person reviews rather than answers."""
    return talk.situation.case.members[talk.person].role is Role.TEAM_LEAD


def go_on(talk: Talk) -> None:
    """Show where the person is: their question, or for a lead the review."""
    if is_lead(talk) and talk.person not in talk.situation.case.turned:
        _lead_stands(talk)
        return
    turn_to(talk, talk.situation.place(talk.person))


def _lead_stands(talk: Talk) -> None:
    if talk.situation.case.state == "drafting":
        talk.replies.append(screens.status(talk.situation))
        review = screens.button(talk.situation, texts.SEE_REVIEW, Action.REVIEW)
        letter = screens.button(talk.situation, texts.SEE_LETTER, Action.LETTER)
        talk.say(texts.LEAD_DRAFTING, buttons=((review, letter),))
    else:
        show_review(talk)


def turn_to(talk: Talk, point: str | None) -> None:
    """Take the person to a point and show it; None shows that nothing waits."""
    here = talk.situation.case.turned.get(talk.person)
    waits = talk.person in talk.situation.case.asked or talk.person in talk.situation.case.paused
    if waits or (here.point if here else None) != point:
        talk.happen(Turned(point=point))
    if point is None:
        talk.replies.append(screens.finished(talk.situation, talk.person))
    else:
        talk.replies.append(screens.question(talk.situation, point))


def back(talk: Talk, point: str | None = None) -> None:
    """One point back from where the person is."""
    before = talk.situation.before(point or talk.situation.place(talk.person))
    if before is None:
        talk.say(texts.AT_THE_START)
        go_on(talk)
    else:
        turn_to(talk, before)


def skip_here(talk: Talk) -> None:
    """Put off the point the person is at."""
    place = talk.situation.place(talk.person)
    if place is None:
        go_on(talk)
    else:
        skip(talk, place)


def edit(talk: Talk, argument: str) -> None:
    """Go to the point named by its number on screen, the authority's number, or words of its question."""
    if not argument:
        answered = [p for p in talk.situation.relevant if talk.situation.case.answer(p.id).versions]
        recent = sorted(answered, key=lambda p: -talk.situation.case.answer(p.id).versions[-1].seq)
        talk.say(texts.WHICH_EDIT, buttons=screens.point_buttons(talk.situation, recent))
        return
    point = find_point(talk, argument)
    if point is None:
        talk.refuse(texts.NOT_A_QUESTION)
    else:
        turn_to(talk, point)


def find_point(talk: Talk, words: str) -> str | None:
    """The relevant point that the words name, or None where none is near."""
    relevant = talk.situation.relevant
    if words.isascii() and words.isdigit():
        number = int(words) if len(words) < 5 else 0
        return relevant[number - 1].id if 0 < number <= len(relevant) else None
    by_number = next((p.id for p in relevant if p.question.number and p.question.number == words), None)
    if by_number:
        return by_number
    asks = {point.id: talk.ask_of(point.id) for point in relevant}
    found = process.extractOne(
        words, asks, scorer=fuzz.partial_token_set_ratio, processor=utils.default_process, score_cutoff=_ALIKE
    )
    return str(found[2]) if found else None


def add(talk: Talk, words: str, *, message: str | None) -> None:
    """Add words to the answer given last by this person."""
    point = last_answered(talk)
    if point is None:
        talk.refuse(texts.NOTHING_TO_ADD_TO)
    elif words:
        add_words(talk, point, words, message=message)
    else:
        ask_back(talk, "add", point)
        talk.say(texts.ADD_WHAT.format(ask=talk.ask_of(point)), tone=Tone.QUESTION)


def last_answered(talk: Talk) -> str | None:
    """The relevant point this person answered last."""
    own = {
        point.id: talk.situation.case.answer(point.id).versions[-1]
        for point in talk.situation.relevant
        if talk.situation.case.answer(point.id).versions
    }
    mine = {point: version.seq for point, version in own.items() if version.person == talk.person}
    return max(mine, key=lambda point: mine[point]) if mine else None


def pause(talk: Talk) -> None:
    """Stop asking until the person is back."""
    talk.happen(Paused())
    talk.say(texts.PAUSED)


def resume(talk: Talk) -> None:
    """Go on where the person was."""
    if talk.person in talk.situation.case.paused:
        talk.say(texts.RESUMED)
    go_on(talk)


def give_help(talk: Talk) -> None:
    """The commands in words, and the example of the question the person is at."""
    lines = "\n".join(
        texts.HELP_LINE.format(word=command.word, does=command.description) for command in _HELP_COMMANDS
    )
    talk.say(strong(texts.HELP_HEAD), lines)
    place = talk.situation.place(talk.person)
    if place is not None and not is_lead(talk):
        turn_to(talk, place)


def show_example(talk: Talk, point: str) -> None:
    """The question's invented example."""
    example = talk.situation.definition.question(point).example
    talk.say(texts.HELP_QUESTION.format(example=example))
    turn_to(talk, point)


def show_status(talk: Talk) -> None:
    """Progress; then, for a caseworker, the question they are at."""
    talk.replies.append(screens.status(talk.situation))
    if not is_lead(talk):
        turn_to(talk, talk.situation.place(talk.person))


def show_open_points(talk: Talk) -> None:
    """The list of points that wait."""
    talk.replies.append(screens.open_points(talk.situation))


def show_findings(talk: Talk) -> None:
    """Every open finding, the most severe first."""
    if not talk.situation.open_findings:
        talk.say(texts.NO_FINDINGS)
    for finding in talk.situation.open_findings[:_SHOWN_FINDINGS]:
        talk.replies.append(screens.finding(talk.situation, finding, talk.person))
    rest = len(talk.situation.open_findings) - _SHOWN_FINDINGS
    if rest > 0:
        talk.say(texts.counted(texts.FINDINGS_ELSEWHERE, rest))


def want_letter(talk: Talk) -> None:
    """Ask for the letter as it stands."""
    talk.letter = True


def want_pictures(talk: Talk) -> None:
    """Ask for pictures of the letter's pages."""
    talk.pictures = True


def want_bundle(talk: Talk) -> None:
    """Ask for the whole reply with its enclosures."""
    talk.bundle = True


#: Findings shown in one go in a chat.
_SHOWN_FINDINGS = 10
_SIMPLE: dict[Command, Callable[[Talk], None]] = {
    Command.BACK: back,
    Command.SKIP: skip_here,
    Command.PAUSE: pause,
    Command.RESUME: resume,
    Command.HELP: give_help,
    Command.STATUS: show_status,
    Command.OPEN_POINTS: show_open_points,
    Command.FINDINGS: show_findings,
    Command.LETTER: want_letter,
    Command.PICTURES: want_pictures,
    Command.BUNDLE: want_bundle,
    Command.REVIEW: show_review,
    Command.APPROVE: show_review,
    Command.RETURN: show_review,
}
