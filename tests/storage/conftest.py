"""The stores that keep the store's promise, and disks that do not."""

from __future__ import annotations

import os
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from storage.master_keys import MasterKeys, new_key_text
from storage.postgres import Database
from storage.postgres_store import PostgresStore
from storage.store import Store
from storage.tinydb_store import TinyDbStore
from tests.postgres import Cluster

OpenStore = Callable[[], Awaitable[Store]]

#: Connections of a test's store in PostgreSQL.
CONNECTIONS = 8


async def open_postgres(url: str, masters: MasterKeys | None = None) -> PostgresStore:
    """A store in the database of this connection string."""
    return await PostgresStore.open(await Database.open(url, connections=CONNECTIONS), masters)


def _embedded(request: pytest.FixtureRequest) -> OpenStore:
    folder = request.getfixturevalue("tmp_path") / "store"

    async def open_again() -> Store:
        return TinyDbStore.open(folder)

    return open_again


def _shared(request: pytest.FixtureRequest) -> OpenStore:
    cluster: Cluster = request.getfixturevalue("cluster")
    url = cluster.empty_database()
    return lambda: open_postgres(url)


def _sealed(request: pytest.FixtureRequest) -> OpenStore:
    cluster: Cluster = request.getfixturevalue("cluster")
    url, masters = cluster.empty_database(), MasterKeys.from_text(new_key_text(), "the test")
    return lambda: open_postgres(url, masters)


#: Every store that passes the contract, by the name it has in a test's id.
STORES: dict[str, Callable[[pytest.FixtureRequest], OpenStore]] = {
    "tinydb": _embedded,
    "postgres": _shared,
    "postgres-sealed": _sealed,
}


@pytest.fixture(params=STORES)
def open_store(request: pytest.FixtureRequest) -> OpenStore:
    """Opens the test's store; again, once it has been closed."""
    return STORES[request.param](request)


@pytest.fixture
async def store(open_store: OpenStore) -> AsyncIterator[Store]:
    """A store with nothing in it."""
    store = await open_store()
    yield store
    await store.close()


@pytest.fixture
def mount() -> Iterator[Callable[..., None]]:
    """Mounts, as `mount` does, on the directory named last, until the test ends."""
    mounted: dict[str, None] = {}

    def mount(*arguments: str) -> None:
        if os.geteuid() != 0 or subprocess.run(["mount", *arguments], check=False).returncode != 0:
            pytest.skip("only root may mount")
        mounted[arguments[-1]] = None

    yield mount
    for directory in reversed(mounted):
        subprocess.run(["umount", "--lazy", directory], check=True)


@pytest.fixture
def small_disk(tmp_path: Path, mount: Callable[..., None]) -> Path:
    """A disk of one megabyte."""
    directory = tmp_path / "disk"
    directory.mkdir()
    mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(directory))
    return directory


@pytest.fixture
def make_read_only(mount: Callable[..., None]) -> Callable[[Path], None]:
    """Makes a directory read-only until the test ends; root, who may write everywhere, by a mount."""

    def make(directory: Path) -> None:
        if os.geteuid() != 0:
            directory.chmod(0o500)
            return
        mount("--bind", str(directory), str(directory))
        mount("-o", "remount,bind,ro", str(directory))

    return make
