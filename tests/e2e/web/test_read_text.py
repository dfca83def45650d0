"""A contract is read with its warnings in their places, by mouse, keyboard and screen reader."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from .browser import Screen
from .conftest import Opened, Site, Window
from .test_accessibility import FAINT_TEXTS, UNNAMED

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CONTRACT = (
    "Kontrakt mellem Eksempel Kommune og Lundager Rådgivning ApS\n\n"
    "Aftalen gælder i et år. Konsulenten modtager 10 % af den besparelse, som kommunen opnår. Kørsel betales "
    "efter statens takster.\n"
    "\f"
    "Konsulenten har adgang til kommunens fagsystem. Borger 070761-1234 er nævnt som eksempel <b>her</b>.\n"
)
TERM = "Honorar som andel af besparelsen"
QUOTE = "Konsulenten modtager 10 % af den besparelse, som kommunen opnår."


async def reading(mette: Screen, folder: Path) -> Locator:
    """Send the contract in the chat and follow a finding's link to its place in the text."""
    contract = folder / "kontrakt.txt"
    await asyncio.to_thread(contract.write_text, CONTRACT, encoding="utf-8")
    await mette.go_to("Vedlæg kommunens kontrakter")
    await mette.send_files(str(contract))
    found = mette.page.locator("aside .finding").filter(has_text=TERM)
    await found.locator("summary").click()
    await expect(found.locator("blockquote mark")).to_have_text(QUOTE)
    await expect(found.locator("blockquote")).to_contain_text("Aftalen gælder i et år. Konsulenten")
    await found.get_by_role("link", name="Se stedet i teksten").click()
    await expect(mette.page.get_by_role("heading", level=1)).to_have_text("kontrakt.txt")
    return found


async def test_a_quote_is_marked_in_its_place_and_linked_both_ways(mette: Screen, tmp_path: Path) -> None:
    """The link leads to the marked words on their page; from them a link leads to the warning."""
    await reading(mette, tmp_path)
    page = mette.page
    place = page.locator(".quote-start:target")
    await expect(place).to_contain_text("begynder")
    marked = page.locator(".quote-start:target + mark, .quote-start:target + .quote-start + mark")
    await expect(marked).to_have_text(QUOTE)
    await expect(page.get_by_role("region", name="Side 1")).to_contain_text(QUOTE)
    await expect(page.get_by_role("region", name="Side 2")).to_contain_text("<b>her</b>")
    assert "070761" not in await page.content()
    key = (await place.get_attribute("id") or "").removeprefix("citat-")
    await page.locator(f"a.to-finding[href='#fund-{key}']").click()
    await expect(page.locator(f"#fund-{key}:target")).to_be_visible()


async def test_keyboard_alone_leads_from_the_quote_to_the_answer_to_its_warning(
    mette: Screen, tmp_path: Path, site: Site, case: Opened
) -> None:
    """Tab and Enter are enough to go from the words to the warning and to acknowledge it with a reason."""
    await reading(mette, tmp_path)
    page = mette.page
    key = ""
    # Where the page's own links begin depends on when the browser has moved on to the quote.
    while not key:
        await page.keyboard.press("Tab")
        href = await page.evaluate("document.activeElement.getAttribute('href')") or ""
        key = href.removeprefix("#fund-") if href.startswith("#fund-") else ""
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    finding = page.locator(f"#fund-{key}")
    await expect(finding).to_have_attribute("open", "")
    reason = finding.get_by_role("textbox")
    while not await reason.evaluate("box => box === document.activeElement"):
        await page.keyboard.press("Tab")
    await page.keyboard.type("Vilkåret er ophævet i et tillæg.")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("taget til efterretning")
    await expect(page).to_have_url(f"{site.url}/laest/{page.url.partition('/laest/')[2]}")
    situation = await site.desk.casebook.load(case.id)
    assert situation.case.acknowledged[key].reason == "Vilkåret er ophævet i et tillæg."


async def test_correcting_a_term_leads_to_the_contract_with_a_suggested_wording(
    mette: Screen, tmp_path: Path
) -> None:
    """The chat gives the wording to propose, and asks for the corrected file."""
    await reading(mette, tmp_path)
    finding = mette.page.locator(".findings-column .finding").filter(has_text=TERM)
    await finding.locator("summary").click()
    await finding.get_by_role("button", name="Ret i kontrakten").click()
    await expect(mette.log).to_contain_text("Forslag til ordlyd")
    await expect(mette.log).to_contain_text("send den rettede fil her")
    await expect(mette.last).to_contain_text("Vedlæg kommunens kontrakter")


async def test_the_text_is_built_for_screen_reader_and_eye(mette: Screen, tmp_path: Path) -> None:
    """Each page is a named region, marks are told in words, contrast is AA, and all reflows."""
    await reading(mette, tmp_path)
    page = mette.page
    await expect(page.locator(".read-text").first).to_contain_text(f"begynder: {TERM}]")
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        assert await page.evaluate(FAINT_TEXTS) == []
    assert await page.evaluate(UNNAMED) == []
    ids = await page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))
    await page.set_viewport_size({"width": 320, "height": 256})
    assert await mette.fits()


async def test_a_text_is_for_the_cases_people_only(
    mette: Screen, tmp_path: Path, window: Window, site: Site
) -> None:
    """Somebody of another case gets no word of it."""
    await reading(mette, tmp_path)
    path = mette.page.url.removeprefix(site.url)
    stranger = await window((await site.open_case("Anden Kommune")).caseworker)
    await stranger.open(path)
    await expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Siden findes ikke")
