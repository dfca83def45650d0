"""The page that shows a file as it was read, each quote marked in its place and linked with its finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.desk import Desk
from bot.overview import FindingRow, ReadText
from bot.web import session
from bot.web.pages import page
from bot.web.transcript import Transcripts
from knowledge.findings import Severity


@dataclass(frozen=True)
class Piece:
    """A stretch of a page: its text, and the findings whose quotes cover it, begin with it or end with it."""

    text: str
    severity: Severity | None
    begins: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True)
class ReadTextPage:
    """The page of a file's text."""

    desk: Desk
    transcripts: Transcripts

    async def show(self, request: Request) -> Response:
        """The page; 404 where the file is not the person's to see, or its text is not kept."""
        user = session.logged_in(request)
        file = request.path_params["sha"]
        read = await self.desk.read_text(user, file)
        overview = await self.desk.overview(user)
        if read is None or overview is None:
            raise HTTPException(404)
        return page(
            request,
            "laest.html",
            overview=overview,
            read=read,
            pages=pages(read),
            numbers={row.finding.key: number for number, row in enumerate(read.findings, start=1)},
            rows={row.finding.key: row for row in read.findings},
            notes=self.transcripts.of(user).take_notes(),
            back=f"/laest/{file}",
        )


def pages(read: ReadText) -> list[list[Piece]]:
    """The pages in pieces; a quote begins with its first piece and ends with its last."""
    rows = {row.finding.key: row for row in read.findings}
    made = []
    for stretches in read.pages:
        first: dict[str, int] = {}
        last: dict[str, int] = {}
        for place, stretch in enumerate(stretches):
            for key in stretch.quoted_by:
                first.setdefault(key, place)
                last[key] = place
        made.append(
            [
                Piece(
                    stretch.text,
                    _worst(rows[key] for key in stretch.quoted_by),
                    tuple(key for key in stretch.quoted_by if first[key] == place),
                    tuple(key for key in stretch.quoted_by if last[key] == place),
                )
                for place, stretch in enumerate(stretches)
            ]
        )
    return made


def _worst(rows: Iterable[FindingRow]) -> Severity | None:
    return min((row.finding.severity for row in rows), key=lambda severity: severity.rank, default=None)
