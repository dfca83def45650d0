"""Plays a case file's answers through the desk, as its people would give them in a chat."""

from __future__ import annotations

import mimetypes
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.numbers import format_decimal

from bot import texts
from bot.desk import Desk
from bot.dialogue.buttons import Action, Press, decode, encode
from bot.dialogue.converse import LITERAL
from bot.dialogue.messages import Incoming, Outcome, Tone, Upload
from bot.dialogue.situation import Situation
from knowledge.hearings.values import (
    Amount,
    Choice,
    Count,
    Day,
    Documents,
    Items,
    NoneBecause,
    Percent,
    Text,
    Unknown,
    Value,
    Vat,
    YesNo,
)

_VAT_WORDS = {
    Vat.INCLUDED: "inkl. moms",
    Vat.EXCLUDED: "ekskl. moms",
    Vat.UNSTATED: "moms ikke oplyst",
}


class AnswerRefused(Exception):
    """An answer was not taken as the case file gives it; `point` and `why` (Danish) say which and why."""

    def __init__(self, point: str, why: str) -> None:
        super().__init__(texts.REFUSED_ANSWER.format(question=point, why=why))
        self.point = point
        self.why = why


@dataclass
class Player:
    """One person at the chat. `lines` is the transcript so far, as Markdown."""

    desk: Desk
    case: str
    user: str
    name: str
    lines: list[str] = field(default_factory=list)
    _sent: int = 0

    async def say(
        self,
        text: str | None = None,
        *,
        button: str | None = None,
        file: Upload | None = None,
        shown: str = "",
    ) -> Outcome:
        """Send one message and note it with its answers; `shown` is how a button reads."""
        self._sent += 1
        key = f"{self.user}:{self._sent}"
        outcome = await self.desk.handle(
            Incoming(self.user, self.user, key, text=text, button=button, file=file, message=key)
        )
        said = " ".join(part for part in (shown, text) if part)
        self.lines.append(f"**{self.name}:** {said}")
        for one in outcome.replies:
            self.lines.append(f"**{texts.SPEAKER_ASSISTANT}:** {one.text}")
        return outcome

    async def press(self, action: Action, point: str = "", arg: str = "", text: str | None = None) -> Outcome:
        """Press a button drawn for the case as it stands."""
        version = (await self.situation()).case.version
        button = encode(Press(self.case, version, action, point, arg))
        label = texts.ACTIONS.get(action, "")
        return await self.say(text, button=button, shown=texts.PRESSED.format(label=label) if label else "")

    async def situation(self) -> Situation:
        """The case as it stands now."""
        return await self.desk.casebook.load(self.case)

    async def answer(self, point: str, value: Value, folder: Path) -> None:
        """Give the answer to a point; raises `AnswerRefused`. Files lie in `folder`."""
        await self.press(Action.EDIT, point)
        if isinstance(value, Documents):
            outcome = await self._enclose(point, value, folder)
        else:
            outcome = await self._taken(point, self._give(point, value))
        kept = (await self.situation()).answers[point]
        if not isinstance(value, Documents) and _essence(kept) != _essence(value):
            read = outcome.replies[0].text if outcome.replies else ""
            raise AnswerRefused(point, texts.MISREAD_ANSWER.format(read=read))

    async def answer_in_words(self, point: str, words: str) -> None:
        """Give the answer to a point as words for the chat to read; raises `AnswerRefused`."""
        await self.press(Action.EDIT, point)
        await self._taken(point, self.press(Action.ANSWER, point, LITERAL, words))

    async def _taken(self, point: str, giving: Coroutine[object, object, Outcome]) -> Outcome:
        """What came of giving an answer; raises `AnswerRefused` where nothing was stored."""
        before = (await self.situation()).case.answer(point).versions
        outcome = await self._vouch(await giving)
        if (await self.situation()).case.answer(point).versions == before:
            raise AnswerRefused(point, _why(outcome))
        return outcome

    async def _give(self, point: str, value: Value) -> Outcome:
        question = (await self.situation()).definition.question(point)
        match value:
            case YesNo(yes=yes, note=note):
                return await self.press(Action.ANSWER, point, "ja" if yes else "nej", note or None)
            case Unknown(note=note):
                return await self.press(Action.ANSWER, point, "ved_ikke", note or None)
            case Choice(choice=choice, note=note):
                return await self.press(Action.ANSWER, point, choice, note or None)
            case NoneBecause(reason=reason) if question.none_allowed:
                return await self.press(Action.ANSWER, point, "ingen", reason)
            case _:
                return await self.press(Action.ANSWER, point, LITERAL, written(value))

    async def _enclose(self, point: str, value: Documents, folder: Path) -> Outcome:
        outcome = Outcome(())
        for file in value.files:
            path = folder / file.name
            if not path.is_file():
                raise AnswerRefused(point, texts.FILE_MISSING.format(file=file.name))
            data = path.read_bytes() if path.stat().st_size <= self.desk.settings.max_file_bytes else None
            media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            upload = Upload(path.name, media_type, path.stat().st_size, data)
            situation = await self.situation()
            count = len(situation.files_of(point).files)
            outcome = await self._upload(point, upload, file.title)
            if len((await self.situation()).files_of(point).files) == count:
                raise AnswerRefused(point, _why(outcome))
        await self.press(Action.DONE, point)
        return outcome

    async def _upload(self, point: str, upload: Upload, title: str) -> Outcome:
        version = (await self.situation()).case.version
        button = encode(Press(self.case, version, Action.ANSWER, point))
        shown = texts.SENT_FILE.format(name=upload.name)
        return await self._vouch(await self.say(title or None, button=button, file=upload, shown=shown))

    async def _vouch(self, outcome: Outcome) -> Outcome:
        """A case file was written with thought: names in it are vouched for, as a person would."""
        for button in _buttons(outcome):
            press = decode(button)
            if press and press.action is Action.STORE_ANYWAY:
                return await self.say(
                    button=button, shown=texts.PRESSED.format(label=texts.ACTIONS[press.action])
                )
        return outcome


def written(value: Value) -> str:
    """The value as a caseworker would write it."""
    match value:
        case Text(text=text):
            return text
        case Count(count=count, qualifier=qualifier, note=note):
            return _with_note(f"{qualifier} {count}".strip(), note)
        case Amount(dkk=dkk, vat=vat, qualifier=qualifier, note=note):
            amount = format_decimal(dkk, locale="da", decimal_quantization=False)
            return _with_note(f"{qualifier} {amount} kr. {_VAT_WORDS[vat]}".strip(), note)
        case Percent(percent=percent, qualifier=qualifier, note=note):
            number = format_decimal(percent, locale="da", decimal_quantization=False)
            return _with_note(f"{qualifier} {number} %".strip(), note)
        case Day(day=day, note=note):
            return _with_note(day.isoformat(), note)
        case Items(items=items):
            return "\n".join(items)
        case NoneBecause(reason=reason):
            return texts.NONE_BECAUSE.format(reason=reason)
        case YesNo() | Unknown() | Choice() | Documents():
            raise ValueError(f"{value.kind} is given by buttons or files")


def _with_note(text: str, note: str) -> str:
    return f"{text}, {note}" if note else text


def _essence(value: Value) -> object:
    """What must come through unchanged; spelling of notes is the parser's business."""
    return value.model_dump(exclude={"note", "qualifier"})


def _why(outcome: Outcome) -> str:
    errors = [one.text for one in outcome.replies if one.tone is Tone.ERROR]
    rest = [one.text for one in outcome.replies]
    return " ".join(" ".join(errors or rest[:1]).split())


def _buttons(outcome: Outcome) -> Iterator[str]:
    for one in outcome.replies:
        for row in one.buttons:
            for button in row:
                yield button.data
