"""`bot serve` twice on one database: one is killed in the middle of answers, and nobody notices."""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.dialogue import texts
from bot.opening import opened_desk
from bot.settings import Settings
from storage.events import Answered
from tests.botapi.server import BotApi
from tests.botapi.world import Message
from tests.e2e.ports import free_port
from tests.e2e.telegram.cases import Invited, hearing, open_invited
from tests.e2e.telegram.caseworker import Caseworker
from tests.e2e.telegram.serving_process import START_SECONDS, ServingProcess
from tests.postgres import Cluster
from tests.storage.cases import is_chained

PUBLIC = "https://hoering.example"
PEOPLE = 2
#: More for a longer look: HOERING_KILLS=50.
KILLS = int(os.environ.get("HOERING_KILLS", "2"))
#: Calls of the bots between two deaths, at most.
MOST_CALLS = 30
TAKEOVER_SECONDS = 3


@pytest.fixture
def url(cluster: Cluster) -> str:
    """An empty database."""
    return cluster.empty_database()


async def _cases(url: str, count: int) -> list[Invited]:
    async with opened_desk(Settings(database_url=SecretStr(url))) as desk:
        return [await open_invited(desk) for _ in range(count)]


async def _to_the_end(api: BotApi, case: Invited) -> Caseworker:
    """A caseworker who answers a whole case, however often the bot dies."""
    caseworker = Caseworker(api.user("Mette"), hearing())

    def asked() -> Message | None:
        # A person answers when all that they said is answered.
        waiting = any(str(caseworker.user.id) in str(update) for update in api.world.waiting)
        return None if waiting else caseworker.asked()

    caseworker.come_in(case.caseworker)
    while not caseworker.is_finished(now := await api.world.pulse.until(asked, timeout=2 * START_SECONDS)):
        caseworker.act(now)
    return caseworker


@pytest.mark.survival
async def test_each_of_two_may_be_killed_at_any_moment(url: str, tmp_path: Path) -> None:
    """Updates come to both in turn; what the killed one had in hand comes to the other, and counts once."""
    cases = await _cases(url, PEOPLE)
    ports = [free_port(), free_port()]
    async with BotApi() as api:
        api.proxies[PUBLIC] = " ".join(f"http://127.0.0.1:{port}" for port in ports)
        processes = [
            ServingProcess(
                api,
                tmp_path / str(port),
                HOERING_DATABASE_URL=url,
                HOERING_TELEGRAM_WEBHOOK_URL=f"{PUBLIC}/telegram",
                HOERING_TELEGRAM_WEBHOOK_SECRET="secret-of-the-test",
                HOERING_TELEGRAM_WEBHOOK_PORT=str(port),
            )
            for port in ports
        ]
        for process in processes:
            await process.start()
        chance = random.Random(4)  # noqa: S311 - the same moments each time
        talking = [asyncio.create_task(_to_the_end(api, case)) for case in cases]
        for number in range(KILLS):
            await api.called_so_often(len(api.calls) + chance.randint(1, MOST_CALLS))
            await processes[number % 2].kill()
            await processes[number % 2].start()
        caseworkers = await asyncio.gather(*talking)
        for process in processes:
            await process.stop()
    async with opened_desk(Settings(database_url=SecretStr(url))) as desk:
        for case, caseworker in zip(cases, caseworkers, strict=True):
            events = await desk.store.events(case.case)
            assert is_chained(events)
            answered = [one.event for one in events if isinstance(one.event, Answered)]
            assert [event.point for event in answered] == [question for question, _ in caseworker.said]
            texts_said = {question: text for question, text in caseworker.said if text.startswith("Arbejdet")}
            stored = {event.point: event.value["text"] for event in answered if event.point in texts_said}
            assert stored == texts_said


@pytest.mark.survival
async def test_of_two_that_poll_one_does_and_the_other_takes_over(url: str, tmp_path: Path) -> None:
    """Telegram is never asked by two at once; who is killed or stopped is followed by the other."""
    (case,) = await _cases(url, 1)
    async with BotApi() as api:
        one, other = (
            ServingProcess(
                api,
                tmp_path / name,
                HOERING_DATABASE_URL=url,
                HOERING_TAKEOVER_SECONDS=str(TAKEOVER_SECONDS),
            )
            for name in ("one", "other")
        )
        await one.start()
        other.begin()
        await api.world.pulse.until(lambda: len(api.called("getMe")) == 2, timeout=START_SECONDS)
        mette = api.user("Mette")
        mette.send(f"/start {case.caseworker}")
        await mette.reply("Hvilket konsulentfirma")
        assert api.conflicts == 0
        await one.kill()
        mette.send("Klarhed ApS")
        await mette.reply("Gemt: Klarhed ApS")
        one.begin()
        await api.world.pulse.until(lambda: len(api.called("getMe")) == 3, timeout=START_SECONDS)
        await other.stop()
        mette.send("4. februar 2019")
        await mette.reply(texts.SAVED.partition("{")[0])
        await one.stop()
