"""A caseworker who answers a whole hearing in the chat by themselves, for tests and measurements."""

from __future__ import annotations

from bot.dialogue import texts
from knowledge.hearings.model import Definition, QuestionType
from tests.botapi.user import User
from tests.botapi.world import Message

#: Answers that add up and agree with one another, by question.
_ANSWERS = {
    "kontrakt_indgaaet": "4. februar 2019",
    "samarbejde_afsluttet": "ja, samarbejdet er slut",
    "sager_udvalgt": "20",
    "sager_behandlet": "18",
    "sager_ikke_startet": "2",
    "stoette_oeget": "3",
    "stoette_reduceret": "5",
    "stoette_uaendret": "10",
    "nye_afgoerelser_i_fem": "5",
}
#: Answers to any other question, by type; each text is told apart by its number.
_BY_TYPE = {
    QuestionType.TEXT: "Arbejdet er udført som aftalt, led {number}.",
    QuestionType.YES_NO: "nej, det er ikke sket, led {number}",
    QuestionType.COUNT: "2",
    QuestionType.AMOUNT: "200.000 kr. ekskl. moms",
    QuestionType.PERCENT: "10",
    QuestionType.DATE: "20. marts 2020",
    QuestionType.DOCUMENTS: "ingen, fordi der ikke findes en, led {number}",
}
_PUT_OFF = texts.SKIPPABLE


class Caseworker:
    """Answers what is asked, one action at a time. `said` is what they answered, by question, in order."""

    def __init__(self, user: User, definition: Definition) -> None:
        self.user = user
        self._asks = {question.ask: question for question in definition}
        self._seen = 0
        self.said: list[tuple[str, str]] = []

    def come_in(self, token: str) -> None:
        """Use the link of an invitation."""
        self._acting()
        self.user.send(f"/start {token}")

    def asked(self) -> Message | None:
        """What the assistant asks now, if it has asked since the last action."""
        asking = [
            message
            for message in self.user.chat.messages[self._seen :]
            if message.from_bot and message.buttons and texts.ACKNOWLEDGE not in message.buttons
        ]
        return asking[-1] if asking else None

    def is_finished(self, message: Message) -> bool:
        """Whether nothing is left to answer."""
        return texts.ALL_ANSWERED in message.text or texts.ONLY_SKIPPED in message.text

    def act(self, message: Message) -> None:
        """Answer what was asked, put off what cannot be answered, or take the first choice offered."""
        # What was just put off is named before what is asked now.
        place, ask = max((message.text.rfind(ask), ask) for ask in self._asks)
        question = self._asks[ask] if place >= 0 else None
        self._acting()
        if question is None or _PUT_OFF not in message.buttons:
            self.user.click(texts.GO_ON if texts.GO_ON in message.buttons else message.buttons[0], on=message)
        elif question.type is QuestionType.DOCUMENTS and not question.none_allowed:
            self.user.click(_PUT_OFF, on=message)
        else:
            answer = _ANSWERS.get(question.id) or _BY_TYPE[question.type].format(number=len(self.said))
            self.said.append((question.id, answer))
            self.user.send(answer)

    def _acting(self) -> None:
        self._seen = len(self.user.chat.messages)
