"""The embedded chat as an application, and the server that runs it until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable, Generator
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.desk import Desk
from bot.dialogue.messages import Piece
from bot.settings import Settings, SettingsRefused
from bot.web import session, texts
from bot.web.chat import Chat
from bot.web.downloads import Downloads
from bot.web.guard import Guard
from bot.web.login import Login
from bot.web.pages import FOLDER, error_page, message_page
from bot.web.readtext import ReadTextPage
from bot.web.review import Review
from bot.web.transcript import Transcripts
from storage.store import StoreError

#: Bytes a form may have besides its files.
MAX_FORM_BYTES = 5_000_000
#: Connections held at once; more are answered with 503.
MAX_CONNECTIONS = 500
#: Seconds that requests under way may still take when the server stops.
STOP_SECONDS = 10
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
EVERY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - recognised, never used as a default


def app(desk: Desk, settings: Settings, signing_key: str) -> Starlette:
    """The application, whose cookies the key signs; registers itself with the desk as the channel "web"."""
    # Its warnings about garbled forms quote what was sent.
    logging.getLogger("python_multipart").setLevel(logging.ERROR)
    transcripts = Transcripts()
    desk.channels["web"] = transcripts
    chat, review, downloads, login = (
        Chat(desk, settings, transcripts),
        Review(desk, transcripts),
        Downloads(desk),
        Login(desk),
    )
    read_text = ReadTextPage(desk, transcripts)
    https = (settings.web_url or "").startswith("https://")
    return Starlette(
        routes=[
            Route("/", chat.show),
            Route("/besked", chat.take, methods=["POST"]),
            Route("/nyt", chat.news),
            Route("/gennemgang", review.show),
            Route("/samlet", review.whole_reply),
            *(Route(f"/{piece}", downloads.paper) for piece in Piece),
            Route("/brev/side/{page:int}.png", downloads.page_picture),
            Route("/fil/{sha}", downloads.file),
            Route("/rapport/{sha}.pdf", downloads.report),
            Route("/laest/{sha}", read_text.show),
            Route("/login/{token}", login.ask),
            Route("/login/{token}", login.enter, methods=["POST"]),
            Route("/log-ud", login.leave, methods=["POST"]),
            Mount("/statisk", StaticFiles(directory=FOLDER / "static")),
        ],
        middleware=[
            Middleware(
                Guard,
                hosts=_hosts(settings),
                max_body=session.MAX_FILES * settings.max_file_bytes + MAX_FORM_BYTES,
                https=https,
                error_page=error_page,
            ),
            Middleware(
                SessionMiddleware,
                secret_key=signing_key,
                # The prefix makes browsers refuse a cookie of this name from any other host or path.
                session_cookie="__Host-hoering" if https else "hoering",
                max_age=settings.web_session_hours * 3600,
                same_site="strict",
                https_only=https,
            ),
        ],
        exception_handlers={
            HTTPException: _http_error,
            session.LoginNeeded: _login_needed,
            StoreError: _not_stored,
        },
    )


async def _http_error(request: Request, error: Exception) -> Response:
    return await error_page(request, error.status_code if isinstance(error, HTTPException) else 500)


async def _login_needed(request: Request, error: Exception) -> Response:
    del error
    return message_page(request, 401, *texts.LOGIN_NEEDED)


async def _not_stored(request: Request, error: Exception) -> Response:
    del error
    return await error_page(request, 503)


def _hosts(settings: Settings) -> frozenset[str]:
    """The names people may call us by; a request for any other is refused (DNS rebinding)."""
    own = urlsplit(settings.web_url or "").hostname
    return LOOPBACK | {settings.web_host.lower()} | ({own} if own else frozenset())


def _listen(settings: Settings) -> socket.socket:
    """The socket to serve on; raises `SettingsRefused` where that cannot be."""
    if settings.web_host in EVERY_ADDRESS and not settings.web_url:
        raise SettingsRefused(texts.URL_NEEDED)
    family = socket.AF_INET6 if ":" in settings.web_host else socket.AF_INET
    try:
        return socket.create_server((settings.web_host, settings.web_port), family=family, backlog=256)
    except OSError as error:
        where = f"{settings.web_host}:{settings.web_port}"
        raise SettingsRefused(texts.CANNOT_LISTEN.format(where=where, why=error.strerror)) from None


class _Server(uvicorn.Server):
    """uvicorn, with the process's signals left to whoever runs the front ends."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


async def run(
    desk: Desk,
    settings: Settings,
    stop: asyncio.Event,
    *,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve until `stop` is set; `ready` is told the address once connections are taken.

    Raises `SettingsRefused` where the address or port cannot be had.
    """
    listening = _listen(settings)
    host, port = listening.getsockname()[:2]
    if ready is not None:
        own = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        ready(settings.web_url or own)
    server = _Server(
        uvicorn.Config(
            app(desk, settings, await desk.store.secret(session.SIGNING_KEY)),
            log_config=None,
            # Addresses hold login tokens: they are not logged.
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=MAX_CONNECTIONS,
            timeout_graceful_shutdown=STOP_SECONDS,
            lifespan="off",
        )
    )

    async def stopping() -> None:
        await stop.wait()
        server.should_exit = True

    waiting = asyncio.create_task(stopping())
    try:
        await server.serve(sockets=[listening])
    finally:
        waiting.cancel()
        listening.close()
