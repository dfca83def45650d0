"""The log: what happened and where, never words of a message, never a secret."""

from __future__ import annotations

import logging

from bot.settings import Settings


def set_up(settings: Settings) -> None:
    """Log to standard error. Errors name their class and place; their words may quote an answer."""
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    for talkative in ("uvicorn", "fontTools", "pdfminer", "asyncio"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
