"""The review page: every answer with its findings and history, and the letter as it stands beside them."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.desk import Desk
from bot.web import session, texts
from bot.web.chat import fingerprint
from bot.web.pages import page
from bot.web.preview import beside_rows
from bot.web.transcript import Transcripts

ALL = "alle"


@dataclass(frozen=True)
class Review:
    """The review page."""

    desk: Desk
    transcripts: Transcripts

    async def show(self, request: Request) -> Response:
        """The page, with the answers that the filter in the address asks for."""
        user = session.logged_in(request)
        overview = await self.desk.overview(user)
        if overview is None:
            raise HTTPException(404)
        chosen = request.query_params.get("vis", ALL)
        if chosen not in texts.FILTERS:
            chosen = ALL
        transcript = self.transcripts.of(user)
        letter = await self.desk.letter_model(user)
        return page(
            request,
            "review.html",
            overview=overview,
            rows=[row for row in overview.rows if row.state in texts.FILTERS[chosen][1]],
            filters=[
                (word, label, sum(row.state in states for row in overview.rows))
                for word, (label, states) in texts.FILTERS.items()
            ],
            chosen=chosen,
            to_approve=sum(row.may_approve for row in overview.rows),
            notes=transcript.take_notes(),
            preview=beside_rows(letter, overview) if letter else None,
            state=fingerprint(transcript, overview),
        )

    async def whole_reply(self, request: Request) -> Response:
        """The letter with its enclosures: what is in it, and what to look at before it is sent."""
        user = session.logged_in(request)
        overview = await self.desk.overview(user)
        bundle = await self.desk.bundle(user) if overview else None
        if overview is None or bundle is None:
            raise HTTPException(404)
        return page(request, "samlet.html", overview=overview, bundle=bundle)
