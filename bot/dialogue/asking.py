"""Asking a person back, so that nothing is guessed: what was asked is an event and outlives a restart."""

from __future__ import annotations

from bot.dialogue.buttons import Action, Press, encode
from bot.dialogue.messages import Button
from bot.dialogue.screens import BUTTON_LABEL, shortened
from bot.dialogue.talk import Talk
from storage.events import Asked, Json

#: From this many letters on, choices stand under each other.
_WIDE_LABELS = 36


def ask_back(talk: Talk, about: str, point: str | None, data: Json | None = None) -> None:
    """Remember what the person is asked; the words are said by the caller."""
    talk.happen(Asked(about=about, point=point, data=data or {}))


def asked(talk: Talk) -> Asked | None:
    """What the person was asked back and has not answered yet."""
    return talk.situation.case.asked.get(talk.person)


def choices(talk: Talk, labels: list[str]) -> tuple[tuple[Button, ...], ...]:
    """A button for each way to answer what was just asked back."""
    pending = talk.situation.case.asked[talk.person]
    case = talk.situation.case
    buttons = [
        Button(
            shortened(label, BUTTON_LABEL),
            encode(
                Press(case.id, case.version, Action.OPTION, pending.point or "", f"{pending.about}:{number}")
            ),
        )
        for number, label in enumerate(labels)
    ]
    if sum(len(button.label) for button in buttons) <= _WIDE_LABELS:
        return (tuple(buttons),)
    return tuple((button,) for button in buttons)


def chosen(pending: Asked | None, press: Press) -> int | None:
    """The number of the choice pressed, or None where it is not of what is asked now."""
    about, _, number = press.arg.partition(":")
    if pending is None or pending.about != about or (pending.point or "") != press.point:
        return None
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else None
