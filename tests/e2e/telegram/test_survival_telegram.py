"""`kill -9` of the serving process at random moments of a running conversation, over and over."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.opening import opened_desk
from bot.settings import Settings
from storage.events import Answered
from tests.botapi.server import BotApi
from tests.botapi.world import Message
from tests.e2e.telegram.cases import Invited, hearing, open_invited
from tests.e2e.telegram.caseworker import Caseworker
from tests.e2e.telegram.serving_process import START_SECONDS, ServingProcess, environment

KILLS = 25
#: Calls of the bot between its start and its death, at most: about three answers' worth.
MOST_CALLS = 7
#: How long after a call the kill comes, at most, in seconds: about as long as an answer takes.
MOST_SECONDS = 0.02


@dataclass
class _Conversation:
    """A caseworker who answers case after case, and waits where nobody is there to ask."""

    api: BotApi
    cases: list[Invited]
    caseworkers: list[Caseworker] = field(default_factory=list)
    ending: bool = False

    async def go_on(self) -> None:
        """Answer until told that it is ending, and then to the end of the case."""
        for case in self.cases:
            caseworker = Caseworker(self.api.user("Mette"), hearing())
            self.caseworkers.append(caseworker)
            caseworker.come_in(case.caseworker)
            while not caseworker.is_finished(asked := await self._asked(caseworker)):
                caseworker.act(asked)
            if self.ending:
                return
        raise AssertionError("there were too few cases for so many kills")

    async def _asked(self, caseworker: Caseworker) -> Message:
        """What is asked once all that was said is confirmed: a person would not answer in between."""
        return await self.api.world.pulse.until(
            lambda: None if self.api.world.waiting else caseworker.asked(), timeout=2 * START_SECONDS
        )


@pytest.mark.survival
async def test_the_command_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    """`python -m bot serve` answers a conversation, ends on SIGTERM with code 0, and shows no token."""
    async with opened_desk(Settings(data=tmp_path)) as desk:
        case = await open_invited(desk)
    async with BotApi() as api:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "serve"),
            env=os.environ | environment(api, tmp_path) | {"HOERING_LOG_LEVEL": "DEBUG"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        await api.polled(timeout=START_SECONDS)
        mette = api.user("Mette")
        mette.send(f"/start {case.caseworker}")
        await mette.reply("Hvilket konsulentfirma")
        mette.send("Klarhed ApS")
        await mette.reply("Gemt: Klarhed ApS")
        process.terminate()
        output, _ = await process.communicate()
    assert process.returncode == 0
    assert api.token.partition(":")[2].encode() not in output
    assert b"Klarhed" not in output


@pytest.mark.survival
async def test_nothing_acknowledged_is_lost_and_nothing_is_stored_twice(tmp_path: Path) -> None:
    """After every kill the conversation goes on where it was, and in the end each answer stands once."""
    chance = random.Random(20200303)  # noqa: S311 - no secret
    async with opened_desk(Settings(data=tmp_path)) as desk:
        cases = [await open_invited(desk) for _ in range(8)]
    under_way = 0
    async with BotApi() as api:
        process, conversation = ServingProcess(api, tmp_path), _Conversation(api, cases)
        talking = asyncio.create_task(conversation.go_on())
        for _ in range(KILLS):
            await process.start()
            calls = len(api.calls) + chance.randint(1, MOST_CALLS)
            await api.called_so_often(calls)
            await asyncio.sleep(chance.uniform(0, MOST_SECONDS))  # what is waited for is the moment itself
            await process.kill()
            under_way += bool(api.world.waiting)
        conversation.ending = True
        await process.start()
        await talking
        await process.stop()
    assert under_way > KILLS // 5, "the kills hit a bot at rest"
    await _each_answer_stands_once(tmp_path, conversation)


async def _each_answer_stands_once(data: Path, conversation: _Conversation) -> None:
    async with opened_desk(Settings(data=data)) as desk:
        for case, caseworker in zip(conversation.cases, conversation.caseworkers, strict=False):
            events = [recorded.event for recorded in await desk.store.events(case.case)]
            answered = [event for event in events if isinstance(event, Answered)]
            assert [event.point for event in answered] == [question for question, _ in caseworker.said]
            said = {question: text for question, text in caseworker.said if text.startswith("Arbejdet")}
            stored = {event.point: event.value["text"] for event in answered if event.point in said}
            assert stored == said
            messages = [message.text.partition("\n")[0] for message in caseworker.user.messages]
            acknowledged = {text.removeprefix("Gemt: ") for text in messages if "Gemt: Arbejdet" in text}
            assert acknowledged
            assert acknowledged <= set(stored.values())
