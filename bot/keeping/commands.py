"""The commands that keep the store; while `serve` runs, it carries them out (`control`)."""

from __future__ import annotations

import asyncio
import getpass
import shutil
from pathlib import Path
from typing import Any

import click

from bot.control import on_store
from bot.keeping import texts
from bot.keeping.works import (
    audit_work,
    backup_work,
    erase_work,
    export_work,
    progress,
    retention_work,
    say_counts,
    say_verified,
    verify_work,
)
from bot.opening import master_keys, opened_store
from bot.settings import Settings, load_settings
from knowledge.checks.personal_data import scan
from storage.backup import Backup
from storage.carrying import Counts, Kept, carry_over, verify
from storage.directory import sync_directory
from storage.files import FileStore
from storage.master_keys import MasterKeys, copy_keys
from storage.sqlite_file import KEY_NAME
from storage.tinydb_store import TinyDbStore

_ToFile = click.Path(dir_okay=False, path_type=Path)
_FromFile = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_Folder = click.Path(file_okay=False, path_type=Path)
_UNFINISHED = ".unfinished"


@click.command("backup", help="Skriv en forseglet sikkerhedskopi af hele lageret; tjenesten må gerne køre.")
@click.argument("file", type=_ToFile)
def backup_command(file: Path) -> int:
    """Back the whole store up into one file; 1 where something of it cannot be read."""
    return on_store(backup_work, file=str(file.resolve()))


@click.command("restore", help="Gendan lageret fra en sikkerhedskopi i en tom mappe.")
@click.argument("file", type=_FromFile)
@click.option("--into", type=_Folder, required=True, help="Mappen; den må ikke findes eller skal være tom.")
@click.option("--key", type=_FromFile, help="Nøglefilen, hvis indstillingerne ikke peger på den.")
def restore_command(file: Path, into: Path, key: Path | None) -> int:
    """Make the store of a backup in an empty place: whole, or not at all."""
    settings = load_settings()
    into = into.resolve()
    if into.exists() and any(into.iterdir()):
        raise click.ClickException(texts.NOT_EMPTY.format(place=into))
    return asyncio.run(_restore(settings, file, into, key))


async def _restore(settings: Settings, file: Path, into: Path, key: Path | None) -> int:
    """Build the store beside the place and put it there when it is whole; begun again where interrupted."""
    masters = MasterKeys.from_file(key) if key else master_keys(settings)
    if masters is None:
        raise click.ClickException(texts.RESTORE_KEY)
    building = into.with_name(f".{into.name}{_UNFINISHED}")
    shutil.rmtree(building, ignore_errors=True)
    store = TinyDbStore.open(building, masters)
    try:
        files = FileStore(building / "files", store)
        counts = await carry_over(Backup(file, masters), store, files, progress(click.echo))
        counts.broken += (await verify(Kept(store, files))).broken
    finally:
        await store.close()
    if key is not None or (settings.store_key_file is None and settings.store_key is None):
        copy_keys(key or settings.data / KEY_NAME, building / KEY_NAME)
    building.rename(into)  # over an empty folder, and no other
    sync_directory(into.parent)
    say_counts(counts, click.echo)
    click.echo(texts.RESTORED.format(place=into))
    return 1 if counts.broken else 0


@click.command("verify", help="Kontrollér alle kæder, filer og antal; nævner det første brudte led.")
@click.option("--backup", type=_FromFile, help="Kontrollér en sikkerhedskopi i stedet for lageret.")
def verify_command(backup: Path | None) -> int:
    """Look through the store or a backup; 1 where something is not as it was stored."""
    if backup is None:
        return on_store(verify_work)
    masters = master_keys(load_settings())
    if masters is None:
        raise click.ClickException(texts.RESTORE_KEY)
    return say_verified(asyncio.run(verify(Backup(backup, masters))), click.echo)


@click.command("migrate", help="Flyt alt til et andet lager: en mappe eller en PostgreSQL-database.")
@click.option("--to", "place", required=True, help="Mappen, eller databasens adresse (postgresql://...).")
@click.option("--key", type=_FromFile, help="Nøglefilen for det nye lager, hvis det skal have sin egen.")
def migrate_command(place: str, key: Path | None) -> int:
    """Copy the whole store to another one, which may be of another kind; done again, it goes on."""
    settings = load_settings()
    is_database = "://" in place
    shared = {"database_url": place} if is_database else {"database_url": None, "data": Path(place).resolve()}
    named: dict[str, Any] = {"store_key_file": key, "store_key": None} if key else {}
    other = load_settings(**{**settings.model_dump(), **shared, **named})
    if is_database and other.store_key_file is None and other.store_key is None:
        raise click.ClickException(texts.MIGRATE_KEY)
    if (other.database_url, other.data.resolve()) == (settings.database_url, settings.data.resolve()):
        raise click.ClickException(texts.MIGRATE_SAME.format(place=other.data))
    counts = asyncio.run(_migrate(settings, other))
    say_counts(counts, click.echo)
    click.echo(texts.MIGRATED.format(place="PostgreSQL" if is_database else other.data))
    return 1 if counts.broken else 0


async def _migrate(settings: Settings, other: Settings) -> Counts:
    async with opened_store(settings) as (store, files), opened_store(other) as (new, new_files):
        return await carry_over(Kept(store, files), new, new_files, progress(click.echo))


@click.command("audit", help="Vis, hvem der har ændret og set hvad i en sag.")
@click.argument("case")
def audit_command(case: str) -> int:
    """Print a case's changes and looks in the order of their times."""
    return on_store(audit_work, case=case, person=_operator())


@click.command("export", help="Skriv en sag med hele dens historik: som JSON eller som et læsbart dokument.")
@click.argument("case")
@click.option("--pdf", type=_ToFile, metavar="UD.pdf", help="Skriv et læsbart dokument i stedet for JSON.")
def export_command(case: str, pdf: Path | None) -> int:
    """Print a case with all its events as JSON, or write it as a document."""
    file = None if pdf is None else str(pdf.resolve())
    return on_store(export_work, case=case, person=_operator(), file=file)


@click.command("erase", help="Slet en sag for altid, og skriv en kvittering.")
@click.argument("case")
@click.option("--reason", required=True, help="Hvorfor; står i kvitteringen.")
@click.option("--out", type=_Folder, default=Path("kvitteringer"), help="Mappen til kvitteringen.")
@click.option("--damaged", is_flag=True, help="Også hvis sagen er beskadiget og ikke kan læses.")
@click.option("--yes", is_flag=True, help="Spørg ikke først.")
def erase_command(case: str, reason: str, out: Path, damaged: bool, yes: bool) -> int:
    """Erase a case with all that belongs to it; the receipt proves what was erased."""
    if any(one.stops for one in scan(reason)):
        raise click.ClickException(texts.ERASE_CPR)
    if not yes:
        click.confirm(texts.ERASE_SURE.format(case=case), abort=True)
    folder = str(out.resolve())
    return on_store(erase_work, case=case, reason=reason, out=folder, damaged=damaged, person=_operator())


@click.command("retention", help="Vis de sager, der er over deres opbevaringsperiode, eller slet dem.")
@click.option("--erase", is_flag=True, help="Slet dem, og skriv kvitteringer.")
@click.option("--out", type=_Folder, help="Mappen til kvitteringerne.")
def retention_command(erase: bool, out: Path | None) -> int:
    """List what is past its period; erased only when told so."""
    if erase and out is None:
        raise click.ClickException(texts.RETENTION_OUT)
    folder = str(out.resolve()) if erase and out is not None else None
    return on_store(retention_work, person=_operator(), out=folder)


COMMANDS = (
    backup_command,
    restore_command,
    verify_command,
    migrate_command,
    audit_command,
    export_command,
    erase_command,
    retention_command,
)


def _operator() -> str:
    """Who runs the command, as it stands in trail and receipt."""
    return texts.OPERATOR.format(name=getpass.getuser())
