"""Commands on what a municipality brings for its letters, and how they share a word with a case's letter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from bot import texts
from knowledge.letters.look.read_house import load_house
from knowledge.letters.look.trial import tried_house, tried_template

_PROFILES = {".yaml", ".yml"}


class CaseOrCommand(click.Group):
    """A group where a word that is none of its commands is a case: `letter CASE --out DIR`."""

    def __init__(self, on_case: click.Command, **attributes: Any) -> None:
        # What looks like an option may be one of the command on a case.
        super().__init__(context_settings={"ignore_unknown_options": True}, **attributes)
        self._on_case = on_case

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names, or the one on a case with all words."""
        if args and args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return self._on_case.name, self._on_case, args


@click.group("template", help="Kommunens egen brevskabelon og profil.")
def template_group() -> None:
    """The group of commands on templates."""


@template_group.command("check", help="Kontrollér en Word-skabelon (.docx, .dotx) eller en profil (.yaml).")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
def template_check_command(file: Path) -> None:
    """Say what is missing in a template or a profile, and where; a trial letter is made with it."""
    if file.suffix.lower() in _PROFILES:
        remarks = tried_house(file, load_house(file))
        good = texts.PROFILE_GOOD
    else:
        remarks = tried_template(file)
        good = texts.TEMPLATE_GOOD
    for remark in remarks:
        click.echo(texts.REMARK.format(remark=remark))
    click.echo(good.format(file=file.name))
