"""Letters and uploaded files, always as downloads that no browser runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.desk import Desk
from bot.dialogue.messages import Document
from bot.web import session


@dataclass(frozen=True)
class Downloads:
    """What can be fetched from a case."""

    desk: Desk

    async def docx(self, request: Request) -> Response:
        """The letter to go on editing."""
        return await self._letter(request, "docx")

    async def pdf(self, request: Request) -> Response:
        """The letter to send and archive."""
        return await self._letter(request, "pdf")

    async def _letter(self, request: Request, kind: Literal["docx", "pdf"]) -> Response:
        return _download(await self.desk.letter(session.logged_in(request), kind=kind))

    async def file(self, request: Request) -> Response:
        """An uploaded file of the case the person works on."""
        user = session.logged_in(request)
        return _download(await self.desk.file(user, request.path_params["sha"]))

    async def report(self, request: Request) -> Response:
        """The report of what reading a contract found."""
        user = session.logged_in(request)
        return _download(await self.desk.report(user, request.path_params["sha"]))


def _download(document: Document | None) -> Response:
    if document is None:
        raise HTTPException(404)
    name = quote(document.name.encode("utf-8", "replace"))
    headers = {
        "content-disposition": f"attachment; filename*=utf-8''{name}",
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return Response(document.data, media_type=document.media_type, headers=headers)
