"""Stores that earlier versions wrote are brought to the present form when they are opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from storage import sqlite_from_one, sqlite_from_three, sqlite_from_two, sqlite_upgrade
from storage.agenda import Due
from storage.case import Case
from storage.events import Recorded, Submitted
from storage.master_keys import make_key_file
from storage.sqlite_due import DueLine
from storage.sqlite_file import DATABASE_NAME, KEY_NAME
from storage.store import AlreadyStored, Person, StoreDamaged, StoreFull, WrongKey
from storage.tinydb_store import TinyDbStore
from tests.storage import format_one
from tests.storage.cases import NOW, OPENED, answer, append, next_events, stored
from tests.storage.sealed_formats import Write, write_three, write_two

SECRET = "Fru Æblegren fik for lidt hjælp"
PERSON = Person("person-1", "Sagsbehandler Et", users=("telegram:mette-4711",))
READ = Due("read:case-1:" + "ab" * 32, "read", NOW, "case-1")
REMIND = Due("remind:case-2", "remind", NOW + timedelta(hours=1), "case-2")
#: How stores that were sealed already were written.
SEALED = [write_two, write_three]


async def test_an_unsealed_store_is_sealed_when_it_is_opened(tmp_path: Path) -> None:
    """Everything is there as it was, messages stay handled, and nothing of it is left to read."""
    cases = _unsealed(tmp_path)

    store = TinyDbStore.open(tmp_path)

    assert [await stored(store, case.id) for case in cases] == cases
    with pytest.raises(AlreadyStored):
        await append(store, cases[0], answer("new"), key="m1")
    assert await store.person_of_user("telegram:mette-4711") == PERSON
    assert {(line.id, line.version, line.hearing) for line in await store.cases()} == {
        (case.id, case.version, "example") for case in cases
    }
    for word in (SECRET, "Eksempel Kommune", "Sagsbehandler", "mette-4711"):
        assert word.encode() not in _all_bytes(tmp_path)
    await store.close()
    assert _names(tmp_path) == {DATABASE_NAME, KEY_NAME, "store.lock"}


@pytest.mark.parametrize("moment", ["make_tables", "_copy_case", "_sync", "sync_directory"])
async def test_sealing_that_was_broken_off_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Whenever it breaks off, the old store or the sealed one is whole."""
    cases = _unsealed(tmp_path)
    with monkeypatch.context() as broken:
        broken.setattr(sqlite_from_one, moment, _breaks)
        with pytest.raises(StoreFull):
            TinyDbStore.open(tmp_path)

    store = TinyDbStore.open(tmp_path)

    assert [await stored(store, case.id) for case in cases] == cases
    await store.close()


async def test_a_damaged_unsealed_store_is_refused_and_left(tmp_path: Path) -> None:
    """It is not sealed as if nothing were missing."""
    _unsealed(tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)) as connection:
        connection.execute("DELETE FROM document WHERE collection = 'events' AND id = '00000004'")
    before = (tmp_path / DATABASE_NAME).read_bytes()

    with pytest.raises(StoreDamaged):
        TinyDbStore.open(tmp_path)
    assert (tmp_path / DATABASE_NAME).read_bytes() == before


@pytest.mark.parametrize("write", SEALED)
async def test_a_sealed_store_is_brought_up_to_date_when_it_is_opened(tmp_path: Path, write: Write) -> None:
    """Cases, handled messages and the work that is due are as they were, and the cases go on."""
    cases = _sealed(tmp_path, write)

    store = TinyDbStore.open(tmp_path)

    assert [await stored(store, case.id) for case in cases] == cases
    assert {(line.id, line.version, line.state) for line in await store.cases()} == {
        (case.id, case.version, case.state) for case in cases
    }
    with pytest.raises(AlreadyStored):
        await append(store, cases[0], answer("new"), key="m1")
    assert (await append(store, cases[0], answer("new"), key="m9")).version == cases[0].version + 1
    later = NOW + timedelta(days=1)
    claims = [await store.agenda.claim(kind, now=later, until=later) for kind in ("read", "remind")]
    assert [claim.due if claim else None for claim in claims] == [READ, REMIND]
    await store.close()
    assert b"read:case-1" not in _all_bytes(tmp_path)


@pytest.mark.parametrize("write", SEALED)
@pytest.mark.parametrize(
    ("part", "moment"),
    [
        (sqlite_from_two, "_move_due"),
        (sqlite_from_three, "_name_messages"),
        (sqlite_upgrade, "forget_log"),
    ],
)
async def test_bringing_up_to_date_that_was_broken_off_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write, part: ModuleType, moment: str
) -> None:
    """Whenever it breaks off, the store has the one form or the other, whole."""
    cases = _sealed(tmp_path, write)
    with monkeypatch.context() as broken, suppress(StoreFull):
        broken.setattr(part, moment, _breaks)
        await TinyDbStore.open(tmp_path).close()

    store = TinyDbStore.open(tmp_path)

    assert [await stored(store, case.id) for case in cases] == cases
    await store.close()


async def test_a_changed_line_is_not_marked_anew(tmp_path: Path) -> None:
    """A case that somebody set to approved in the old file stays refused, and the file stays as it is."""
    _sealed(tmp_path, write_two)
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)) as connection:
        connection.execute("UPDATE hearing_case SET state = 'approved' WHERE id = 'case-2'")
    before = (tmp_path / DATABASE_NAME).read_bytes()

    with pytest.raises(StoreDamaged, match="case-2"):
        TinyDbStore.open(tmp_path)
    assert (tmp_path / DATABASE_NAME).read_bytes() == before


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("DELETE FROM document", "event 3 of case case-1 is missing"),
        ("UPDATE document SET body = X'00'", "event 3 of case case-1 is not what was written"),
    ],
)
@pytest.mark.parametrize("write", SEALED)
async def test_a_damaged_event_does_not_keep_the_other_cases(
    tmp_path: Path, write: Write, damage: str, told: str
) -> None:
    """The case it belongs to is refused as before; the others are brought up to date."""
    _, other = _sealed(tmp_path, write)
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)) as connection:
        connection.execute(f"{damage} WHERE view = 'case:case-1' AND id = '00000003'")

    store = TinyDbStore.open(tmp_path)

    assert await stored(store, other.id) == other
    with pytest.raises(StoreDamaged, match=told):
        await store.events("case-1")
    await store.close()


@pytest.mark.parametrize("write", SEALED)
async def test_an_old_store_is_left_where_the_key_is_another(tmp_path: Path, write: Write) -> None:
    """It is not brought up to date by who cannot read it."""
    _sealed(tmp_path, write)
    (tmp_path / KEY_NAME).unlink()
    make_key_file(tmp_path / KEY_NAME)
    before = (tmp_path / DATABASE_NAME).read_bytes()

    with pytest.raises(WrongKey):
        TinyDbStore.open(tmp_path)
    assert (tmp_path / DATABASE_NAME).read_bytes() == before


def _breaks(*_: object) -> int:
    raise StoreFull("no")


def _unsealed(directory: Path) -> list[Case]:
    histories = _histories()
    format_one.write(directory, histories, user="telegram:mette-4711", person="person-1")
    return [Case(name).after(recorded) for name, recorded in histories.items()]


def _sealed(directory: Path, write: Write) -> list[Case]:
    histories = _histories()
    submitted = Case("case-2").after(histories["case-2"])
    histories["case-2"] += next_events(submitted, Submitted(), key="submit")
    write(directory, histories, [DueLine(READ, "a.b", NOW + timedelta(minutes=1)), DueLine(REMIND)])
    return [Case(name).after(recorded) for name, recorded in histories.items()]


def _histories() -> dict[str, list[Recorded]]:
    histories = {}
    for name in ("case-1", "case-2"):
        recorded = next_events(Case(name), OPENED, key="start")
        for number in range(3):
            case = Case(name).after(recorded)
            recorded += next_events(case, answer(f"p{number}", SECRET), key=f"m{number}")
        histories[name] = recorded
    return histories


def _names(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


def _all_bytes(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.iterdir() if path.name != KEY_NAME)
