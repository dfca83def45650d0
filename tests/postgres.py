"""A PostgreSQL server of the tests' own: its own data, a free port, and every promise to the disk kept."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from storage.postgres_schema import upgrade
from tests.e2e.ports import free_port

#: How long the server may take to start or stop, in seconds.
PATIENCE_SECONDS = 60.0
#: The database that the tests use, one after the other.
_DATABASE = "hoering"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where there are several; None where there is none."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    on_path = shutil.which("postgres")
    candidates = [*folders, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((one for one in candidates if (one / "initdb").exists()), None)


def needs_postgres() -> Path:
    """The folder of programs; skips where there is none, fails where CI could have installed it."""
    found = programs()
    if found is not None:
        return found
    if os.environ.get("CI") == "true" and shutil.which("apt-get") and os.geteuid() == 0:
        pytest.fail("PostgreSQL is missing: run `make database`.")
    pytest.skip("NOT TESTED: the store in PostgreSQL. Install Debian's postgresql.")


class Cluster:
    """A server that can be started, stopped, killed and started again; with `copy_of` it follows another."""

    def __init__(self, folder_of_programs: Path, *, copy_of: Cluster | None = None) -> None:
        self._programs = folder_of_programs
        # Not below pytest's folder, which the server's user may not enter.
        self.folder = Path(tempfile.mkdtemp(prefix="hoering-postgres-"))
        self.port = free_port()
        self._user: str | None = None
        if os.geteuid() == 0:  # as whom PostgreSQL refuses to run
            self._user = _unprivileged()
            shutil.chown(self.folder, self._user)
        if copy_of is None:
            self._run(
                "initdb", "--no-sync", "--auth=trust", "--username=hoering", "--encoding=UTF8", "--locale=C"
            )
        else:
            source = f"--dbname={copy_of.url()}"
            self._run("pg_basebackup", "--no-sync", "--checkpoint=fast", "--write-recovery-conf", source)

    def start(self) -> None:
        """Start, and wait until connections are taken."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            "shared_buffers": "32MB",
        }
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    str(self._programs / "postgres"),
                    *("-D", str(self.folder / "data")),
                    *(f"--{name}={value}" for name, value in settings.items()),
                ],
                stdout=log,
                stderr=log,
                user=self._user,
                cwd=self.folder,
                # An interrupt of the tests is not one of the server's: it is stopped when they end.
                start_new_session=True,
            )
        end = time.monotonic() + PATIENCE_SECONDS
        while not self._is_up():
            if time.monotonic() > end or self._process.poll() is not None:
                raise AssertionError((self.folder / "log").read_text(errors="replace"))
            time.sleep(0.02)

    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Stop as an operator does who does not wait for the clients (SIGINT)."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """`kill -9` of the server and all its processes, as if the machine had died."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE_SECONDS)
        # The next start finds no other only when all are gone.
        while any(_group(process) == self._process.pid for process in Path("/proc").glob("[0-9]*")):
            time.sleep(0.01)

    def set(self, name: str, value: str) -> None:
        """Change a setting, from now on and after the next start."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
            connection.execute("SELECT pg_reload_conf()")
            while connection.execute(f"SHOW {name}").fetchone() != (value,):
                pass

    def wait_for_copy(self) -> None:
        """Wait until a copy follows that answers wait for."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            while connection.execute("SELECT sync_state FROM pg_stat_replication").fetchall() != [("sync",)]:
                time.sleep(0.02)

    def promote(self) -> None:
        """Let a copy take over, and wait until it takes changes."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute("SELECT pg_promote()")

    def remove(self) -> None:
        """Stop, and leave nothing behind."""
        if self.is_running():
            self._end(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        """The connection string of a database."""
        return f"postgresql://hoering@127.0.0.1:{self.port}/{database}"

    def empty_database(self) -> str:
        """The connection string of the tests' database, with nothing in it and nobody connected to it."""
        self.cut_connections()
        with psycopg.connect(self.url(), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (_DATABASE,))
            if known.fetchone() is None:
                connection.execute(f"CREATE DATABASE {_DATABASE}")
        url = self.url(_DATABASE)
        upgrade(url)
        # Many times quicker than a new database, or than TRUNCATE, both of which sync files.
        with psycopg.connect(url) as connection:
            connection.execute("SET session_replication_role = replica")  # in whatever order
            tables = connection.execute(
                "SELECT tablename FROM pg_tables"
                " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            )
            for (table,) in tables.fetchall():
                connection.execute(f"DELETE FROM {table}")
        return url

    def cut_connections(self) -> int:
        """End all clients' connections, as an operator may; how many they were."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            cut = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            return len(cut.fetchall())

    def _is_up(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _end(self, sign: signal.Signals) -> None:
        self._process.send_signal(sign)
        self._process.wait(PATIENCE_SECONDS)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), "-D", str(self.folder / "data"), *arguments],
            check=True,
            capture_output=True,
            user=self._user,
            cwd=self.folder,
        )


def _unprivileged() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def _group(process: Path) -> int:
    """The process group of a process of /proc; 0 where it is gone, or only a remainder of one."""
    try:
        state, _, group = (process / "stat").read_text().rpartition(")")[2].split()[:3]
    except OSError:
        return 0
    return 0 if state == "Z" else int(group)
