"""Messages held back in memory, never on disk, until the person vouches for the names in them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from bot.dialogue.buttons import Action, decode
from bot.dialogue.guard import Words, file_guarded, use_of
from bot.dialogue.messages import Incoming, Upload
from bot.dialogue.talk import Talk
from bot.uploads import safe_name
from knowledge.text import clean

#: Files held in all, in bytes; the oldest messages make way.
MAX_BYTES = 200_000_000


class Held:
    """The newest held message of each person in each case."""

    def __init__(self, max_messages: int) -> None:
        self._max_messages = max_messages
        self._kept: OrderedDict[tuple[str, str], Incoming] = OrderedDict()

    def of(self, person: str, case: str) -> Incoming | None:
        """The message that is held back, None where there is none or it had to make way."""
        return self._kept.get((person, case))

    def after(self, person: str, case: str, incoming: Incoming, talk: Talk) -> None:
        """Hold the message where the talk asks for it; let go of an earlier one once something happened."""
        if talk.hold:
            self._kept[person, case] = incoming
            self._kept.move_to_end((person, case))
            while len(self._kept) > self._max_messages or self._bytes() > MAX_BYTES:
                self._kept.popitem(last=False)
        elif talk.recorded:
            self._kept.pop((person, case), None)

    def _bytes(self) -> int:
        return sum(one.file.size for one in self._kept.values() if one.file)


def vouched_file(incoming: Incoming, held: Incoming | None) -> Incoming | None:
    """The held file that this button lets through, as if it were sent now."""
    press = decode(incoming.button) if incoming.button else None
    if press is None or press.action is not Action.STORE_ANYWAY or held is None or held.file is None:
        return None
    use = use_of(press.point, press.arg)
    return replace(held, key=incoming.key) if use and use.words is Words.FILE else None


def may_be_kept(talk: Talk, incoming: Incoming, file: Upload, *, vouched: bool) -> bool:
    """Whether the file may be stored under its name and with its title; otherwise the talk says why not."""
    press = decode(incoming.button) if incoming.button else None
    point = press.point if press and press.point in talk.situation.points else ""
    title = clean(incoming.text or "")
    return file_guarded(talk, point, safe_name(file.name), title, vouched=vouched)
