"""The letter's body in the making: short answers that follow one another become one paragraph.

Sentences that begin alike are drawn together ("Støtten er øget i to sager og uændret i ti sager.") or,
where something was added between them, begin otherwise the second time ("Desuden har firmaet ...").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.hearings.conditions import Point
from knowledge.hearings.model import QuestionType
from knowledge.letters import texts
from knowledge.letters.model import Block, Paragraph, Said
from knowledge.letters.sentences import Reading
from knowledge.letters.typed import blocks

#: Short answers that follow one another become one paragraph up to this many characters.
PARAGRAPH_CHARACTERS = 450

#: A text answer of at most so many characters is as short as a figure.
SHORT_CHARACTERS = 160


@dataclass(frozen=True)
class _Run:
    """Sentences that share their beginning; `opening` is how it reads, `rests` are the words after it."""

    beginning: str
    opening: str
    rests: tuple[Said, ...]

    def parts(self) -> tuple[Said, ...]:
        """The sentences as one: "Støtten er øget i to sager, nedsat i én og uændret i ti sager."."""
        *others, last = self.rests
        if not others:
            return (Said(f"{self.opening} {last.text}".strip(), last.question),)
        denied = not texts.DENIALS.isdisjoint(self.beginning.lower().split())
        words = [one.text.removesuffix(".") for one in others]
        words = [f"{self.opening} {words[0]}", *words[1:]]
        words = [*(f"{one}," for one in words[:-1]), words[-1]]
        said = [Said(text, one.question) for text, one in zip(words, others, strict=True)]
        return (*said, Said(f"{texts.OR if denied else texts.AND} {last.text}", last.question))


class Flow:
    """Takes blocks and answers in the letter's order; `again` is how repeated beginnings are varied."""

    def __init__(self, again: Mapping[str, Sequence[str]]) -> None:
        self.blocks: list[Block] = []
        self._again = again
        self._bridge = ""
        #: How often each beginning has stood since the text last turned to something else.
        self._begun: Counter[str] = Counter()
        #: Whether the last paragraph may go on, and the sentences at its end that may.
        self._open_end = False
        self._run: _Run | None = None

    def add(self, *blocks: Block) -> None:
        """Blocks that stand by themselves."""
        if self._bridge:
            bridge, self._bridge = Said(self._bridge), ""
            match blocks:
                case (Paragraph(parts=parts), *others):
                    blocks = (Paragraph((bridge, *parts)), *others)
                case _:
                    blocks = (Paragraph((bridge,)), *blocks)
        self.blocks += blocks
        self._open_end = False
        self._run = None

    def apart(self, bridge: str = "") -> None:
        """What comes next is about something else; `bridge` are words that lead over to it."""
        self._bridge = bridge
        self._begun.clear()
        self._open_end = False
        self._run = None

    def answer(self, point: Point, reading: Reading) -> None:
        """A point's answer; a short one goes on in the paragraph of a short one before it."""
        beginning = reading.beginning
        rest = reading.text[len(beginning) :].lstrip() if beginning else reading.text
        match blocks(rest, point.id):
            case [Paragraph(parts=(said,))] if _is_short(point, said.text):
                self._short(said, beginning, goes_on=reading.goes_on)
            case _:
                self.add(*blocks(f"{self._opening(beginning)} {rest}" if beginning else rest, point.id))
        if beginning:
            self._begun[beginning] += 1

    def _short(self, rest: Said, beginning: str, *, goes_on: bool) -> None:
        last = self.blocks[-1] if self._open_end else None
        before = last.parts if isinstance(last, Paragraph) else ()
        run = _Run(beginning, self._opening(beginning), (rest,))
        whole = (*before, *run.parts())
        if self._run and self._run.beginning == beginning:
            shared = _Run(beginning, self._run.opening, (*self._run.rests, rest))
            whole = (*before[: -len(self._run.rests)], *shared.parts())
        else:
            shared = run
        if before and len(Paragraph(whole).text) <= PARAGRAPH_CHARACTERS:
            self.blocks[-1] = Paragraph(whole)
            run = shared
        else:
            self.add(Paragraph(run.parts()))
        self._open_end = True
        self._run = run if beginning and goes_on else None

    def _opening(self, beginning: str) -> str:
        """The beginning as it reads now: otherwise than the time before, where the definition says how."""
        others = self._again.get(beginning, ())
        times = self._begun[beginning]
        return others[(times - 1) % len(others)] if times and others else beginning


def _is_short(point: Point, text: str) -> bool:
    match point.question.type:
        case QuestionType.DOCUMENTS:
            return False
        case QuestionType.TEXT:
            return len(text) <= SHORT_CHARACTERS and "\n" not in text
        case _:
            return "\n" not in text
