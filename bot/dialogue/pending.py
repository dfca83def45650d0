"""Answers to what the assistant asked back: by a button, or by words."""

from __future__ import annotations

from bot.dialogue import texts
from bot.dialogue.answering import add_words, advance, follow_up, keep, take_text
from bot.dialogue.asking import asked, choices, chosen
from bot.dialogue.buttons import Press
from bot.dialogue.filing import StoredFile, enclose
from bot.dialogue.heeding import acknowledge
from bot.dialogue.messages import Tone
from bot.dialogue.moving import go_on, obey, turn_to
from bot.dialogue.parsing import vat_said
from bot.dialogue.parsing.commands import Command
from bot.dialogue.reviewing import give_back
from bot.dialogue.talk import Talk
from knowledge.hearings.values import Amount, Vat, parse_value, words
from storage.events import Asked, Json

_VAT = (Vat.INCLUDED, Vat.EXCLUDED, Vat.UNSTATED)


def answer_by_choice(talk: Talk, press: Press) -> bool:
    """Do what the pressed choice says; False where it is not of what is asked now."""
    pending = asked(talk)
    number = chosen(pending, press)
    if pending is None or number is None:
        return False
    return _choose(talk, pending, number)


def _choose(talk: Talk, pending: Asked, number: int) -> bool:
    point = pending.point or ""
    data = pending.data
    match pending.about:
        case "options" if number < len(data["values"]):
            _keep(talk, point, data["values"][number], data)
        case "vat" if number < len(_VAT):
            _state_vat(talk, point, _VAT[number])
        case "note":
            advance(talk, point)
        case "place_file" if number < len(data["points"]):
            _place_file(talk, data["points"][number], data)
        case "command" if number == 0:
            obey(talk, Command(data["command"]), data["argument"], message=None)
        case "command" if point:
            take_text(talk, point, data["text"], message=data["message"])
        case "changed":
            _settle_change(talk, point, number, data)
        case _:
            return False
    return True


def answer_by_words(talk: Talk, pending: Asked, text: str, message: str | None) -> bool:
    """Take words as the answer to what was asked; False where they are an answer of their own."""
    point = pending.point or ""
    match pending.about:
        case "acknowledge":
            acknowledge(talk, pending.data["finding"], text)
        case "return":
            give_back(talk, point, text)
        case "note" | "add":
            add_words(talk, point, text, message=message)
        case "vat":
            vat = vat_said(text)
            if vat is None:
                take_text(talk, point, text, message=message)
            else:
                _state_vat(talk, point, vat)
        case "options":
            take_text(talk, point, text, message=message)
        case "place_file" | "changed":
            number = int(text) - 1 if text.isascii() and text.isdigit() and len(text) < 4 else -1
            if number < 0 or not _choose(talk, pending, number):
                labels = (
                    [talk.ask_of(one) for one in pending.data["points"]]
                    if pending.about == "place_file"
                    else [texts.REPLACE_IT, texts.ADD_TO_IT, texts.LEAVE_IT]
                )
                talk.say(texts.CHOOSE_ONE, buttons=choices(talk, labels), tone=Tone.QUESTION)
        case _:
            return False
    return True


def _keep(talk: Talk, point: str, value: Json, data: Json) -> None:
    if keep(talk, point, parse_value(value), message=data["message"]):
        kept = talk.situation.answers[point]
        asks_vat = isinstance(kept, Amount) and kept.vat is Vat.UNSTATED
        follow_up(talk, point, asks_vat=asks_vat)


def _state_vat(talk: Talk, point: str, vat: Vat) -> None:
    value = talk.situation.answers.get(point)
    if not isinstance(value, Amount):
        go_on(talk)
        return
    message = talk.situation.case.answer(point).versions[-1].message
    if vat is Vat.UNSTATED or keep(talk, point, value.model_copy(update={"vat": vat}), message=message):
        advance(talk, point)


def _place_file(talk: Talk, point: str, data: Json) -> None:
    file = talk.situation.case.files[data["file"]]
    stored = StoredFile(file.file, file.name, file.media_type, file.size)
    enclose(talk, point, stored, data["title"], message=data["message"])


def _settle_change(talk: Talk, point: str, number: int, data: Json) -> None:
    value = parse_value(data["value"])
    if number == 0:
        _keep(talk, point, data["value"], data)
    elif number == 1:
        add_words(talk, point, words(value), message=data["message"], vouched=True)
    else:
        talk.say(texts.LEFT)
        turn_to(talk, talk.situation.after(point))
