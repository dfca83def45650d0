"""Taking an answer: read it, guard it, let it happen, say what follows from it, go on to the next point."""

from __future__ import annotations

from bot.access import Right, rights
from bot.dialogue import screens, texts
from bot.dialogue.asking import ask_back, choices
from bot.dialogue.guard import Use, Words, guarded
from bot.dialogue.messages import Tone
from bot.dialogue.parsing import Unclear, parse, vat_said
from bot.dialogue.situation import one_object
from bot.dialogue.talk import Talk
from knowledge.checks.contradictions import answer_errors
from knowledge.findings import Finding
from knowledge.hearings.values import Amount, NoneBecause, Text, Value, Vat, YesNo, words
from knowledge.letters.wording import said
from storage.case import AnswerState
from storage.events import Answered, Reopened, Skipped, Turned

#: New findings told at once after an answer; the rest is counted.
TOLD_AT_ONCE = 2


def take_text(talk: Talk, point: str, text: str, *, message: str | None, vouched: bool = False) -> None:
    """The person's words as the answer to a point; asks back where they are not clear."""
    if not _may_answer(talk) or not guarded(talk, text, Use(point=point), vouched=vouched):
        return
    question = talk.situation.definition.question(point)
    match parse(question, text, today=talk.now.date()):
        case Unclear(message=unclear, options=options):
            if not options:
                talk.refuse(unclear)
                return
            data = {
                "labels": [option.label for option in options],
                "values": [option.value.model_dump(mode="json") for option in options],
                "message": message,
            }
            ask_back(talk, "options", point, data)
            talk.say(unclear, buttons=choices(talk, [option.label for option in options]), tone=Tone.QUESTION)
        case understood:
            value = understood.value
            asks_vat = isinstance(value, Amount) and vat_said(text) is None
            if _changed_by_other(talk, point, value, message):
                return
            if keep(talk, point, value, message=message, remark=understood.remark):
                follow_up(talk, point, asks_vat=asks_vat)


def take_value(talk: Talk, point: str, value: Value, *, message: str | None, vouched: bool = False) -> None:
    """A typed value (from a button) as the answer to a point."""
    if not _may_answer(talk) or not guarded(talk, words(value), Use(point=point), vouched=vouched):
        return
    if _changed_by_other(talk, point, value, message):
        return
    if keep(talk, point, value, message=message):
        follow_up(talk, point, asks_vat=isinstance(value, Amount) and value.vat is Vat.UNSTATED)


def keep(talk: Talk, point: str, value: Value, *, message: str | None, remark: str = "") -> bool:
    """Let the answer happen and say what follows from it; False where a check of the question refuses it."""
    before, value = talk.situation, one_object(value)
    errors = answer_errors(before.definition, point, value, before.answers, before.facts)
    if errors:
        talk.refuse("\n".join(errors))
        return False
    old = before.answers.get(point)
    talk.happen(Answered(point=point, value=value.model_dump(mode="json"), message=message))
    spoken = said(value, before.definition.question(point))
    talk.say(texts.SAVED.format(said=screens.shortened(spoken)), remark, tone=Tone.SAVED)
    if old is not None and _bearing(old) != _bearing(value):
        _reopen_dependents(talk, point, before.dependents(point))
    _tell_new_findings(talk, {finding.key for finding in before.findings})
    return True


def _bearing(value: Value) -> object:
    """What of a value other questions can rest on: not its note."""
    return value.model_dump(exclude={"note", "qualifier"})


def _reopen_dependents(talk: Talk, point: str, dependents: list[str]) -> None:
    asked = {one.id for one in talk.situation.relevant}
    again = tuple(one for one in dependents if one in asked)
    if again:
        talk.happen(Reopened(points=again, because=point))
        asks = "; ".join(f"«{talk.ask_of(one)}»" for one in again)
        talk.say(texts.REOPENED.format(asks=asks))
    for one in dependents:
        if one not in asked:
            words_of_it = screens.shortened(screens.answer_in_words(talk.situation, one))
            talk.say(texts.NOT_ASKED_NOW.format(ask=talk.ask_of(one), said=words_of_it))


def _tell_new_findings(talk: Talk, known: set[str]) -> None:
    new = [finding for finding in talk.situation.open_findings if finding.key not in known]
    tell_findings(talk, new)


def tell_findings(talk: Talk, new: list[Finding]) -> None:
    """Show the first findings whole and count the rest."""
    talk.replies.extend(
        screens.finding(talk.situation, finding, talk.person) for finding in new[:TOLD_AT_ONCE]
    )
    if len(new) > TOLD_AT_ONCE:
        talk.say(texts.counted(texts.MORE_FINDINGS, len(new) - TOLD_AT_ONCE), tone=Tone.WARNING)


def follow_up(talk: Talk, point: str, *, asks_vat: bool) -> None:
    """Ask on about what was just answered (VAT, a note), or go on to the next point."""
    value = talk.situation.answers[point]
    if asks_vat:
        ask_back(talk, "vat", point)
        talk.say(texts.ASK_VAT, buttons=choices(talk, list(texts.VAT_OPTIONS)), tone=Tone.QUESTION)
    elif isinstance(value, YesNo) and not value.note:
        ask_back(talk, "note", point)
        talk.say(texts.ADD_NOTE, buttons=choices(talk, [texts.GO_ON]), tone=Tone.QUESTION)
    else:
        advance(talk, point)


def advance(talk: Talk, point: str) -> None:
    """Take the person to the next point that awaits an answer."""
    following = talk.situation.after(point)
    talk.happen(Turned(point=following))
    if following is None:
        talk.replies.append(screens.finished(talk.situation, talk.person))
    else:
        talk.replies.append(screens.question(talk.situation, following))


def skip(talk: Talk, point: str) -> None:
    """Put the point off; one that has an answer keeps it and is only passed by."""
    if not _may_answer(talk):
        return
    answer = talk.situation.case.answer(point)
    if answer.state is AnswerState.OPEN:
        talk.happen(Skipped(point=point))
    needed = any(one.id == point for one in talk.situation.missing)
    talk.say(texts.SKIPPED.format(ask=talk.ask_of(point)), texts.NEEDED if needed else "", tone=Tone.SAVED)
    advance(talk, point)


def keep_as_it_is(talk: Talk, point: str) -> None:
    """The person looked at a reopened or returned answer and lets it stand."""
    value = talk.situation.answers.get(point)
    if value is None or not _may_answer(talk):
        talk.replies.append(screens.standing(talk.situation, talk.person))
        return
    talk.happen(Answered(point=point, value=value.model_dump(mode="json"), message=None))
    talk.say(texts.KEPT, tone=Tone.SAVED)
    advance(talk, point)


def added_to(value: Value, text: str) -> Value | None:
    """The value with more words at its end, or None where words cannot be added."""
    match value:
        case Text(text=before):
            return Text(text=f"{before}\n\n{text}")
        case NoneBecause(reason=before):
            return NoneBecause(reason=f"{before} {text}")
        case _ if "note" in type(value).model_fields:
            note = str(getattr(value, "note", ""))
            return value.model_copy(update={"note": f"{note}\n\n{text}".strip()})
        case _:
            return None


def add_words(talk: Talk, point: str, text: str, *, message: str | None, vouched: bool = False) -> None:
    """Add words to the answer that stands."""
    value = talk.situation.answers.get(point)
    if value is None:
        talk.refuse(texts.NOTHING_TO_ADD_TO)
        return
    longer = added_to(value, text)
    if longer is None:
        talk.refuse(texts.CANNOT_ADD.format(number=talk.situation.number(point)))
        return
    if not _may_answer(talk) or not guarded(talk, text, Use(Words.ADDITION, point), vouched=vouched):
        return
    if keep(talk, point, longer, message=message):
        advance(talk, point)


def _changed_by_other(talk: Talk, point: str, value: Value, message: str | None) -> bool:
    """Whether another person answered while this one wrote; then the choice is theirs."""
    place = talk.situation.case.turned.get(talk.person)
    versions = talk.situation.case.answer(point).versions
    if not versions or versions[-1].person == talk.person or place is None or place.point != point:
        return False
    if versions[-1].seq < place.seq:
        return False
    data = {"value": value.model_dump(mode="json"), "message": message}
    ask_back(talk, "changed", point, data)
    talk.say(
        texts.CHANGED_BY_OTHER.format(
            name=talk.situation.name(versions[-1].person),
            ask=talk.ask_of(point),
            said=screens.shortened(screens.answer_in_words(talk.situation, point)),
        ),
        buttons=choices(talk, [texts.REPLACE_IT, texts.ADD_TO_IT, texts.LEAVE_IT]),
        tone=Tone.QUESTION,
    )
    return True


def _may_answer(talk: Talk) -> bool:
    if Right.ANSWER in rights(talk.situation.case, talk.person):
        return True
    talk.refuse(texts.CASE_CLOSED.format(state=texts.CASE_STATES[talk.situation.case.state]))
    return False
