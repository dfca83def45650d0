"""Work that is due: done once by whoever comes first, and taken over from who is gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.duties import RETRY, Duties
from storage.agenda import Due
from storage.store import Store
from storage.tinydb_store import TinyDbStore

#: So short that everything is renewed and looked for at once; the clock of the tests stands still.
LEASE = timedelta(milliseconds=6)
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is put on."""

    def __init__(self) -> None:
        self.now = NINE

    def __call__(self) -> datetime:
        """The time."""
        return self.now


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store that two of a test's processes share."""
    opened = TinyDbStore.open(tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> Clock:
    """Nine o'clock."""
    return Clock()


async def test_work_that_fails_is_tried_again_later(store: Store, clock: Clock) -> None:
    """A failure costs that piece some minutes, and the others nothing."""
    done: list[str] = []

    async def work(due: Due) -> None:
        if due.id == "bad" and not done:
            raise ValueError("what a case says")
        done.append(due.id)

    ours = Duties(store.agenda, clock, lease=LEASE)
    ours.on("work", work)
    await store.agenda.add(Due("bad", "work", NINE - timedelta(minutes=1)))
    await ours.add(Due("good", "work", NINE))
    await ours.finished()
    assert done == ["good"]

    clock.now += RETRY
    ours.look()
    await ours.finished()
    assert done == ["good", "bad"]


async def test_work_is_done_again_when_it_says_so(store: Store, clock: Clock) -> None:
    """What is due again comes at its time and not before."""
    done: list[datetime] = []

    async def work(due: Due) -> datetime:
        done.append(clock.now)
        return clock.now + timedelta(days=1)

    ours = Duties(store.agenda, clock, lease=LEASE)
    ours.on("work", work)
    await ours.add(Due("daily", "work", NINE))
    await ours.finished()
    ours.look()
    await ours.finished()
    clock.now += timedelta(days=1)
    ours.look()
    await ours.finished()
    assert done == [NINE, NINE + timedelta(days=1)]


async def test_long_work_is_nobody_else_s_while_it_goes_on(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its claim is renewed, however long it takes; a second process begins it only when the first is gone."""
    begun: list[str] = []
    end, renewed = asyncio.Event(), asyncio.Event()
    renew = store.agenda.renew

    async def noticed(*about: object, **more: object) -> bool:
        renewed.set()
        return await renew(*about, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(store.agenda, "renew", noticed)
    one, other = Duties(store.agenda, clock, lease=LEASE), Duties(store.agenda, clock, lease=LEASE)
    for name, process in (("one", one), ("other", other)):

        async def work(due: Due, name: str = name) -> None:
            begun.append(name)
            await end.wait()

        process.on("work", work)
    await one.add(Due("long", "work", NINE))
    await renewed.wait()
    clock.now += 0.9 * LEASE
    renewed.clear()
    await renewed.wait()
    renewed.clear()
    await renewed.wait()
    clock.now += 0.9 * LEASE
    other.look()
    await other.finished()
    assert begun == ["one"]
    end.set()
    await one.finished()
    other.look()
    await other.finished()
    assert begun == ["one"]


async def test_only_one_is_alone(store: Store, clock: Clock) -> None:
    """Of two who may not do a thing at the same time the second begins when the first has ended."""
    at_it: list[str] = []
    stops = {"one": asyncio.Event(), "other": asyncio.Event()}
    began = {"one": asyncio.Event(), "other": asyncio.Event()}

    async def serve(name: str) -> None:
        async def work() -> None:
            at_it.append(name)
            began[name].set()
            await stops[name].wait()
            at_it.remove(name)

        await Duties(store.agenda, clock, lease=LEASE).alone("poll", work, stops[name])

    one = asyncio.create_task(serve("one"))
    await began["one"].wait()
    other = asyncio.create_task(serve("other"))
    for _ in range(20):
        await store.secret("a round through the store")
    assert at_it == ["one"]
    stops["one"].set()
    await began["other"].wait()
    assert at_it == ["other"]
    stops["other"].set()
    await asyncio.gather(one, other)


async def test_who_is_thought_gone_stops(store: Store, clock: Clock) -> None:
    """A process that slept past its claim breaks off, so that two never do it for long."""
    broken_off, began, stop = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            broken_off.set()

    sleeper = asyncio.create_task(Duties(store.agenda, clock, lease=LEASE).alone("poll", work, stop))
    await began.wait()
    clock.now += LEASE
    taken = await store.agenda.claim("poll", now=clock.now, until=clock.now + LEASE)
    await broken_off.wait()
    assert taken is not None
    stop.set()
    await sleeper
