"""Whole conversations with the real desk and store, as people have them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.desk import Desk
from bot.dialogue import texts
from bot.opening import opened_desk
from bot.settings import Settings
from knowledge.hearings.values import Count
from storage.case import AnswerState, Case, CaseState
from tests.botapi.server import BotApi
from tests.botapi.user import User
from tests.e2e.telegram.cases import Invited, hearing, open_invited
from tests.e2e.telegram.caseworker import Caseworker
from tests.e2e.telegram.conftest import Serving

CONTRACT = (
    "Kontrakt mellem Prøve Kommune og Klarhed Rådgivning ApS.\n\n"
    "Firmaet modtager et honorar på 10 % af den besparelse, som kommunen opnår i hver sag. "
    "Opnås der ingen besparelse, betaler kommunen intet.\n"
).encode()


@pytest.fixture
async def desk(settings: Settings) -> AsyncIterator[Desk]:
    """The real desk on a real store."""
    async with opened_desk(settings) as opened:
        yield opened


@pytest.fixture
async def case(desk: Desk) -> Invited:
    """An open case with two people invited."""
    return await open_invited(desk)


@pytest.fixture
async def serving(desk: Desk, settings: Settings, api: BotApi) -> AsyncIterator[Serving]:
    """The front end on the real desk, started."""
    front_end = Serving(desk, settings, api)
    await front_end.start()
    yield front_end
    if not front_end.task.done():
        await front_end.stop()


@pytest.fixture
async def mette(api: BotApi, case: Invited, serving: Serving) -> User:
    """The caseworker, who has come in and is asked the first question."""
    user = api.user("Mette")
    user.send(f"/start {case.caseworker}")
    await user.reply("Hvilket konsulentfirma")
    return user


only_polling = pytest.mark.parametrize("way_in", ["polling"], indirect=True)


async def _stored(desk: Desk, case: Invited) -> Case:
    return Case(case.case).after(await desk.store.events(case.case))


async def _answer_everything(caseworker: Caseworker) -> None:
    while True:
        message = await caseworker.user.world.pulse.until(caseworker.asked)
        if caseworker.is_finished(message):
            return
        caseworker.act(message)


async def test_a_hearing_is_answered_reviewed_and_becomes_a_letter(
    api: BotApi, desk: Desk, case: Invited, serving: Serving
) -> None:
    """From the invitations to the final letter: answer, submit, return, correct, approve."""
    mette, jens = api.user("Mette"), api.user("Jens")
    jens.send(f"/start {case.team_lead}")
    await jens.reply("teamleder")
    caseworker = Caseworker(mette, hearing())
    caseworker.come_in(case.caseworker)
    await _answer_everything(caseworker)
    mette.click("26.", on=await mette.reply(texts.ONLY_SKIPPED))
    await mette.reply("Vedlæg kommunens kontrakter")
    mette.upload("kontrakt.txt", CONTRACT, media_type="text/plain")
    await mette.reply("Gemt: kontrakt.txt")
    mette.click(texts.FILES_DONE)

    await mette.reply(texts.ALL_ANSWERED)
    mette.click(texts.SUBMIT)
    await _submit_anyway(mette)
    jens.click(texts.SEE_REVIEW, on=await jens.reply("har sendt svarene til godkendelse"))
    jens.click(texts.RETURN, on=await jens.reply("Svar 1 af"))
    await jens.reply("Hvad skal ændres")
    jens.send("Skriv firmaets fulde navn.")
    await jens.reply("Sendt tilbage")

    await mette.reply("Skriv firmaets fulde navn.")
    mette.send("fortsæt")
    await mette.reply("Skriv firmaets fulde navn.")
    mette.send("Klarhed Rådgivning ApS")
    await mette.reply("Gemt: Klarhed Rådgivning ApS")
    mette.send("indsend")
    await _submit_anyway(mette)

    jens.click(texts.SEE_REVIEW, on=await jens.reply("har sendt svarene til godkendelse"))
    jens.click(texts.APPROVE_ALL, on=await jens.reply("Svar 1 af"))
    jens.click(texts.APPROVE_CASE, on=await jens.reply(texts.ALL_APPROVED))
    names = [(await jens.file()).name, (await jens.file()).name]
    assert [name.rpartition(".")[2] for name in names] == ["docx", "pdf"]
    await mette.reply("har godkendt hele besvarelsen")
    stored = await _stored(desk, case)
    assert stored.state is CaseState.APPROVED
    assert stored.answers["konsulentfirma"].state is AnswerState.APPROVED


async def _submit_anyway(mette: User) -> None:
    """Submit although severe warnings are open, where there are any."""
    message = await mette.reply()
    while texts.SUBMITTED.partition("{")[0] not in message.text:
        if texts.SUBMIT_ANYWAY in message.buttons:
            mette.click(texts.SUBMIT_ANYWAY, on=message)
        message = await mette.reply()


@only_polling
async def test_a_stranger_is_refused_and_learns_nothing(
    api: BotApi, desk: Desk, case: Invited, mette: User
) -> None:
    """Whatever somebody without an invitation writes, uploads or presses gets the same refusal."""
    stranger = api.user("Fremmed")
    stranger.send("/status")
    stranger.upload("kontrakt.pdf", b"%PDF-1.7")
    stranger.press(f"{case.case}|1|a|opgaver|ja", stranger.share(text="x"))
    await api.world.pulse.until(lambda: len(stranger.messages) == 4)
    assert {message.text for message in stranger.messages} == {texts.REFUSED}


@only_polling
async def test_an_invitation_lets_one_person_in_once(
    api: BotApi, desk: Desk, case: Invited, mette: User
) -> None:
    """A used link does not let another person in, and an invented one nobody."""
    stranger = api.user("Fremmed")
    stranger.send(f"/start {case.caseworker}")
    await stranger.reply(texts.INVITATION_REFUSED)
    stranger.send("/start opdigtet")
    await stranger.reply(texts.INVITATION_REFUSED)
    stranger.send("hej")
    await stranger.reply(texts.REFUSED)


@only_polling
async def test_the_team_lead_invites_by_a_link_to_the_bot(
    api: BotApi, desk: Desk, case: Invited, serving: Serving
) -> None:
    """The link that the lead is given lets a colleague in."""
    jens, ida = api.user("Jens"), api.user("Ida")
    jens.send(f"/start {case.team_lead}")
    await jens.reply("teamleder")
    jens.send("/inviter Ida Lund")
    link = (await jens.reply("t.me/")).text.partition("?start=")[2].split()[0]
    ida.send(f"/start {link}")
    await ida.reply("Velkommen, Ida Lund")


async def test_editing_a_message_changes_the_answer_it_gave(desk: Desk, case: Invited, mette: User) -> None:
    """The edited message's answer has a new version; the question that was asked since is still asked."""
    message = mette.send("Klarhed ApS")
    await mette.reply("Hvornår blev kontrakten")
    mette.edit(message, "Klarhed Rådgivning ApS")
    await mette.reply("Gemt: Klarhed Rådgivning ApS")
    versions = (await _stored(desk, case)).answers["konsulentfirma"].versions
    assert [version.value["text"] for version in versions] == ["Klarhed ApS", "Klarhed Rådgivning ApS"]


@only_polling
async def test_a_stale_button_is_answered_kindly(desk: Desk, case: Invited, mette: User) -> None:
    """A button drawn before the answer changed stores nothing, and says where the case stands."""
    mette.send("/ret 3")
    question = await mette.reply("Er samarbejdet")
    button = next(one for row in question.keyboard or [] for one in row if one["text"] == texts.YES)
    mette.send("nej, det fortsætter")
    await mette.reply("Gemt: Nej")
    mette.press(button["callback_data"], question)
    await mette.reply(texts.STALE_BUTTON)
    assert len((await _stored(desk, case)).answers["samarbejde_afsluttet"].versions) == 1


async def test_a_cpr_number_is_stopped_and_removed(desk: Desk, case: Invited, mette: User) -> None:
    """The message with the number disappears from the chat and is stored nowhere."""
    message = mette.send("Firmaet hjalp borgeren 010203-1234 i sagen")
    await mette.reply("indeholder et CPR-nummer")
    await mette.world.pulse.until(lambda: message.deleted)
    events = await desk.store.events(case.case)
    assert not any("010203" in recorded.model_dump_json() for recorded in events)


@only_polling
async def test_the_draft_can_be_had_at_any_time(desk: Desk, case: Invited, mette: User) -> None:
    """The command gives the letter as it stands, as DOCX and as PDF."""
    mette.send("/brev")
    await mette.reply("Her er udkastet")
    docx, pdf = await mette.file(), await mette.file()
    assert docx.data.startswith(b"PK")
    assert pdf.data.startswith(b"%PDF")


@only_polling
async def test_a_contract_is_kept_and_warned_of(desk: Desk, case: Invited, mette: User) -> None:
    """An uploaded contract's payment by result is warned of, and the file can be had again."""
    mette.send("/ret 26")
    await mette.reply("Vedlæg kommunens kontrakter")
    mette.upload("kontrakt.txt", CONTRACT, media_type="text/plain")
    await mette.reply("Gemt: kontrakt.txt")
    await mette.reply("du bør se på")
    (file,) = (await _stored(desk, case)).files.values()
    assert (await desk.files.get(case.case, file.file)) == CONTRACT


@only_polling
async def test_two_people_on_one_case_see_each_others_answers(
    api: BotApi, desk: Desk, case: Invited, mette: User
) -> None:
    """What the caseworker answered is what the lead is asked to review; cases of others are unseen."""
    jens, other = api.user("Jens"), api.user("Bo")
    other_case = await open_invited(desk)
    other.send(f"/start {other_case.caseworker}")
    jens.send(f"/start {case.team_lead}")
    await jens.reply("teamleder")
    mette.send("Klarhed ApS")
    await mette.reply("Gemt: Klarhed ApS")
    jens.send("/gennemgang")
    await jens.reply("Klarhed ApS")
    other.send("Andet Firma A/S")
    await other.reply("Gemt: Andet Firma A/S")
    assert "Klarhed" not in other.transcript
    assert "Andet Firma" not in mette.transcript


@pytest.mark.parametrize(
    "text", ["x" * 60_000, "\x00\x01", " ", "\ud83d", "<b>", "\u202e", "🙂", "/nonsens", "=1+1"], ids=repr
)
@only_polling
async def test_bad_input_gets_a_danish_answer_and_the_case_goes_on(
    desk: Desk, case: Invited, mette: User, text: str
) -> None:
    """Whatever is written, something is said, and the next answer is taken."""
    mette.send(text)
    await mette.reply()
    await mette.world.pulse.until(lambda: not mette.world.waiting)
    mette.send("/ret 10")
    await mette.reply("Hvor mange sager blev udvalgt")
    mette.send("25")
    await mette.reply("Gemt: 25")
    answer = (await _stored(desk, case)).answers["sager_udvalgt"]
    assert answer.value == Count(count=25).model_dump(mode="json")


async def test_a_kill_and_a_restart_lose_nothing_and_double_nothing(
    desk: Desk, case: Invited, mette: User, serving: Serving
) -> None:
    """Answers that wait while nobody is there are taken at the next start, each once, in order."""
    await serving.kill()
    mette.send("Klarhed ApS")
    mette.send("4. februar 2019")
    await serving.start()
    await mette.reply("Er samarbejdet")
    await serving.kill()
    await serving.start()
    mette.send("nej, det fortsætter")
    await mette.reply("Gemt: Nej")
    answers = (await _stored(desk, case)).answers
    assert {point: len(answer.versions) for point, answer in answers.items()} == {
        "konsulentfirma": 1,
        "kontrakt_indgaaet": 1,
        "samarbejde_afsluttet": 1,
    }
