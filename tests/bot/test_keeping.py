"""The commands that keep the store, as an operator runs them: alone, beside the service, and killed."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text

from bot.__main__ import run
from bot.cases import open_case
from bot.control import SOCKET_NAME, listening
from bot.desk import Desk
from bot.keeping.erasing import file_mark
from bot.opening import opened_desk
from bot.serve import WORKS
from bot.settings import Settings
from knowledge.hearings.load import definition
from knowledge.letters.profile import Profile
from storage.events import Role
from storage.sqlite_file import DATABASE_NAME
from tests.bot.conftest import Visitor, let_in
from tests.bot.dialogue.talking import PROFILE
from tests.bot.killed import run_until
from tests.forking import processes
from tests.storage.cases import event_row

CONTRACT = b"Konsulenten modtager 10 % af besparelsen."


async def answered(desk: Desk) -> tuple[str, Visitor, Visitor]:
    """A case with an answer in two versions, a file and the lead's look."""
    case = await open_case(
        desk, definition("ankestyrelsen-konsulenter-2020"), Profile.model_validate(PROFILE)
    )
    mette = await let_in(desk, case, "Mette", Role.CASEWORKER, "telegram:1")
    jens = await let_in(desk, case, "Jens", Role.TEAM_LEAD, "telegram:2")
    await mette.says("Lundager Rådgivning ApS")
    await mette.says("/ret konsulentfirma")
    await mette.says("Lundager Konsulenter ApS")
    await desk.files.put(case, CONTRACT)
    await desk.overview(jens.user)
    return case, mette, jens


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that the commands use."""
    monkeypatch.setenv("HOERING_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def case(data: Path) -> str:
    """A case in the data folder, with nobody serving."""

    async def make() -> str:
        async with opened_desk(Settings(data=data)) as desk:
            return (await answered(desk))[0]

    return asyncio.run(make())


@pytest.fixture
async def serving(data: Path) -> AsyncIterator[Desk]:
    """A desk that serves, and does what commands ask it for."""
    async with opened_desk(Settings(data=data)) as desk, listening(desk, WORKS):
        yield desk


async def command(*arguments: str) -> int:
    """Run a command beside what goes on here."""
    return await asyncio.to_thread(run, list(arguments))


def killed(arguments: list[str], owner: str, name: str) -> None:
    """Run a command in a process that is killed before it calls the function."""
    process = processes.Process(target=run_until, args=(os.environ["HOERING_DATA"], arguments, owner, name))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def test_a_store_is_backed_up_verified_restored_and_verified_again(
    data: Path, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The restored folder is a store with the same case; a folder that is not empty is refused."""
    copy, new = tmp_path / "kopi.hoering", tmp_path / "ny"
    assert run(["verify"]) == 0
    assert "Alt er, som det blev gemt." in capsys.readouterr().out
    assert run(["backup", str(copy)]) == 0
    assert run(["verify", "--backup", str(copy)]) == 0
    assert run(["restore", str(copy), "--into", str(data)]) == 2
    assert "er ikke tom" in capsys.readouterr().err
    assert run(["restore", str(copy), "--into", str(new)]) == 0
    monkeypatch.setenv("HOERING_DATA", str(new))
    assert run(["verify"]) == 0
    capsys.readouterr()
    assert run(["export", case]) == 0
    assert "Lundager Konsulenter" in capsys.readouterr().out


def test_verify_names_what_was_changed_and_ends_with_one(
    data: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The case and the number of the event."""
    with closing(sqlite3.connect(data / DATABASE_NAME)) as connection, connection:
        connection.execute(f"UPDATE document SET body = zeroblob(80) WHERE {event_row(case, 3)}")
    assert run(["verify"]) == 1
    assert f"Brudt: event 3 of case {case} is not what was written" in capsys.readouterr().out


async def test_while_it_serves_the_service_does_it(
    serving: Desk, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Backup, verification, trail and export of a store that is held and goes on being used."""
    case, mette, _ = await answered(serving)
    assert (data / SOCKET_NAME).stat().st_mode & 0o077 == 0
    copy = tmp_path / "kopi.hoering"
    assert await command("backup", str(copy)) == 0
    assert await command("verify") == 0
    assert await command("audit", case) == 0
    told = capsys.readouterr().out
    assert "Jens  så oversigten" in told
    assert "Mette  besvarede «konsulentfirma»" in told
    assert await command("export", case, "--pdf", str(tmp_path / "sag.pdf")) == 0
    assert await command("export", "findes-ikke") == 2
    assert "findes ikke" in capsys.readouterr().err
    await mette.says("/status")
    assert [look.kind for look in await serving.store.looks.of(case)][-1] in {"chat", "export"}
    text = extract_text(str(tmp_path / "sag.pdf"))
    for words in ("Lundager Rådgivning ApS", "Lundager Konsulenter ApS", "Mette", "Jens", "så oversigten"):
        assert words in " ".join(text.split())


async def test_while_it_serves_cases_are_opened_listed_and_written(
    serving: Desk, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From opening to the letter nobody has to stop the service, and who is invited comes in at once."""
    assert await command("open", "bot/example_case/case.yaml") == 0
    case = capsys.readouterr().out.split()[1]
    assert await command("invite", case, "Anna Bro", "--role", "teamleder") == 0
    token = capsys.readouterr().out.split("start=")[1].split()[0]
    await serving.admit(token, "telegram:7", None)
    assert [one.name for one in (await serving.casebook.load(case)).case.members.values()] == ["Anna Bro"]
    assert await command("cases") == 0
    assert case in capsys.readouterr().out
    assert await command("letter", case, "--out", str(tmp_path / "breve")) == 0
    assert await command("labelled", str(tmp_path / "tekster.jsonl")) == 0
    written = capsys.readouterr().out.splitlines()
    assert {Path(line).suffix for line in written} == {".docx", ".pdf", ".jsonl"}
    assert await command("letter", "findes-ikke", "--out", str(tmp_path / "breve")) == 2
    assert "findes ikke" in capsys.readouterr().err


async def test_an_erased_case_is_gone_at_once_and_leaves_a_receipt(
    serving: Desk, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody sees it, verifying accepts it, and the receipt keeps nothing of it; once more is the same."""
    case, mette, _ = await answered(serving)
    head = (await mette.stands()).last_hash
    asked = ["erase", case, "--reason", "Ti år er gået.", "--out", str(tmp_path / "ud"), "--yes"]
    assert await command(*asked) == 0
    assert await serving.overview(mette.user) is None
    assert await command("verify") == 0
    assert "heraf slettet: 1" in capsys.readouterr().out
    assert await command("cases") == 0
    assert capsys.readouterr().out == f"{case}  slettet\n"
    assert await command("labelled", str(tmp_path / "tekster.jsonl")) == 0
    assert "0 tekster" in capsys.readouterr().out
    document = (tmp_path / "ud" / f"kvittering-{case}.json").read_text()
    text = (tmp_path / "ud" / f"kvittering-{case}.txt").read_text()
    for kept in ("Lundager", "Mette", "Jens"):
        assert kept not in document + text
    assert json.loads(document)["last_hash"] == head
    assert head in text
    assert "Ti år er gået." in text

    assert await command(*asked) == 0
    assert (tmp_path / "ud" / f"kvittering-{case}.json").read_text() == document


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE document SET body = zeroblob(80) WHERE {event}",
        "UPDATE hearing_case SET state = 'erased'",
        "UPDATE hearing_case SET opened_at = x'00'",
        "DELETE FROM hearing_case",
    ],
)
def test_a_damaged_case_is_erased_only_when_that_is_said(
    data: Path, case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    """A citizen's right to be forgotten does not end with a broken disk, but nothing is lost by mistake."""
    with closing(sqlite3.connect(data / DATABASE_NAME)) as connection, connection:
        connection.execute(damage.format(event=event_row(case, 3)))
    asked = ["erase", case, "--reason", "Tiden er gået.", "--out", str(tmp_path / "ud"), "--yes"]
    assert run(asked) == 2
    assert "--damaged" in capsys.readouterr().err
    assert not (tmp_path / "ud").exists()

    assert run([*asked, "--damaged"]) == 0
    assert "beskadiget" in (tmp_path / "ud" / f"kvittering-{case}.txt").read_text()
    receipt = json.loads((tmp_path / "ud" / f"kvittering-{case}.json").read_text())
    assert receipt["damaged"]
    assert not list((data / "files" / case).glob("*"))
    assert run(["verify"]) == 0
    assert run(["export", case]) == 2
    with closing(sqlite3.connect(data / DATABASE_NAME)) as connection:
        assert connection.execute("SELECT count(*) FROM document WHERE view LIKE 'case:%'").fetchone() == (1,)


def test_a_receipt_tells_of_a_file_only_to_who_has_it(tmp_path: Path) -> None:
    """Another salt gives another mark, so that receipts cannot be compared."""
    file = hashlib.sha256(CONTRACT).hexdigest()
    assert file_mark("00" * 16, file) == file_mark("00" * 16, file)
    assert file_mark("00" * 16, file) != file_mark("01" * 16, file)
    assert file not in file_mark("00" * 16, file)


def test_a_reason_with_a_cpr_number_is_refused(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It would outlive the case."""
    assert run(["erase", case, "--reason", "Borger 010203-1234 bad om det.", "--yes"]) == 2
    assert "CPR" in capsys.readouterr().err
    assert run(["export", case]) == 0


def test_what_is_past_its_period_is_listed_and_erased_when_told_so(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a period nothing ever is."""
    assert run(["retention"]) == 2
    assert "Ingen opbevaringsperiode" in capsys.readouterr().err
    monkeypatch.setenv("HOERING_KEEP_DRAFTING_DAYS", "30")
    assert run(["retention"]) == 0
    assert "Ingen sager" in capsys.readouterr().out

    later = datetime.now(UTC) + timedelta(days=31)
    monkeypatch.setattr(Desk.__init__, "__kwdefaults__", {"now": lambda: later})
    assert run(["retention"]) == 0
    told = capsys.readouterr().out
    assert case in told
    assert "Intet er slettet" in told
    assert run(["export", case]) == 0
    assert run(["retention", "--erase"]) == 2
    assert run(["retention", "--erase", "--out", str(tmp_path / "ud")]) == 0
    assert (tmp_path / "ud" / f"kvittering-{case}.txt").exists()
    assert run(["export", case]) == 2


def test_a_damaged_case_comes_back_from_a_backup_and_the_others_keep_what_came_since(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `docs/databeskyttelse.md` says: restore beside it, then move over what the store has more."""
    new, copy = tmp_path / "ny", tmp_path / "kopi.hoering"

    async def make() -> list[str]:
        async with opened_desk(Settings(data=data)) as desk:
            return [(await answered(desk))[0] for _ in range(2)]

    async def go_on(case: str) -> None:
        async with opened_desk(Settings(data=data)) as desk:
            mette = Visitor(desk, "telegram:1", case)
            await mette.says("/ret konsulentfirma", key="later-1")
            await mette.says("Lundager Partnere ApS", key="later-2")

    broken, sound = asyncio.run(make())
    assert run(["backup", str(copy)]) == 0
    asyncio.run(go_on(sound))
    with closing(sqlite3.connect(data / DATABASE_NAME)) as connection, connection:
        connection.execute(f"UPDATE document SET body = zeroblob(80) WHERE {event_row(broken, 3)}")

    assert run(["restore", str(copy), "--into", str(new)]) == 0
    assert run(["migrate", "--to", str(new)]) == 1
    assert f"Brudt: event 3 of case {broken}" in capsys.readouterr().out

    monkeypatch.setenv("HOERING_DATA", str(new))
    assert run(["verify"]) == 0
    capsys.readouterr()
    assert run(["export", sound]) == 0
    assert "Lundager Partnere ApS" in capsys.readouterr().out
    assert run(["export", broken]) == 0
    assert "Lundager Konsulenter ApS" in capsys.readouterr().out


def test_a_damaged_case_keeps_no_other_from_being_listed_and_erased(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Lists go on past it and end with 1; what it lacks is said."""

    async def make() -> list[str]:
        async with opened_desk(Settings(data=data)) as desk:
            return [(await answered(desk))[0] for _ in range(3)]

    hidden, broken, sound = asyncio.run(make())
    with closing(sqlite3.connect(data / DATABASE_NAME)) as connection, connection:
        connection.execute(f"UPDATE document SET body = zeroblob(80) WHERE {event_row(broken, 3)}")
        connection.execute("UPDATE hearing_case SET state = 'sent' WHERE id = ?", (hidden,))
    assert run(["cases"]) == 1
    told = capsys.readouterr().out
    assert sound in told
    assert broken not in told
    assert "2 sager er beskadiget" in told
    assert run(["labelled", str(tmp_path / "tekster.jsonl")]) == 1

    monkeypatch.setenv("HOERING_KEEP_DRAFTING_DAYS", "30")
    later = datetime.now(UTC) + timedelta(days=31)
    monkeypatch.setattr(Desk.__init__, "__kwdefaults__", {"now": lambda: later})
    assert run(["retention", "--erase", "--out", str(tmp_path / "ud")]) == 1
    told = capsys.readouterr().out
    assert f"Sag {broken} er beskadiget" in told
    assert "1 sag er beskadiget" in told
    assert [path.stem for path in (tmp_path / "ud").glob("*.txt")] == [f"kvittering-{sound}"]


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        ("storage.carrying:Counts", "add"),
        ("bot.keeping.commands", "copy_keys"),
        ("bot.keeping.commands", "sync_directory"),
    ],
)
def test_restoring_that_was_killed_is_done_again(
    case: str, tmp_path: Path, owner: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not whole is not there; what is there is whole."""
    copy, new = tmp_path / "kopi", tmp_path / "ny"
    assert run(["backup", str(copy)]) == 0
    killed(["restore", str(copy), "--into", str(new)], owner, name)
    if not new.exists():
        assert run(["restore", str(copy), "--into", str(new)]) == 0
    monkeypatch.setenv("HOERING_DATA", str(new))
    assert run(["verify"]) == 0
    assert run(["export", case]) == 0


def test_a_backup_that_was_killed_leaves_the_one_before(data: Path, case: str, tmp_path: Path) -> None:
    """And is done again."""
    copy = tmp_path / "kopi"
    assert run(["backup", str(copy)]) == 0
    before = copy.read_bytes()
    killed(["backup", str(copy)], "storage.carrying:Counts", "add")
    assert copy.read_bytes() == before
    assert run(["backup", str(copy)]) == 0
    assert run(["verify", "--backup", str(copy)]) == 0


@pytest.mark.parametrize(
    ("owner", "name"),
    [("storage.files:FileStore", "erase"), ("bot.keeping.works", "write_receipt")],
)
def test_erasing_that_was_killed_is_done_again(case: str, tmp_path: Path, owner: str, name: str) -> None:
    """The receipt tells of what there was before the first try."""
    asked = ["erase", case, "--reason", "Tiden er gået.", "--out", str(tmp_path / "ud"), "--yes"]
    killed(asked, owner, name)
    assert run(asked) == 0
    receipt = json.loads((tmp_path / "ud" / f"kvittering-{case}.json").read_text())
    assert receipt["events"] > 4
    assert run(["verify"]) == 0


def test_a_store_moves_to_another_folder(
    data: Path, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Killed on the way, it goes on when it is asked again; to itself it does not move."""
    new = tmp_path / "ny"
    assert run(["migrate", "--to", str(data)]) == 2
    assert run(["migrate", "--to", "postgresql://127.0.0.1:1/hoering"]) == 2
    assert "--key" in capsys.readouterr().err
    killed(["migrate", "--to", str(new)], "storage.carrying:Counts", "add")
    assert run(["migrate", "--to", str(new)]) == 0
    monkeypatch.setenv("HOERING_DATA", str(new))
    assert run(["verify"]) == 0
    assert run(["export", case]) == 0
