"""What may stand in a log."""

from __future__ import annotations

import io
import logging

from bot.telegram.logs import HideToken, place_of

TOKEN = "12345:ABC-secret-part"


def _logged(*arguments: object, error: Exception | None = None) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(HideToken(TOKEN))
    logger = logging.Logger("any")
    logger.addHandler(handler)
    logger.error(*arguments, exc_info=error)
    return stream.getvalue()


def test_the_token_is_hidden_in_messages_and_their_arguments() -> None:
    """An address with the token in it is logged without it, however it is written."""
    assert "secret-part" not in _logged(f"GET /bot{TOKEN}/getMe")
    assert "secret-part" not in _logged("GET %s", "/bot12345%3AABC-secret-part/getMe")
    assert _logged("GET %s", "/index") == "GET /index\n"


def test_the_token_is_hidden_in_a_traceback() -> None:
    """An error that quotes the token is logged without it."""
    try:
        raise ValueError(f"https://api/bot{TOKEN}/x")
    except ValueError as error:
        text = _logged("failed", error=error)
    assert "ValueError" in text
    assert "secret-part" not in text


def test_an_error_is_named_with_its_place_and_without_its_words() -> None:
    """The words of an error may quote an answer, so only its kind and place are told."""
    try:
        raise ValueError("borgerens navn")
    except ValueError as error:
        told = place_of(error)
    assert told.startswith("ValueError at ")
    assert "test_logs.py:" in told
    assert "borgerens" not in told
