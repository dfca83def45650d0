"""A store carried elsewhere: into a backup, out of it, to another kind of store; and what verifying finds."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage import postgres_contents
from storage.agenda import Due
from storage.backup import Backup, NotABackup, back_up
from storage.carrying import Counts, Kept, carry_over, verify
from storage.case import Case
from storage.contents import CaseContent, Rest, checked_events, content_of
from storage.events import Erased, FileAdded, Role
from storage.files import FileStore
from storage.looks import Look, LookKind
from storage.master_keys import MasterKeys, new_key_text
from storage.postgres import Database
from storage.postgres_files import PostgresFiles
from storage.postgres_store import PostgresStore
from storage.sqlite_file import DATABASE_NAME
from storage.store import (
    AlreadyStored,
    Conflict,
    Invitation,
    Person,
    SealedStore,
    StoreDamaged,
    StoreError,
    WrongKey,
)
from storage.tinydb_store import TinyDbStore
from tests.postgres import Cluster
from tests.storage.cases import NOW, OPENED, answer, append, event_row, next_events, open_case, stored

MASTERS = MasterKeys.from_text(new_key_text(), "the test")
CONTRACT = b"%PDF-1.7 a contract"
PERSON = Person("person-1", "Mette Holm", users=("telegram:1",), cases=("case-1",), case="case-1")
INVITATION = Invitation("ab" * 32, "case-1", "Jens Bak", Role.TEAM_LEAD, NOW + timedelta(days=7))
DUE = Due("remind:case-1", "remind", NOW + timedelta(days=1), "case-1")
FLIPS = 60


async def fill(store: SealedStore, files: FileStore) -> None:
    """Three cases of which one was erased, a file, looks, a person, an invitation, work that is due."""
    for name in ("case-1", "case-2", "case-3"):
        case = await open_case(store, name)
        case = await append(store, case, answer("a", "Første svar"), answer("b"), key="m1")
        if name != "case-2":
            file = await files.put(name, CONTRACT)
            added = FileAdded(file=file, name="kontrakt.pdf", media_type="application/pdf", size=19)
            case = await append(store, case, added, key="m2")
        await store.looks.add(name, Look(time=NOW, person="person-2", kind=LookKind.LETTER))
    (erased,) = next_events(case, Erased(reason="Fristen er gået."))
    await store.erase("case-3", erased)
    await files.erase("case-3")
    await store.save_person(PERSON)
    await store.add_invitation(INVITATION)
    await store.agenda.add(DUE)
    await store.secret("signing")


async def whole(store: SealedStore, files: FileStore) -> list[object]:
    """All that can be told of a store."""
    held: list[object] = [await store.contents.rest()]
    for summary in sorted(await store.cases(), key=lambda one: one.id):
        content = await content_of(store, summary)
        held += [content, *[await files.get(summary.id, file) for file in content.files]]
    return held


class Place:
    """A store with its files."""

    def __init__(self, store: SealedStore, files: FileStore) -> None:
        self.store, self.files = store, files
        self.source = Kept(store, files)


@pytest.fixture
async def filled(tmp_path: Path):  # type: ignore[no-untyped-def]  # a generator of a Place
    """A store with something of everything in it."""
    store = TinyDbStore.open(tmp_path / "one", MASTERS)
    files = FileStore(tmp_path / "one" / "files", store)
    await fill(store, files)
    yield Place(store, files)
    await store.close()


def files_in(folder: Path) -> list[Path]:
    """What is in the folder."""
    return list(folder.iterdir())


def opened(folder: Path) -> Place:
    """A store in another folder."""
    store = TinyDbStore.open(folder, MASTERS)
    return Place(store, FileStore(folder / "files", store))


async def test_a_backup_holds_everything_and_restores_it(tmp_path: Path, filled: Place) -> None:
    """Also that a case was erased; and the restored store goes on."""
    counts = await back_up(filled.source, MASTERS, tmp_path / "copy", now=NOW)
    assert (counts.cases, counts.erased, counts.files, counts.broken) == (3, 1, 1, [])

    other = opened(tmp_path / "other")
    carried = await carry_over(Backup(tmp_path / "copy", MASTERS), other.store, other.files)
    assert await whole(other.store, other.files) == await whole(filled.store, filled.files)
    assert carried.seal == counts.seal == (await verify(other.source)).seal
    await append(other.store, await stored(other.store, "case-2"), answer("c"))
    await other.store.close()


async def test_a_backup_tells_nothing_without_the_key(tmp_path: Path, filled: Place) -> None:
    """Neither answers nor names nor files stand in it, and another key does not open it."""
    copy = tmp_path / "copy"
    await back_up(filled.source, MASTERS, copy, now=NOW)
    data = copy.read_bytes()
    for secret in (b"Mette", b"svar", b"contract", b"case-1"):
        assert secret not in data
    assert copy.stat().st_mode & 0o077 == 0
    with pytest.raises(WrongKey):
        await verify(Backup(copy, MasterKeys.from_text(new_key_text(), "another")))


async def test_every_changed_byte_of_a_backup_is_found(tmp_path: Path, filled: Place) -> None:
    """A flipped bit anywhere, a cut anywhere; without either the backup is whole."""
    copy = tmp_path / "copy"
    chance = random.Random(1)  # noqa: S311 - picks bytes, guards nothing
    await back_up(filled.source, MASTERS, copy, now=NOW)
    sound = copy.read_bytes()
    assert (await verify(Backup(copy, MASTERS))).broken == []
    for _ in range(FLIPS):
        place = chance.randrange(len(sound))
        changed = bytearray(sound)
        changed[place] ^= 1 << chance.randrange(8)
        for damaged in (bytes(changed), sound[:place]):
            copy.write_bytes(damaged)
            with pytest.raises(StoreError):
                await verify(Backup(copy, MASTERS))


async def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path) -> None:
    """Some other file, and one of a later version."""
    for head in (b"PK\x03\x04 something else\n", b'{"hoering_backup": 99, "key": "00"}\n'):
        (tmp_path / "file").write_bytes(head + hashlib.sha256(head).digest())
        with pytest.raises(NotABackup):
            await verify(Backup(tmp_path / "file", MASTERS))


async def test_a_backup_that_cannot_be_finished_leaves_the_one_before(tmp_path: Path, filled: Place) -> None:
    """Broken off in the middle, nothing of it is left."""
    copy = tmp_path / "copy"
    await back_up(filled.source, MASTERS, copy, now=NOW)
    before = copy.read_bytes()

    class Failing(Kept):
        async def rest(self, counts: Counts) -> Rest:
            raise StoreError("gone")

    with pytest.raises(StoreError):
        await back_up(Failing(filled.store, filled.files), MASTERS, copy, now=NOW)
    assert copy.read_bytes() == before
    assert sorted(path.name for path in files_in(tmp_path)) == ["copy", "one"]


@pytest.mark.parametrize(
    ("change", "broken", "cases"),
    [
        (
            f"document SET body = zeroblob(99) WHERE {event_row('case-2', 2)}",
            "event 2 of case case-2 is not what was written",
            2,
        ),
        (
            "document SET body = zeroblob(99) WHERE collection = 'people'",
            "people person-1 of register is not what was written",
            3,
        ),
        (
            "hearing_case SET state = 'approved' WHERE id = 'case-2'",
            "the line of case case-2 in the register is not what was written",
            2,
        ),
    ],
)
async def test_what_is_damaged_is_named_and_the_rest_is_backed_up(
    tmp_path: Path, filled: Place, change: str, broken: str, cases: int
) -> None:
    """One changed row costs no case but its own the backup."""
    await filled.store.close()
    with closing(sqlite3.connect(tmp_path / "one" / DATABASE_NAME)) as connection, connection:
        assert connection.execute(f"UPDATE {change}").rowcount == 1
    again = opened(tmp_path / "one")
    counts = await back_up(again.source, MASTERS, tmp_path / "copy", now=NOW)
    assert counts.broken == [broken]
    assert counts.cases == cases
    other = opened(tmp_path / "other")
    await carry_over(Backup(tmp_path / "copy", MASTERS), other.store, other.files)
    assert await other.store.secret("signing") == await again.store.secret("signing")
    await other.store.close()
    assert (await verify(Backup(tmp_path / "copy", MASTERS))).cases == cases
    await again.store.close()


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (f"DELETE FROM document WHERE {event_row('case-1', 4)}", "event 4 of case case-1"),
        (f"DELETE FROM document WHERE {event_row('case-2', 1)}", "event 1 of case case-2"),
        (f"UPDATE document SET id = '00000009' WHERE {event_row('case-1', 3)}", "event 3 of"),
        ("UPDATE hearing_case SET version = 2 WHERE id = 'case-2'", "case-2"),
        ("DELETE FROM document WHERE collection = 'people'", ""),
    ],
)
async def test_verifying_names_the_first_broken_event(
    tmp_path: Path, filled: Place, change: str, broken: str
) -> None:
    """Rows that were changed, moved or taken out through SQL; a person who is missing is no broken chain."""
    assert (await verify(filled.source)).broken == []
    await filled.store.close()
    with closing(sqlite3.connect(tmp_path / "one" / DATABASE_NAME)) as connection, connection:
        assert connection.execute(change).rowcount >= 1
    again = opened(tmp_path / "one")
    found = (await verify(again.source)).broken
    assert any(broken in one for one in found) if broken else found == []
    await again.store.close()


async def test_no_changed_byte_of_the_files_passes_unseen(tmp_path: Path, filled: Place) -> None:
    """Either it is found, or everything reads as it was: the byte was of nothing."""
    held = await whole(filled.store, filled.files)
    await filled.store.close()
    found = 0
    chance = random.Random(2)  # noqa: S311 - picks bytes, guards nothing
    folder = tmp_path / "one"
    paths = [folder / DATABASE_NAME, *(path for path in (folder / "files").rglob("*") if path.is_file())]
    for number in range(FLIPS):
        path = paths[number % len(paths)]
        sound = path.read_bytes()
        changed = bytearray(sound)
        changed[chance.randrange(len(sound))] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        try:
            again = opened(folder)
        except StoreError:
            found += 1
        else:
            if (await verify(again.source)).broken:
                found += 1
            else:
                assert await whole(again.store, again.files) == held
            await again.store.close()
        path.write_bytes(sound)
    assert found >= FLIPS // 2  # every flip in a file, most of those in the database


async def test_carrying_over_that_was_broken_off_is_finished_by_doing_it_again(
    tmp_path: Path, filled: Place
) -> None:
    """Also where the source went on meanwhile; done once more it changes nothing."""
    other = opened(tmp_path / "other")

    class Stopped(Exception):
        """In the middle."""

    def stop(counts: Counts) -> None:
        if counts.cases == 2:
            raise Stopped

    with pytest.raises(Stopped):
        await carry_over(filled.source, other.store, other.files, stop)
    await append(filled.store, await stored(filled.store, "case-1"), answer("c"), key="m3")
    for _ in range(2):
        await carry_over(filled.source, other.store, other.files)
        assert await whole(other.store, other.files) == await whole(filled.store, filled.files)
    await other.store.close()


async def test_a_case_that_went_on_in_both_places_is_left(tmp_path: Path, filled: Place) -> None:
    """Nothing that was stored is overwritten."""
    other = opened(tmp_path / "other")
    await carry_over(filled.source, other.store, other.files)
    for place, text in ((filled, "Her"), (other, "Der")):
        await append(place.store, await stored(place.store, "case-1"), answer("c", text))
    with pytest.raises(Conflict, match="case-1"):
        await carry_over(filled.source, other.store, other.files)
    assert (await stored(other.store, "case-1")).answer("c").value == {"kind": "text", "text": "Der"}
    await other.store.close()


@pytest.mark.parametrize("sealed", [True, False])
async def test_a_store_moves_to_a_database_and_back(
    tmp_path: Path, filled: Place, cluster: Cluster, sealed: bool
) -> None:
    """Cases, looks, files and people arrive as they were, the second time as the first."""
    database = await Database.open(cluster.empty_database(), connections=4)
    store = await PostgresStore.open(database, MASTERS if sealed else None)
    files = PostgresFiles(database, store)
    for _ in range(2):
        await carry_over(filled.source, store, files)
    assert (await verify(Kept(store, files))).seal == (await verify(filled.source)).seal

    back = opened(tmp_path / "back")
    await carry_over(Kept(store, files), back.store, back.files)
    assert await whole(back.store, back.files) == await whole(filled.store, filled.files)
    await back.store.close()
    await store.close()


async def test_a_long_case_is_carried_over_with_its_messages_whole(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes in pieces; a message whose events came apart would count as handled before."""
    monkeypatch.setattr(postgres_contents, "ADOPTED_AT_ONCE", 2)
    long = opened(tmp_path / "one")
    case = await open_case(long.store)
    for number in range(3):
        case = await append(long.store, case, answer("a"), answer("b"), answer("c"), key=f"m{number}")
    database = await Database.open(cluster.empty_database(), connections=2)
    store = await PostgresStore.open(database, MASTERS)
    await carry_over(long.source, store, PostgresFiles(database, store))
    assert await stored(store, case.id) == case
    with pytest.raises(AlreadyStored):
        await append(store, case, answer("a"), key="m1")
    await long.store.close()
    await store.close()


async def test_an_erasure_follows_to_where_the_case_was_carried_before(tmp_path: Path, filled: Place) -> None:
    """What was erased here is erased there by the next carrying over."""
    other = opened(tmp_path / "other")
    await carry_over(filled.source, other.store, other.files)
    (erased,) = next_events(await stored(filled.store, "case-1"), Erased(reason="Fristen er gået."))
    await filled.store.erase("case-1", erased)
    await carry_over(filled.source, other.store, other.files)
    assert [one.event for one in await other.store.events("case-1")] == [erased.event]
    await other.store.close()


async def test_the_content_of_a_damaged_chain_is_refused(filled: Place) -> None:
    """Somebody with the key who rewrote an event would have to rewrite all after it."""
    (summary,) = [one for one in await filled.store.cases() if one.id == "case-1"]
    content = await content_of(filled.store, summary)
    assert isinstance(content, CaseContent)
    rewritten = content.events[1].model_copy(update={"person": "another"})
    checked_events("case-1", content.events)
    with pytest.raises(StoreDamaged, match="event 2 of case case-1"):
        checked_events("case-1", [content.events[0], rewritten, *content.events[2:]])
    assert Case("case-1").after(content.events).version == 4


def test_an_erased_case_is_accepted_by_its_receipt_and_by_no_other() -> None:
    """The receipt tells as many events, and the same end, as the place of the erasing in the chain."""
    case = Case("case-1").after(next_events(Case("case-1"), OPENED, answer()))
    true = {"events": 2, "last_hash": case.last_hash}
    checked_events("case-1", next_events(case, Erased(reason="Tiden er gået.", receipt=true)))
    for false in ({"events": 1}, {"last_hash": "0" * 64}):
        with pytest.raises(StoreDamaged, match="receipt of case case-1"):
            checked_events("case-1", next_events(case, Erased(reason="", receipt=true | false)))
