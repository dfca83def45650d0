"""Two processes on one database: whichever a message comes to, the case goes on where it was."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr

from bot.cases import invite, open_case
from bot.desk import Desk
from bot.dialogue.buttons import Action
from bot.dialogue.messages import Reply, Upload
from bot.dialogue.screens import DENMARK
from bot.opening import opened_desk
from bot.settings import Settings
from bot.web import session
from bot.web.server import app
from bot.work import REMIND
from knowledge.hearings.load import definition
from knowledge.letters.profile import Profile
from storage.agenda import Due
from storage.events import Answered, Erased, Role
from storage.master_keys import new_key_text
from tests.bot.conftest import Visitor, let_in
from tests.bot.dialogue.talking import PROFILE
from tests.postgres import Cluster
from tests.storage.cases import is_chained

HEARING = "ankestyrelsen-konsulenter-2020"


@pytest.fixture
def settings(cluster: Cluster) -> Settings:
    """An empty database of the test's own, sealed with a new key."""
    return Settings(database_url=SecretStr(cluster.empty_database()), store_key=SecretStr(new_key_text()))


@pytest.fixture
async def desks(settings: Settings) -> AsyncIterator[tuple[Desk, Desk]]:
    """Two desks that share nothing but the database."""
    async with opened_desk(settings) as one, opened_desk(settings) as other:
        yield one, other


@pytest.fixture
async def mette(desks: tuple[Desk, Desk]) -> tuple[Visitor, Visitor]:
    """The caseworker as each desk sees her."""
    one, other = desks
    profile = Profile.model_validate(
        PROFILE | {"deadline": one.now().astimezone(DENMARK).date() + timedelta(days=3)}
    )
    case = await open_case(one, definition(HEARING), profile)
    first = await let_in(one, case, "Mette", Role.CASEWORKER, "telegram:1")
    return first, Visitor(other, "telegram:1", case, keys=first.keys)


async def test_a_conversation_goes_on_at_the_other_desk(mette: tuple[Visitor, Visitor]) -> None:
    """Answer after answer, each at another desk, is asked and stored in order."""
    answers = {
        "konsulentfirma": "Klarsyn ApS",
        "kontrakt_indgaaet": "4. februar 2019",
        "samarbejde_afsluttet": "ja, samarbejdet er slut",
        "opgaver": "Gennemgang af sager om støtte i hjemmet.",
    }
    for number, words in enumerate(answers.values()):
        await mette[number % 2].says(words)
    events = await mette[0].desk.store.events(mette[0].case)
    assert is_chained(events)
    assert [one.event.point for one in events if isinstance(one.event, Answered)] == list(answers)


async def test_a_message_that_comes_to_both_counts_once(mette: tuple[Visitor, Visitor]) -> None:
    """At once or later: stored once, and answered by both with where the case stands."""
    await mette[0].presses(Action.EDIT, "opgaver")
    await mette[1].says("status")
    await asyncio.gather(*(one.says("Rådgivning om ældresager.", key="update-7") for one in mette))
    await mette[1].says("Rådgivning om ældresager.", key="update-7")
    case = await mette[0].stands()
    assert len(case.answer("opgaver").versions) == 1
    assert all(one.heard for one in mette)


async def test_many_answers_at_once_at_both_are_all_stored(
    desks: tuple[Desk, Desk], mette: tuple[Visitor, Visitor]
) -> None:
    """Who comes second decides anew on what the first stored; the chain has no gap."""
    case = mette[0].case
    points = ("opgaver", "arbejdsmetode", "sager_aendret", "bemaerkninger")
    people = []
    for number, point in enumerate(points):
        one = await let_in(
            desks[number % 2], case, f"Person {number}", Role.CASEWORKER, f"telegram:{number + 10}"
        )
        await one.presses(Action.EDIT, point)
        people.append(one)
    await asyncio.gather(*(one.says(f"Vi arbejdede sammen, del {n}.") for n, one in enumerate(people)))
    events = await desks[1].store.events(case)
    assert is_chained(events)
    said = {one.event.point: one.event.value["text"] for one in events if isinstance(one.event, Answered)}
    assert said == {point: f"Vi arbejdede sammen, del {number}." for number, point in enumerate(points)}


async def test_who_changed_case_at_one_desk_has_changed_it_at_the_other(
    mette: tuple[Visitor, Visitor],
) -> None:
    """An answer never lands in the case that the person had left."""
    one, other = mette
    await other.says("status")
    second = await open_case(one.desk, definition(HEARING), Profile.model_validate(PROFILE))
    token = await invite(one.desk, second, "Mette", Role.CASEWORKER)
    await one.says(f"/start {token}")
    before = (await other.stands()).version
    await other.says("Konsulenthuset Klarsyn ApS")
    assert (await other.stands()).version == before
    assert "Klarsyn" in str(await one.desk.store.events(second))


async def test_a_file_taken_at_one_desk_is_read_and_handed_out_at_the_other(
    mette: tuple[Visitor, Visitor],
) -> None:
    """Files stand in the database, so every machine has them."""
    one, other = mette
    text = "Konsulenten modtager 10 % af den besparelse, som kommunen opnår."
    await one.presses(Action.EDIT, "kopi_kontrakter")
    with pytest.MonkeyPatch.context() as crash:
        crash.setattr("bot.reading.unread_contracts", lambda _: [])
        await one.says(file=Upload("kontrakt.txt", "text/plain", len(text), text.encode()))
    await other.says("status")
    (file,) = (await other.stands()).files.values()
    assert file.pages == 1
    document = await other.desk.file("telegram:1", file.file)
    assert document is not None
    assert document.data == text.encode()


async def test_a_reminder_is_given_by_one_desk_alone(
    desks: tuple[Desk, Desk], mette: tuple[Visitor, Visitor]
) -> None:
    """Both look at the moment it is due; the person is told once."""
    told: list[str] = []

    class Chats:
        async def deliver(self, chat: str, said: Reply) -> None:
            told.append(said.text)

    for desk in desks:
        desk.channels["telegram"] = Chats()
    await desks[0].store.agenda.add(Due(f"remind:{mette[0].case}", REMIND, desks[0].now(), mette[0].case))
    for desk in desks:
        desk.duties.look()
    await asyncio.gather(*(desk.duties.finished() for desk in desks))
    assert len(told) == 1
    assert "om 3 dage" in told[0]


async def test_a_login_at_one_is_good_at_the_other(
    desks: tuple[Desk, Desk], mette: tuple[Visitor, Visitor]
) -> None:
    """A link that one printed works at the other, and the session that it began at both."""
    one, other = [app(desk, desk.settings, await desk.store.secret(session.SIGNING_KEY)) for desk in desks]
    token = await invite(desks[0], mette[0].case, "Jens", Role.TEAM_LEAD)
    address = "http://127.0.0.1:8400"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(other), base_url=address) as browser:
        assert (await browser.post(f"/login/{token}")).status_code == 303
        cookies = browser.cookies
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(one), base_url=address, cookies=cookies
    ) as browser:
        assert (await browser.get("/")).status_code == 200
    async with httpx.AsyncClient(transport=httpx.ASGITransport(one), base_url=address) as stranger:
        assert (await stranger.get("/")).status_code == 401


async def test_a_case_erased_at_one_desk_is_gone_at_the_other(mette: tuple[Visitor, Visitor]) -> None:
    """What a process still has in memory of it is not shown."""
    one, other = mette
    await other.says("status")
    case = await one.stands()
    (erased,) = case.record([Erased(reason="Fristen er udløbet.")], time=one.desk.now(), person="x", key=None)
    await one.desk.store.erase(one.case, erased)
    await other.says("status")
    assert await other.desk.overview("telegram:1") is None
