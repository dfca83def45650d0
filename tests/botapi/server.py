"""The server: the Bot API over real HTTP, long polling, downloads and webhook delivery."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.botapi.faults import Faults, Kind
from tests.botapi.methods import MAX_UPLOAD_BYTES, Methods, Sent
from tests.botapi.refusals import Refusal, bad_request, too_many_requests
from tests.botapi.user import User
from tests.botapi.webhook import Deliveries
from tests.botapi.world import PATIENCE, Chat, Json, World

TOKEN = "1:TEST-token-that-must-never-be-shown"
_MAX_BODY_BYTES = MAX_UPLOAD_BYTES + 2 * 1024 * 1024
_WELL_FORMED_TOKEN = re.compile(r"\d+:[\w-]+")


@dataclass
class Flood:
    """A flood limit in force until `until` (loop time); `impatient` counts calls that came before."""

    until: float = 0.0
    impatient: int = 0


@dataclass
class BotApi:
    """A Bot API server on a free loopback port.

    `proxies` maps a webhook's public address to where the bot listens, as a TLS proxy would; to several
    places (with a space between) in turn, as one does that balances.
    `calls` are the methods called, in order, with their parameters.
    """

    token: str = TOKEN
    port: int = 0
    world: World = field(default_factory=World)
    faults: Faults = field(default_factory=Faults)
    proxies: dict[str, str] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    flood: Flood = field(default_factory=Flood)
    #: How often a poll was ended because another began.
    conflicts: int = 0

    def __post_init__(self) -> None:
        self._methods = Methods(self.world)
        self._deliveries = Deliveries(self.world, self.proxies)
        self._polls = 0
        self._people = 100
        self._stopping = asyncio.Event()

    @property
    def url(self) -> str:
        """The address to give the bot in place of Telegram's."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_MAX_BODY_BYTES)
        app.router.add_route("*", "/bot{token}/{method}", self._called)
        app.router.add_get("/file/bot{token}/{path:.+}", self._downloaded)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        await self._deliveries.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopping.set()
        self.world.pulse.beat()
        await self._deliveries.stop()
        await self._runner.cleanup()

    def user(self, name: str) -> User:
        """A new person with a private chat with the bot."""
        self._people += 1
        return User(self.world, self.world.open_chat(Chat(self._people, name=name)))

    def group(self, name: str) -> User:
        """A new group that the bot is in."""
        self._people += 1
        return User(self.world, self.world.open_chat(Chat(-self._people, "group", name)))

    async def polled(self, *, times: int = 1, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109
        """Wait until the bot has asked for updates so many times in all; `timeout` in seconds."""
        await self.world.pulse.until(lambda: self._polls >= times, timeout=timeout)

    async def called_so_often(self, times: int) -> None:
        """Wait until the bot has made so many calls in all."""
        await self.world.pulse.until(lambda: len(self.calls) >= times)

    def called(self, method: str) -> list[Json]:
        """The parameters of each call of the method so far."""
        return [params for name, params in self.calls if name == method]

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            self._check_token(request)
            params, files = await _read(request)
            self.calls.append((method, params))
            self.world.pulse.beat()
            fault = self.faults.take(method)
            if fault is None or fault.kind is Kind.CUT_AFTER:
                result = await self._answer(method, params, files)
            if fault is not None:
                await self._go_wrong(request, fault.kind, fault.refusal)
        except Refusal as refusal:
            return web.json_response(refusal.body(), status=refusal.status)
        return web.json_response({"ok": True, "result": result})

    async def _answer(self, method: str, params: Json, files: Mapping[str, Sent]) -> Any:
        if method == "getUpdates":
            return await self._updates(params)
        if (wait := self.flood.until - asyncio.get_running_loop().time()) > 0 and "chat_id" in params:
            self.flood.impatient += 1
            raise too_many_requests(int(wait) + 1)
        return self._methods.call(method, params, files)

    async def _go_wrong(self, request: web.Request, kind: Kind, refusal: Refusal | None) -> None:
        if refusal is not None:
            if refusal.retry_after is not None:
                self.flood.until = asyncio.get_running_loop().time() + refusal.retry_after
            raise refusal
        if kind is Kind.SILENT:
            await self._stopping.wait()
        elif request.transport is not None:
            request.transport.abort()
        raise Refusal(500, "Internal Server Error")

    async def _updates(self, params: Json) -> list[Json]:
        """https://core.telegram.org/bots/api#getupdates: an offset confirms everything below it."""
        world = self.world
        if world.webhook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if params.get("allowed_updates"):
            wanted = params["allowed_updates"]
            world.allowed = json.loads(wanted) if isinstance(wanted, str) else wanted
        world.confirm(int(params.get("offset", 0)))
        self._polls = mine = self._polls + 1
        world.pulse.beat()
        try:
            await world.pulse.until(
                lambda: world.waiting or self._polls != mine or self._stopping.is_set(),
                timeout=int(params.get("timeout", 0)),
            )
        except TimeoutError:
            return []
        if self._polls != mine:
            self.conflicts += 1
            raise Refusal(
                409,
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
            )
        waiting = sorted(world.waiting, key=lambda update: update["update_id"])
        return waiting[: int(params.get("limit", 100))]

    async def _downloaded(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            fault = self.faults.take("download")
            if fault is not None:
                await self._go_wrong(request, fault.kind, fault.refusal)
        except Refusal as refusal:
            return web.json_response(refusal.body(), status=refusal.status)
        path = request.match_info["path"]
        for file in self.world.files.values():
            if file.path == path:
                return web.Response(body=file.data)
        return web.json_response(Refusal(404, "Not Found").body(), status=404)

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if not _WELL_FORMED_TOKEN.fullmatch(token):
            raise Refusal(404, "Not Found")
        if token != self.token:
            raise Refusal(401, "Unauthorized")


async def _read(request: web.Request) -> tuple[Json, dict[str, Sent]]:
    """The parameters, from whichever of the allowed forms they come in."""
    params: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            raise bad_request("can't parse request JSON object") from None
        return params | body, {}
    files = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Sent(value.filename, value.content_type, value.file.read())
        else:
            params[name] = value
    return params, files
