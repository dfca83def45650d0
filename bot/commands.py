"""The commands of the command line, one function each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from bot import texts
from bot.case_commands import COMMANDS as ON_CASES
from bot.keeping.commands import COMMANDS as KEEPING
from bot.keys import LOOK_SECONDS
from bot.opening import key_file, opened_store
from bot.player import AnswerRefused
from bot.replay import NotApproved, replay
from bot.serve import serve
from bot.settings import Settings, load_settings
from knowledge.contracts import lacks
from knowledge.contracts.catalogue import catalogue
from knowledge.contracts.in_place import with_passages
from knowledge.contracts.personal import personal_data_findings, without_cpr
from knowledge.contracts.reader import document_findings
from knowledge.contracts.report import label_lines
from knowledge.contracts.report_pdf import report_pdf
from knowledge.contracts.scans import read_all
from knowledge.findings import Finding, Tier
from knowledge.hearings.casefile import load_case_file
from knowledge.hearings.problems import CaseFileRefused
from knowledge.hearings.testcases import check
from knowledge.letters.wording import series
from storage.master_keys import add_key, keep_first_key
from storage.store import StoreInUse

_ReadFile = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_OutFolder = click.Path(file_okay=False, path_type=Path)


@click.group(name="hoering", help="Høringsassistenten: fra det første spørgsmål til svarbrevet.")
def hoering() -> None:
    """The group of all commands."""


@hoering.command("serve", help="Kør chatten: i browseren, på Telegram eller begge dele.")
def serve_command() -> None:
    """Run the front ends that are configured."""
    asyncio.run(serve(load_settings(), click.echo))


@hoering.command("replay", help="Afspil en sagsfil, og skriv brev, advarsler, samtale og sag til en mappe.")
@click.argument("file", type=_ReadFile)
@click.option("--out", type=_OutFolder, required=True, help="Mappen, der skrives til.")
def replay_command(file: Path, out: Path) -> int:
    """Play a case file; 1 where an answer is refused."""
    case_file = load_case_file(file)
    try:
        replayed = asyncio.run(replay(case_file, file.parent, out))
    except (AnswerRefused, CaseFileRefused, NotApproved) as refused:
        click.echo(str(refused), err=True)
        return 1
    for remark in replayed.remarks:
        click.echo(remark, err=True)
    for written in replayed.files:
        click.echo(texts.WRITTEN.format(file=written))
    return 0


@hoering.command("risks", help="Læs en kontrakt, og vis dens risikable vilkår.")
@click.argument("file", type=_ReadFile, required=False)
@click.option("--json", "as_json", is_flag=True, help="Skriv som JSON.")
@click.option(
    "--clauses",
    nargs=2,
    type=click.Path(path_type=Path),
    metavar="IND.jsonl UD.jsonl",
    help="Mærk tekster, én pr. linje, i stedet for en kontrakt.",
)
@click.option(
    "--pdf",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="UD.pdf",
    help="Skriv gennemgangen som PDF til at tage med til et møde.",
)
@click.option("--check", is_flag=True, help="Kontrollér kataloget over risici i stedet for en kontrakt.")
def risks_command(
    file: Path | None, as_json: bool, clauses: tuple[Path, Path] | None, pdf: Path | None, check: bool
) -> None:
    """Print the findings of one contract, label texts one a line, or check the catalogue."""
    if check:
        known = catalogue()
        lacks.load(lacks.FILE)
        click.echo(texts.CATALOGUE_SOUND.format(risks=len(known.risks), concepts=len(known.lexicon.names)))
        return
    if clauses is not None:
        _label(*clauses)
        return
    if file is None:
        raise click.UsageError(texts.RISKS_WHAT)
    document = read_all(file, file.name, _tell_progress)
    plain = without_cpr(document)
    findings = with_passages(plain, [*document_findings(plain), *personal_data_findings(document)])
    if document.unread_pages:
        unread = series([str(page) for page in document.unread_pages])
        click.echo(texts.RISKS_UNREAD.format(pages=unread), err=True)
    if pdf is not None:
        today = datetime.now().astimezone().date()
        pdf.write_bytes(report_pdf(document.name, findings, pages=len(document.pages), today=today))
        click.echo(texts.WRITTEN.format(file=pdf))
        return
    if as_json:
        dumped = [finding.model_dump(mode="json") for finding in findings]
        click.echo(json.dumps(dumped, ensure_ascii=False, indent=2))
        return
    for line in _risk_lines(findings, len(document.pages)):
        click.echo(line)


def _tell_progress(page: int, pages: int) -> None:
    click.echo(texts.RISKS_PROGRESS.format(page=page, pages=pages), err=True)


def _risk_lines(findings: list[Finding], pages: int) -> Iterator[str]:
    for finding in findings:
        severity = texts.SEVERITIES[finding.severity]
        yield (texts.RISK_LINE if finding.about.quote else texts.RISK_LINE_WHOLE).format(
            severity=severity if finding.tier is Tier.WARNING else texts.SUSPECTED,
            title=finding.title,
            where=texts.RISK_PAGE.format(page=finding.about.page) if finding.about.page else "",
            quote=" ".join(finding.about.quote.split()),
            meaning=finding.meaning,
            advice=finding.advice,
        )
    ending = texts.RISKS_COUNT if findings else texts.RISKS_NONE
    yield ending.format(count=len(findings), pages=pages)


def _label(given: Path, out: Path) -> None:
    # All is read and understood before anything is written: the two may be the same file.
    labelled = list(label_lines(given.read_text("utf-8-sig", "replace").split("\n")))
    out.write_text("".join(f"{line}\n" for line in labelled), "utf-8")
    click.echo(texts.CLAUSES_WRITTEN.format(count=len(labelled), file=out))


@hoering.group("hearing", help="Høringsdefinitioner.")
def hearing_group() -> None:
    """The group of commands on definitions."""


@hearing_group.command("check", help="Kontrollér en definition, og kør dens prøvesager.")
@click.argument("file", type=_ReadFile)
def hearing_check_command(file: Path) -> int:
    """Validate a definition and run its test cases; 1 where one fails."""
    report = check(file)
    for line in report.lines:
        click.echo(line)
    return 0 if report.ok else 1


@hoering.command("rotate-key", help="Sæt en ny hovednøgle; tjenesten må gerne køre imens.")
@click.option("--forget-old", is_flag=True, help="Fjern i stedet de gamle nøgler fra nøglefilen.")
def rotate_key_command(forget_old: bool) -> None:
    """Put a new master key into the key file and wrap all keys by it, or drop the old ones."""
    settings = load_settings()
    file = key_file(settings)
    if forget_old:
        asyncio.run(_rewrap(settings))
        keep_first_key(file)
        click.echo(texts.OLD_KEYS_FORGOTTEN.format(file=file))
        return
    add_key(file)
    click.echo(texts.KEY_ADDED.format(file=file))
    try:
        asyncio.run(_rewrap(settings))
    except StoreInUse:
        click.echo(texts.KEYS_FOLLOW.format(seconds=LOOK_SECONDS))


async def _rewrap(settings: Settings) -> None:
    async with opened_store(settings) as (store, _):
        click.echo(texts.KEYS_REWRAPPED.format(count=await store.rewrap()))


for on_store in (*ON_CASES, *KEEPING):
    hoering.add_command(on_store)


def usage(error: click.UsageError) -> str:
    """What is wrong with the words of the command line, in one Danish line."""
    command = error.ctx.command_path if error.ctx else "hoering"
    match error:
        case click.exceptions.NoArgsIsHelpError():
            problem = texts.NO_COMMAND
        case click.NoSuchOption():
            problem = texts.NO_SUCH_OPTION.format(option=error.option_name)
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else ""
            problem = texts.MISSING.format(name=name)
        case click.BadParameter():
            name = error.param.human_readable_name if error.param else ""
            problem = texts.BAD.format(name=name, value=error.message)
        case _ if error.message.startswith("No such command"):
            problem = texts.NO_SUCH_COMMAND
        case _:
            problem = error.message
    return texts.SEE_HELP.format(problem=problem, command=command)
