"""What may stand in a log: never the token, never a word of a message."""

from __future__ import annotations

import logging
import traceback

#: They log addresses (which hold the token) or what is sent and received.
_TALKATIVE = ("telegram", "httpx", "httpcore", "aiohttp")
_HIDDEN = "[token]"


class HideToken(logging.Filter):
    """Takes the token out of whatever passes the handler it is put on."""

    def __init__(self, token: str) -> None:
        super().__init__()
        # Only the part after the colon is secret, and it looks the same in an address.
        self._secret = token.partition(":")[2] or token

    def filter(self, record: logging.LogRecord) -> bool:
        """Always passes the record, cleaned."""
        message = record.getMessage()
        if self._secret in message:
            record.msg, record.args = message.replace(self._secret, _HIDDEN), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = record.exc_text.replace(self._secret, _HIDDEN)
        return True


def keep_quiet(token: str) -> None:
    """Silence libraries that log addresses or messages, and hide the token in all handlers there are."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    hide = HideToken(token)
    for handler in logging.getLogger().handlers:
        handler.addFilter(hide)


def place_of(error: BaseException) -> str:
    """What went wrong and where, without the error's own words: they may quote a message."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
