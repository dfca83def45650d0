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
from storage.store import Person

#: What someone who is logged in may want of a link.
ONE_CASE_MORE, SOMEONE_ELSE = "sag", "anden"
CHOICES = frozenset({ONE_CASE_MORE, SOMEONE_ELSE})


@dataclass(frozen=True)
class Login:
    """The way in and out."""

    desk: Desk

    async def ask(self, request: Request) -> Response:
        """The page with the button."""
        return page(request, "login.html", token=request.path_params["token"])

    async def enter(self, request: Request) -> Response:
        """The button was pressed: use the link up and begin a session.

        Who is logged in already is asked first: the link may be for a case more, or for someone else.
        """
        token = request.path_params["token"]
        known = await self._known(request)
        choice = session.field(await request.form(max_files=0, max_fields=1, max_part_size=100), "valg")
        if known and choice not in CHOICES:
            return page(request, "login_choice.html", token=token, name=known.name)
        if known and choice == ONE_CASE_MORE:
            user = session.logged_in(request)
            admitted = await self.desk.admit(token, user, user) is not None
        else:
            admitted = await self._log_in(request, token)
        if not admitted:
            return message_page(request, 403, *texts.LOGIN_REFUSED)
        return RedirectResponse("/#nyeste", status_code=303)

    async def _known(self, request: Request) -> Person | None:
        try:
            return await self.desk.people.of_user(session.logged_in(request))
        except session.LoginNeeded:
            return None

    async def _log_in(self, request: Request, token: str) -> bool:
        user = await self.desk.login(token)
        if user is not None:
            session.log_in(request, user)
        return user is not None

    async def leave(self, request: Request) -> Response:
        """End the session in this browser."""
        await session.sent_form(request)
        request.session.clear()
        return page(request, "goodbye.html")
