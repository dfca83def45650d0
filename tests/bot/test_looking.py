"""Who looks at a case is noted, without anybody noticing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.desk import Desk
from bot.looking import Looking
from bot.settings import Settings
from storage.looks import LookKind
from storage.store import Store
from storage.tinydb_store import TinyDbStore
from tests.bot.conftest import Visitor
from tests.storage.cases import open_case


async def looked(store: Store, case: str) -> list[tuple[str, str]]:
    """Who looked at what of the case."""
    seen = []
    for look in await store.looks.of(case):
        person = await store.person(look.person)
        assert person is not None
        seen.append((person.name, look.kind.value))
    return seen


async def test_each_thing_that_is_looked_at_is_noted(desk: Desk, mette: Visitor, jens: Visitor) -> None:
    """The overview, the letter and the talk, by each who sees them; and the case is where it was."""
    before = (await mette.stands()).version
    for _ in range(5):
        await desk.overview(jens.user)
    await desk.letter_model(jens.user)
    await desk.conversation(mette.user)

    seen = await looked(desk.store, mette.case)
    assert seen.count(("Jens", "overview")) == 1
    assert seen.count(("Jens", "letter")) == 1
    assert ("Mette", "chat") in seen
    assert (await mette.stands()).version == before


async def test_an_answer_is_no_look_but_asking_is(desk: Desk, mette: Visitor) -> None:
    """Who answers is in the case's events; who only reads in the chat is noted as a reader."""
    await mette.says("Rådgivning om ældresager.")
    before = await looked(desk.store, mette.case)
    await mette.says("/hjaelp")
    assert await looked(desk.store, mette.case) == [*before, ("Mette", "chat")]


async def test_who_may_not_see_a_case_leaves_no_look(desk: Desk, mette: Visitor) -> None:
    """Nothing was shown."""
    before = await looked(desk.store, mette.case)
    assert await desk.overview("telegram:99", mette.case) is None
    assert await looked(desk.store, mette.case) == before


async def test_a_page_that_asks_again_and_again_is_one_look_in_a_while(tmp_path: Path) -> None:
    """After that while it is one more; and another's is their own."""
    store = TinyDbStore.open(tmp_path)
    await open_case(store)
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    again_after = timedelta(minutes=Settings().look_minutes)
    looking = Looking(store.looks, lambda: now, again_after)

    for _ in range(100):
        await looking.note("person-1", "case-1", LookKind.OVERVIEW)
    await looking.note("person-2", "case-1", LookKind.OVERVIEW)
    now += again_after
    await looking.note("person-1", "case-1", LookKind.OVERVIEW)

    assert [one.person for one in await store.looks.of("case-1")] == ["person-1", "person-2", "person-1"]
    await store.close()
