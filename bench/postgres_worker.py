"""One of the processes that `bench.postgres` measures: people who answer at a desk, in cases of their own."""

from __future__ import annotations

import asyncio
import secrets
import sys
import time

from bot.desk import Desk
from bot.dialogue.buttons import Action, Press, encode
from bot.dialogue.messages import Incoming
from bot.opening import opened_desk
from bot.settings import load_settings
from tests.e2e.telegram.cases import open_invited

PEOPLE = 8
POINT = "opgaver"


async def _person(desk: Desk) -> tuple[str, str]:
    case = await open_invited(desk)
    user = f"bench:{secrets.token_hex(6)}"
    await desk.admit(case.caseworker, user, None)
    return user, case.case


async def _answer(desk: Desk, user: str, case: str, number: int) -> None:
    button = encode(Press(case, 10**6, Action.ANSWER, POINT))
    text = f"Konsulenten gennemgik sag nummer {number} og gav råd om den."
    key = secrets.token_hex(8)
    await desk.handle(Incoming(user, user, key, text=text, button=button, message=f"{user}-{POINT}"))


async def _measure(seconds: float) -> None:
    async with opened_desk(load_settings()) as desk:
        people = [await _person(desk) for _ in range(PEOPLE)]
        for user, case in people:
            await _answer(desk, user, case, 0)
        print("ready", flush=True)  # noqa: T201 - to who measures
        await asyncio.to_thread(sys.stdin.readline)
        answers, processor = 0, time.process_time()
        end = time.monotonic() + seconds

        async def go_on(user: str, case: str) -> None:
            nonlocal answers
            number = 0
            while time.monotonic() < end:
                number += 1
                await _answer(desk, user, case, number)
                answers += 1

        await asyncio.gather(*(go_on(user, case) for user, case in people))
        print(answers, time.process_time() - processor)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(_measure(float(sys.argv[1])))
