"""What every store promises (`storage.store`); a new store joins by its line in `conftest.STORES`."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.case import Case, CaseState
from storage.events import Answered, FindingAcknowledged, Recorded, Returned, Role, Submitted, Turned
from storage.store import (
    AlreadyStored,
    Conflict,
    Invitation,
    InvitationRefused,
    Person,
    Store,
    StoreError,
    UnknownCase,
)
from tests.storage.cases import NOW, OPENED, answer, append, is_chained, next_events, open_case, stored
from tests.storage.conftest import OpenStore

#: Hours by which the clock is off, one answer after the other.
JUMPS = (5, -5, 0)
PEOPLE = 100
CASES = 20
ANSWERS_EACH = 3

INVITATION = Invitation(
    token_hash="ab" * 32,
    case="case-1",
    name="Sagsbehandler Et",
    role=Role.CASEWORKER,
    expires=NOW + timedelta(days=7),
)


async def test_events_come_back_as_they_were_stored_and_in_order(store: Store) -> None:
    """What is read is what was written, from the first event to the last."""
    case = await open_case(store)
    recorded = next_events(case, answer("a"), answer("b", "Næste svar"), Turned(point=None), key="m1")
    await store.append("case-1", recorded, state=case.state)

    events = await store.events("case-1")

    assert events[1:] == recorded
    assert [one.seq for one in events] == [1, 2, 3, 4]


async def test_the_chain_holds_after_the_store_was_closed_and_opened(open_store: OpenStore) -> None:
    """A store that is opened again has every event, and each carries the hash it must."""
    store = await open_store()
    case = await open_case(store)
    for number in range(30):
        case = await append(store, case, answer(f"p{number}"), key=f"m{number}")
    await store.close()

    again = await open_store()
    events = await again.events("case-1")
    await again.close()

    assert len(events) == 31
    assert is_chained(events)
    assert Case("case-1").after(events) == case


async def test_any_text_comes_back_unchanged(store: Store) -> None:
    """Control characters, emoji, right-to-left marks and lone surrogates are stored as they are."""
    text = "\x00\x1b \u202eælg\u2069 👩‍👩‍👧 \ud800 <b>&amp;</b> \u2028"
    await append(store, await open_case(store), answer("p", text))

    assert (await stored(store)).answer("p").value == {"kind": "text", "text": text}


async def test_a_clock_that_jumps_back_changes_no_order(open_store: OpenStore) -> None:
    """Events keep the order they happened in, and their own times; also when the store is opened again."""
    case, events = await _answered_while_the_clock_jumps(open_store)

    assert is_chained(events)
    assert [one.time - NOW for one in events[1:]] == [timedelta(hours=hours) for hours in JUMPS]
    assert Case("case-1").after(events) == case


async def test_an_order_by_the_clock_would_be_noticed(open_store: OpenStore) -> None:
    """The test above can fail: ordered by time, the events do not follow on each other."""
    _, events = await _answered_while_the_clock_jumps(open_store)

    assert not is_chained(sorted(events, key=lambda one: one.time))


async def _answered_while_the_clock_jumps(open_store: OpenStore) -> tuple[Case, list[Recorded]]:
    store = await open_store()
    case = await open_case(store)
    for hours in JUMPS:
        recorded = case.record([answer()], time=NOW + timedelta(hours=hours), person="p", key=f"m{hours}")
        case = case.after(recorded)
        await store.append("case-1", recorded, state=case.state)
    await store.close()
    again = await open_store()
    events = await again.events("case-1")
    await again.close()
    return case, events


async def test_only_the_later_events_are_given_when_asked_for(store: Store) -> None:
    """`after` leaves out what is known already."""
    case = await append(store, await open_case(store), answer("a"), answer("b"))

    assert [one.seq for one in await store.events("case-1", after=2)] == [3]
    assert await store.events("case-1", after=case.version) == []


async def test_an_append_to_a_case_that_moved_on_is_refused(store: Store) -> None:
    """Of two answers decided on the same version, the second is refused and leaves nothing behind."""
    seen = await open_case(store)
    moved = await append(store, seen, answer("a"), key="m1")

    with pytest.raises(Conflict):
        await append(store, seen, answer("b"), key="m2")

    assert await stored(store) == moved
    decided_again = await append(store, moved, answer("b"), key="m2")
    assert await stored(store) == decided_again


async def test_an_append_to_another_history_is_refused(store: Store) -> None:
    """The right number is not enough: an append names the hash of the event it follows on."""
    case = await open_case(store)

    with pytest.raises(Conflict):
        await append(store, replace(case, last_hash="f" * 64), answer())

    assert (await stored(store)).version == 1


async def test_an_append_beyond_the_end_is_refused(store: Store) -> None:
    """A case's events have no gaps."""
    case = await open_case(store)

    with pytest.raises(Conflict):
        await append(store, replace(case, version=5), answer())


async def test_events_with_a_gap_between_them_are_refused(store: Store) -> None:
    """What is stored at once must follow on each other too."""
    case = await open_case(store)
    recorded = next_events(case, answer("a"), answer("b"), answer("c"))

    with pytest.raises(Conflict):
        await store.append("case-1", [recorded[0], recorded[2]], state=case.state)

    assert await stored(store) == case


async def test_a_message_that_arrives_twice_is_stored_once(store: Store) -> None:
    """The second append with a key is refused, also where the case has moved on since."""
    first = await open_case(store)
    case = await append(store, first, answer("a"), answer("b"), key="m1")

    with pytest.raises(AlreadyStored):
        await append(store, case, answer("a"), key="m1")
    with pytest.raises(AlreadyStored):
        await append(store, first, answer("a"), key="m1")

    assert await stored(store) == case


async def test_a_message_that_arrives_twice_at_once_is_stored_once(store: Store) -> None:
    """Ten copies of a message at the same time make one answer."""
    case = await open_case(store)

    outcomes = await asyncio.gather(
        *(append(store, case, answer(), key="m1") for _ in range(10)), return_exceptions=True
    )

    assert sum(isinstance(outcome, Case) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, AlreadyStored) for outcome in outcomes) == 9
    assert (await stored(store)).version == 2


async def test_a_key_belongs_to_its_case(store: Store) -> None:
    """The same key in another case is another message."""
    for name in ("case-1", "case-2"):
        await append(store, await open_case(store, name), answer(), key="m1")

    assert (await stored(store, "case-2")).version == 2


async def test_a_case_that_is_not_there_is_said_to_be_unknown(store: Store) -> None:
    """Neither reading nor appending makes a case."""
    with pytest.raises(UnknownCase):
        await store.events("case-1")
    with pytest.raises(UnknownCase):
        await append(store, Case("case-1"), answer(), key="m1")

    assert await store.cases() == []


async def test_a_case_is_opened_once(store: Store) -> None:
    """A second opening under the id is refused, and the first case stands."""
    case = await append(store, await open_case(store), answer())

    with pytest.raises(Conflict):
        await store.open_case("case-1", next_events(Case("case-1"), OPENED, key="other"))

    assert await stored(store) == case


async def test_one_refused_append_does_not_disturb_those_beside_it(store: Store) -> None:
    """Appends to nine cases are stored although a tenth, at the same time, is refused."""
    cases = [await open_case(store, f"case-{number}") for number in range(10)]
    await append(store, cases[4], answer("before"))

    outcomes = await asyncio.gather(*(append(store, case) for case in cases), return_exceptions=True)

    assert [number for number, outcome in enumerate(outcomes) if isinstance(outcome, Conflict)] == [4]
    assert [(await stored(store, case.id)).version for case in cases] == [2] * 10


async def test_the_list_of_cases_tells_state_and_change_last_changed_first(store: Store) -> None:
    """Each case is listed once, as it stands after its last event."""
    first, second = await open_case(store, "case-1"), await open_case(store, "case-2")
    second = await append(store, second, answer())
    first = await append(store, first, answer())
    first = await append(store, first, answer("b"), Submitted())

    listed = await store.cases()

    assert [(line.id, line.version, line.state) for line in listed] == [
        ("case-1", 4, CaseState.SUBMITTED),
        ("case-2", 2, CaseState.DRAFTING),
    ]
    assert listed[0].hearing == "example"
    assert listed[0].opened_at == NOW


async def test_cases_of_one_state_are_listed_by_themselves(store: Store) -> None:
    """What awaits review is found among the others, the last changed first, and no more than asked for."""
    for number in range(4):
        case = await open_case(store, f"case-{number}")
        for _ in range(number):
            case = await append(store, case, answer())
        if number:
            await append(store, case, Submitted())

    submitted = [line.id for line in await store.cases(state=CaseState.SUBMITTED)]

    assert submitted == ["case-3", "case-2", "case-1"]
    assert [line.id for line in await store.cases(state=CaseState.DRAFTING)] == ["case-0"]
    assert await store.cases(state=CaseState.SENT) == []
    assert [line.id for line in await store.cases(state=CaseState.SUBMITTED, limit=2)] == submitted[:2]
    assert [line.id for line in await store.cases(limit=1)] == ["case-3"]


async def test_a_waiting_case_in_which_something_happens_is_listed_first(store: Store) -> None:
    """The list is in the order of the last change, also of cases that nobody answers any more."""
    cases = {name: await append(store, await open_case(store, name), Submitted()) for name in ("old", "new")}
    for _ in range(3):
        cases["old"] = await append(store, cases["old"], FindingAcknowledged(finding="f", reason="Er kendt."))

    assert [line.id for line in await store.cases(state=CaseState.SUBMITTED)] == ["old", "new"]


async def test_a_case_leaves_the_list_of_a_state_with_the_state(store: Store) -> None:
    """A case that was returned no longer awaits review."""
    case = await append(store, await open_case(store), answer("a"), Submitted())
    await append(store, case, Returned(point="a", comment="Uddyb."))

    assert await store.cases(state=CaseState.SUBMITTED) == []
    assert len(await store.cases(state=CaseState.DRAFTING)) == 1


async def test_a_person_is_found_by_id_and_by_each_name_a_front_end_has(store: Store) -> None:
    """People are found again as they were last saved."""
    person = Person("person-1", "Sagsbehandler Et", users=("telegram:1", "web:a"), chats=("telegram:1",))
    await store.save_person(person)
    await store.save_person(replace(person, case="case-1"))
    await store.save_person(Person("person-2", "Leder To", users=("telegram:2",)))

    assert await store.person("person-1") == replace(person, case="case-1")
    assert await store.person_of_user("telegram:1") == replace(person, case="case-1")
    assert await store.person_of_user("web:a") == replace(person, case="case-1")
    assert (await store.person_of_user("telegram:2") or person).id == "person-2"


async def test_nobody_is_found_by_a_name_that_is_no_longer_theirs(store: Store) -> None:
    """A name that was taken from a person leads nowhere, or to whom it was given."""
    person = Person("person-1", "Sagsbehandler Et", users=("telegram:1", "web:a"))
    await store.save_person(person)
    await store.save_person(Person("person-2", "Leder To", users=("web:a",)))
    await store.save_person(replace(person, users=()))

    assert await store.person_of_user("telegram:1") is None
    assert (await store.person_of_user("web:a") or person).id == "person-2"
    assert await store.person("person-3") is None


async def test_changes_of_a_person_at_once_all_count(store: Store) -> None:
    """Ten chats that are noted for somebody at the same time are all there afterwards."""
    await store.save_person(Person("person-1", "Sagsbehandler Et", users=("telegram:1",)))

    def with_chat(number: int) -> Callable[[Person | None], Person]:
        def change(person: Person | None) -> Person:
            assert person is not None
            return replace(person, chats=(*person.chats, f"web:{number}"))

        return change

    await asyncio.gather(*(store.change_person("person-1", with_chat(number)) for number in range(10)))

    found = await store.person_of_user("telegram:1")
    assert found is not None
    assert set(found.chats) == {f"web:{number}" for number in range(10)}


async def test_an_invitation_lets_in_once(open_store: OpenStore) -> None:
    """Who comes second is refused, also after the store was closed and opened."""
    store = await open_store()
    await store.add_invitation(INVITATION)

    taken = await store.take_invitation(INVITATION.token_hash, user="telegram:1", now=NOW)
    assert taken == replace(INVITATION, used_by="telegram:1")
    with pytest.raises(InvitationRefused):
        await store.take_invitation(INVITATION.token_hash, user="telegram:2", now=NOW)
    await store.close()
    again = await open_store()
    with pytest.raises(InvitationRefused):
        await again.take_invitation(INVITATION.token_hash, user="telegram:2", now=NOW)
    await again.close()


async def test_who_took_an_invitation_may_take_it_again(store: Store) -> None:
    """A process killed between taking it and letting the person in does not lock them out."""
    await store.add_invitation(INVITATION)
    first = await store.take_invitation(INVITATION.token_hash, user="telegram:1", now=NOW)
    assert await store.take_invitation(INVITATION.token_hash, user="telegram:1", now=NOW) == first


async def test_of_many_who_take_an_invitation_at_once_one_gets_it(store: Store) -> None:
    """An invitation that was passed on does not let two in."""
    await store.add_invitation(INVITATION)

    outcomes = await asyncio.gather(
        *(
            store.take_invitation(INVITATION.token_hash, user=f"telegram:{number}", now=NOW)
            for number in range(20)
        ),
        return_exceptions=True,
    )

    assert sum(isinstance(outcome, Invitation) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, InvitationRefused) for outcome in outcomes) == 19


async def test_an_invitation_past_its_time_or_unknown_is_refused(store: Store) -> None:
    """An invitation ends at the moment it names."""
    await store.add_invitation(INVITATION)

    with pytest.raises(InvitationRefused):
        await store.take_invitation(INVITATION.token_hash, user="telegram:1", now=INVITATION.expires)
    with pytest.raises(InvitationRefused):
        await store.take_invitation("cd" * 32, user="telegram:1", now=NOW)


async def test_an_invitation_is_not_stored_twice(store: Store) -> None:
    """A used invitation cannot be made good by storing it again."""
    await store.add_invitation(INVITATION)
    await store.take_invitation(INVITATION.token_hash, user="telegram:1", now=NOW)

    with pytest.raises(Conflict):
        await store.add_invitation(INVITATION)


async def test_many_people_on_few_cases_lose_nothing(store: Store) -> None:
    """A hundred people who answer in twenty cases at once all find their answers there, once."""
    await _answer_all_at_once(store, _answer_until_stored)

    for number in range(CASES):
        events = await store.events(f"case-{number}")
        assert is_chained(events)
        assert Counter(_points(events)) == _expected(number)


async def test_an_answer_that_a_conflict_lost_would_be_noticed(store: Store) -> None:
    """The test above can fail: where who came second is told that all is well, answers are missing."""

    async def answer_once(store: Store, name: str, event: Answered, key: str) -> None:
        with suppress(Conflict):
            await append(store, await stored(store, name), event, key=key)

    await _answer_all_at_once(store, answer_once)

    found = [Counter(_points(await store.events(f"case-{number}"))) for number in range(CASES)]
    assert found != [_expected(number) for number in range(CASES)]


async def _answer_all_at_once(
    store: Store, answer_one: Callable[[Store, str, Answered, str], Awaitable[None]]
) -> None:
    for number in range(CASES):
        await open_case(store, f"case-{number}")

    async def work(person: int) -> None:
        name = f"case-{person % CASES}"
        for number in range(ANSWERS_EACH):
            await answer_one(store, name, answer(f"p{person}.{number}"), f"{person}-{number}")

    await asyncio.gather(*(work(person) for person in range(PEOPLE)))


def _expected(case: int) -> Counter[str]:
    return Counter(f"p{one}.{n}" for one in range(case, PEOPLE, CASES) for n in range(ANSWERS_EACH))


async def test_an_append_whose_caller_was_cancelled_is_stored_whole_or_not_at_all(store: Store) -> None:
    """The store goes on, and the next reading tells which it was."""
    case = await open_case(store)
    recorded = next_events(case, answer("a"), answer("b"), key="m1")
    waiting = asyncio.create_task(store.append("case-1", recorded, state=case.state))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait({waiting})

    after = await append(store, await stored(store), answer("c"))

    assert after.version in {2, 4}
    assert await stored(store) == after


async def test_closing_finishes_what_is_under_way_and_ends_the_store(open_store: OpenStore) -> None:
    """Appends that were asked for before are stored, later ones refused."""
    store = await open_store()
    cases = [await open_case(store, f"case-{number}") for number in range(5)]
    appends = [asyncio.create_task(append(store, case)) for case in cases]
    await asyncio.sleep(0)
    await store.close()
    await store.close()

    with pytest.raises(StoreError):
        await store.cases()
    after = [await one for one in appends]
    again = await open_store()
    assert [await stored(again, case.id) for case in cases] == after
    await again.close()


async def _answer_until_stored(store: Store, name: str, event: Answered, key: str) -> None:
    while True:
        try:
            await append(store, await stored(store, name), event, key=key)
        except Conflict:
            continue
        return


def _points(events: list[Recorded]) -> list[str]:
    return [one.event.point for one in events if isinstance(one.event, Answered)]
