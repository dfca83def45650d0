"""Uploaded files: kept under the hash of their content, whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.files import LARGEST_FILE_MB, UNFINISHED_KEPT_S, FileStore, FileTooLarge
from storage.store import StoreDamaged, StoreFull

CONTRACT = b"%PDF-1.7 a contract"


def names(directory: Path) -> set[str]:
    """The names of all that is in the directory."""
    return {path.name for path in directory.iterdir()}


async def test_a_file_comes_back_by_its_hash(tmp_path: Path) -> None:
    """The name of a stored file is the SHA-256 of its content, also when the store is opened again."""
    file = await FileStore(tmp_path / "files").put(CONTRACT)

    again = FileStore(tmp_path / "files")
    assert file == hashlib.sha256(CONTRACT).hexdigest()
    assert await again.get(file) == CONTRACT
    assert again.path(file).read_bytes() == CONTRACT


async def test_the_same_file_twice_is_kept_once(tmp_path: Path) -> None:
    """Nothing else is left in the folder."""
    files = FileStore(tmp_path)

    assert await files.put(CONTRACT) == await files.put(CONTRACT)
    assert len(names(tmp_path)) == 1


@pytest.mark.parametrize("content", [b"", CONTRACT[:-1], CONTRACT + b" "])
async def test_a_changed_file_is_found_damaged_and_made_good_by_its_upload(
    tmp_path: Path, content: bytes
) -> None:
    """What is not the content of the hash is never given out."""
    files = FileStore(tmp_path)
    file = await files.put(CONTRACT)
    files.path(file).write_bytes(content)

    with pytest.raises(StoreDamaged):
        await files.get(file)
    await files.put(CONTRACT)
    assert await files.get(file) == CONTRACT


async def test_a_file_that_is_gone_is_found_damaged(tmp_path: Path) -> None:
    """A case that names a file which is not there is not read as if it named none."""
    with pytest.raises(StoreDamaged):
        await FileStore(tmp_path).get("0" * 64)


@pytest.mark.parametrize("name", ["", "../store.db", "A" * 64, "0" * 63, "0" * 64 + "\n", "/etc/passwd"])
async def test_what_is_no_hash_is_refused(tmp_path: Path, name: str) -> None:
    """No name leads out of the folder."""
    with pytest.raises(ValueError, match="not the SHA-256"):
        await FileStore(tmp_path).get(name)


async def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    """The largest file is taken, a byte more is not."""
    files = FileStore(tmp_path)
    largest = bytes(LARGEST_FILE_MB * 2**20)

    assert await files.get(await files.put(largest)) == largest
    with pytest.raises(FileTooLarge):
        await files.put(largest + b"x")


async def test_a_full_disk_refuses_the_file_and_leaves_nothing_of_it(small_disk: Path) -> None:
    """Files that were stored stay, and what was begun is taken away."""
    files = FileStore(small_disk)
    file = await files.put(CONTRACT)

    with pytest.raises(StoreFull):
        await files.put(bytes(2_000_000))

    assert names(small_disk) == {file}


async def test_a_folder_that_cannot_be_written_is_said_to_be_so(
    tmp_path: Path, make_read_only: Callable[[Path], None]
) -> None:
    """The file is refused and not acknowledged."""
    files = FileStore(tmp_path / "files")
    make_read_only(tmp_path / "files")

    with pytest.raises(StoreFull):
        await files.put(CONTRACT)


async def test_half_written_files_of_a_killed_process_are_removed(tmp_path: Path) -> None:
    """At the next start the old ones go; what may still be written stays, and so do files."""
    file = await FileStore(tmp_path).put(CONTRACT)
    for name in ("unfinished-old", "unfinished-new"):
        (tmp_path / name).write_bytes(b"half")
    for name in ("unfinished-old", file):
        times = (tmp_path / name).stat().st_mtime - UNFINISHED_KEPT_S - 1
        os.utime(tmp_path / name, (times, times))

    FileStore(tmp_path)

    assert names(tmp_path) == {file, "unfinished-new"}
