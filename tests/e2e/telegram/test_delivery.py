"""What came in counts once, in order, and is confirmed only when it is handled."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
import pytest

from bot.dialogue.messages import Incoming, Outcome
from storage.store import StoreFull
from tests.botapi.server import BotApi
from tests.e2e.telegram.conftest import PUBLIC, SECRET, FakeDesk, Serving, said


async def test_a_message_is_answered(api: BotApi, desk: FakeDesk, serving: Serving) -> None:
    """What a person writes reaches the desk with their name, chat, key and message, and is answered."""
    anna = api.user("Anna")
    message = anna.send("25")
    await anna.reply("Gemt: 25")
    heard = desk.heard[0]
    assert (heard.user, heard.chat, heard.text, heard.edited) == (anna.name, anna.name, "25", False)
    assert heard.message == f"{anna.name}:{message.id}"
    assert heard.key.startswith("telegram:")


async def test_an_update_is_confirmed_only_when_it_is_handled(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """While the desk is at work Telegram still holds the update; afterwards it lets go of it."""
    at_work, go_on = asyncio.Event(), asyncio.Event()

    async def answer(incoming: Incoming) -> Outcome:
        at_work.set()
        await go_on.wait()
        return Outcome((said("Gemt"),))

    desk.answer = answer
    anna = api.user("Anna")
    anna.send("svar")
    await at_work.wait()
    assert len(api.world.waiting) == 1
    go_on.set()
    await anna.reply("Gemt")
    await api.world.pulse.until(lambda: not api.world.waiting)


async def test_a_killed_bot_is_told_again_under_the_same_key(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """An update that was under way at a kill comes again, and its key is the same."""
    at_work = asyncio.Event()

    async def answer(incoming: Incoming) -> Outcome:
        at_work.set()
        await asyncio.Event().wait()
        raise AssertionError

    desk.answer = answer
    anna = api.user("Anna")
    anna.send("svar")
    await at_work.wait()
    await serving.kill()
    desk.answer = None
    await serving.start()
    await anna.reply("Gemt: svar")
    first, *others = desk.heard
    assert others
    assert {one.key for one in others} == {first.key}


async def test_what_was_handled_does_not_come_again_after_a_stop(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """Stopping confirms what was handled, so that the next start begins behind it."""
    anna = api.user("Anna")
    anna.send("et")
    await anna.reply("Gemt: et")
    await serving.stop()
    await serving.start()
    anna.send("to")
    await anna.reply("Gemt: to")
    assert [one.text for one in desk.heard] == ["et", "to"]


async def test_stopping_lets_an_answer_under_way_come_to_its_end(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """Somebody who is being answered when the service stops gets the answer."""
    at_work, go_on = asyncio.Event(), asyncio.Event()

    async def answer(incoming: Incoming) -> Outcome:
        at_work.set()
        await go_on.wait()
        await asyncio.sleep(0.05)  # a desk that takes its time
        return Outcome((said("Gemt"),))

    desk.answer = answer
    anna = api.user("Anna")
    anna.send("svar")
    await at_work.wait()
    stopping = asyncio.create_task(serving.stop())
    await asyncio.sleep(0)
    go_on.set()
    await stopping
    await anna.reply("Gemt")
    assert not api.world.waiting


async def test_one_slow_chat_does_not_hold_up_the_others(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """While one chat's contract is read, another chat is answered; the slow chat keeps its order."""
    go_on = asyncio.Event()

    async def answer(incoming: Incoming) -> Outcome:
        if incoming.text == "langsom":
            await go_on.wait()
        return Outcome((said(f"Gemt: {incoming.text}"),))

    desk.answer = answer
    anna, bo = api.user("Anna"), api.user("Bo")
    anna.send("langsom")
    anna.send("bagefter")
    bo.send("hurtig")
    await bo.reply("Gemt: hurtig")
    bo.send("og en til")
    await bo.reply("Gemt: og en til")
    assert anna.messages == []
    go_on.set()
    await anna.reply("Gemt: bagefter")
    assert [message.text for message in anna.messages] == ["Gemt: langsom", "Gemt: bagefter"]


async def test_two_people_get_their_own_answers(api: BotApi, desk: FakeDesk, serving: Serving) -> None:
    """Messages of many people at once are each answered in their own chat, in the order they wrote them."""
    people = [api.user(f"Person {number}") for number in range(5)]
    for turn in range(4):
        for person in people:
            person.send(f"{person.chat.name}, svar {turn}")
    for person in people:
        await person.reply("svar 3")
        expected = [f"Gemt: {person.chat.name}, svar {turn}" for turn in range(4)]
        assert [message.text for message in person.messages] == expected


async def test_updates_that_come_late_and_in_another_order_are_all_handled(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """Nothing is left out where the updates of several people arrive in reverse."""
    people = [api.user("Anna"), api.user("Bo"), api.user("Cilla")]
    with api.world.held() as held:
        for person in people:
            person.send("svar")
        held.reverse()
    for person in people:
        await person.reply("Gemt: svar")
    assert len(desk.heard) == 3


async def test_what_cannot_be_stored_is_told_once_and_tried_until_it_is(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """On a full disk the person is told that it is not saved; Telegram keeps it until it is."""
    tries = 0

    async def answer(incoming: Incoming) -> Outcome:
        nonlocal tries
        tries += 1
        if tries < 3:
            assert api.world.waiting
            raise StoreFull("no space")
        return Outcome((said("Gemt"),))

    desk.answer = answer
    anna = api.user("Anna")
    anna.send("svar")
    await anna.reply("Gemt")
    texts = [message.text for message in anna.messages]
    assert len(texts) == 2
    assert "kunne ikke gemmes" in texts[0]


async def test_a_fault_of_our_own_is_told_and_the_chat_goes_on(
    api: BotApi, desk: FakeDesk, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    """An error nobody foresaw is told in Danish; the log says where, without a word of the message."""

    async def answer(incoming: Incoming) -> Outcome:
        raise RuntimeError(f"cannot do {incoming.text}")

    desk.answer = answer
    anna = api.user("Anna")
    anna.send("meget hemmeligt")
    await anna.reply("Der skete en fejl")
    desk.answer = None
    anna.send("videre")
    await anna.reply("Gemt: videre")
    assert "RuntimeError" in caplog.text
    assert "hemmeligt" not in caplog.text


async def test_an_update_of_an_unknown_shape_stops_nothing(
    api: BotApi, desk: FakeDesk, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    """An update that cannot be read is left out, without its words in the log, and the next is answered."""
    anna = api.user("Anna")
    api.world.put("message", {"message_id": "x", "chat": {"id": anna.id}, "text": "hemmeligt"})
    anna.send("videre")
    await anna.reply("Gemt: videre")
    await api.world.pulse.until(lambda: not api.world.waiting)
    assert "hemmeligt" not in caplog.text


@pytest.mark.parametrize("way_in", ["webhook"], indirect=True)
async def test_the_webhook_is_closed_to_strangers(api: BotApi, desk: FakeDesk, serving: Serving) -> None:
    """Without the secret, with a huge body, or with what is no update, nothing reaches the desk."""
    address = f"{api.proxies[PUBLIC]}/telegram"
    secret = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with aiohttp.ClientSession() as session:

        async def status(data: bytes, headers: dict[str, str]) -> int:
            async with session.post(address, data=data, headers=headers) as response:
                return response.status

        assert await status(b'{"update_id": 1}', {}) == 403
        assert await status(b'{"update_id": 1}', {"X-Telegram-Bot-Api-Secret-Token": "forkert"}) == 403
        assert await status(b"{" + b" " * 2_000_000, secret) == 413
        for nonsense in (b"", b"[]", b"{}", b"\xff\xfe", b'{"update_id": "x"}'):
            assert await status(nonsense, secret) == 400
    assert desk.heard == []


async def test_a_log_at_its_most_talkative_holds_no_message_and_no_token(
    api: BotApi, desk: FakeDesk, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    """Even at the level DEBUG neither the token nor what people write reaches the log."""
    caplog.set_level(logging.DEBUG)
    anna = api.user("Anna")
    anna.send("meget hemmeligt")
    await anna.reply("Gemt")
    assert "hemmeligt" not in caplog.text
    assert api.token not in caplog.text
