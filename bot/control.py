"""Running a command on the store inside the process that holds it.

The embedded store is one process's. While `serve` runs, it is `serve` that carries commands out, asked
through a socket in the data folder that only its owner can open: one line of JSON with the command's name and
arguments, answered by a line for each thing said and one for the end.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from bot import texts
from bot.desk import Desk
from bot.opening import opened_desk
from bot.settings import Settings, SettingsRefused, load_settings
from storage.store import StoreError, StoreInUse

SOCKET_NAME = "control.sock"
#: Longest request or line of an answer, in bytes: an exported case may be long.
MOST_LINE_BYTES = 64 * 2**20

Say = Callable[[str], None]
Arguments = Mapping[str, Any]
#: A command on the store: says lines and gives its exit code.
Work = Callable[[Desk, Arguments, Say], Awaitable[int]]

_logger = logging.getLogger(__name__)


class CommandRefused(Exception):
    """The command cannot be carried out as asked; the message is one line in Danish."""


def on_store(work: Work, **arguments: Any) -> int:
    """Run a command of the command line on the store; gives its exit code and raises as `run_on_store`."""
    return asyncio.run(run_on_store(load_settings(), work, arguments, click.echo))


async def run_on_store(settings: Settings, work: Work, arguments: Arguments, say: Say) -> int:
    """The command's exit code: run here, or by the process that holds the store.

    Raises `CommandRefused`, `SettingsRefused`, `StoreError`.
    """
    try:
        async with opened_desk(settings) as desk:
            return await work(desk, arguments, say)
    except StoreInUse as in_use:
        try:
            return await _ask(settings.data, work.__name__, arguments, say)
        except OSError:  # another program than `serve` holds it
            raise in_use from None


@contextlib.asynccontextmanager
async def listening(desk: Desk, works: Mapping[str, Work]) -> AsyncIterator[None]:
    """Carry out these commands for whoever asks, for as long as this lasts."""
    if not desk.store.alone:  # commands open the database themselves
        yield
        return

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _answer(desk, works, reader, writer)
        except (ConnectionError, ValueError):
            _logger.info("A command was broken off by who asked for it")
        finally:
            writer.close()

    folder = desk.settings.data
    folder.mkdir(parents=True, exist_ok=True)
    with _address(folder) as address:
        (folder / SOCKET_NAME).unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        # Private from the moment it is there.
        before = os.umask(0o177)
        try:
            listener.bind(address)
        finally:
            os.umask(before)
        server = await asyncio.start_unix_server(answer, sock=listener, limit=MOST_LINE_BYTES)
        try:
            yield
        finally:
            server.close()
            (folder / SOCKET_NAME).unlink(missing_ok=True)


async def _answer(
    desk: Desk,
    works: Mapping[str, Work],
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    request = json.loads(await reader.readline())

    def tell(**line: Any) -> None:
        writer.write(json.dumps(line).encode() + b"\n")

    try:
        work = works[request["command"]]
        done = await work(desk, request["arguments"], lambda text: tell(say=text))
    except (CommandRefused, SettingsRefused, StoreError, OSError) as refused:
        tell(refused=_told(refused))
    except Exception as error:  # its words may quote a case
        _logger.error("A command on the store failed (%s)", type(error).__name__)
        tell(refused=texts.COMMAND_FAILED.format(error=type(error).__name__))
    else:
        tell(done=done)
    await writer.drain()


async def _ask(folder: Path, command: str, arguments: Arguments, say: Say) -> int:
    with _address(folder) as address:
        reader, writer = await asyncio.open_unix_connection(address, limit=MOST_LINE_BYTES)
    try:
        writer.write(json.dumps({"command": command, "arguments": arguments}).encode() + b"\n")
        await writer.drain()
        while line := await reader.readline():
            told = json.loads(line)
            if "done" in told:
                return int(told["done"])
            if "refused" in told:
                raise CommandRefused(told["refused"])
            say(told["say"])
    finally:
        writer.close()
    raise CommandRefused(texts.SERVICE_STOPPED)


@contextlib.contextmanager
def _address(folder: Path) -> Iterator[str]:
    """The socket's address by way of the open folder: a whole path may be longer than addresses can be."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}/{SOCKET_NAME}"
    finally:
        os.close(handle)


def _told(refused: Exception) -> str:
    if isinstance(refused, OSError):
        return texts.CANNOT_WRITE.format(file=refused.filename, why=refused.strerror)
    return str(refused)
