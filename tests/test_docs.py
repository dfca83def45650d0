"""What the documents say about commands and settings is what the code has."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from bot import commands
from bot.dialogue.parsing.commands import Command, Given, command
from bot.letter_commands import CaseOrCommand
from bot.settings import Settings

README = Path("README.md").read_text(encoding="utf-8")
EXAMPLE = Path("deploy/settings.example.toml").read_text(encoding="utf-8")
GUIDES = [Path("docs/sagsbehandler.md"), Path("docs/teamleder.md")]


def names(group: click.Group, prefix: str = "") -> set[str]:
    """All commands, those of groups with the group's name before them."""
    found: set[str] = set()
    for name, one in group.commands.items():
        found |= names(one, f"{prefix}{name} ") if isinstance(one, click.Group) else {prefix + name}
        if isinstance(one, CaseOrCommand):
            found.add(prefix + name)
    return found


def test_readme_names_every_command_and_no_other() -> None:
    """The table of commands in the README is the command line."""
    table = README.partition("## Commands")[2].partition("## Settings")[0]
    told = {
        " ".join(word for word in line.split("`")[1].split() if word.islower() and not word.startswith("-"))
        for line in table.splitlines()
        if line.startswith("| `")
    }
    assert told == names(commands.hoering)


def test_settings_example_names_every_setting_with_its_default() -> None:
    """Every setting stands in the example; what is commented out shows the default."""
    shown = dict(re.findall(r"^#?([a-z_]+) = (.+)$", EXAMPLE, re.MULTILINE))
    assert set(shown) == set(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        commented = f"#{name} = " in EXAMPLE
        if commented and field.default is not None:
            assert tomllib.loads(f"x = {shown[name]}")["x"] == type(tomllib.loads(f"x = {shown[name]}")["x"])(
                field.default
            )


def test_settings_example_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example is a settings file as it stands."""
    monkeypatch.setenv("HOERING_SETTINGS", "deploy/settings.example.toml")
    from bot.settings import load_settings  # noqa: PLC0415 - after the environment is set

    assert load_settings().example is False


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_guides_only_name_commands_that_there_are(guide: Path) -> None:
    """Every command in the guides is understood by the chat."""
    told = re.findall(r"`(/?[a-zæøå][^`…]*?)(?: …)?`", guide.read_text(encoding="utf-8"))
    assert told
    for words in told:
        if words not in {"data"}:
            assert isinstance(command(words), Given), words


def test_caseworkers_guide_names_their_commands() -> None:
    """What a caseworker can write is in their guide."""
    text = GUIDES[0].read_text(encoding="utf-8")
    leads = {Command.REVIEW, Command.APPROVE, Command.RETURN, Command.SENT, Command.INVITE, Command.START}
    for one in set(Command) - leads:
        assert f"`{one.word}" in text, one


def test_links_in_the_documents_lead_somewhere() -> None:
    """Every relative link and picture is there."""
    for document in [Path("README.md"), *Path("docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
            if not link.startswith("http"):
                assert (document.parent / link).exists(), f"{document}: {link}"


def test_make_targets_in_the_readme_are_there() -> None:
    """The make commands named in the README are in the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z]+)", README)) <= targets


def test_arrows_run_one_way() -> None:
    """The import rules of pyproject.toml hold."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(linter)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
