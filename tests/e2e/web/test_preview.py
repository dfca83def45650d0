"""The letter beside the answers: it follows along, and leads to the questions and back."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from .browser import Screen
from .conftest import Opened, Window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FIRM = "Hvilket konsulentfirma har kommunen brugt?"
SIGNED = "Hvornår blev kontrakten indgået?"


async def test_the_letter_follows_the_answers_and_leads_back_to_them(mette: Screen) -> None:
    """An answer is in the letter at once; its words, and the button after them, lead back."""
    await mette.open("/?vis=brev")
    letter = mette.page.locator(".beside .letter")
    await mette.say("Rådgiverne ApS")
    await expect(letter).to_contain_text("Rådgiverne ApS")
    await expect(mette.last).to_contain_text(SIGNED)
    await expect(letter.locator(".said-part.current")).to_be_in_viewport()
    await letter.get_by_text("Rådgiverne ApS").click()
    await expect(mette.last).to_contain_text(FIRM)
    await mette.say("Havblik Rådgivning")
    await expect(letter).to_contain_text("Havblik Rådgivning")
    await letter.get_by_role("button", name=f"Gå til spørgsmålet: {FIRM}").press("Enter")
    await expect(mette.last).to_contain_text(FIRM)
    await mette.page.get_by_role("link", name="Overblik", exact=True).click()
    await expect(letter).to_have_count(0)


async def test_the_letter_leads_to_its_questions_without_script(window: Window, case: Opened) -> None:
    """Everything is a link or a form: the choice stays, and the button asks the question."""
    mette = await window(case.caseworker, java_script_enabled=False)
    await mette.open("/?vis=brev")
    await mette.page.get_by_role("button", name=f"Gå til spørgsmålet: {SIGNED}").click()
    await expect(mette.page.locator(".bubble").last).to_contain_text(SIGNED)
    await expect(mette.page.locator(".beside .letter")).to_be_visible()


async def test_the_leads_letter_is_new_while_the_page_is_open(
    window: Window, mette: Screen, case: Opened
) -> None:
    """Another's answer comes into the letter by itself, is told to a screen reader, and a row leads to it."""
    jonas = await window(case.team_lead)
    await jonas.open("/gennemgang")
    await mette.say("Rådgiverne ApS")
    await expect(jonas.page.locator(".letter")).to_contain_text("Rådgiverne ApS")
    await expect(jonas.page.get_by_role("status").filter(has_text="Brevet er opdateret")).to_have_count(1)
    await expect(jonas.page.get_by_text("Sagen er ændret")).to_be_visible()
    await jonas.page.get_by_role("link", name="Vis det nyeste").click()
    await jonas.page.get_by_role("link", name=f"Se i brevet: {FIRM}").click()
    await expect(jonas.page.locator(".said-part:target")).to_contain_text("Rådgiverne ApS")
    await expect(jonas.page.locator(".said-part:target")).to_be_in_viewport()


async def test_the_whole_reply_shows_what_is_in_it_and_what_is_not(mette: Screen) -> None:
    """Contents, what lacks, and both files to fetch."""
    await mette.open("/samlet")
    await expect(mette.page.get_by_role("table", name="Indhold")).to_contain_text("Bilagsoversigt")
    await expect(mette.page.locator(".note")).to_contain_text("kopier, som ikke er vedlagt")
    for name in ("Hent som én PDF", "Hent som ZIP"):
        async with mette.page.expect_download() as waiting:
            await mette.page.get_by_role("link", name=name).click()
        assert (await waiting.value).suggested_filename.startswith("udkast-samlet-svar")


async def test_pages_are_shown_as_pictures_in_the_chat(mette: Screen) -> None:
    """Each page is a picture with a name of its own."""
    await mette.say("vis siderne")
    picture = mette.log.get_by_role("img", name="Side 1 af brevet")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", 909)
