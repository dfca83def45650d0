"""What a screen reader, a keyboard and tired eyes need of the pages."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from .browser import Screen
from .conftest import Opened, Window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

#: The contrast (WCAG 2.2, 1.4.3) of every visible text against the nearest ground behind it.
FAINT_TEXTS = """() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => rgb.slice(0, 3)
    .map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.checkVisibility() || element.disabled) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(channels(style.color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const large = parseFloat(style.fontSize) >= 24;
    if (ratio < (large ? 3 : 4.5)) faint.push(element.textContent.trim().slice(0, 40) + " " + ratio);
  }
  return faint;
}"""
UNNAMED = """() => [...document.querySelectorAll("input:not([type=hidden]), textarea, select")]
  .filter((field) => field.labels.length === 0).map((field) => field.name)"""
SMALL_TARGETS = """() => [...document.querySelectorAll("button, .button, nav a, summary")]
  .filter((one) => one.checkVisibility())
  .filter((one) => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height) < 24)
  .map((one) => one.textContent.trim())"""


@pytest.mark.parametrize("path", ["/", "/?vis=brev", "/gennemgang", "/samlet"])
async def test_pages_are_built_for_screen_reader_and_eye(window: Window, case: Opened, path: str) -> None:
    """One heading of the first level, named fields, landmarks, contrast AA and targets large enough."""
    screen = await window(case.team_lead)
    await screen.go_to("Hvor mange sager blev udvalgt til gennemgang?")
    await screen.say("25")
    await screen.say("31")
    await screen.open(path)
    page = screen.page
    await expect(page.get_by_role("heading", level=1)).to_have_count(1)
    await expect(page.get_by_role("main")).to_have_count(1)
    await expect(page.get_by_role("banner")).to_have_count(1)
    await expect(page.get_by_role("navigation", name="Sider")).to_have_count(1)
    assert await page.get_attribute("html", "lang") == "da"
    assert await page.evaluate(UNNAMED) == []
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        assert await page.evaluate(FAINT_TEXTS) == []
    assert await page.evaluate(SMALL_TARGETS) == []
    ids = await page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


async def test_new_messages_are_announced_and_nothing_else(mette: Screen) -> None:
    """The live log only grows: what was read out once is not replaced, so it is not read out again."""
    await expect(mette.log).to_have_attribute("aria-live", "polite")
    await mette.log.locator("#log > li").first.evaluate("item => item.dataset.known = 'yes'")
    await mette.say("Rådgiverne ApS")
    await expect(mette.log.locator("[data-known]")).to_have_count(1)
    await expect(mette.log.locator("[data-known] button")).to_have_count(0)


async def test_chat_reads_in_order(mette: Screen) -> None:
    """Case, conversation, choices, answer box, overview: in the tree as on the screen."""
    await expect(mette.page.get_by_role("main")).to_match_aria_snapshot("""
        - region:
          - heading [level=1]
          - paragraph
          - progressbar
          - log "Samtale"
          - region "Svar":
            - group "Vælg et svar"
            - text: Dit svar
            - textbox "Dit svar"
            - button "Send"
        - complementary "Overblik over sagen":
          - region "Fremdrift"
          - region /Advarsler/
          - region "Svarbrev"
        """)


async def test_pages_reflow_at_high_zoom(window: Window, case: Opened) -> None:
    """At 400 % on a common screen (320 pixels, WCAG 1.4.10) nothing needs scrolling sideways."""
    screen = await window(case.caseworker, viewport={"width": 320, "height": 256})
    await screen.say("Rådgiverne ApS")
    assert await screen.fits()
    for path in ("/gennemgang", "/?vis=brev", "/samlet"):
        await screen.open(path)
        assert await screen.fits()
