"""What is sealed opens with its key, at its place and unchanged; and nowhere else."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.master_keys import MasterKeys, add_key, keep_first_key, make_key_file, new_key_text
from storage.sealing import DataKey
from storage.store import StoreDamaged, StoreFull, WrongKey

PLACE = ("case:1", "events", "00000001")
KEY = DataKey.new()


@given(st.binary(max_size=300))
def test_what_was_sealed_opens_at_its_place_and_does_not_show(content: bytes) -> None:
    """The content comes back, and of eight bytes or more nothing stands in what is stored."""
    sealed = KEY.seal(content, *PLACE)

    assert KEY.open(sealed, *PLACE) == content
    assert len(content) < 8 or content not in sealed


def test_the_same_content_is_never_sealed_alike() -> None:
    """Who sees two sealed documents cannot tell that they say the same."""
    assert len({KEY.seal(b"no", *PLACE) for _ in range(100)}) == 100


@given(st.data())
def test_a_changed_bit_is_found(data: st.DataObject) -> None:
    """Wherever it is, or however much is missing."""
    sealed = bytearray(KEY.seal(b"a short answer", *PLACE))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(StoreDamaged):
        KEY.open(bytes(sealed), *PLACE)
    with pytest.raises(StoreDamaged):
        KEY.open(bytes(sealed)[: data.draw(st.integers(0, len(sealed) - 1))], *PLACE)


@pytest.mark.parametrize("place", [(), ("case:1", "events", "00000002"), ("case:1", "events")])
def test_what_was_sealed_opens_at_no_other_place(place: tuple[str, ...]) -> None:
    """An answer that was moved to another case or point is not taken for one given there."""
    with pytest.raises(StoreDamaged):
        KEY.open(KEY.seal(b"an answer", *PLACE), *place)


def test_another_key_opens_nothing() -> None:
    """The key of one case does not open another's documents."""
    with pytest.raises(StoreDamaged):
        DataKey.new().open(KEY.seal(b"an answer", *PLACE), *PLACE)


def test_a_mark_names_without_telling() -> None:
    """The same words have the same mark under one key, and another under another."""
    assert KEY.mark("telegram:1") == KEY.mark("telegram:1")
    assert len({KEY.mark("telegram:1"), KEY.mark("telegram:2"), DataKey.new().mark("telegram:1")}) == 3


def test_a_wrapped_key_opens_what_it_sealed() -> None:
    """A data key comes back from its wrapping as it was, for the case it was wrapped for."""
    masters = MasterKeys.from_text(new_key_text(), "the test")
    wrapped = masters.wrap(KEY, "case:1")

    assert masters.unwrap(wrapped, "case:1").open(KEY.seal(b"x", *PLACE), *PLACE) == b"x"
    with pytest.raises(StoreDamaged):
        masters.unwrap(wrapped, "case:2")


def test_a_wrong_master_key_is_told_by_its_name() -> None:
    """The operator is told which key is needed and which is there, and where it came from."""
    right, wrong = (MasterKeys.from_text(new_key_text(), source) for source in ("right", "wrong"))

    with pytest.raises(WrongKey) as refused:
        wrong.unwrap(right.wrap(KEY, "case:1"), "case:1")

    assert all(part in str(refused.value) for part in (right.current.hex(), wrong.current.hex(), "wrong"))


def test_a_key_added_to_the_file_wraps_and_the_old_one_still_opens(tmp_path: Path) -> None:
    """A process that read the file before sees the new key when it needs it."""
    path = tmp_path / "keys" / "store.key"
    make_key_file(path)
    one, other = MasterKeys.from_file(path), MasterKeys.from_file(path)
    before = one.wrap(KEY, "case:1")
    add_key(path)
    one.refresh()
    after = one.wrap(KEY, "case:1")

    assert before[:8] != after[:8]
    assert one.unwrap(before, "case:1").secret == other.unwrap(after, "case:1").secret == KEY.secret
    keep_first_key(path)
    with pytest.raises(WrongKey):
        MasterKeys.from_file(path).unwrap(before, "case:1")
    assert MasterKeys.from_file(path).unwrap(after, "case:1").secret == KEY.secret


def test_only_its_owner_can_read_a_key_file(tmp_path: Path) -> None:
    """Neither when it is made nor when a key is added may others read it."""
    path = tmp_path / "store.key"
    make_key_file(path)
    assert path.stat().st_mode & 0o077 == 0
    add_key(path)
    assert path.stat().st_mode & 0o077 == 0
    assert [one.name for one in tmp_path.iterdir()] == ["store.key"]


@pytest.mark.parametrize("text", ["", " \n", "not a key", base64.b64encode(bytes(31)).decode(), "æøå"])
def test_what_is_no_key_is_refused_without_being_shown(tmp_path: Path, text: str) -> None:
    """The message names the file, never what stands in it."""
    path = tmp_path / "store.key"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(WrongKey) as refused:
        MasterKeys.from_file(path)

    assert str(path) in str(refused.value)
    assert not text.strip() or text not in str(refused.value)


def test_a_key_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    """Nothing is made in its place."""
    with pytest.raises(WrongKey, match="No such file"):
        MasterKeys.from_file(tmp_path / "store.key")
    assert list(tmp_path.iterdir()) == []


def test_a_key_file_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    """A path that leads through a file gives a message and no traceback of the file system."""
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreFull):
        make_key_file(tmp_path / "file" / "store.key")
