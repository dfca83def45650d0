"""The command line: `python -m bot COMMAND`, and the installed script `hoering`.

A user's mistake gives one line that says what is wrong and what to do, and exit code 2.
"""

from __future__ import annotations

import asyncio
import sys

import click

from bot import commands, texts
from bot.control import CommandRefused
from bot.settings import SettingsRefused
from knowledge.contracts.faults import FaultyCatalogue
from knowledge.contracts.reader import UnreadableFile
from knowledge.contracts.report import BadLine
from knowledge.hearings.problems import Refused
from knowledge.letters.look.refused import LookRefused
from storage.store import StoreAway, StoreError

#: Exit code of a user's mistake, as click's own.
MISTAKE = 2


def main() -> None:
    """Run the command line and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; gives the exit code and never shows a traceback for a user's mistake."""
    try:
        result = commands.hoering.main(arguments, prog_name="hoering", standalone_mode=False)
    except click.UsageError as error:
        _complain(commands.usage(error))
    except click.ClickException as error:
        _complain(error.format_message())
    except StoreAway as away:
        _complain(texts.DATABASE_AWAY.format(why=away))
    except (
        CommandRefused,
        BadLine,
        FaultyCatalogue,
        LookRefused,
        Refused,
        SettingsRefused,
        StoreError,
        UnreadableFile,
    ) as error:
        _complain(str(error))
    except OSError as error:
        _complain(texts.CANNOT_WRITE.format(file=error.filename, why=error.strerror))
    except (KeyboardInterrupt, click.Abort, asyncio.CancelledError):
        _complain(texts.INTERRUPTED)
        return 130
    else:
        return result if isinstance(result, int) else 0
    return MISTAKE


def _complain(message: str) -> None:
    click.echo(texts.ERROR.format(message=message), err=True)


if __name__ == "__main__":
    main()
