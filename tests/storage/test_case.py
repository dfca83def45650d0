"""The case is the fold of its events, whatever they are and however they are put together."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from storage.case import AnswerState, Case
from storage.events import (
    Answered,
    Approved,
    Asked,
    Event,
    Paused,
    Recorded,
    Reopened,
    Returned,
    Skipped,
    Submitted,
    Turned,
)
from tests.storage.cases import NOW, OPENED, answer, is_chained, next_events

POINTS = st.sampled_from(["opgaver", "sager_udvalgt", "beloeb_betalt"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Answered, point=POINTS, value=st.fixed_dictionaries({"text": TEXTS}), message=st.none()),
    st.builds(Skipped, point=POINTS),
    st.builds(Reopened, points=st.tuples(POINTS), because=POINTS),
    st.builds(Returned, point=POINTS, comment=TEXTS),
    st.builds(Approved, points=st.dictionaries(POINTS, st.integers(1, 12))),
    st.builds(Asked, about=TEXTS, point=POINTS, data=st.just({})),
    st.builds(Turned, point=st.none() | POINTS),
    st.builds(Paused),
    st.builds(Submitted),
)
MESSAGES = st.lists(
    st.tuples(
        st.lists(EVENTS, min_size=1, max_size=3),
        st.sampled_from(["person-1", "person-2"]),
        st.none() | TEXTS,
        st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    ),
    max_size=6,
)


@st.composite
def histories(draw: st.DrawFn) -> list[Recorded]:
    """What may be recorded in one case."""
    case = Case("case-1")
    recorded = next_events(case, OPENED)
    for events, person, key, time in draw(MESSAGES):
        case = Case("case-1").after(recorded)
        recorded += case.record(events, time=time, person=person, key=key)
    return recorded


@given(histories(), st.data())
def test_a_case_is_the_same_however_its_events_come(history: list[Recorded], data: st.DataObject) -> None:
    """All at once, one by one, or cut anywhere: the events add up to one case."""
    cut = data.draw(st.integers(0, len(history)))
    one_by_one = Case("case-1")
    for recorded in history:
        one_by_one = one_by_one.after([recorded])

    whole = Case("case-1").after(history)
    assert one_by_one == whole
    assert Case("case-1").after(history[:cut]).after(history[cut:]) == whole
    assert (whole.version, whole.last_hash) == (len(history), history[-1].hash)


@given(histories())
def test_events_are_chained_and_survive_their_json(history: list[Recorded]) -> None:
    """Written as JSON and read again, events are the same and carry the hash they must."""
    read = [Recorded.model_validate_json(one.model_dump_json()) for one in history]

    assert read == history
    assert is_chained(read)


@given(histories(), st.data())
def test_a_changed_byte_breaks_the_chain(history: list[Recorded], data: st.DataObject) -> None:
    """An event that reads otherwise than it was recorded does not carry its hash, or is no event."""
    place = data.draw(st.integers(0, len(history) - 1))
    written = bytearray(history[place].model_dump_json().encode())
    written[data.draw(st.integers(0, len(written) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    try:
        changed = Recorded.model_validate_json(bytes(written))
    except ValidationError:
        return
    same_meaning = changed.model_dump(mode="json") == history[place].model_dump(mode="json")
    assert same_meaning or not is_chained([*history[:place], changed, *history[place + 1 :]])


@given(histories(), st.data())
def test_a_missing_or_moved_event_breaks_the_chain(history: list[Recorded], data: st.DataObject) -> None:
    """Events can neither be left out before the last nor change places."""
    place = data.draw(st.integers(0, len(history) - 1))
    without = history[:place] + history[place + 1 :]

    assert place == len(history) - 1 or not is_chained(without)
    assert len(history) == 1 or not is_chained(history[::-1])


@given(histories())
def test_an_answer_keeps_all_its_versions(history: list[Recorded]) -> None:
    """Every answer ever given to a point is there, oldest first, by whom and when."""
    case = Case("case-1").after(history)

    for point, given_answer in case.answers.items():
        said = [one for one in history if isinstance(one.event, Answered) and one.event.point == point]
        assert [(one.seq, one.person, one.time) for one in said] == [
            (version.seq, version.person, version.time) for version in given_answer.versions
        ]
        assert all(before.seq < after.seq for before, after in pairwise(given_answer.versions))


@given(histories(), POINTS)
def test_an_approval_of_an_older_version_does_not_approve_the_newer(
    history: list[Recorded], point: str
) -> None:
    """A lead who looked at an answer before it was changed has approved nothing."""
    case = Case("case-1").after(history)
    case = case.after(next_events(case, answer(point, "før")))
    seen = case.version
    case = case.after(next_events(case, answer(point, "efter")))

    late = case.after(next_events(case, Approved(points={point: seen}), person="lead"))
    right = case.after(next_events(case, Approved(points={point: case.version}), person="lead"))

    assert late.answer(point).state is AnswerState.ANSWERED
    assert right.answer(point).state is AnswerState.APPROVED


def test_events_that_do_not_follow_are_refused() -> None:
    """A gap, a repetition or a wrong order is never folded."""
    history = Case("case-1").record([OPENED, answer(), answer()], time=NOW, person="p", key=None)

    for wrong in (history[1:], [history[0], history[2]], [history[0], history[0]]):
        with pytest.raises(ValueError, match="does not follow"):
            Case("case-1").after(wrong)
