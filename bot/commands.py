"""The commands of the command line, one function each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from bot import texts
from bot.cases import invite, open_case
from bot.desk import Desk
from bot.dialogue.messages import Piece
from bot.dialogue.situation import Situation
from bot.dialogue.texts import CASE_STATES, ROLES
from bot.keeping.commands import COMMANDS as KEEPING
from bot.keys import LOOK_SECONDS
from bot.letter_commands import CaseOrCommand, template_group
from bot.opening import key_file, opened_desk, opened_store
from bot.player import AnswerRefused
from bot.replay import NotApproved, replay
from bot.serve import serve
from bot.settings import Settings, load_settings
from knowledge.checks.personal_data import redacted, scan
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
from knowledge.hearings.load import definition
from knowledge.hearings.problems import CaseFileRefused
from knowledge.hearings.testcases import check
from knowledge.letters.wording import series
from storage.events import Role
from storage.master_keys import add_key, keep_first_key
from storage.store import StoreInUse, UnknownCase

_ReadFile = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_OutFolder = click.Path(file_okay=False, path_type=Path)
_ROLES = {"sagsbehandler": Role.CASEWORKER, "teamleder": Role.TEAM_LEAD}


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


@hoering.command("open", help="Åbn en sag ud fra en sagsfil (uden svar), og skriv invitationerne.")
@click.argument("file", type=_ReadFile)
def open_command(file: Path) -> None:
    """Open a case on the store and print its two first invitations."""
    asyncio.run(_open(file))


async def _open(file: Path) -> None:
    case_file = load_case_file(file)
    settings = load_settings()
    async with opened_desk(settings) as desk:
        opened = definition(case_file.hearing)
        case = await open_case(desk, opened, case_file.profile(), dict(case_file.quotes))
        click.echo(texts.OPENED.format(case=case))
        await _print_invitation(desk, case, case_file.people.caseworker, Role.CASEWORKER)
        await _print_invitation(desk, case, case_file.people.team_lead, Role.TEAM_LEAD)


@hoering.command("invite", help="Invitér en person til en sag.")
@click.argument("case")
@click.argument("name")
@click.option("--role", type=click.Choice(list(_ROLES)), default="sagsbehandler", help="Personens rolle.")
def invite_command(case: str, name: str, role: str) -> None:
    """Print an invitation; a member of that name and role is let in anew."""
    asyncio.run(_invite(case, name, _ROLES[role]))


async def _invite(case: str, name: str, role: Role) -> None:
    if any(one.stops for one in scan(name)):
        raise click.ClickException(texts.CPR_IN_NAME)
    async with opened_desk(load_settings()) as desk:
        await _situation(desk, case)
        await _print_invitation(desk, case, name, role)


async def _print_invitation(desk: Desk, case: str, name: str, role: Role) -> None:
    settings = desk.settings
    token = await invite(desk, case, name, role)
    click.echo(texts.INVITED.format(name=name, role=ROLES[role], days=settings.invitation_days))
    address = settings.web_url or f"http://{settings.web_host}:{settings.web_port}"
    click.echo(texts.INVITE_WEB.format(address=address, token=token))
    click.echo(texts.INVITE_TELEGRAM.format(token=token))


@hoering.command("cases", help="Vis sagerne i lageret.")
def cases_command() -> None:
    """List the cases in the store."""
    asyncio.run(_cases())


async def _cases() -> None:
    async with opened_desk(load_settings()) as desk:
        for summary in await desk.store.cases():
            situation = await desk.casebook.load(summary.id)
            click.echo(
                texts.CASE_LINE.format(
                    case=summary.id,
                    state=CASE_STATES[summary.state],
                    municipality=situation.profile.municipality.name,
                    title=situation.definition.title,
                )
            )


@hoering.command("labelled", help="Skriv de tekster, som advarsler er meldt forkerte om, til oplæring.")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def labelled_command(out: Path) -> None:
    """Write the words of wrong warnings as labelled texts, one a line, to learn from."""
    asyncio.run(_labelled(out))


async def _labelled(out: Path) -> None:
    async with opened_desk(load_settings()) as desk:
        cases = [(await desk.casebook.load(summary.id)).case for summary in await desk.store.cases()]
    texts_of = [
        {
            "id": f"{case.id}-{key}",
            "text": _without_people(wrong.text),
            "labels": [],
            "not": wrong.label,
            "why": _without_people(wrong.reason),
        }
        for case in cases
        for key, wrong in case.disputed.items()
        if wrong.text
    ]
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in texts_of)
    out.write_text(lines, encoding="utf-8")  # noqa: ASYNC240 - the command has nothing else to wait for
    click.echo(texts.CLAUSES_WRITTEN.format(count=len(texts_of), file=out))


def _without_people(text: str) -> str:
    """The text with all that may be personal blanked out: what is learnt from leaves the case."""
    return redacted(text, scan(text))


@click.command("CASE", help="Skriv sagens brev som DOCX og PDF til en mappe.")
@click.argument("case")
@click.option("--out", type=_OutFolder, required=True, help="Mappen, der skrives til.")
@click.option("--bundle", is_flag=True, help="Skriv også hele svaret med bilag, som PDF og ZIP.")
def letter_command(case: str, out: Path, bundle: bool) -> None:
    """Write the letter as the case stands: a draft, with its cover sheet, until it is approved."""
    asyncio.run(_letter(case, out, bundle=bundle))


hoering.add_command(
    CaseOrCommand(
        letter_command,
        name="letter",
        commands=[template_group],
        help="Skriv en sags brev: «letter CASE --out MAPPE». Se «letter CASE --help».",
    )
)


async def _letter(case: str, out: Path, *, bundle: bool) -> None:
    pieces = [Piece.LETTER_DOCX, Piece.LETTER_PDF, Piece.COVER, Piece.CHANGES]
    async with opened_desk(load_settings()) as desk:
        situation = await _situation(desk, case)
        if bundle:
            pieces += [Piece.BUNDLE_PDF, Piece.BUNDLE_ZIP]
            for warning in (await desk.papers.bundle(situation)).warnings:
                click.echo(warning, err=True)
        documents = [one for piece in pieces if (one := await desk.papers.paper(situation, piece))]
    out.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - the command has nothing else to wait for
    for document in documents:
        (out / document.name).write_bytes(document.data)
        click.echo(texts.WRITTEN.format(file=out / document.name))


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


async def _situation(desk: Desk, case: str) -> Situation:
    """The case; a mistake of the user's where there is none."""
    try:
        return await desk.casebook.load(case)
    except UnknownCase:
        raise click.ClickException(texts.UNKNOWN_CASE.format(case=case)) from None


for keeping_command in KEEPING:
    hoering.add_command(keeping_command)


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
