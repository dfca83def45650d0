"""What the embedded store does when its files, its disk or its place are not as they should be."""

from __future__ import annotations

import asyncio
import fcntl
import os
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from storage import sqlite_file, sqlite_schema
from storage.case import Case
from storage.directory import LOCK_NAME
from storage.sealing import DataKey
from storage.sqlite_file import DATABASE_NAME
from storage.store import Conflict, Person, StoreDamaged, StoreError, StoreFull, StoreInUse
from storage.tinydb_store import TinyDbStore
from tests.storage.cases import answer, append, event_row, open_case, stored

FLIPS = 80
LOG_NAME = f"{DATABASE_NAME}-wal"
PERSON = Person("person-1", "Sagsbehandler Et", users=("telegram:1",))

OPEN_IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from typing import Any
from storage.store import StoreInUse
from storage.tinydb_store import TinyDbStore
try:
    TinyDbStore.open(Path(sys.argv[1]))
except StoreInUse as refusal:
    print(refusal)
"""


async def fill(directory: Path, answers: int = 40) -> list[Case]:
    """A store with two cases and a person, closed."""
    store = TinyDbStore.open(directory)
    await store.save_person(PERSON)
    cases = [await open_case(store, name) for name in ("case-1", "case-2")]
    for number in range(answers):
        case = cases[number % 2]
        cases[number % 2] = await append(store, case, answer(f"p{number}", "svar " * 60), key=f"m{number}")
    await store.close()
    return cases


async def read(directory: Path) -> list[object]:
    """All that a store holds."""
    store = TinyDbStore.open(directory)
    try:
        listed = [(line.id, line.version) for line in await store.cases()]
        cases = [await stored(store, name) for name in ("case-1", "case-2")]
        return [listed, cases, await store.person("person-1"), await store.person_of_user("telegram:1")]
    finally:
        await store.close()


async def test_a_second_process_is_told_who_holds_the_store(tmp_path: Path) -> None:
    """It is refused with the number of the process that holds the store, which goes on."""
    store = TinyDbStore.open(tmp_path)
    second = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", OPEN_IN_ANOTHER_PROCESS, str(tmp_path)), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await second.communicate()

    assert f"held by process {os.getpid()}" in said.decode()
    assert (await append(store, await open_case(store))).version == 2
    await store.close()


async def test_a_store_is_opened_once_in_a_process_too(tmp_path: Path) -> None:
    """A second opening is refused and does not let go of the first one's lock."""
    store = TinyDbStore.open(tmp_path)
    for _ in range(2):
        with pytest.raises(StoreInUse):
            TinyDbStore.open(tmp_path)
    await store.close()

    await TinyDbStore.open(tmp_path).close()


async def test_a_program_that_ignores_the_lock_is_kept_out(tmp_path: Path) -> None:
    """Also with the lock file gone, two cannot have the database."""
    store = TinyDbStore.open(tmp_path)
    (tmp_path / LOCK_NAME).unlink()

    with pytest.raises(StoreInUse):
        TinyDbStore.open(tmp_path)
    await store.close()


async def test_without_locks_a_second_opening_would_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above can fail: with neither lock, two have the store at once."""
    monkeypatch.setattr(fcntl, "flock", lambda *_: None)
    monkeypatch.setattr(sqlite_schema, "LOCKING_MODE", "NORMAL")
    first = TinyDbStore.open(tmp_path)

    second = TinyDbStore.open(tmp_path)

    await second.close()
    await first.close()


async def test_only_its_owner_can_read_the_store(tmp_path: Path) -> None:
    """Nobody else on the machine may read what municipalities answered."""
    directory = tmp_path / "made" / "here"
    await fill(directory, answers=1)

    modes = [path.stat().st_mode & 0o077 for path in (directory, *directory.iterdir())]

    assert set(modes) == {0}


async def test_a_full_disk_refuses_the_answer_and_keeps_the_others(small_disk: Path) -> None:
    """What was acknowledged stays, and once there is room again answers are taken."""
    store = TinyDbStore.open(small_disk / "store")
    case = await _answer_until_the_disk_is_full(store, small_disk)

    assert await stored(store) == case
    (small_disk / "ballast").unlink()
    case = await append(store, case, answer())
    await store.close()
    again = TinyDbStore.open(small_disk / "store")
    assert await stored(again) == case
    await again.close()


async def test_an_answer_acknowledged_in_spite_of_a_full_disk_would_be_noticed(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail: where a failed commit is not heard of, an acknowledged answer is missing."""
    store = TinyDbStore.open(small_disk / "store")
    real = TinyDbStore.append

    async def deaf(store: TinyDbStore, *about: Any, **more: Any) -> None:
        with suppress(StoreFull):
            await real(store, *about, **more)

    monkeypatch.setattr(TinyDbStore, "append", deaf)
    case = await _answer_until_the_disk_is_full(store, small_disk)

    assert await stored(store) != case
    await store.close()


async def _answer_until_the_disk_is_full(store: TinyDbStore, disk: Path) -> Case:
    (disk / "ballast").write_bytes(bytes(400_000))
    case = await open_case(store)
    long_answer = answer(text="langt svar " * 200)
    with suppress(StoreFull, Conflict):  # the one where an answer before was not stored
        while True:
            case = await append(store, case, long_answer)
    return case


@pytest.mark.parametrize("read_only", [True, False])
async def test_a_store_that_cannot_be_written_is_said_to_be_so(
    tmp_path: Path, make_read_only: Callable[[Path], None], *, read_only: bool
) -> None:
    """Where nothing can be written, neither an old store is opened nor a new one; where it can, both are."""
    await fill(tmp_path / "disk" / "store", answers=2)
    if read_only:
        make_read_only(tmp_path / "disk" / "store")
        make_read_only(tmp_path / "disk")

    refused = []
    for name in ("store", "new"):
        try:
            await TinyDbStore.open(tmp_path / "disk" / name).close()
        except StoreFull:
            refused.append(name)

    assert refused == (["store", "new"] if read_only else [])


def test_a_path_that_cannot_be_a_directory_is_refused(tmp_path: Path) -> None:
    """A file in the way gives a message and no traceback of the file system."""
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreFull):
        TinyDbStore.open(tmp_path / "file" / "store")


async def test_a_store_whose_database_is_gone_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    """An empty store in place of all cases would be silent loss."""
    await fill(tmp_path, answers=2)
    (tmp_path / DATABASE_NAME).unlink()

    with pytest.raises(StoreDamaged):
        TinyDbStore.open(tmp_path)


async def test_a_start_that_was_broken_off_can_be_made_again(tmp_path: Path) -> None:
    """A lock file and an empty database, but nothing signed: the store is still new."""
    (tmp_path / LOCK_NAME).touch()
    (tmp_path / DATABASE_NAME).touch()

    store = TinyDbStore.open(tmp_path)

    assert await store.cases() == []
    await store.close()


@pytest.mark.parametrize("kept", [0.0, 0.001, 0.3, 0.5, 0.9, 0.999])
async def test_a_database_that_was_cut_off_is_found_damaged(tmp_path: Path, kept: float) -> None:
    """However much is missing, the store is not opened as if nothing were."""
    await fill(tmp_path)
    path = tmp_path / DATABASE_NAME
    os.truncate(path, int(path.stat().st_size * kept))

    with pytest.raises(StoreDamaged):
        await read(tmp_path)


async def test_a_file_that_is_something_else_is_found_damaged(tmp_path: Path) -> None:
    """A file that is no store of ours is not written to."""
    other = b"This is a letter, not a store. " * 500
    (tmp_path / DATABASE_NAME).write_bytes(other)

    with pytest.raises(StoreDamaged):
        TinyDbStore.open(tmp_path)
    assert (tmp_path / DATABASE_NAME).read_bytes() == other


@pytest.mark.parametrize("copy", [0, 1])
async def test_a_changed_name_is_found_in_the_rows_and_in_their_index(tmp_path: Path, copy: int) -> None:
    """A person who can no longer be looked up is damage, not a person who never was."""
    await fill(tmp_path, answers=2)
    path = tmp_path / DATABASE_NAME
    with closing(sqlite3.connect(path)) as connection:
        (mark,) = connection.execute("SELECT id FROM document WHERE collection = 'users'").fetchone()
    name = b"registerusers" + mark.encode()
    pieces = path.read_bytes().split(name)
    assert len(pieces) == 3
    names = [name] * 2
    names[copy] = name[:-1] + (b"0" if name[-1:] != b"0" else b"1")
    path.write_bytes(pieces[0] + names[0] + pieces[1] + names[1] + pieces[2])

    with pytest.raises(StoreDamaged):
        await read(tmp_path)


@pytest.mark.parametrize(
    "lost",
    [
        f"document WHERE {event_row('case-1', 1)}",
        f"document WHERE {event_row('case-1', 5)}",
        f"document WHERE {event_row('case-1', 21)}",
        "hearing_case WHERE id = 'case-1'",
        "store_key",
    ],
)
async def test_a_row_that_is_gone_is_found(tmp_path: Path, lost: str) -> None:
    """A case with an event missing, at the end or within, or missing from the list, is not given out."""
    await fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)) as connection:
        assert connection.execute(f"DELETE FROM {lost}").rowcount > 0

    with pytest.raises(StoreDamaged):
        await read(tmp_path)


async def test_a_message_that_was_renamed_is_found(tmp_path: Path) -> None:
    """It would count a second time, and nobody would know."""
    await fill(tmp_path, answers=2)
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)) as connection:
        renamed = connection.execute(
            f"UPDATE document SET id = '{'0' * 32}.0' WHERE {event_row('case-1', 2)}"
        )
        assert renamed.rowcount == 1

    with pytest.raises(StoreDamaged, match="event 2 of case case-1 is not what was written"):
        await read(tmp_path)


async def test_a_changed_bit_is_found_or_harmless(tmp_path: Path) -> None:
    """Wherever a bit of the database changes, what is read is what was written, or said to be damaged."""
    await fill(tmp_path / "whole", answers=60)

    outcomes = await _outcomes_of_flips(tmp_path)

    assert "changed" not in outcomes
    assert outcomes.count("damaged") > FLIPS // 2


async def test_without_the_seal_changed_bits_would_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail: SQLite alone finds no changed answer."""
    monkeypatch.setattr(DataKey, "seal", lambda _key, content, *_: content)
    monkeypatch.setattr(DataKey, "open", lambda _key, content, *_: content)
    await fill(tmp_path / "whole")

    assert "changed" in await _outcomes_of_flips(tmp_path)


async def _outcomes_of_flips(tmp_path: Path) -> list[str]:
    expected = await read(tmp_path / "whole")
    outcomes = []
    for seed in range(FLIPS):
        copy = tmp_path / f"copy-{seed}"
        shutil.copytree(tmp_path / "whole", copy)
        _flip(copy / DATABASE_NAME, seed)
        try:
            outcomes.append("same" if await read(copy) == expected else "changed")
        except StoreDamaged:
            outcomes.append("damaged")
        except StoreError as error:
            outcomes.append(f"changed: {error}")
        except ValueError:  # what a changed answer may no longer be read as
            outcomes.append("changed")
        shutil.rmtree(copy)
    return outcomes


def _flip(path: Path, seed: int, before: float = 1.0) -> None:
    """Change one bit in the first part of the file."""
    chance = random.Random(seed)  # noqa: S311 - the same bits each time
    content = bytearray(path.read_bytes())
    content[int(len(content) * chance.uniform(0, before))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


async def test_a_changed_bit_in_the_log_of_a_crashed_process_is_found(tmp_path: Path) -> None:
    """SQLite would drop all later answers as if they had never been finished; the log is left as it is."""
    await _crash(tmp_path / "crashed")

    for seed in range(30):
        copy = tmp_path / f"copy-{seed}"
        shutil.copytree(tmp_path / "crashed", copy)
        _flip(copy / LOG_NAME, seed, before=0.9)
        before = (copy / LOG_NAME).read_bytes()
        with pytest.raises(StoreDamaged):
            TinyDbStore.open(copy)
        assert (copy / LOG_NAME).read_bytes() == before


async def test_without_looking_at_the_log_answers_would_be_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail: SQLite itself opens the store, with fewer answers than were stored."""
    cases = await _crash(tmp_path / "crashed")
    monkeypatch.setattr(sqlite_file, "is_damaged", lambda _: False)
    _flip(tmp_path / "crashed" / LOG_NAME, seed=1, before=0.9)

    store = TinyDbStore.open(tmp_path / "crashed")

    assert sum(line.version for line in await store.cases()) < sum(case.version for case in cases)
    await store.close()


async def test_a_log_that_breaks_off_gives_what_was_finished_before(tmp_path: Path) -> None:
    """A process killed while it writes leaves half a transaction; the rest is read as it was stored."""
    cases = await _crash(tmp_path / "crashed")

    for missing in (0, 1, 2000, 5000):
        copy = tmp_path / f"copy-{missing}"
        shutil.copytree(tmp_path / "crashed", copy)
        os.truncate(copy / LOG_NAME, (copy / LOG_NAME).stat().st_size - missing)
        store = TinyDbStore.open(copy)
        versions = [(await stored(store, case.id)).version for case in cases]
        await store.close()
        assert sum(versions) == sum(case.version for case in cases) - (missing > 0)


async def _crash(directory: Path) -> list[Case]:
    """The files of a store as a killed process leaves them, with answers that are only in the log."""
    live = directory.with_name("live")
    store = TinyDbStore.open(live)
    await store.save_person(PERSON)
    cases = [await open_case(store, name) for name in ("case-1", "case-2")]
    for number in range(20):
        cases[number % 2] = await append(store, cases[number % 2], answer(f"p{number}"))
    shutil.copytree(live, directory)
    await store.close()
    return cases
