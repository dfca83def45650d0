"""python-telegram-bot's HTTP client on aiohttp: the stock one is three quarters of the cost of an update."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

#: How long to wait for an answer, in seconds, beyond what a long poll waits by itself.
READ_SECONDS = 10.0
#: How long to wait for a connection, in seconds.
CONNECT_SECONDS = 10.0
#: How long sending or fetching a file may take, in seconds.
FILE_SECONDS = 120.0


class Client(BaseRequest):
    """Calls the Bot API over at most `pool_size` connections; errors never hold the address or the token."""

    __slots__ = ("_pool_size", "_proxy", "_session")

    def __init__(self, api: str, *, pool_size: int) -> None:
        self._pool_size = pool_size
        self._proxy = _proxy(api)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """In seconds."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._pool_size),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp knows none
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body; raises `TimedOut` or `NetworkError`."""
        if self._session is None:
            raise NetworkError("The client is not open")
        with_file = method == "GET" or (request_data is not None and request_data.contains_files)
        read = _given(read_timeout, READ_SECONDS)
        connect = _given(connect_timeout, CONNECT_SECONDS)
        timeout = aiohttp.ClientTimeout(
            total=FILE_SECONDS if with_file else read + connect,
            connect=_given(pool_timeout, connect),
            sock_connect=connect,
            sock_read=read,
        )
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            # `from None`: the original names the address, and that holds the token.
            raise NetworkError(f"aiohttp.{type(error).__name__}") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The body as JSON; unlike the stock one, this does not log what it cannot read.

        A message that we sent is told as True, which python-telegram-bot hands on as it is: nobody reads
        it, and building objects of it is a good part of an update's cost.
        """
        try:
            parsed: dict[str, Any] = json.loads(payload)
            result = parsed.get("result")
        except (ValueError, AttributeError):
            raise NetworkError("Invalid server response") from None
        if isinstance(result, dict) and "message_id" in result:
            parsed["result"] = True
        return parsed


def _body(request_data: RequestData | None) -> Any:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return aiohttp.BytesPayload(request_data.json_payload, content_type="application/json")
    # Quoted, a name with æ would reach the person as %C3%A6.
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
    for name, (file_name, content, media_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=media_type)
    return form


def _given(value: object, default: float) -> float:
    return value if isinstance(value, int | float) else default


def _proxy(api: str) -> str | None:
    """The proxy of the environment, looked up once and not at every call."""
    address = urlsplit(api)
    if proxy_bypass(address.hostname or ""):
        return None
    return getproxies().get(address.scheme)
