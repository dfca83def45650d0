"""Makes the pictures of the documentation from the example case: `make pictures`.

They are taken of the running product, so that they never show what is not there.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

import pypdfium2
from playwright.async_api import Browser, Page, async_playwright

from bot.dialogue.messages import Piece
from bot.example import open_example
from bot.letters import letter_file, letter_of
from bot.opening import opened_desk
from bot.settings import Settings
from bot.web.server import run
from docs import letter_pictures
from storage.events import Role

FOLDER = Path(__file__).parent / "pictures"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
#: Pixels per point of the letter's page.
LETTER_SCALE = 1.4
#: Width and height of the pictured window, in pixels.
WINDOW = {"width": 1360, "height": 1000}


async def make(folder: Path) -> None:
    """Write `chat.png`, `preview.png`, `review.png` and `letter.png` into the folder."""
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(data=Path(data), web_port=0)
        stop = asyncio.Event()
        address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        async with opened_desk(settings) as desk:
            example = await open_example(desk)
            if example is None:
                raise RuntimeError("the new store already holds a case")
            tokens = {member.role: member.token for member in example.members}
            serving = asyncio.create_task(run(desk, settings, stop, ready=address.set_result))
            url = await address
            async with async_playwright() as playwright:
                chromium = playwright.chromium
                browser = await chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
                await _chat(browser, f"{url}/login/{tokens[Role.CASEWORKER]}", folder / "chat.png")
                await _review(browser, f"{url}/login/{tokens[Role.TEAM_LEAD]}", folder / "review.png")
                await browser.close()
            stop.set()
            await serving
            situation = await desk.casebook.load(example.case)
            _page(
                letter_file(letter_of(situation, now=desk.now()), Piece.LETTER_PDF).data,
                folder / "letter.png",
            )


async def _chat(browser: Browser, link: str, picture: Path) -> None:
    page = await _logged_in(browser, link)
    await page.get_by_label("Dit svar").fill("2")
    await page.keyboard.press("Enter")
    await page.locator("#status:empty").wait_for(state="attached")
    await page.locator("#overblik .finding summary").first.evaluate("one => one.click()")
    await page.screenshot(path=picture)
    await page.goto(page.url.split("#")[0] + "?vis=brev")
    await page.locator(".beside .letter").wait_for()
    await page.screenshot(path=picture.with_name("preview.png"))


async def _review(browser: Browser, link: str, picture: Path) -> None:
    page = await _logged_in(browser, link)
    await page.get_by_role("link", name="Gennemgang").click()
    await page.get_by_role("heading", name="Gennemgang af svarene").wait_for()
    await page.screenshot(path=picture)


async def _logged_in(browser: Browser, link: str) -> Page:
    context = await browser.new_context(viewport=WINDOW, locale="da-DK", reduced_motion="reduce")  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(link)
    await page.get_by_role("button", name="Log ind").click()
    await page.get_by_role("log").wait_for()
    return page


def _page(pdf: bytes, picture: Path) -> None:
    """The letter's first page as a picture."""
    page = pypdfium2.PdfDocument(pdf)[0]
    page.render(scale=LETTER_SCALE).to_pil().convert("L").save(picture, optimize=True)


if __name__ == "__main__":
    letter_pictures.make(FOLDER)
    asyncio.run(make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
