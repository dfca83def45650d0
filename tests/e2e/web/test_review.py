"""A team lead reviews the answers in the browser."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from playwright.async_api import Locator, expect

from bot.dialogue.buttons import Action, Press, encode
from bot.dialogue.talk import Talk
from knowledge.hearings.model import QuestionType
from knowledge.hearings.values import Amount, Count, Day, NoneBecause, Text, Value, Vat, YesNo
from storage.case import AnswerState, CaseState
from storage.events import Answered, Role, Submitted

from .browser import Screen
from .conftest import Opened, Site, Window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FIRM = "Hvilket konsulentfirma har kommunen brugt?"


def row(screen: Screen, point: str) -> Locator:
    """The row of a point."""
    return screen.page.locator(f"#punkt-{point}")


async def state(site: Site, case: Opened, point: str) -> AnswerState:
    """How far a point is."""
    return (await site.desk.casebook.load(case.id)).case.answer(point).state


async def test_lead_approves_an_answer(window: Window, mette: Screen, site: Site, case: Opened) -> None:
    """One press approves, the row says so, and the page tells what happened."""
    await mette.say("Rådgiverne ApS")
    jonas = await window(case.team_lead)
    await jonas.page.get_by_role("link", name="Gennemgang").click()
    await expect(row(jonas, "konsulentfirma")).to_contain_text("Rådgiverne ApS")
    await jonas.page.get_by_role("button", name=f"Godkend: {FIRM}").click()
    await expect(row(jonas, "konsulentfirma")).to_contain_text("Godkendt")
    await expect(jonas.page.get_by_role("status").filter(has_text="Godkendt")).to_contain_text(FIRM)
    assert await state(site, case, "konsulentfirma") is AnswerState.APPROVED


async def test_returned_answer_comes_back_with_its_comment(
    window: Window, mette: Screen, site: Site, case: Opened
) -> None:
    """The caseworker is told while the page is open, and a button leads to the question."""
    await mette.say("Rådgiverne")
    jonas = await window(case.team_lead)
    await jonas.open("/gennemgang")
    await row(jonas, "konsulentfirma").locator(".return summary").click()
    await row(jonas, "konsulentfirma").get_by_label("Hvad skal ændres?").fill("Skriv hele navnet.")
    await row(jonas, "konsulentfirma").get_by_role("button", name="Send tilbage").click()
    await expect(row(jonas, "konsulentfirma")).to_contain_text("Skriv hele navnet.")
    await expect(mette.log).to_contain_text("Skriv hele navnet.")
    await mette.log.get_by_role("button", name="Gå til spørgsmålet").click()
    await expect(mette.last).to_contain_text(FIRM)
    await mette.say("Rådgiverne ApS")
    assert await state(site, case, "konsulentfirma") is AnswerState.ANSWERED
    await expect(jonas.page.get_by_text("Sagen er ændret")).to_be_visible()
    await jonas.page.get_by_role("link", name="Vis det nyeste").click()
    await row(jonas, "konsulentfirma").get_by_text("Historik").click()
    await expect(row(jonas, "konsulentfirma").locator(".history")).to_contain_text("Rådgiverne")


async def test_nobody_approves_their_own_answer(window: Window, site: Site, case: Opened) -> None:
    """The lead's own answer has no button, and a made-up press is refused."""
    jonas = await window(case.team_lead)
    await jonas.go_to(FIRM)
    await jonas.say("Rådgiverne ApS")
    await jonas.open("/gennemgang")
    await expect(row(jonas, "konsulentfirma")).to_contain_text("Dit eget svar")
    assert await row(jonas, "konsulentfirma").get_by_role("button", name="Godkend").count() == 0
    version = (await site.desk.casebook.load(case.id)).case.version
    forged = encode(Press(case.id, version, Action.APPROVE, "konsulentfirma"))
    form: dict[str, str | float | bool] = {
        "csrf": await jonas.page.locator(".all [name=csrf]").input_value(),
        "noegle": await jonas.page.locator(".all [name=noegle]").input_value(),
        "tilbage": "/gennemgang",
        "knap": forged,
    }
    await jonas.context.request.post(jonas.url + "/besked", form=form, max_redirects=0)
    await jonas.open("/gennemgang")
    await expect(jonas.page.get_by_text("Du kan ikke godkende dit eget svar")).to_be_visible()
    assert await state(site, case, "konsulentfirma") is AnswerState.ANSWERED


async def test_caseworker_sees_the_review_but_cannot_decide(mette: Screen, site: Site, case: Opened) -> None:
    """Reading is for all members; approving and returning are not offered, and a made-up press is refused."""
    await mette.say("Rådgiverne ApS")
    await mette.open("/gennemgang")
    await expect(mette.page.get_by_text("kun en teamleder kan godkende")).to_be_visible()
    assert await mette.page.get_by_role("button", name="Godkend").count() == 0
    assert await mette.page.get_by_text("Send tilbage", exact=True).count() == 0
    await mette.open("/")
    version = (await site.desk.casebook.load(case.id)).case.version
    forged = encode(Press(case.id, version, Action.APPROVE, "konsulentfirma"))
    await mette.choices.get_by_role("button", name="Spring over").evaluate(
        "(one, value) => one.value = value", forged
    )
    await mette.press("Spring over")
    await expect(mette.log).to_contain_text("Det kan du ikke gøre som sagsbehandler")
    assert await state(site, case, "konsulentfirma") is AnswerState.ANSWERED


async def test_whole_case_is_approved_and_the_letter_is_final(
    window: Window, site: Site, case: Opened
) -> None:
    """Approve all, then the whole: the letter loses its mark as a draft and the caseworker is told."""
    mette, jonas = await window(case.caseworker), await window(case.team_lead)
    await _answer_all(site, case)
    await jonas.open("/gennemgang")
    await expect(jonas.page.locator(".letter .draft")).to_have_text("UDKAST")
    await jonas.page.get_by_role("button", name="Godkend alle").click()
    await expect(jonas.page.get_by_role("button", name="Godkend alle (0)")).to_be_disabled()
    await jonas.page.get_by_role("button", name="Godkend hele besvarelsen").click()
    await expect(jonas.page.locator(".case-head .badge")).to_have_text("Godkendt")
    assert await jonas.page.locator(".letter .draft").count() == 0
    await expect(mette.log).to_contain_text("har godkendt hele besvarelsen")
    assert (await site.desk.casebook.load(case.id)).case.state is CaseState.APPROVED
    await jonas.page.get_by_text("Markér som sendt").click()
    await jonas.page.get_by_role("button", name="Ja, brevet er sendt").click()
    await expect(jonas.page.locator(".case-head .badge")).to_contain_text("Sendt")
    assert (await site.desk.casebook.load(case.id)).case.state is CaseState.SENT


async def test_letter_leads_to_the_answers_row(window: Window, mette: Screen, case: Opened) -> None:
    """A press on a paragraph of the letter goes to the row that it comes from; open points are marked."""
    await mette.say("Rådgiverne ApS")
    await mette.open("/gennemgang")
    await mette.page.locator(".letter .open-point a").last.click()
    target = mette.page.locator("tr:target")
    await expect(target).to_be_in_viewport()
    await expect(target).to_contain_text("Intet svar endnu")


async def test_filter_shows_what_waits(mette: Screen) -> None:
    """The lead can look at one state at a time, with its count."""
    await mette.say("Rådgiverne ApS")
    await mette.open("/gennemgang")
    await mette.page.get_by_role("link", name="Til godkendelse 1").click()
    rows = mette.page.locator("tbody tr[id]")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Rådgiverne ApS")


async def test_other_peoples_cases_are_closed(window: Window, mette: Screen, site: Site) -> None:
    """A button made for another case is refused, and neither its files nor its existence show."""
    other = await site.open_case()
    forged = encode(Press(other.id, 1, Action.EDIT, "konsulentfirma"))
    for value in (forged, encode(Press("findesikke", 1, Action.EDIT, "konsulentfirma"))):
        await mette.choices.get_by_role("button", name="Spring over").evaluate(
            "(one, value) => one.value = value", value
        )
        await mette.press("Spring over")
        await expect(mette.last).to_contain_text("en sag, som du ikke er med i")
    stranger = await window(other.caseworker)
    answer = await stranger.context.request.get(stranger.url + "/fil/" + "a" * 64)
    assert answer.status == 404


async def test_form_with_another_secret_is_refused(mette: Screen, site: Site, case: Opened) -> None:
    """A form that does not know the session's secret changes nothing, and the text stays in the box."""
    await mette.page.locator("#svar [name=csrf]").evaluate("field => field.value = 'forkert'")
    await mette.box.fill("Rådgiverne ApS")
    await mette.box.press("Enter")
    await expect(mette.page.get_by_role("alert")).to_contain_text("ikke adgang")
    await expect(mette.box).to_have_value("Rådgiverne ApS")
    assert (await site.desk.casebook.load(case.id)).case.answers == {}


async def _answer_all(site: Site, case: Opened) -> None:
    """Every relevant question answered by the caseworker and the case submitted, without the chat."""
    values: dict[QuestionType, Value] = {
        QuestionType.TEXT: Text(text="Det er beskrevet i bilaget."),
        QuestionType.DATE: Day(day=date(2019, 7, 1)),
        QuestionType.YES_NO: YesNo(yes=False),
        QuestionType.COUNT: Count(count=0),
        QuestionType.AMOUNT: Amount(dkk=Decimal(1000), vat=Vat.EXCLUDED),
        QuestionType.DOCUMENTS: NoneBecause(reason="Der er ingen."),
    }
    situation = await site.desk.casebook.load(case.id)
    caseworker = next(m.person for m in situation.case.members.values() if m.role is Role.CASEWORKER)
    talk = Talk(situation, caseworker, site.desk.now(), None)
    while talk.situation.to_answer:
        point = talk.situation.to_answer[0]
        value = values[point.question.type].model_dump(mode="json")
        talk.happen(Answered(point=point.id, value=value))
    talk.happen(Submitted())
    async with site.desk.casebook.lock(case.id):
        await site.desk.casebook.keep(talk)
