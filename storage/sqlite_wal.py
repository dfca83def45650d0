"""Telling a damaged write-ahead log from one that only breaks off.

After a crash SQLite reads its log up to the first frame whose checksum is wrong and drops the rest, since
that is what an unfinished transaction looks like. A changed byte in the middle looks the same to it, and
answers that were acknowledged would be gone without a word. But only the last transaction can be unfinished:
each is synced before the next is written. So two finished ones behind the break mean damage.

The form of the log: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import dropwhile
from typing import NamedTuple

_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_MAGIC = 0x377F0682
_MASK = 0xFFFFFFFF
#: Bytes of the log's and of a frame's header that their checksum is over.
_HEADER_SUMMED = 24
_FRAME_SUMMED = 8


class _Frame(NamedTuple):
    sound: bool
    commits: bool


def is_damaged(log: bytes) -> bool:
    """Whether the log holds transactions that were finished and that SQLite would drop.

    Not found is damage to the last transaction, nor a log cut off between two: neither leaves a trace.
    """
    if len(log) < _HEADER.size or not any(log[: _HEADER.size]):
        return False
    magic, _, page_size, _, *salts_and_sum = _HEADER.unpack_from(log)
    order = ">" if magic & 1 else "<"
    if magic & ~1 != _MAGIC or _summed((0, 0), log[:_HEADER_SUMMED], order) != tuple(salts_and_sum[2:]):
        return True
    dropped = dropwhile(lambda frame: frame.sound, _frames(log, page_size, order))
    return sum(frame.commits for frame in dropped) > 1


def _frames(log: bytes, page_size: int, order: str) -> Iterator[_Frame]:
    *_, salt_1, salt_2, sum_1, sum_2 = _HEADER.unpack_from(log)
    salts, checksum, sound = (salt_1, salt_2), (sum_1, sum_2), True
    size = _FRAME.size + page_size
    for start in range(_HEADER.size, len(log) - size + 1, size):
        _, pages_after_commit, *rest = _FRAME.unpack_from(log, start)
        current = tuple(rest[:2]) == salts
        if sound and current:
            page = log[start + _FRAME.size : start + size]
            checksum = _summed(checksum, log[start : start + _FRAME_SUMMED] + page, order)
        sound = sound and current and checksum == tuple(rest[2:])
        yield _Frame(sound, commits=current and pages_after_commit > 0)


def _summed(checksum: tuple[int, int], content: bytes, order: str) -> tuple[int, int]:
    first, second = checksum
    for one, other in struct.iter_unpack(f"{order}2I", content):
        first = (first + one + second) & _MASK
        second = (second + other + first) & _MASK
    return first, second
