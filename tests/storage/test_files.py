"""Uploaded files: kept by case under the hash of their content, whole or not at all, and sealed."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage.events import FileAdded
from storage.files import LARGEST_FILE_MB, UNFINISHED_KEPT_S, FileStore, FileTooLarge
from storage.store import SealedStore, StoreDamaged, StoreFull, UnknownCase
from storage.tinydb_store import TinyDbStore
from tests.storage.cases import append, open_case

CONTRACT = b"%PDF-1.7 a contract"
HASH = hashlib.sha256(CONTRACT).hexdigest()


@pytest.fixture
async def keys(tmp_path: Path) -> AsyncIterator[SealedStore]:
    """A store with two cases."""
    store = TinyDbStore.open(tmp_path / "keys")
    for name in ("case-1", "case-2"):
        await open_case(store, name)
    yield store
    await store.close()


@pytest.fixture
def files(tmp_path: Path, keys: SealedStore) -> FileStore:
    """A folder of files with nothing in it."""
    return FileStore(tmp_path / "files", keys)


def on_disk(directory: Path) -> list[Path]:
    """All files in the directory and below."""
    return [path for path in directory.rglob("*") if path.is_file()]


async def test_a_file_comes_back_by_its_hash(tmp_path: Path, keys: SealedStore, files: FileStore) -> None:
    """A file is named by the SHA-256 of its content, also when the folder is opened again."""
    file = await files.put("case-1", CONTRACT)

    assert file == HASH
    assert await FileStore(tmp_path / "files", keys).get("case-1", file) == CONTRACT


async def test_neither_content_nor_name_tells_what_a_file_is(tmp_path: Path, files: FileStore) -> None:
    """Who has the disk but not the key cannot even tell that two cases have the same file."""
    for case in ("case-1", "case-2"):
        await files.put(case, CONTRACT)
    one, other = on_disk(tmp_path / "files")

    assert one.name != other.name
    for path in (one, other):
        assert HASH not in str(path)
        assert b"contract" not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0


async def test_the_same_file_twice_is_kept_once(tmp_path: Path, files: FileStore) -> None:
    """Nothing else is left in the folder."""
    assert await files.put("case-1", CONTRACT) == await files.put("case-1", CONTRACT)
    assert len(on_disk(tmp_path / "files")) == 1


async def test_a_file_belongs_to_its_case(files: FileStore) -> None:
    """Another case does not give it out, and a case that is not there takes none."""
    await files.put("case-1", CONTRACT)

    with pytest.raises(StoreDamaged):
        await files.get("case-2", HASH)
    with pytest.raises(UnknownCase):
        await files.put("case-3", CONTRACT)


async def test_a_file_that_was_moved_to_another_name_is_not_given_out(
    tmp_path: Path, files: FileStore
) -> None:
    """What stands under a file's name must be that file."""
    for content in (CONTRACT, b"another"):
        await files.put("case-1", content)
    one, other = on_disk(tmp_path / "files")
    mixed = one.read_bytes(), other.read_bytes()
    one.write_bytes(mixed[1])
    other.write_bytes(mixed[0])

    with pytest.raises(StoreDamaged):
        await files.get("case-1", HASH)


@pytest.mark.parametrize("change", [lambda old: b"", lambda old: old[:-1], lambda old: old + b" "])
async def test_a_changed_file_is_found_damaged_and_made_good_by_its_upload(
    tmp_path: Path, files: FileStore, change: Callable[[bytes], bytes]
) -> None:
    """What is not the content of the hash is never given out."""
    await files.put("case-1", CONTRACT)
    (path,) = on_disk(tmp_path / "files")
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(StoreDamaged):
        await files.get("case-1", HASH)
    await files.put("case-1", CONTRACT)
    assert await files.get("case-1", HASH) == CONTRACT


async def test_a_file_that_is_gone_is_found_damaged(files: FileStore) -> None:
    """A case that names a file which is not there is not read as if it named none."""
    with pytest.raises(StoreDamaged):
        await files.get("case-1", "0" * 64)


@pytest.mark.parametrize("name", ["", "../store.db", "A" * 64, "0" * 63, "0" * 64 + "\n", "/etc/passwd"])
async def test_what_is_no_hash_is_refused(files: FileStore, name: str) -> None:
    """No name leads out of the folder."""
    with pytest.raises(ValueError, match="not the SHA-256"):
        await files.get("case-1", name)


async def test_other_programs_read_a_file_without_its_being_on_disk(files: FileStore) -> None:
    """They are given a path, which leads nowhere afterwards."""
    await files.put("case-1", CONTRACT)

    async with files.plain("case-1", HASH) as path:
        other = await asyncio.create_subprocess_exec("cat", str(path), stdout=asyncio.subprocess.PIPE)
        read, _ = await other.communicate()
        assert path.stat().st_nlink == 0

    assert read == CONTRACT
    assert not path.exists()


async def test_a_file_over_the_limit_is_refused(files: FileStore) -> None:
    """The largest file is taken, a byte more is not."""
    largest = bytes(LARGEST_FILE_MB * 2**20)

    assert await files.get("case-1", await files.put("case-1", largest)) == largest
    with pytest.raises(FileTooLarge):
        await files.put("case-1", largest + b"x")


async def test_a_full_disk_refuses_the_file_and_leaves_nothing_of_it(
    small_disk: Path, keys: SealedStore
) -> None:
    """Files that were stored stay, and what was begun is taken away."""
    files = FileStore(small_disk, keys)
    await files.put("case-1", CONTRACT)
    before = on_disk(small_disk)

    with pytest.raises(StoreFull):
        await files.put("case-1", bytes(2_000_000))

    assert on_disk(small_disk) == before
    assert await files.get("case-1", HASH) == CONTRACT


async def test_a_folder_that_cannot_be_written_is_said_to_be_so(
    tmp_path: Path, files: FileStore, make_read_only: Callable[[Path], None]
) -> None:
    """The file is refused and not acknowledged."""
    make_read_only(tmp_path / "files")

    with pytest.raises(StoreFull):
        await files.put("case-1", CONTRACT)


async def test_half_written_files_of_a_killed_process_are_removed(tmp_path: Path, keys: SealedStore) -> None:
    """At the next start the old ones go; what may still be written stays, and so do files."""
    folder = tmp_path / "files"
    await FileStore(folder, keys).put("case-1", CONTRACT)
    for name in ("unfinished-old", "unfinished-new"):
        (folder / name).write_bytes(b"half")
    old = folder / "unfinished-old"
    times = (old.stat().st_mtime - UNFINISHED_KEPT_S - 1,) * 2
    os.utime(old, times)

    files = FileStore(folder, keys)

    assert {path.name for path in folder.glob("unfinished-*")} == {"unfinished-new"}
    assert await files.get("case-1", HASH) == CONTRACT


async def test_erasing_a_case_removes_its_files_and_no_others(tmp_path: Path, files: FileStore) -> None:
    """Once more does no harm."""
    for case in ("case-1", "case-2"):
        await files.put(case, CONTRACT)

    for _ in range(2):
        await files.erase("case-1")

    assert len(on_disk(tmp_path / "files")) == 1
    assert await files.get("case-2", HASH) == CONTRACT


async def test_files_of_an_earlier_version_are_sealed_in_the_cases_that_name_them(
    tmp_path: Path, keys: SealedStore, files: FileStore
) -> None:
    """None is left that anybody could read; interrupted before, it is done again."""
    folder = tmp_path / "files"
    added = FileAdded(file=HASH, name="kontrakt.pdf", media_type="application/pdf", size=len(CONTRACT))
    for name in ("case-3", "case-4"):
        await append(keys, await open_case(keys, name), added)
    (folder / HASH).write_bytes(CONTRACT)
    await files.put("case-3", CONTRACT)

    await files.seal_old()

    assert [await files.get(name, HASH) for name in ("case-3", "case-4")] == [CONTRACT] * 2
    assert all(b"contract" not in path.read_bytes() for path in on_disk(folder))


async def test_a_damaged_file_of_an_earlier_version_is_not_thrown_away(
    tmp_path: Path, keys: SealedStore, files: FileStore
) -> None:
    """It is said to be damaged, and left for somebody to look at."""
    added = FileAdded(file=HASH, name="kontrakt.pdf", media_type="application/pdf", size=len(CONTRACT))
    await append(keys, await open_case(keys, "case-3"), added)
    (tmp_path / "files" / HASH).write_bytes(CONTRACT + b" ")

    with pytest.raises(StoreDamaged):
        await files.seal_old()
    assert (tmp_path / "files" / HASH).exists()
