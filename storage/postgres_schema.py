"""Bringing a database's schema up to date, by Alembic."""

from __future__ import annotations

import psycopg
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import SQLAlchemyError

from storage.store import StoreError


def upgrade(url: str) -> None:
    """Bring the schema of the database of this connection string to the newest version.

    Processes that start at once take turns. Raises `StoreError` where the database is newer than this
    program, or may not be changed.
    """
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(url),
        poolclass=NullPool,
        hide_parameters=True,
    )
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError:
        raise StoreError("the database is of a newer version of this program") from None
    except SQLAlchemyError as error:
        raise StoreError(f"the database could not be brought up to date ({type(error).__name__})") from None
