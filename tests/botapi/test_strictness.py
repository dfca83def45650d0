"""The server refuses what Telegram refuses, in Telegram's words."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.botapi.methods import MAX_UPLOAD_BYTES
from tests.botapi.server import BotApi


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A server with one person (101) who can read."""
    async with BotApi() as server:
        server.user("Anna")
        yield server


async def _call(api: BotApi, method: str, *, token: str = "", **params: Any) -> dict[str, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{api.url}/bot{token or api.token}/{method}", json=params) as response,
    ):
        answer: dict[str, Any] = await response.json()
        return answer


def _keyboard(label: str = "Ja", data: str = "1") -> str:
    return json.dumps({"inline_keyboard": [[{"text": label, "callback_data": data}]]})


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "<b>fed", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"text": "<b>fed</i>", "parse_mode": "HTML"}, "can't parse entities: Unmatched end tag"),
        ({"text": "</b>", "parse_mode": "HTML"}, "can't parse entities: Unexpected end tag"),
        ({"text": "<h1>x</h1>", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "h1"'),
        ({"text": "1 < 2", "parse_mode": "HTML"}, "can't parse entities: Unsupported start tag"),
        ({"text": "x", "reply_markup": _keyboard(data="x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": _keyboard(label=" ")}, "can't parse inline keyboard button"),
        ({"text": "\ud800"}, "strings must be encoded in UTF-8"),
        ({"text": "x", "chat_id": 999}, "chat not found"),
    ],
)
async def test_a_message_is_refused(api: BotApi, params: dict[str, Any], why: str) -> None:
    """Each of these is refused with 400 and shown to nobody."""
    answer = await _call(api, "sendMessage", **({"chat_id": 101} | params))
    assert (answer["ok"], answer["error_code"]) == (False, 400)
    assert why in answer["description"]
    assert not api.world.chats[101].messages


async def test_the_limit_counts_what_is_shown(api: BotApi) -> None:
    """Tags and escapes do not count towards the limit."""
    text = "<b>" + "&amp;" * 4096 + "</b>"
    assert (await _call(api, "sendMessage", chat_id=101, text=text, parse_mode="HTML"))["ok"]


async def test_an_edit_that_changes_nothing_is_refused(api: BotApi) -> None:
    """The second of two equal edits is "not modified"; so is taking away a keyboard that is not there."""
    sent = await _call(api, "sendMessage", chat_id=101, text="x", reply_markup=_keyboard())
    where = {"chat_id": 101, "message_id": sent["result"]["message_id"]}
    assert (await _call(api, "editMessageReplyMarkup", **where))["ok"]
    again = await _call(api, "editMessageReplyMarkup", **where)
    assert "message is not modified" in again["description"]


async def test_a_press_is_answered_once(api: BotApi) -> None:
    """A second answer to one callback query, and one to an unknown query, are refused."""
    query = api.world.press().id
    assert (await _call(api, "answerCallbackQuery", callback_query_id=query))["ok"]
    for one in (query, "unknown"):
        answer = await _call(api, "answerCallbackQuery", callback_query_id=one)
        assert "query is too old and response timeout expired" in answer["description"]


async def test_an_offset_confirms_what_is_below_it(api: BotApi) -> None:
    """Updates come again until an offset past them is named."""
    anna = api.user("Anna")
    anna.send("et")
    anna.send("to")
    first = await _call(api, "getUpdates")
    assert await _call(api, "getUpdates") == first
    ids = [update["update_id"] for update in first["result"]]
    second = await _call(api, "getUpdates", offset=ids[1])
    assert [update["update_id"] for update in second["result"]] == ids[1:]
    assert (await _call(api, "getUpdates", offset=ids[1] + 1))["result"] == []


async def test_polling_and_a_webhook_exclude_each_other(api: BotApi) -> None:
    """While a webhook is set getUpdates is a conflict."""
    await _call(api, "setWebhook", url="https://hoering.example/telegram")
    assert (await _call(api, "getUpdates"))["error_code"] == 409


async def test_files_over_the_limits_are_refused(api: BotApi) -> None:
    """A bot may fetch 20 MB and send 50 MB."""
    file = api.world.keep("stor.pdf", "application/pdf", b"", size=20 * 1024 * 1024 + 1)
    assert "file is too big" in (await _call(api, "getFile", file_id=file.id))["description"]
    form = aiohttp.FormData({"chat_id": "101"})
    form.add_field("document", bytes(MAX_UPLOAD_BYTES + 1), filename="stor.pdf")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{api.url}/bot{api.token}/sendDocument", data=form) as response,
    ):
        assert response.status == 413


@pytest.mark.parametrize(("token", "status"), [("2:wrong-token", 401), ("nonsense", 404)])
async def test_a_wrong_token_is_refused(api: BotApi, token: str, status: int) -> None:
    """A token of the right form is unauthorised; anything else is not found."""
    assert (await _call(api, "getMe", token=token))["error_code"] == status
