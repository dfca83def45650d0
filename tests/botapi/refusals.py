"""How the Bot API says no: an HTTP status and a description in Telegram's own words."""

from __future__ import annotations


class Refusal(Exception):
    """A call that Telegram would refuse. `retry_after` in seconds, with status 429."""

    def __init__(self, status: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, object]:
        """The JSON that is answered."""
        body: dict[str, object] = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(description: str) -> Refusal:
    """A refusal for what the caller did wrong."""
    return Refusal(400, f"Bad Request: {description}")


def too_many_requests(retry_after: int) -> Refusal:
    """The flood limit; `retry_after` in seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
