"""Letters and uploaded files, always as downloads that no browser runs."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.desk import Desk
from bot.dialogue.messages import Document, Piece
from bot.web import session


@dataclass(frozen=True)
class Downloads:
    """What can be fetched from a case."""

    desk: Desk

    async def paper(self, request: Request) -> Response:
        """The letter, the whole reply, or a paper beside them, as the address says."""
        piece = Piece(request.url.path.removeprefix("/"))
        return _download(await self.desk.paper(session.logged_in(request), piece))

    async def page_picture(self, request: Request) -> Response:
        """A page of the letter as a picture to look at."""
        drawn = await self.desk.page_pictures(session.logged_in(request))
        page = request.path_params["page"]
        if not 1 <= page <= len(drawn):
            raise HTTPException(404)
        return Response(drawn[page - 1].data, media_type=drawn[page - 1].media_type)

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
