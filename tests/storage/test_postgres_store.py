"""The store in PostgreSQL beyond the contract: what it refuses and what it notices."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple
from datetime import timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.agenda import Due
from storage.case import CaseState
from storage.events import Erased
from storage.master_keys import MasterKeys, new_key_text
from storage.postgres_bodies import AS_TEXT, body_of, document_of
from storage.store import Conflict, Person, StoreAway, StoreDamaged, StoreError, WrongKey
from tests.e2e.ports import free_port
from tests.postgres import Cluster
from tests.storage.cases import NOW, answer, append, next_events, open_case, stored
from tests.storage.conftest import open_postgres

READ = Due("read:case-1:" + "ab" * 32, "read", NOW, "case-1")
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(["\x00", "\ud800", "\\u0000", "1e5", "-0", "NaN", AS_TEXT]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def url(cluster: Cluster) -> str:
    """A database with nothing in it."""
    return cluster.empty_database()


@pytest.fixture
def connection(cluster: Cluster) -> Iterator[psycopg.Connection]:
    """A connection to the server."""
    with psycopg.connect(cluster.url(), autocommit=True) as opened:
        yield opened


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(document=st.dictionaries(st.text(max_size=4), _JSON, max_size=4))
def test_any_document_comes_back_as_the_same_json(
    connection: psycopg.Connection, document: dict[str, object]
) -> None:
    """NUL, lone surrogates and any number survive JSONB, so that the hash over them holds."""
    row = connection.execute("SELECT %s::jsonb", (body_of(document, None),)).fetchone()
    assert row is not None
    assert json.dumps(document_of(row[0], None), sort_keys=True) == json.dumps(document, sort_keys=True)


async def test_plain_answers_can_be_queried_in_the_database(url: str) -> None:
    """An answer stands as JSON, not as text, so that an operator may look into it."""
    store = await open_postgres(url)
    await append(store, await open_case(store), answer("opgaver", "Rådgivning, 5 % af 1.000 kr."))
    await store.close()
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT body #>> '{event,value,text}' FROM event WHERE body #>> '{event,point}' = 'opgaver'"
        ).fetchone()
    assert row == ("Rådgivning, 5 % af 1.000 kr.",)


@pytest.mark.parametrize(
    "damage",
    [
        """UPDATE event SET body = jsonb_set(body, '{event,value,text}', '"Andet"') WHERE seq = 2""",
        "DELETE FROM event WHERE seq = 2",
        "DELETE FROM event WHERE seq = 3",
        "UPDATE event SET body = '{}' WHERE seq = 2",
        "UPDATE hearing_case SET last_hash = ''",
        "UPDATE event SET key = NULL WHERE seq = 2",
        "UPDATE event SET key = 'm9' WHERE seq = 4",
    ],
)
async def test_a_changed_or_missing_event_is_seen_when_it_is_read(url: str, damage: str) -> None:
    """What somebody changed in the database itself is not given out as what was stored.

    Nor that a message was handled, which would then count a second time.
    """
    store = await open_postgres(url)
    case = await append(store, await open_case(store), answer("a"), answer("b"), key="m1")
    await append(store, case, answer("c"), key="m2")
    assert len(await store.events("case-1")) == 4
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(damage)

    with pytest.raises(StoreDamaged):
        await store.events("case-1")
    await store.close()


async def test_a_session_that_may_forget_is_refused(url: str) -> None:
    """Where an acknowledged answer could be gone after a power cut, the store does not open."""
    with pytest.raises(StoreError, match="synchronous_commit"):
        await open_postgres(f"{url}?options=-csynchronous_commit%3Doff")


async def test_a_server_that_does_not_sync_is_refused(url: str, connection: psycopg.Connection) -> None:
    """The same for a server that leaves its writes to the operating system's mercy."""
    _let(connection, fsync="off")
    try:
        with pytest.raises(StoreError, match="fsync"):
            await open_postgres(url)
    finally:
        _let(connection, fsync="on")


def _let(connection: psycopg.Connection, *, fsync: str) -> None:
    connection.execute(f"ALTER SYSTEM SET fsync = {fsync}")
    connection.execute("SELECT pg_reload_conf()")
    while connection.execute("SHOW fsync").fetchone() != (fsync,):
        pass


async def test_a_server_that_is_not_there_is_told_without_the_connection_string() -> None:
    """The message says that the database does not answer; user and password are in none."""
    with pytest.raises(StoreAway) as away:
        await open_postgres(f"postgresql://bruger:hemmelig@127.0.0.1:{free_port()}/hoering")
    assert "hemmelig" not in str(away.value)
    with pytest.raises(StoreError, match="connection string") as refused:
        await open_postgres("postgresql://bruger:hemmelig@[::1/hoering?ja=nej")
    assert "hemmelig" not in str(refused.value)


async def test_a_database_of_a_newer_program_is_refused(url: str) -> None:
    """An older program does not write into a schema it does not know."""
    with psycopg.connect(url, autocommit=True) as connection:
        before = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        try:
            with pytest.raises(StoreError, match="newer"):
                await open_postgres(url)
        finally:
            connection.execute("UPDATE alembic_version SET version_num = %s", before)


@pytest.fixture
def masters() -> MasterKeys:
    """A master key."""
    return MasterKeys.from_text(new_key_text(), "the test")


def dump(url: str) -> str:
    """Everything that stands in the database, as text."""
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return "".join(repr(connection.execute(f"SELECT * FROM {table}").fetchall()) for (table,) in tables)


async def test_in_a_sealed_database_nothing_personal_can_be_read(url: str, masters: MasterKeys) -> None:
    """Neither answers nor names, nor the chats of people, nor the keys of messages, nor secrets."""
    store = await open_postgres(url, masters)
    case = await append(store, await open_case(store), answer("a", "Rådgivning om ældresager."), key="m-77")
    await store.save_person(Person("person-1", "Mette Holm", users=("telegram:mette-4711",)))
    await store.agenda.add(READ)
    secret = await store.secret("session")
    await store.close()

    stands = dump(url)
    for word in ("dgivning", "Mette", "mette-4711", "m-77", "Eksempel Kommune", READ.id, secret):
        assert word not in stands
    again = await open_postgres(url, masters)
    assert await stored(again) == case
    await again.close()


async def test_work_that_an_earlier_version_stored_is_sealed_and_done(url: str, masters: MasterKeys) -> None:
    """It stood in clear in a sealed database; it is found, and gone when it is finished."""
    store = await open_postgres(url, masters)
    await open_case(store)
    with psycopg.connect(url) as connection:
        connection.execute("INSERT INTO due (id, kind, at, case_id) VALUES (%s, %s, %s, %s)", astuple(READ))
    await store.close()

    again = await open_postgres(url, masters)

    assert READ.id not in dump(url)
    later = NOW + timedelta(days=1)
    claim = await again.agenda.claim("read", now=later, until=later)
    assert claim is not None
    assert claim.due == READ
    await again.agenda.finish(claim)
    assert await again.agenda.claim("read", now=later, until=later) is None
    await again.close()


async def test_a_person_who_cannot_be_read_costs_no_other_the_backup(url: str, masters: MasterKeys) -> None:
    """Who it is, is named; the others, and what else belongs to no case, are given."""
    store = await open_postgres(url, masters)
    jens = Person("person-2", "Jens Bak")
    for person in (Person("person-1", "Mette Holm"), jens):
        await store.save_person(person)
    secret = await store.secret("session")
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE person SET body = '{}' WHERE id = 'person-1'")

    rest, damages = await store.contents.rest()

    assert (rest.people, rest.secrets) == ((jens,), {"session": secret})
    assert [str(one) for one in damages] == ["person person-1 is not what was written"]
    await store.close()


async def test_a_sealed_database_is_opened_by_its_key_alone(url: str, masters: MasterKeys) -> None:
    """Without the key or with another one it is refused, and nothing is changed."""
    await (await open_postgres(url, masters)).close()
    before = dump(url)
    with pytest.raises(WrongKey):
        await open_postgres(url)
    with pytest.raises(WrongKey):
        await open_postgres(url, MasterKeys.from_text(new_key_text(), "another"))
    assert dump(url) == before


async def test_a_database_that_holds_unsealed_cases_is_not_sealed_halfway(
    url: str, masters: MasterKeys
) -> None:
    """The key is refused, so that nobody believes that what stands there is sealed."""
    store = await open_postgres(url)
    await open_case(store)
    await store.close()
    with pytest.raises(StoreError, match="not sealed"):
        await open_postgres(url, masters)


async def test_a_new_master_key_takes_over_while_the_store_is_used(url: str) -> None:
    """After the wrapping anew the old key opens nothing, and the new one everything."""
    old, new = new_key_text(), new_key_text()
    both = MasterKeys.from_text(f"{new}\n{old}", "both")
    store = await open_postgres(url, MasterKeys.from_text(old, "old"))
    case = await append(store, await open_case(store), answer("a"))
    other = await open_postgres(url, both)
    assert await other.rewrap() == 2
    assert await other.rewrap() == 0
    await append(store, case, answer("b"))
    await store.close()
    await other.close()
    with pytest.raises(WrongKey):
        await open_postgres(url, MasterKeys.from_text(old, "old"))
    again = await open_postgres(url, MasterKeys.from_text(new, "new"))
    assert (await stored(again)).version == 3
    await again.close()


@pytest.mark.parametrize("sealed", [False, True])
async def test_an_erased_case_leaves_its_end_and_nothing_else(
    url: str, masters: MasterKeys, *, sealed: bool
) -> None:
    """Events, files, invitations and work are gone from the tables; that it was erased can still be read."""
    store = await open_postgres(url, masters if sealed else None)
    case = await append(store, await open_case(store), answer("a", "Rådgivning om ældresager."), key="m1")
    (erased,) = next_events(case, Erased(reason="Opbevaringsperioden er udløbet."))
    with pytest.raises(Conflict):
        await store.erase("case-1", erased.model_copy(update={"previous": "f" * 64}))
    await store.erase("case-1", erased)
    await store.erase("case-1", erased)

    assert await store.events("case-1") == [erased]
    (line,) = await store.cases()
    assert line.state is CaseState.ERASED
    assert "dgivning" not in dump(url)
    await store.close()
