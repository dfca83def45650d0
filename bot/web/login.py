"""Coming in by a one-time link, and going out.

Opening the link only shows a button: a mail program or chat that previews links must not use it up.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk import Desk
from bot.web import session, texts
from bot.web.pages import message_page, page


@dataclass(frozen=True)
class Login:
    """The way in and out."""

    desk: Desk

    async def ask(self, request: Request) -> Response:
        """The page with the button."""
        return page(request, "login.html", token=request.path_params["token"])

    async def enter(self, request: Request) -> Response:
        """The button was pressed: use the link up and begin a session."""
        session.from_own_page(request)
        user = await self.desk.login(request.path_params["token"])
        if user is None:
            return message_page(request, 403, *texts.LOGIN_REFUSED)
        session.log_in(request, user)
        return RedirectResponse("/#nyeste", status_code=303)

    async def leave(self, request: Request) -> Response:
        """End the session in this browser."""
        await session.sent_form(request)
        request.session.clear()
        return page(request, "goodbye.html")
