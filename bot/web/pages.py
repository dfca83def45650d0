"""Turning data into pages: the templates, what they all need, and the pages for what went wrong."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from bot.access import Right
from bot.dialogue import texts as spoken
from bot.dialogue.buttons import Action, Press, decode, encode
from bot.web import session, texts
from storage.case import AnswerState

FOLDER = Path(__file__).parent
TIMEZONE = ZoneInfo("Europe/Copenhagen")

_environment = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _time(moment: datetime) -> str:
    return format_datetime(moment.astimezone(TIMEZONE), "d. MMM 'kl.' HH.mm", locale="da")


def _paragraphs(text: str) -> list[list[str]]:
    """Blank-line separated paragraphs, each as its lines."""
    return [part.strip("\n").split("\n") for part in text.split("\n\n") if part.strip()]


_environment.filters |= {"time": _time, "paragraphs": _paragraphs}
_environment.globals |= {
    "Action": Action,
    "AnswerState": AnswerState,
    "Press": Press,
    "Right": Right,
    "decode": decode,
    "encode": encode,
    "kind_of": lambda block: type(block).__name__,
    "new_key": uuid.uuid4,
    "spoken": spoken,
    "texts": texts,
}


def page(request: Request, template: str, *, status: int = 200, **content: object) -> Response:
    """The page; a lone surrogate that slipped in is shown as "?" rather than breaking it."""
    html = _environment.get_template(template).render(
        csrf=session.csrf(request) if "session" in request.scope else "",
        here=request.url.path,
        **content,
    )
    return Response(html.encode("utf-8", "replace"), status, media_type="text/html")


def message_page(request: Request, status: int, title: str, text: str) -> Response:
    """A page that only says something."""
    return page(request, "message.html", status=status, title=title, text=text)


async def error_page(request: Request, status: int) -> Response:
    """The page for an HTTP status, without details."""
    known = status if status in texts.ERRORS else (400 if status < 500 else 500)
    return message_page(request, status, *texts.ERRORS[known])
