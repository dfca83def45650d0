"""Files in the conversation: where an uploaded one belongs, and what reading it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.access import Right, rights
from bot.dialogue import screens, texts
from bot.dialogue.answering import tell_findings
from bot.dialogue.asking import ask_back, choices
from bot.dialogue.buttons import Action
from bot.dialogue.messages import Tone
from bot.dialogue.talk import Talk
from knowledge.hearings.model import QuestionType
from knowledge.hearings.values import Documents, Enclosed
from storage.events import Answered, FileAdded, FileRead, TextKept, Turned

#: Digits of a file's hash that a button carries.
REPORT_DIGITS = 12


@dataclass(frozen=True)
class StoredFile:
    """An uploaded file that is in the file store: `file` is its SHA-256, `size` in bytes."""

    file: str
    name: str
    media_type: str
    size: int


def take_file(talk: Talk, point: str | None, stored: StoredFile, title: str, *, message: str | None) -> None:
    """A file for a point, or for the point the person is at where that takes files."""
    if Right.ANSWER not in rights(talk.situation.case, talk.person):
        talk.refuse(texts.CASE_CLOSED.format(state=texts.CASE_STATES[talk.situation.case.state]))
        return
    place = point or talk.situation.place(talk.person)
    if place and talk.situation.definition.question(place).type is QuestionType.DOCUMENTS:
        enclose(talk, place, stored, title, message=message)
        return
    candidates = [point.id for point in talk.situation.documents_points()]
    talk.happen(FileAdded(file=stored.file, name=stored.name, media_type=stored.media_type, size=stored.size))
    if not candidates:
        talk.say(texts.NO_PLACE_FOR_FILE.format(name=stored.name), tone=Tone.SAVED)
        return
    data = {"file": stored.file, "title": title, "points": candidates, "message": message}
    ask_back(talk, "place_file", None, data)
    labels = [talk.ask_of(candidate) for candidate in candidates]
    talk.say(texts.WHERE_FILE.format(name=stored.name), buttons=choices(talk, labels), tone=Tone.QUESTION)


def enclose(talk: Talk, point: str, stored: StoredFile, title: str, *, message: str | None) -> None:
    """Let the file follow the files already given at the point, and stay there for more."""
    before = talk.situation.files_of(point)
    if any(file.file == stored.file for file in before.files):
        talk.say(texts.SAVED_COPY.format(name=stored.name))
    else:
        enclosed = Enclosed(file=stored.file, name=stored.name, title=title)
        value = Documents(files=(*before.files, enclosed), note=before.note)
        talk.happen(
            FileAdded(
                file=stored.file,
                name=stored.name,
                media_type=stored.media_type,
                size=stored.size,
                point=point,
            ),
            Answered(point=point, value=value.model_dump(mode="json"), message=message),
        )
        talk.say(texts.SAVED_FILE.format(name=stored.name, ask=talk.ask_of(point)), tone=Tone.SAVED)
    talk.happen(Turned(point=point))
    done = screens.button(talk.situation, texts.FILES_DONE, Action.DONE, point)
    talk.say(texts.MORE_FILES, buttons=((done,),), tone=Tone.QUESTION)


def file_was_read(talk: Talk, read: FileRead, beside: Sequence[FileRead | TextKept] = ()) -> None:
    """Let what reading a file gave follow on the case, and tell what it found.

    `beside` is what other files give now that this one is known, and where its text is kept.
    """
    file = talk.situation.case.files[read.file]
    known = {finding.key for finding in talk.situation.findings}
    talk.happen(read, *beside)
    if read.problem:
        talk.say(texts.FILE_UNREAD.format(name=file.name, problem=read.problem), tone=Tone.WARNING)
        return
    new = [finding for finding in talk.situation.open_findings if finding.key not in known]
    if not read.findings:
        talk.say(texts.counted(texts.FILE_CLEAN, read.pages, name=file.name))
    else:
        count = len(read.findings)
        begin = read.file[:REPORT_DIGITS]
        report = screens.button(talk.situation, texts.GET_REPORT, Action.REPORT, "", begin)
        found = texts.counted(texts.FILE_FOUND, count, name=file.name)
        talk.say(found, buttons=((report,),), tone=Tone.WARNING)
    tell_findings(talk, new)


def want_report(talk: Talk, begin: str) -> None:
    """Ask for the report of a read file, by the beginning of its hash."""
    read = [
        one.file for one in talk.situation.case.files.values() if one.pages and one.file.startswith(begin)
    ]
    if begin and read:
        talk.report = read[0]
    else:
        talk.refuse(texts.NO_REPORT)
