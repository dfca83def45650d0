"""The embedded store at rest: nothing to be read without the key, and nothing at all of what was erased."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage import sqlite_schema, tinydb_store
from storage.agenda import Due
from storage.case import Case, CaseState
from storage.events import Erased, Role
from storage.master_keys import MasterKeys, add_key, keep_first_key, new_key_text
from storage.sqlite_file import DATABASE_NAME, KEY_NAME
from storage.store import (
    Conflict,
    Invitation,
    InvitationRefused,
    Person,
    StoreFull,
    UnknownCase,
    WrongKey,
)
from storage.tinydb_store import TinyDbStore
from tests.storage.cases import NOW, OPENED, answer, append, next_events, open_case, stored

SECRET = "Fru Æblegren fik for lidt hjælp"
PERSON = Person("person-1", "Sagsbehandler Et", users=("telegram:mette-4711",))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[TinyDbStore]:
    """A store with a person and two cases."""
    store = TinyDbStore.open(tmp_path)
    await store.save_person(PERSON)
    for name in ("case-1", "case-2"):
        case = await open_case(store, name)
        for number in range(30):
            said = answer(f"punkt-{number}", f"{SECRET} {number}")
            case = await append(store, case, said, key=f"besked-{number}")
    yield store
    await store.close()


def all_bytes(directory: Path) -> bytes:
    """All that the store's files hold."""
    return b"".join(path.read_bytes() for path in directory.iterdir() if path.name != KEY_NAME)


def files(directory: Path) -> dict[str, bytes]:
    """The store's files and what they hold."""
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def sealed_rows(directory: Path, case: str) -> Iterator[bytes]:
    """Each piece that is stored of the case, as it is in the files: documents, marks and the wrapped key."""
    with closing(sqlite3.connect(directory / DATABASE_NAME)) as connection:
        for query, about in (
            ("SELECT body FROM document WHERE view = ? AND collection = 'events'", f"case:{case}"),
            (
                "SELECT CAST(id AS BLOB) FROM document WHERE view = ? AND collection = 'events'",
                f"case:{case}",
            ),
            ("SELECT key FROM hearing_case WHERE id = ?", case),
        ):
            yield from (piece for (piece,) in connection.execute(query, (about,)))


async def erase(store: TinyDbStore, name: str) -> Case:
    """The case after it was erased."""
    case = await stored(store, name)
    (erased,) = next_events(case, Erased(reason="Sagen er afsluttet."), person="lead")
    await store.erase(name, erased)
    return await stored(store, name)


async def test_nothing_that_was_written_can_be_read_in_the_files(store: TinyDbStore, tmp_path: Path) -> None:
    """Neither answers nor names nor the users of chats, in whatever part of the files."""
    content = all_bytes(tmp_path)

    # Words that neither hexadecimal digits nor chance can make.
    for word in (SECRET, "Æblegren", "Eksempel Kommune", "Sagsbehandler", "mette-4711", "punkt-", "besked-"):
        assert word.encode() not in content
    assert b"case-1" in content  # the search can find


async def test_a_new_store_makes_a_key_for_its_owner_only(store: TinyDbStore, tmp_path: Path) -> None:
    """The key file is there from the start, and nobody else may read it."""
    assert (tmp_path / KEY_NAME).stat().st_mode & 0o077 == 0


async def test_a_key_file_elsewhere_is_made_and_used(tmp_path: Path) -> None:
    """Nothing then lies beside the store that opens it."""
    key_file = tmp_path / "elsewhere" / "hoering.key"
    store = TinyDbStore.open(tmp_path / "store", key_file=key_file)
    case = await open_case(store)
    await store.close()

    assert not (tmp_path / "store" / KEY_NAME).exists()
    again = TinyDbStore.open(tmp_path / "store", MasterKeys.from_file(key_file))
    assert await stored(again) == case
    await again.close()


async def test_another_key_opens_nothing_and_changes_nothing(store: TinyDbStore, tmp_path: Path) -> None:
    """The operator is told so, the files are as they were, and the right key still opens them."""
    await store.close()
    before = files(tmp_path)

    with pytest.raises(WrongKey):
        TinyDbStore.open(tmp_path, MasterKeys.from_text(new_key_text(), "the test"))

    assert files(tmp_path) == before
    again = TinyDbStore.open(tmp_path)
    assert (await stored(again)).version == 31
    await again.close()


async def test_a_store_whose_key_file_is_gone_makes_no_new_one(store: TinyDbStore, tmp_path: Path) -> None:
    """A new key would open nothing, and hide that the old one is missed."""
    await store.close()
    key = (tmp_path / KEY_NAME).read_bytes()
    (tmp_path / KEY_NAME).unlink()

    with pytest.raises(WrongKey):
        TinyDbStore.open(tmp_path)

    assert not (tmp_path / KEY_NAME).exists()
    (tmp_path / KEY_NAME).write_bytes(key)
    await TinyDbStore.open(tmp_path).close()


async def test_the_master_key_changes_while_people_answer(
    store: TinyDbStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every key is wrapped by the new one, in small steps; with the old one gone all is there."""
    monkeypatch.setattr(tinydb_store, "REWRAPPED_AT_ONCE", 1)
    old = MasterKeys.from_file(tmp_path / KEY_NAME).current
    add_key(tmp_path / KEY_NAME)
    case = await stored(store, "case-2")

    assert await store.rewrap() == 3
    case = await append(store, case, answer("later"))
    assert await store.rewrap() == 0

    assert old not in all_bytes(tmp_path)
    await store.close()
    keep_first_key(tmp_path / KEY_NAME)
    again = TinyDbStore.open(tmp_path)
    assert await stored(again, "case-2") == case
    assert (await stored(again, "case-1")).version == 31
    assert await again.person_of_user("telegram:mette-4711") == PERSON
    await again.close()


async def test_a_change_of_keys_that_was_broken_off_is_finished_later(
    store: TinyDbStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Meanwhile both keys open what they wrapped."""
    add_key(tmp_path / KEY_NAME)
    monkeypatch.setattr(tinydb_store, "rewrap_store_key", _breaks)
    with pytest.raises(StoreFull):
        await store.rewrap()
    monkeypatch.undo()
    assert (await stored(store, "case-1")).version == 31
    await open_case(store, "case-3")
    await store.close()

    again = TinyDbStore.open(tmp_path)
    assert await again.rewrap() == 3
    assert (await stored(again, "case-3")).version == 1
    await again.close()


def _breaks(*_: object) -> int:
    raise StoreFull("no")


async def test_of_an_erased_case_nothing_is_in_the_files(store: TinyDbStore, tmp_path: Path) -> None:
    """Neither its documents as they were sealed nor its key; the other case is as it was."""
    other = await stored(store, "case-2")
    await store.close()
    pieces = list(sealed_rows(tmp_path, "case-1"))
    assert len(pieces) == 31 + 31 + 1
    assert all(piece in all_bytes(tmp_path) for piece in pieces)
    again = TinyDbStore.open(tmp_path)

    await erase(again, "case-1")

    assert not any(piece in all_bytes(tmp_path) for piece in pieces)
    assert await stored(again, "case-2") == other
    await again.close()


@pytest.mark.parametrize("kept", ["pages", "log"])
async def test_without_scrubbing_an_erased_case_would_be_found(
    store: TinyDbStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    """The test above can fail: with free pages left as they were, or with the log."""
    await store.close()
    pieces = list(sealed_rows(tmp_path, "case-1"))
    if kept == "pages":
        monkeypatch.setattr(sqlite_schema, "SECURE_DELETE", "OFF")
    else:
        monkeypatch.setattr(tinydb_store, "forget_log", lambda _: None)
    again = TinyDbStore.open(tmp_path)
    await append(again, await stored(again, "case-1"), answer("new"), key="new")  # so that it is in the log

    await erase(again, "case-1")

    assert any(piece in all_bytes(tmp_path) for piece in pieces)
    await again.close()


async def test_of_an_erased_case_that_it_was_erased_remains(store: TinyDbStore, tmp_path: Path) -> None:
    """By whom, when and why, and the hash that its chain ended in; also when the store is opened again."""
    before = await stored(store, "case-1")
    after = await erase(store, "case-1")

    (remaining,) = await store.events("case-1")
    assert (after.state, after.answers, after.profile) == (CaseState.ERASED, {}, {})
    assert (remaining.seq, remaining.previous) == (before.version + 1, before.last_hash)
    assert remaining.person == "lead"
    assert [(line.id, line.state) for line in await store.cases(limit=1)] == [("case-1", CaseState.ERASED)]
    await store.close()
    again = TinyDbStore.open(tmp_path)
    assert await stored(again, "case-1") == after
    await again.close()


async def test_a_case_is_erased_once(store: TinyDbStore) -> None:
    """A second time changes nothing, and a message that comes late is not stored."""
    seen = await stored(store, "case-1")
    after = await erase(store, "case-1")
    (again,) = next_events(after, Erased(reason="Igen."))
    await store.erase("case-1", again)

    assert await stored(store, "case-1") == after
    with pytest.raises(Conflict):
        await append(store, seen, answer("late"))
    with pytest.raises(Conflict):
        await store.open_case("case-1", next_events(Case("case-1"), OPENED))
    with pytest.raises(UnknownCase):
        await store.erase("case-9", again)


async def test_a_case_that_moved_on_is_not_erased(store: TinyDbStore) -> None:
    """Who erases has seen what they erase."""
    (erased,) = next_events(await stored(store, "case-1"), Erased(reason="Sagen er afsluttet."))
    case = await append(store, await stored(store, "case-1"), answer("new"))

    with pytest.raises(Conflict):
        await store.erase("case-1", erased)
    assert await stored(store, "case-1") == case


async def test_an_erased_case_can_no_longer_be_entered(store: TinyDbStore) -> None:
    """Its invitations and the work that was due for it are gone with it; those of others are not."""
    for case in ("case-1", "case-2"):
        expires = NOW + timedelta(days=1)
        await store.add_invitation(Invitation(case * 8, case, "Leder To", Role.TEAM_LEAD, expires))
        await store.agenda.add(Due(id=f"remind-{case}", kind="remind", at=NOW, case=case))

    await erase(store, "case-1")

    with pytest.raises(InvitationRefused):
        await store.take_invitation("case-1" * 8, user="telegram:1", now=NOW)
    assert (await store.take_invitation("case-2" * 8, user="telegram:1", now=NOW)).case == "case-2"
    claim = await store.agenda.claim("remind", now=NOW, until=NOW + timedelta(minutes=1))
    assert claim is not None
    assert claim.due.case == "case-2"


async def test_a_case_that_could_not_be_opened_is_opened_with_a_key_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key of the try that failed is gone with it: what is stored later can be read after a restart."""
    store = TinyDbStore.open(tmp_path)
    recorded = next_events(Case("case-1"), OPENED, key="start")
    with monkeypatch.context() as broken:
        broken.setattr(store.agenda, "put", _breaks)
        with pytest.raises(StoreFull):
            await store.open_case("case-1", recorded, due=[Due("remind", "remind", NOW, "case-1")])

    case = await open_case(store)
    case = await append(store, case, answer(), key="m1")
    await store.close()

    again = TinyDbStore.open(tmp_path)
    assert await stored(again) == case
    await again.close()


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("UPDATE due_work SET body = zeroblob(80)", "remind"),
        ("UPDATE due_work SET at = '2020-01-01'", "remind"),
        ("UPDATE due_work SET kind = 'read'", "read"),
        ("UPDATE due_work SET case_id = NULL", "remind"),
    ],
)
async def test_changed_work_that_is_due_is_found_and_keeps_no_other(
    store: TinyDbStore, tmp_path: Path, change: str, kind: str
) -> None:
    """Nobody is reminded at another time because somebody changed a row; put there anew it is done."""
    due = Due("remind:case-1", "remind", NOW, "case-1")
    await store.agenda.add(due)
    await store.close()
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as connection, connection:
        assert connection.execute(change).rowcount == 1
    again = TinyDbStore.open(tmp_path)

    later = NOW + timedelta(days=1)
    assert await again.agenda.claim(kind, now=NOW, until=later) is None
    rest, damages = await again.contents.rest()
    assert rest.due == ()
    assert [str(one) for one in damages] == [f"work of kind {kind} that is due is not what was written"]
    other = Due("other", kind, NOW, "case-2")
    await again.agenda.add(other)
    claim = await again.agenda.claim(kind, now=NOW, until=later)
    assert claim is not None
    assert claim.due == other
    if "body" in change:
        await again.agenda.add(due)
        assert (await again.contents.rest())[1] == []
    await again.close()
