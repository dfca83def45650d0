"""A caseworker answers a hearing in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pikepdf
import pytest
from playwright.async_api import FilePayload, expect

from bot.web.transcript import MAX_TRANSCRIPTS, Transcripts

from .browser import Screen, content
from .conftest import Opened, Site, Window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FIRM = "Hvilket konsulentfirma har kommunen brugt?"
SIGNED = "Hvornår blev kontrakten indgået?"
SELECTED = "Hvor mange sager blev udvalgt til gennemgang?"
CONTRACTS = "Vedlæg kommunens kontrakter med konsulentfirmaer."


async def test_login_link_works_once(window: Window, case: Opened) -> None:
    """The link lets one browser in; a second one is told kindly that it does not work."""
    await window(case.caseworker)
    late = await window()
    await late.open(f"/login/{case.caseworker}")
    await late.page.get_by_role("button", name="Log ind").click()
    await expect(late.page.get_by_role("heading", name="Linket virker ikke")).to_be_visible()


async def test_conversation_by_clicks_and_typing(mette: Screen) -> None:
    """Answers are saved one by one, the next question follows, and the progress tells how far it is."""
    await expect(mette.last).to_contain_text(FIRM)
    await mette.say("Rådgiverne ApS")
    await expect(mette.log).to_contain_text("Gemt: Rådgiverne ApS")
    await expect(mette.last).to_contain_text(SIGNED)
    await mette.say("1. juli 2019")
    await expect(mette.last).to_contain_text("Er samarbejdet med konsulentfirmaet afsluttet?")
    await mette.press("Ja")
    await expect(mette.progress).to_contain_text("3 af")
    await expect(mette.box).to_be_focused()


async def test_note_goes_with_the_button(mette: Screen, site: Site, case: Opened) -> None:
    """What is typed before "Ja" is pressed becomes its note."""
    await mette.go_to("Har konsulentfirmaet deltaget i møder om sagerne?")
    await mette.box.fill("Kun i to formøder.")
    await mette.press("Ja")
    await expect(mette.log).to_contain_text("Gemt: Ja. Kun i to formøder.")


async def test_everything_works_by_keyboard(mette: Screen) -> None:
    """Skip link, answer, button and list of questions can be reached and used without a mouse."""
    page = mette.page
    await page.reload()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Gå til indhold")).to_be_focused()
    await page.keyboard.press("Enter")
    while not await mette.box.evaluate("box => box === document.activeElement"):
        await page.keyboard.press("Tab")
    await page.keyboard.type("Rådgiverne ApS")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("og deres underleverandør")
    await page.keyboard.press("Enter")
    await expect(mette.last).to_contain_text(SIGNED)
    await expect(mette.log).to_contain_text("og deres underleverandør")
    await expect(mette.box).to_be_focused()
    while await page.evaluate("document.activeElement.textContent.trim()") != "Spring over":
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Space")
    await expect(mette.last).to_contain_text("Er samarbejdet med konsulentfirmaet afsluttet?")


async def test_everything_works_without_javascript(window: Window, case: Opened, tmp_path: Path) -> None:
    """Plain forms do it all: answer, button, jump to a question, file."""
    screen = await window(case.caseworker, java_script_enabled=False)
    page = screen.page
    send = page.get_by_role("button", name="Send", exact=True)
    await screen.box.fill("Rådgiverne ApS")
    await send.click()
    await expect(screen.last).to_contain_text(SIGNED)
    await screen.choices.get_by_role("button", name="Spring over").click()
    await expect(screen.last).to_contain_text("Er samarbejdet")
    await page.get_by_text("Alle spørgsmål").click()
    await page.get_by_role("button", name=CONTRACTS).click()
    await expect(screen.last).to_contain_text(CONTRACTS)
    await page.get_by_label("Vedhæft filer").set_input_files(str(_pdf(tmp_path / "kontrakt.pdf")))
    await send.click()
    await expect(screen.log).to_contain_text("Gemt: kontrakt.pdf")


async def test_phone_shows_all_without_scrolling_sideways(window: Window, case: Opened) -> None:
    """At the width of a phone nothing sticks out, and the overview is one press away."""
    phone = await window(case.caseworker, viewport={"width": 360, "height": 740}, has_touch=True)
    await phone.say("Rådgiverne" + "x" * 200)
    assert await phone.fits()
    await phone.page.get_by_role("link", name="Overblik, advarsler og brev").click()
    await expect(phone.page.get_by_role("heading", name="Fremdrift")).to_be_in_viewport()
    await phone.open("/gennemgang")
    assert await phone.fits()


async def test_several_files_are_attached_at_once(mette: Screen, site: Site, tmp_path: Path) -> None:
    """Two contracts are sent in one go, stored, listed, and can be fetched again."""
    await mette.go_to(CONTRACTS)
    first, second = _pdf(tmp_path / "kontrakt æøå.pdf"), _pdf(tmp_path / "tillæg.pdf", pages=2)
    await mette.send_files(str(first), str(second))
    await expect(mette.log).to_contain_text("kontrakt æøå.pdf")
    await expect(mette.log).to_contain_text("tillæg.pdf")
    await expect(mette.page.get_by_label("Vedhæft filer")).to_have_value("")
    await mette.open("/gennemgang")
    async with mette.page.expect_download() as download:
        await mette.page.get_by_role("link", name="kontrakt æøå.pdf", exact=True).click()
    fetched = await download.value
    assert fetched.suggested_filename == "kontrakt æøå.pdf"
    assert await content(fetched) == first.read_bytes()


async def test_file_over_the_limit_is_refused_by_name(mette: Screen, tmp_path: Path) -> None:
    """A file that is too large is named, nothing is stored, and the question stays."""
    await mette.go_to(CONTRACTS)
    large = tmp_path / "stor.pdf"
    large.write_bytes(b"%PDF-1.7" + b"x" * 1_000_001)
    await mette.send_files(str(large))
    await expect(mette.log).to_contain_text("Filen «stor.pdf» er for stor")


async def test_letter_can_be_fetched_at_any_time(mette: Screen) -> None:
    """The draft comes as Word and as PDF before all is answered."""
    for name, start in (("Hent som Word", b"PK"), ("Hent som PDF", b"%PDF")):
        async with mette.page.expect_download() as download:
            await mette.page.get_by_role("link", name=name).click()
        assert (await content(await download.value)).startswith(start)


async def test_contradiction_is_shown_and_acknowledged(mette: Screen) -> None:
    """A warning stands in chat and panel, and with a reason it is put aside."""
    await mette.go_to(SELECTED)
    await mette.say("25")
    await mette.go_to("Hvor mange af dem har konsulentfirmaet behandlet?")
    await mette.say("31")
    finding = mette.page.locator("#overblik .finding").first
    await finding.locator("summary").first.click()
    await expect(finding).to_contain_text("Det kan du gøre")
    await finding.get_by_label("Hvorfor kan advarslen stå, eller hvorfor er den forkert?").fill(
        "Tallene er talt op to gange."
    )
    await finding.get_by_role("button", name="Tag til efterretning").click()
    await expect(mette.log).to_contain_text("er taget til efterretning")
    aside = mette.page.locator("#overblik .finding", has_text="taget til efterretning").first
    await expect(aside).to_contain_text("Tallene er talt op to gange.")


async def test_html_is_only_text(mette: Screen) -> None:
    """Markup in an answer is shown as it was typed, here and on the review page and in the letter."""
    await mette.say("<img src=x onerror=alert(1)><b>Firma</b> & søn")
    await expect(mette.log).to_contain_text("<img src=x onerror=alert(1)><b>Firma</b> & søn")
    await mette.open("/gennemgang")
    await expect(mette.page.get_by_role("table")).to_contain_text("<b>Firma</b>")
    assert await mette.page.locator("main img, main b").count() == 0


async def test_strange_input_gets_a_word_and_the_case_goes_on(mette: Screen) -> None:
    """Blanks, invisible and control characters, a megabyte: each is answered, and the case goes on."""
    messages = mette.log.locator("#log > li")
    for text in ("   ", "\ufeff\u200b", "\u0007\ufdd0", "/start findes-ikke", "x" * 1_000_000):
        before = await messages.count()
        await mette.say(text)
        assert await messages.count() >= before + 2
        await mette.box.fill("")
    await mette.go_to(FIRM)
    await mette.say("Firma \N{SLIGHTLY SMILING FACE} \u202e med mere")
    await expect(mette.log).to_contain_text("Gemt: Firma \N{SLIGHTLY SMILING FACE}")


async def test_refused_text_stays_in_the_box(mette: Screen) -> None:
    """What was not taken need not be typed again; a CPR number is not shown in the chat."""
    await mette.say("Firmaet v. 010190-1235")
    await expect(mette.log).to_contain_text("CPR-nummer")
    await expect(mette.log).not_to_contain_text("010190")
    await expect(mette.box).to_have_value("Firmaet v. 010190-1235")


async def test_unknown_button_is_answered_kindly(mette: Screen) -> None:
    """A button that is not ours changes nothing and the question is asked again."""
    button = mette.choices.get_by_role("button", name="Spring over")
    await button.evaluate("button => button.value = 'x|1|zz|y|'")
    await mette.press("Spring over")
    await expect(mette.log).to_contain_text("Den knap kender jeg ikke")
    await expect(mette.last).to_contain_text(FIRM)


async def test_double_submit_counts_once(mette: Screen, site: Site, case: Opened) -> None:
    """The same form sent twice stores one answer."""
    form: dict[str, str | float | bool | bytes | FilePayload] = {
        name: await mette.page.locator(f"#svar [name={name}]").input_value()
        for name in ("csrf", "noegle", "sted")
    }
    for _ in range(2):
        await mette.context.request.post(mette.url + "/besked", multipart=form | {"tekst": "Rådgiverne ApS"})
    await mette.page.reload()
    await expect(mette.log).to_contain_text("allerede modtaget")
    answers = (await site.desk.casebook.load(case.id)).case.answers
    assert [len(answer.versions) for answer in answers.values()] == [1]


async def test_pressing_twice_counts_once(mette: Screen, site: Site, case: Opened) -> None:
    """An impatient double click is one press."""
    await mette.box.fill("Rådgiverne ApS")
    await mette.page.get_by_role("button", name="Send", exact=True).dblclick()
    await expect(mette.last).to_contain_text(SIGNED)
    answers = (await site.desk.casebook.load(case.id)).case.answers
    assert [len(answer.versions) for answer in answers.values()] == [1]


async def test_lost_connection_loses_no_words(mette: Screen) -> None:
    """Without a connection the person is told, and the text is still there to send again."""
    await mette.page.route("**/besked", lambda route: route.abort())
    await mette.box.fill("Rådgiverne ApS")
    await mette.box.press("Enter")
    await expect(mette.page.get_by_role("alert")).to_contain_text("ikke sendt")
    await expect(mette.box).to_have_value("Rådgiverne ApS")
    await mette.page.unroute("**/besked")
    await mette.say("Rådgiverne ApS")
    await expect(mette.last).to_contain_text(SIGNED)
    await expect(mette.page.get_by_role("alert")).to_be_empty()


async def test_colleagues_see_each_others_answers(window: Window, mette: Screen, case: Opened) -> None:
    """Two people work on the case at once; what one answers appears with the other without a reload."""
    jonas = await window(case.team_lead)
    await mette.say("Rådgiverne ApS")
    await expect(jonas.log).to_contain_text("Rådgiverne ApS")
    await expect(jonas.log).to_contain_text("Mette Sagsbehandler")
    await expect(jonas.progress).to_contain_text("1 af")


async def test_open_page_goes_on_when_the_assistant_has_forgotten_the_talk(mette: Screen, site: Site) -> None:
    """After a restart the page takes up the stored answers by itself, shows each once and goes on."""
    await mette.say("Rådgiverne ApS")
    await mette.box.fill("1. juli")
    transcripts = cast("Transcripts", site.desk.channels["web"])
    for number in range(MAX_TRANSCRIPTS):
        transcripts.of(f"web:anden-{number}")
    await expect(mette.log).to_contain_text("Mette Sagsbehandler")
    await expect(mette.log.get_by_text("Rådgiverne ApS")).to_have_count(1)
    await expect(mette.box).to_have_value("1. juli")
    await mette.say("1. juli 2019")
    await expect(mette.last).to_contain_text("Er samarbejdet")


async def test_person_with_two_cases_switches_between_them(mette: Screen, site: Site) -> None:
    """The other case is one press away; page and answers then belong to it."""
    await mette.say("Kun i den første sag")
    other = await site.open_case("Nabo Kommune")
    await mette.open(f"/login/{other.caseworker}")
    await mette.page.get_by_role("button", name="Log ind").click()
    await mette.page.get_by_role("button", name="føj sagen til mine sager").click()
    await mette.page.get_by_role("region", name="Dine sager").get_by_role("button").click()
    await expect(mette.page.get_by_role("banner")).to_contain_text("Eksempel Kommune")
    await expect(mette.log).to_contain_text("Kun i den første sag")
    await mette.page.get_by_role("region", name="Dine sager").get_by_role("button").click()
    await expect(mette.page.get_by_role("banner")).to_contain_text("Nabo Kommune")
    await expect(mette.log).not_to_contain_text("Kun i den første sag")
    await expect(mette.last).to_contain_text(FIRM)
    await mette.say("Kun i den anden sag")
    answers = (await site.desk.casebook.load(other.id)).case.answers
    assert list(answers) == ["konsulentfirma"]


def _pdf(path: Path, *, pages: int = 1) -> Path:
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(path)
    return path
