"""One message in, what it leads to out: finds which part of the dialogue the message is for.

1. A button does what it says, if what it was drawn for still stands.
2. A file goes to a point that takes files.
3. An edited message edits the answer that it gave.
4. Words answer what was asked back, or are a command, or answer the point the person is at.
"""

from __future__ import annotations

from datetime import datetime

from bot.dialogue import screens, texts
from bot.dialogue.answering import add_words, advance, keep_as_it_is, skip, take_text, take_value
from bot.dialogue.asking import ask_back, asked, choices
from bot.dialogue.buttons import Action, Press, decode
from bot.dialogue.filing import StoredFile, take_file, want_report
from bot.dialogue.guard import Words, is_harmless, use_of
from bot.dialogue.heeding import acknowledge, correct, dispute
from bot.dialogue.messages import Incoming, Tone
from bot.dialogue.moving import (
    back,
    go_on,
    is_lead,
    obey,
    show_example,
    show_findings,
    turn_to,
    want_bundle,
    want_letter,
    want_pictures,
)
from bot.dialogue.parsing.commands import Given, Perhaps, command
from bot.dialogue.pending import answer_by_choice, answer_by_words
from bot.dialogue.reviewing import approve, approve_all, approve_case, give_back, show_review, submit
from bot.dialogue.sending import mark_sent
from bot.dialogue.situation import Situation
from bot.dialogue.talk import Talk
from knowledge.hearings.values import Choice, NoneBecause, Unknown, Value, YesNo
from knowledge.text import clean

#: The arg of an ANSWER button whose text is the answer, whatever words it holds.
LITERAL = "="
#: Buttons that ask for papers.
_PAPERS = {Action.LETTER: want_letter, Action.PICTURES: want_pictures, Action.BUNDLE: want_bundle}
#: Actions that mean nothing without a point.
_AT_A_POINT = frozenset(
    {
        Action.ANSWER,
        Action.APPROVE,
        Action.BACK,
        Action.DONE,
        Action.EDIT,
        Action.EXAMPLE,
        Action.KEEP,
        Action.RETURN,
        Action.SKIP,
    }
)


def converse(
    situation: Situation,
    person: str,
    incoming: Incoming,
    *,
    now: datetime,
    max_text: int,
    held: Incoming | None = None,
    stored: StoredFile | None = None,
) -> Talk:
    """What a member's message leads to.

    `held` is the message that a STORE_ANYWAY button lets through, `stored` the uploaded file once it is
    in the file store; `max_text` is in characters.
    """
    talk = Talk(situation, person, now, incoming.key)
    if incoming.text is not None and len(incoming.text) > max_text:
        talk.refuse(texts.TOO_LONG.format(length=len(incoming.text), limit=max_text))
        return talk
    text = clean(incoming.text).strip() if incoming.text is not None else None
    press = decode(incoming.button) if incoming.button is not None else None
    if incoming.button is not None and press is None:
        talk.refuse(texts.UNKNOWN_BUTTON)
        go_on(talk)
    elif stored is not None:
        point = press.point if press and press.point in situation.points else None
        take_file(talk, point, stored, text or "", message=incoming.message)
    elif press is not None:
        _pressed(talk, press, text, held, incoming.message)
    elif text is None:
        talk.refuse(texts.UNREADABLE_KIND)
    elif incoming.edited:
        _edited(talk, text, incoming.message)
    elif not text:
        talk.refuse(texts.EMPTY)
    else:
        _said(talk, text, incoming.message)
    return talk


def _said(talk: Talk, text: str, message: str | None) -> None:
    """Words without a button."""
    recognised = command(text)
    if isinstance(recognised, Perhaps) and not is_harmless(talk, text):
        recognised = None  # what is asked back is stored: words with a name go the guarded way
    pending = asked(talk)
    if recognised is not None and not isinstance(recognised, Perhaps):
        obey(talk, recognised.command, recognised.argument, message=message)
    elif pending is not None:
        if not answer_by_words(talk, pending, text, message):
            _answer_here(talk, text, message)
    elif recognised is not None:
        word = recognised.command.word
        data = {
            "command": recognised.command.value,
            "argument": recognised.argument,
            "text": text,
            "message": message,
        }
        ask_back(talk, "command", talk.situation.place(talk.person), data)
        labels = [texts.PERHAPS_YES.format(command=word), texts.PERHAPS_NO]
        talk.say(texts.PERHAPS.format(command=word), buttons=choices(talk, labels), tone=Tone.QUESTION)
    else:
        _answer_here(talk, text, message)


def _answer_here(talk: Talk, text: str, message: str | None) -> None:
    """The words as the answer to the point the person is at."""
    at = talk.situation.case.turned.get(talk.person)
    if is_lead(talk) and at is None:
        talk.say(texts.LEAD_TEXT)
        return
    place = talk.situation.place(talk.person)
    if place is None:
        talk.replies.append(screens.finished(talk.situation, talk.person))
    else:
        take_text(talk, place, text, message=message)


def _edited(talk: Talk, text: str, message: str | None) -> None:
    """An earlier message was changed: the answer it gave changes with it."""
    for point, answer in talk.situation.case.answers.items():
        given = [version for version in answer.versions if version.message == message]
        if message is None or not given or point not in talk.situation.points:
            continue
        if answer.versions[-1].message != message:
            number = talk.situation.number(point)
            talk.refuse(texts.EDIT_OUTDATED.format(ask=talk.ask_of(point), number=number))
        elif not text:
            talk.refuse(texts.EMPTY)
        else:
            take_text(talk, point, text, message=message)
        return
    talk.say(texts.NOT_UNDERSTOOD_EDIT)


def _pressed(talk: Talk, press: Press, text: str | None, held: Incoming | None, message: str | None) -> None:
    """A button, with the words beside it where it has any."""
    known = press.point in talk.situation.points
    if not known and (press.point or press.action in _AT_A_POINT):
        talk.refuse(texts.UNKNOWN_BUTTON)
        go_on(talk)
        return
    match press.action:
        case Action.ANSWER:
            _answer_button(talk, press, text, message)
        case Action.OPTION:
            if not answer_by_choice(talk, press):
                _stale(talk)
        case Action.STORE_ANYWAY:
            _vouched(talk, press, held)
        case Action.DROP:
            talk.say(texts.PERSONAL_DROPPED)
            _return_to(talk, press.point)
        case Action.SKIP | Action.KEEP if _outdated(talk, press):
            _stale(talk)
        case Action.SKIP:
            skip(talk, press.point)
        case Action.KEEP:
            keep_as_it_is(talk, press.point)
        case Action.BACK:
            back(talk, press.point)
        case Action.EDIT:
            turn_to(talk, press.point)
        case Action.EXAMPLE:
            show_example(talk, press.point)
        case Action.DONE:
            advance(talk, press.point)
        case _:
            _official(talk, press, text)


def _official(talk: Talk, press: Press, text: str | None) -> None:
    """Buttons about findings, review and letter."""
    match press.action:
        case Action.ACKNOWLEDGE:
            acknowledge(talk, press.arg, text)
        case Action.CORRECT:
            correct(talk, press.arg)
        case Action.DISPUTE:
            dispute(talk, press.arg, text)
        case Action.REPORT:
            want_report(talk, press.arg)
        case Action.FINDINGS:
            show_findings(talk)
        case Action.LETTER | Action.PICTURES | Action.BUNDLE:
            _PAPERS[press.action](talk)
        case Action.SUBMIT:
            submit(talk, anyway=press.arg == LITERAL)
        case Action.REVIEW:
            show_review(talk, press.point or None)
        case Action.APPROVE:
            approve(talk, press.point, press.seq)
        case Action.APPROVE_ALL:
            approve_all(talk, press.seq)
        case Action.APPROVE_CASE:
            approve_case(talk)
        case Action.RETURN:
            give_back(talk, press.point, text)
        case Action.MARK_SENT:
            mark_sent(talk, confirmed=press.arg == LITERAL)
        case _:
            talk.refuse(texts.UNKNOWN_BUTTON)
            go_on(talk)


def _answer_button(talk: Talk, press: Press, text: str | None, message: str | None) -> None:
    """`arg` says which answer; with words beside it they are its note, its reason, or the answer itself."""
    if not press.arg or press.arg == LITERAL:
        here = talk.situation.place(talk.person)
        if not text:
            talk.refuse(texts.EMPTY)
        elif press.arg == LITERAL:
            take_text(talk, press.point, text, message=message)
        elif press.point == here or asked(talk) or command(text) is not None:
            _said(talk, text, message)
        else:
            take_text(talk, press.point, text, message=message)
        return
    value = _button_value(talk, press, text or "")
    if value is None:
        talk.refuse(texts.UNKNOWN_BUTTON)
        turn_to(talk, press.point)
    elif _outdated(talk, press):
        _stale(talk)
    else:
        take_value(talk, press.point, value, message=message)


def _button_value(talk: Talk, press: Press, note: str) -> Value | None:
    question = talk.situation.definition.question(press.point)
    if press.arg == "ved_ikke":
        return Unknown(note=note)
    if press.arg == "ingen" and question.none_allowed and note:
        return NoneBecause(reason=note)
    if question.type == "yes_no" and press.arg in {"ja", "nej"}:
        return YesNo(yes=press.arg == "ja", note=note)
    if any(option.id == press.arg for option in question.options):
        return Choice(choice=press.arg, note=note)
    return None


def _vouched(talk: Talk, press: Press, held: Incoming | None) -> None:
    """The person vouches for the names in a message that was held back; it is stored now."""
    text = clean(held.text or "").strip() if held else ""
    use = use_of(press.point, press.arg)
    if held is None or not text or use is None:
        talk.refuse(texts.PERSONAL_GONE)
        _return_to(talk, press.point)
        return
    original = decode(held.button) if held.button else None
    if use.words is Words.ADDITION:
        said = command(text)
        added = said.argument if isinstance(said, Given) else text
        add_words(talk, press.point, added, message=held.message, vouched=True)
    elif use.words is Words.COMMENT:
        give_back(talk, press.point, text, vouched=True)
    elif use.words is Words.REASON:
        acknowledge(talk, use.finding, text, vouched=True)
    elif use.words is Words.DISPUTE:
        dispute(talk, use.finding, text, vouched=True)
    elif original and original.action is Action.ANSWER and original.arg not in {"", LITERAL}:
        value = _button_value(talk, original, text)
        if value is not None:
            take_value(talk, press.point, value, message=held.message, vouched=True)
    else:
        take_text(talk, press.point, text, message=held.message, vouched=True)


def _return_to(talk: Talk, point: str) -> None:
    """Show the point that was at hand, or where the person is where there was none."""
    if point:
        turn_to(talk, point)
    else:
        go_on(talk)


def _outdated(talk: Talk, press: Press) -> bool:
    """Whether the point's answer changed after the button was drawn."""
    versions = talk.situation.case.answer(press.point).versions
    return bool(versions) and versions[-1].seq > press.seq


def _stale(talk: Talk) -> None:
    talk.say(texts.STALE_BUTTON)
    go_on(talk)
