"""What tests of several packages need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import Cluster, needs_postgres


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server that all tests of a process share, each with a database of its own."""
    server = Cluster(needs_postgres())
    server.start()
    yield server
    server.remove()
