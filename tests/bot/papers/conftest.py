"""A case that is answered all through, and its way to a final letter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal

import pytest

from bot.desk import Desk
from bot.dialogue.buttons import Action
from bot.dialogue.talk import Talk
from knowledge.hearings.model import QuestionType
from knowledge.hearings.values import (
    Amount,
    Count,
    Day,
    Documents,
    Enclosed,
    NoneBecause,
    Text,
    Value,
    Vat,
    YesNo,
)
from storage.events import Answered, FileAdded, Submitted
from tests.bot.conftest import Visitor

VALUES: dict[QuestionType, Value] = {
    QuestionType.TEXT: Text(text="Det er beskrevet i aftalen."),
    QuestionType.DATE: Day(day=date(2019, 7, 1)),
    QuestionType.YES_NO: YesNo(yes=False),
    QuestionType.COUNT: Count(count=0),
    QuestionType.AMOUNT: Amount(dkk=Decimal(1000), vat=Vat.EXCLUDED),
    QuestionType.DOCUMENTS: NoneBecause(reason="Der er ingen."),
}

Answer = Callable[[str, Value], Awaitable[None]]
AnswerAll = Callable[..., Awaitable[None]]


@pytest.fixture
def answer(desk: Desk, mette: Visitor) -> Answer:
    """Mette answers one point, as it is stored."""

    async def give(point: str, value: Value) -> None:
        talk = await talk_of(desk, mette)
        talk.happen(Answered(point=point, value=value.model_dump(mode="json")))
        await desk.casebook.keep(talk)

    return give


@pytest.fixture
def answer_all(desk: Desk, mette: Visitor) -> AnswerAll:
    """Mette answers all that is asked, with these files as copies of the contracts, and hands over."""

    async def give(files: dict[str, bytes] | None = None) -> None:
        talk = await talk_of(desk, mette)
        enclosed = []
        for name, data in (files or {}).items():
            file = await desk.files.put(mette.case, data)
            talk.happen(FileAdded(file=file, name=name, media_type="application/pdf", size=len(data)))
            enclosed.append(Enclosed(file=file, name=name, title=name.partition(".")[0].capitalize()))
        while talk.situation.to_answer:
            point = talk.situation.to_answer[0]
            value: Value = VALUES[point.question.type]
            if point.id == "kopi_kontrakter" and enclosed:
                value = Documents(files=tuple(enclosed))
            talk.happen(Answered(point=point.id, value=value.model_dump(mode="json")))
        talk.happen(Submitted())
        await desk.casebook.keep(talk)

    return give


async def talk_of(desk: Desk, visitor: Visitor) -> Talk:
    """A talk of this person's about the case as it stands."""
    person = await desk.people.of_user(visitor.user)
    assert person is not None
    return Talk(await desk.casebook.load(visitor.case), person.id, desk.now(), None)


async def approve(lead: Visitor) -> None:
    """The lead approves all of it."""
    await lead.presses(Action.APPROVE_ALL)
    await lead.presses(Action.APPROVE_CASE)
