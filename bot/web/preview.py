"""The letter as it stands, beside the answers: each piece of it leads to its question, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.dialogue.buttons import Action, Press, encode
from bot.overview import Overview
from knowledge.letters.marks import answers
from knowledge.letters.model import Letter


@dataclass
class Preview:
    """A letter to show on a page that has a place for each point, by `places`.

    With `presses` the way to a point is a button of the chat; else it is a link to the point's row.
    """

    letter: Letter
    #: The question of each point, by the point.
    asks: Mapping[str, str]
    places: Mapping[str, str]
    presses: Mapping[str, str] = field(default_factory=dict)
    current: str | None = None
    _shown: set[str] = field(default_factory=set)

    @property
    def shown_points(self) -> frozenset[str]:
        """The points that stand in the letter."""
        return frozenset(point for block in self.letter.blocks for point in answers(block))

    def is_first(self, point: str) -> bool:
        """Whether this is the first piece of the point that is shown: it bears the point's anchor."""
        first = point not in self._shown
        self._shown.add(point)
        return first


def beside_rows(letter: Letter, overview: Overview) -> Preview:
    """The letter beside the table of answers."""
    return Preview(letter, _asks(overview), _places(overview))


def beside_chat(letter: Letter, overview: Overview) -> Preview:
    """The letter beside the chat, with the question at hand marked."""
    places = _places(overview)
    presses = {
        point: encode(Press(overview.case, overview.version, Action.EDIT, place))
        for point, place in places.items()
    }
    return Preview(letter, _asks(overview), places, presses, overview.current)


def _asks(overview: Overview) -> dict[str, str]:
    asks = {row.point: row.ask for row in overview.rows}
    return {point: asks[place] for point, place in _places(overview).items()}


def _places(overview: Overview) -> dict[str, str]:
    """The row that a point's words in the letter lead to: of a repeated question the first."""
    places: dict[str, str] = {}
    for row in overview.rows:
        places[row.point] = row.point
        places.setdefault(row.point.partition(".")[0], row.point)
    return places
