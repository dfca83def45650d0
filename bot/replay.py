"""Replay: a case file played through desk and dialogue into a fresh store, with all that comes of it."""

from __future__ import annotations

import json
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from bot import texts
from bot.cases import invite, open_case
from bot.desk import Desk
from bot.dialogue.buttons import Action
from bot.dialogue.converse import LITERAL
from bot.dialogue.messages import Piece
from bot.export import case_json
from bot.opening import opened_desk
from bot.player import Player
from bot.settings import Settings
from knowledge.hearings.casefile import CaseFile, values
from knowledge.hearings.load import definition
from knowledge.hearings.model import Definition
from knowledge.hearings.shortforms import NotThisType, value_of
from storage.case import CaseState
from storage.events import Json, Role

#: The folder in the output that holds the replayed store.
STORE_FOLDER = "store"


class NotApproved(Exception):
    """The case file wants a final letter, but the case cannot be approved; the message is Danish."""


@dataclass(frozen=True)
class Replayed:
    """What a replay wrote, and what it has to remark (Danish)."""

    files: tuple[Path, ...]
    remarks: tuple[str, ...]


async def replay(case_file: CaseFile, folder: Path, out: Path) -> Replayed:
    """Play the case file and write letter, findings, transcript and case to `out`.

    Raises `CaseFileRefused` where answers do not fit their questions, `AnswerRefused` where the chat does
    not take one, `NotApproved`. What was played until then is written all the same.
    """
    async with opened_desk(Settings(data=_fresh_store(out))) as desk:
        players, remarks = await _people_join(desk, case_file), list[str]()
        try:
            remarks = await play_answers(players[0], case_file, folder)
            await desk.duties.finished()
            if case_file.approve:
                await _approve(*players)
        finally:
            files = await _write(desk, players, out)
    return Replayed(files, tuple(remarks))


def _fresh_store(out: Path) -> Path:
    """An empty place for the store; the one of an earlier replay makes way."""
    store = out / STORE_FOLDER
    if store.is_dir():
        shutil.rmtree(store)
    out.mkdir(parents=True, exist_ok=True)
    return store


async def _people_join(desk: Desk, case_file: CaseFile) -> tuple[Player, Player]:
    opened = definition(case_file.hearing)
    case = await open_case(desk, opened, case_file.profile(), dict(case_file.quotes))
    people = case_file.people
    lines: list[str] = [texts.TRANSCRIPT_TITLE.format(title=opened.title)]
    caseworker = await join(desk, case, people.caseworker, Role.CASEWORKER, lines)
    return caseworker, await join(desk, case, people.team_lead, Role.TEAM_LEAD, lines)


async def join(desk: Desk, case: str, name: str, role: Role, lines: list[str]) -> Player:
    """Invite someone to the case and let them come in by the invitation."""
    token = await invite(desk, case, name, role)
    player = Player(desk, case, f"played:{secrets.token_hex(8)}", name, lines)
    await desk.admit(token, player.user, None)
    return player


async def play_answers(player: Player, case_file: CaseFile, folder: Path) -> list[str]:
    """Give the case file's answers in the hearing's order; answers to what is not asked are remarked on."""
    asked = (await player.situation()).definition
    in_words = _in_words(case_file, asked)
    typed = {point: form for point, form in case_file.answers.items() if point not in in_words}
    given = values(case_file.model_copy(update={"answers": typed}), asked)
    remarks: list[str] = []
    order = list(asked.questions)
    for point in sorted([*given, *in_words], key=lambda one: (order.index(one.partition(".")[0]), one)):
        known = (await player.situation()).points.get(point)
        if known is None or known.relevant is False:
            remarks.append(texts.NOT_ASKED.format(question=point))
        elif point in in_words:
            await player.answer_in_words(point, in_words[point])
        else:
            await player.answer(point, given[point], folder)
    player.lines.extend(remarks)
    return remarks


def _in_words(case_file: CaseFile, asked: Definition) -> dict[str, str]:
    """Answers that are words where another type is asked for: the chat reads them, as it reads people's."""
    words: dict[str, str] = {}
    for point, form in case_file.answers.items():
        question = asked.questions.get(point.partition(".")[0])
        if question is None or not isinstance(form, str) or not form.strip():
            continue
        try:
            value_of(form, question)
        except NotThisType:
            words[point] = form
    return words


async def _approve(caseworker: Player, lead: Player) -> None:
    handed_over = await caseworker.press(Action.SUBMIT, "", LITERAL)
    if (await caseworker.situation()).case.state is CaseState.DRAFTING:
        raise NotApproved(texts.NOT_APPROVED.format(why=_one_line(handed_over.replies[0].text)))
    await lead.press(Action.APPROVE_ALL)
    approved = await lead.press(Action.APPROVE_CASE)
    if (await lead.situation()).case.state is not CaseState.APPROVED:
        raise NotApproved(texts.NOT_APPROVED.format(why=_one_line(approved.replies[0].text)))


async def _write(desk: Desk, players: tuple[Player, Player], out: Path) -> tuple[Path, ...]:
    player = players[0]
    situation = await player.situation()
    contents: dict[str, bytes] = {
        "findings.json": _json([finding.model_dump(mode="json") for finding in situation.findings]),
        "transcript.md": ("\n\n".join(player.lines) + "\n").encode(),
        "case.json": _json(await _exported(desk, situation.case.id)),
    }
    for name, piece in (("letter.docx", Piece.LETTER_DOCX), ("letter.pdf", Piece.LETTER_PDF)):
        document = await desk.paper(player.user, piece)
        if document is not None:
            contents[name] = document.data
    for name, data in contents.items():
        (out / name).write_bytes(data)
    return tuple(out / name for name in sorted(contents))


async def _exported(desk: Desk, case: str) -> Json:
    return case_json(case, await desk.store.events(case), await desk.store.looks.of(case))


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _one_line(text: str) -> str:
    return " ".join(text.split())
