"""The commands on cases; while `serve` runs, it carries them out (`control`)."""

from __future__ import annotations

from pathlib import Path

import click

from bot import texts
from bot.case_works import cases_work, invite_work, labelled_work, letter_work, open_work
from bot.control import on_store
from bot.letter_commands import CaseOrCommand, template_group
from knowledge.checks.personal_data import scan
from knowledge.hearings.casefile import load_case_file
from storage.events import Role

_ROLES = {"sagsbehandler": Role.CASEWORKER, "teamleder": Role.TEAM_LEAD}


@click.command("open", help="Åbn en sag ud fra en sagsfil (uden svar), og skriv invitationerne.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
def open_command(file: Path) -> int:
    """Open a case on the store and print its two first invitations."""
    case_file = load_case_file(file)
    people = case_file.people
    return on_store(
        open_work,
        hearing=case_file.hearing,
        profile=case_file.profile().model_dump(mode="json"),
        quotes=dict(case_file.quotes),
        people=[(people.caseworker, Role.CASEWORKER), (people.team_lead, Role.TEAM_LEAD)],
    )


@click.command("invite", help="Invitér en person til en sag.")
@click.argument("case")
@click.argument("name")
@click.option("--role", type=click.Choice(list(_ROLES)), default="sagsbehandler", help="Personens rolle.")
def invite_command(case: str, name: str, role: str) -> int:
    """Print an invitation; a member of that name and role is let in anew."""
    if any(one.stops for one in scan(name)):
        raise click.ClickException(texts.CPR_IN_NAME)
    return on_store(invite_work, case=case, name=name, role=_ROLES[role])


@click.command("cases", help="Vis sagerne i lageret.")
def cases_command() -> int:
    """List the cases in the store."""
    return on_store(cases_work)


@click.command("labelled", help="Skriv de tekster, som advarsler er meldt forkerte om, til oplæring.")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def labelled_command(out: Path) -> int:
    """Write the words of wrong warnings as labelled texts, one a line, to learn from."""
    return on_store(labelled_work, out=str(out.resolve()))


@click.command("CASE", help="Skriv sagens brev som DOCX og PDF til en mappe.")
@click.argument("case")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Mappen, der skrives til."
)
@click.option("--bundle", is_flag=True, help="Skriv også hele svaret med bilag, som PDF og ZIP.")
def letter_command(case: str, out: Path, bundle: bool) -> int:
    """Write the letter as the case stands: a draft, with its cover sheet, until it is approved."""
    return on_store(letter_work, case=case, out=str(out.resolve()), bundle=bundle)


COMMANDS = (
    open_command,
    invite_command,
    cases_command,
    labelled_command,
    CaseOrCommand(
        letter_command,
        name="letter",
        commands=[template_group],
        help="Skriv en sags brev: «letter CASE --out MAPPE». Se «letter CASE --help».",
    ),
)
