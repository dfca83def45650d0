"""Marks in a draft: what is still to be looked at, said under the answer it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from knowledge.letters.model import Block, Letter, Paragraph, Remark


def marked(letter: Letter, remarks: Mapping[str, str], general: str = "") -> Letter:
    """The letter with each remark, by point, under the last block that answers the point.

    `general` stands before all else. Remarks on points that stand nowhere in the letter are left out;
    the cover sheet has them.
    """
    last = {point: place for place, block in enumerate(letter.blocks) for point in answers(block)}
    blocks: list[Block] = [Remark(general)] if general else []
    for place, block in enumerate(letter.blocks):
        blocks.append(block)
        said = {
            point: remarks[point] for point in answers(block) if last[point] == place and point in remarks
        }
        blocks += [Remark(text, point) for point, text in said.items()]
    return replace(letter, blocks=tuple(blocks))


def answers(block: Block) -> Iterator[str]:
    """The points that the block's words answer."""
    if isinstance(block, Paragraph):
        yield from (part.question for part in block.parts if part.question)
    elif block.question:
        yield block.question
