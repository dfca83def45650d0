"""Who is behind a request: the signed cookie, its key, and the checks on every form that is sent.

The cookie holds the front end's name for the person and the secret that their forms repeat. Its key is
the store's, so that people stay logged in when the assistant is started anew, and with every process.
"""

from __future__ import annotations

import secrets
import uuid

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

#: The name of the secret that signs cookies.
SIGNING_KEY = "web-session"
#: Most files in one form.
MAX_FILES = 10
#: Most fields in one form; ours have at most seven.
MAX_FIELDS = 20
#: Largest text field in bytes; a text over `max_text` up to here is answered in the chat.
MAX_FIELD_BYTES = 4_000_000


class LoginNeeded(Exception):
    """The request is from someone who is not logged in."""


def log_in(request: Request, user: str) -> None:
    """Begin a session for this user; whatever session there was ends."""
    request.session.clear()
    request.session.update({"user": user, "csrf": secrets.token_urlsafe(24)})


def logged_in(request: Request) -> str:
    """The front end's name for the person; raises `LoginNeeded`."""
    user = request.session.get("user")
    if not isinstance(user, str):
        raise LoginNeeded
    return user


def csrf(request: Request) -> str:
    """The secret that the session's forms repeat; empty without a session."""
    return str(request.session.get("csrf", ""))


async def sent_form(request: Request) -> FormData:
    """The form of a logged-in person; raises `LoginNeeded`, or HTTPException 403 where it is not ours.

    Who they are is settled before a byte of the body is read.
    """
    logged_in(request)
    form = await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD_BYTES)
    if not secrets.compare_digest(field(form, "csrf").encode(), csrf(request).encode()):
        raise HTTPException(403)
    return form


def field(form: FormData, name: str) -> str:
    """A text field's value; empty where there is none."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def files(form: FormData) -> list[UploadFile]:
    """The files of the form; a file box left empty sends one without a name."""
    return [value for value in form.getlist("filer") if isinstance(value, UploadFile) and value.filename]


def request_key(form: FormData) -> str:
    """What makes the form count once; raises HTTPException 400 where it carries none of ours."""
    try:
        return f"web:{uuid.UUID(field(form, 'noegle'))}"
    except ValueError:
        raise HTTPException(400) from None
