"""When Telegram or the way there fails: floods, server errors, cut connections, silence."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsRefused
from bot.telegram import app, client, patience, polling
from tests.botapi.faults import Kind
from tests.botapi.refusals import Refusal, bad_request, too_many_requests
from tests.botapi.server import BotApi
from tests.e2e.telegram.conftest import PUBLIC, SECRET, FakeDesk, Serving

_BAD_GATEWAY = Refusal(502, "Bad Gateway")


@pytest.fixture
def way_in() -> str:
    """These are about calls to Telegram, which are the same either way."""
    return "polling"


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits in tests are short; that we wait is what is tested."""
    monkeypatch.setattr(client, "READ_SECONDS", 0.2)
    monkeypatch.setattr(polling, "POLL_SECONDS", 1)
    monkeypatch.setattr(patience, "PAUSES", (0.01,) * 8)


async def test_a_flood_limit_is_obeyed(api: BotApi, desk: FakeDesk, serving: Serving) -> None:
    """After "too many requests" nothing is sent before its time, and then the answer comes."""
    api.faults.plan("sendMessage", Kind.REFUSED, refusal=too_many_requests(1))
    anna = api.user("Anna")
    anna.send("25")
    await anna.reply("Gemt: 25")
    assert api.flood.impatient == 0
    assert len(anna.messages) == 1


@pytest.mark.parametrize("method", ["sendMessage", "getUpdates", "getFile", "download"])
@pytest.mark.parametrize("kind", [Kind.REFUSED, Kind.CUT, Kind.SILENT])
async def test_a_call_that_fails_for_a_moment_is_made_again(
    api: BotApi, desk: FakeDesk, serving: Serving, method: str, kind: Kind
) -> None:
    """Server errors, cut connections and silence lose nothing: neither what comes in nor what goes out."""
    api.faults.plan(method, kind, refusal=_BAD_GATEWAY if kind is Kind.REFUSED else None, times=2)
    anna = api.user("Anna")
    anna.upload("kontrakt.pdf", b"%PDF", caption="kontrakten")
    await anna.reply("Gemt: kontrakten")
    anna.send("videre")
    await anna.reply("Gemt: videre")
    assert [one.file and one.file.data for one in desk.heard] == [b"%PDF", None]
    assert api.faults.planned == []


async def test_an_answer_lost_on_the_way_is_not_stored_twice(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """Where Telegram's word that a message was sent is lost, it may be sent twice, but is handled once."""
    api.faults.plan("sendMessage", Kind.CUT_AFTER)
    anna = api.user("Anna")
    anna.send("25")
    await anna.reply("Gemt: 25")
    await anna.reply("Gemt: 25")
    assert len(desk.heard) == 1


async def test_updates_lost_on_the_way_come_again(api: BotApi, desk: FakeDesk, serving: Serving) -> None:
    """Updates that Telegram sent but we never got are handled, once."""
    api.faults.plan("getUpdates", Kind.CUT_AFTER)
    anna = api.user("Anna")
    anna.send("et")
    anna.send("to")
    await anna.reply("Gemt: to")
    assert [one.text for one in desk.heard] == ["et", "to"]


async def test_a_reply_that_telegram_refuses_stops_nothing(
    api: BotApi, desk: FakeDesk, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    """A reply that is refused for good is logged without its words, and the chat goes on."""
    api.faults.plan("sendMessage", Kind.REFUSED, refusal=bad_request("can't parse entities: hemmeligt"))
    anna = api.user("Anna")
    anna.send("hemmeligt")
    await api.world.pulse.until(lambda: not api.world.waiting)
    anna.send("videre")
    await anna.reply("Gemt: videre")
    assert "BadRequest" in caplog.text
    assert "hemmeligt" not in caplog.text


async def test_telegram_out_of_reach_at_the_start_is_waited_for(
    api: BotApi, desk: FakeDesk, settings: Settings
) -> None:
    """A start while the network is down succeeds when it is up."""
    api.faults.plan("getMe", Kind.CUT, times=2)
    api.faults.plan("getMe", Kind.REFUSED, refusal=_BAD_GATEWAY)
    api.faults.plan("setMyCommands", Kind.REFUSED, refusal=_BAD_GATEWAY)
    serving = Serving(desk, settings, api)
    await serving.start()
    anna = api.user("Anna")
    anna.send("25")
    await anna.reply("Gemt: 25")
    await serving.stop()


async def test_a_second_bot_with_the_same_token_is_survived(
    api: BotApi, desk: FakeDesk, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    """Another process that polls is told to the operator, and we go on."""
    conflict = Refusal(409, "Conflict: terminated by other getUpdates request")
    api.faults.plan("getUpdates", Kind.REFUSED, refusal=conflict)
    anna = api.user("Anna")
    anna.send("et")
    await anna.reply("Gemt: et")
    anna.send("to")
    await anna.reply("Gemt: to")
    assert "Conflict" in caplog.text


@pytest.mark.parametrize("token", ["2:another-token-0123456789", "no token at all"])
async def test_a_wrong_token_is_refused_in_one_line_without_it(
    api: BotApi, desk: FakeDesk, tmp_path: Path, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The operator is told which setting is wrong; the token itself is shown nowhere."""
    settings = Settings(data=tmp_path, telegram_token=token, telegram_api=api.url)  # type: ignore[arg-type]
    with pytest.raises(SettingsRefused, match="HOERING_TELEGRAM_TOKEN") as refused:
        await app.run(desk, settings, asyncio.Event())
    seen = "".join(map(str, (refused.value, refused.value.__cause__, caplog.text)))
    assert token not in seen
    assert refused.value.__suppress_context__


async def test_a_webhook_without_a_secret_is_refused(api: BotApi, desk: FakeDesk, settings: Settings) -> None:
    """A webhook that anybody could call is not opened."""
    open_to_all = settings.model_copy(update={"telegram_webhook_url": f"{PUBLIC}/telegram"})
    with pytest.raises(SettingsRefused, match="HOERING_TELEGRAM_WEBHOOK_SECRET"):
        await app.run(desk, open_to_all, asyncio.Event())


async def test_a_webhook_address_that_telegram_refuses_is_told(
    api: BotApi, desk: FakeDesk, tmp_path: Path
) -> None:
    """Telegram takes HTTPS addresses only; the operator is told which setting is wrong."""
    settings = Settings(
        data=tmp_path,
        telegram_token=api.token,  # type: ignore[arg-type]
        telegram_api=api.url,
        telegram_webhook_url="http://hoering.example/telegram",
        telegram_webhook_secret=SECRET,  # type: ignore[arg-type]
        telegram_webhook_port=0,
    )
    with pytest.raises(SettingsRefused, match="HOERING_TELEGRAM_WEBHOOK_URL"):
        await app.run(desk, settings, asyncio.Event())


async def test_stopping_before_telegram_was_reached_ends_at_once(
    api: BotApi, desk: FakeDesk, settings: Settings
) -> None:
    """A stop while Telegram is out of reach does not wait for it."""
    api.faults.plan("getMe", Kind.SILENT, times=100)
    stop = asyncio.Event()
    task = asyncio.create_task(app.run(desk, settings, stop))
    stop.set()
    await task
    assert desk.channels == {}


async def test_the_token_is_in_no_error_and_no_log(
    api: BotApi, desk: FakeDesk, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever fails, however often, the log never shows the token."""
    caplog.set_level("DEBUG")
    for kind in (Kind.CUT, Kind.SILENT):
        api.faults.plan("*", kind, times=3)
    anna = api.user("Anna")
    anna.send("25")
    await anna.reply("Gemt: 25")
    assert caplog.records
    assert api.token.partition(":")[2] not in caplog.text
