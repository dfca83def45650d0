"""What the chat page makes of messages, and what the desk hears."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.buttons import Action, Press, decode, encode
from bot.dialogue.messages import Block, Button, Document, Reply, Tone
from bot.settings import Settings
from bot.views import Exchange
from bot.web.transcript import MAX_ENTRIES, MAX_NOTES, MAX_SHOWN, MAX_TRANSCRIPTS, Transcript, Transcripts

from .conftest import Visitor, visitor_of
from .fake_desk import ASK, NOON, FakeDesk


async def test_first_page_asks_the_question_at_hand(visitor: Visitor) -> None:
    """Whoever logs in sees what is asked now, with its buttons."""
    assert ASK in visitor.page
    assert "Ved ikke" in visitor.page


async def test_words_reach_the_desk_with_the_place_they_were_written_at(
    visitor: Visitor, desk: FakeDesk
) -> None:
    """A text says which question its page showed, so that it never answers another one."""
    await visitor.submit(tekst="25 sager", sted=visitor.hidden("sted"))
    heard = desk.heard[0]
    assert (heard.user, heard.chat, heard.text) == ("web:link", "web:link", "25 sager")
    assert decode(heard.button or "") == Press("sag1", 0, Action.ANSWER, "antal")
    assert heard.key == f"web:{visitor.hidden('noegle')}"


async def test_command_is_not_tied_to_a_question(visitor: Visitor, desk: FakeDesk) -> None:
    """The word for the list of cases asks for it, wherever the page stands."""
    await visitor.submit(tekst="sager", sted=visitor.hidden("sted"))
    assert (desk.heard[0].text, desk.heard[0].button) == ("sager", None)


async def test_button_takes_the_words_beside_it_along(visitor: Visitor, desk: FakeDesk) -> None:
    """A note typed before pressing is not lost."""
    await visitor.submit(tekst="kun for nogle", knap=desk.press(Action.ANSWER, "ja"))
    assert desk.heard[0].text == "kun for nogle"
    assert decode(desk.heard[0].button or "") == Press("sag1", 0, Action.ANSWER, "antal", "ja")


async def test_button_alone_has_no_text(visitor: Visitor, desk: FakeDesk) -> None:
    """In the chat an empty box beside a button means that nothing was said, so the desk may ask."""
    await visitor.submit(tekst="", knap=desk.press(Action.RETURN))
    assert desk.heard[0].text is None


async def test_pressed_button_is_shown_by_its_label(visitor: Visitor, desk: FakeDesk) -> None:
    """The chat shows what the person chose as they read it."""
    await visitor.submit(knap=desk.press(Action.ANSWER, "ved_ikke"))
    page = (await visitor.open()).text
    assert "<p>Ved ikke</p>" in page


async def test_unknown_button_is_the_desks_to_answer(visitor: Visitor, desk: FakeDesk) -> None:
    """Nonsense in a button reaches the desk as it is, and the page goes on."""
    assert (await visitor.submit(knap="<b>x")).status_code == 303
    assert desk.heard[0].button == "<b>x"
    assert (await visitor.open()).status_code == 200


async def test_each_file_is_a_message_before_the_words(visitor: Visitor, desk: FakeDesk) -> None:
    """Several files and a text are taken one after the other, each with its own key."""
    await visitor.submit([("a.pdf", b"a"), ("b.pdf", b"bb")], tekst="To bilag")
    names = [one.file.name if one.file else one.text for one in desk.heard]
    assert names == ["a.pdf", "b.pdf", "To bilag"]
    assert len({one.key for one in desk.heard}) == 3


async def test_file_over_the_limit_reaches_the_desk_without_its_bytes(
    visitor: Visitor, desk: FakeDesk
) -> None:
    """The desk tells the person that it is too large, by name; the bytes are never read."""
    await visitor.submit([("stor.pdf", b"x" * 2_001)])
    upload = desk.heard[0].file
    assert upload is not None
    assert (upload.name, upload.size, upload.data) == ("stor.pdf", 2_001, None)


async def test_more_files_than_allowed_are_refused(visitor: Visitor, desk: FakeDesk) -> None:
    """Eleven files at once are not taken."""
    answer = await visitor.submit([(f"{n}.pdf", b"x") for n in range(11)])
    assert answer.status_code == 400
    assert desk.heard == []


async def test_a_megabyte_of_text_is_the_desks_to_answer(visitor: Visitor, desk: FakeDesk) -> None:
    """The desk says kindly that it is too long; the page shows only its beginning."""
    await visitor.submit(tekst="æ" * 1_000_000)
    assert len(desk.heard[0].text or "") == 1_000_000
    desk.stored.clear()
    assert len((await visitor.open()).text) < 1_200_000


async def test_html_is_shown_as_text(visitor: Visitor, desk: FakeDesk) -> None:
    """Nothing that a person writes becomes markup."""
    desk.replies = (Reply((Block("<img src=x onerror=alert(1)>"),)),)
    await visitor.submit(tekst="<script>alert(1)</script>")
    page = (await visitor.open()).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


async def test_strange_characters_do_not_break_the_page(visitor: Visitor, desk: FakeDesk) -> None:
    """Lone surrogates, control characters, right-to-left marks and emoji are shown somehow."""
    desk.replies = (Reply((Block("\ud800 \x00\x07 \u202e 🙂"),)),)
    await visitor.submit(tekst="\ud800\x00 🙂")
    answer = await visitor.open()
    assert answer.status_code == 200
    assert "🙂" in answer.text


async def test_stopped_message_is_not_shown_again(visitor: Visitor, desk: FakeDesk) -> None:
    """What held a CPR number is gone from the chat."""
    desk.replies, desk.delete = (Reply((Block("Stoppet"),), tone=Tone.ERROR),), True
    await visitor.submit(tekst="Borger 010203-1234")
    page = (await visitor.open()).text
    assert "010203" not in page
    assert "er fjernet" in page


async def test_old_buttons_cannot_be_pressed_any_more(visitor: Visitor, desk: FakeDesk) -> None:
    """Only what followed the person's last message has buttons."""
    first = desk.press(Action.SKIP)
    await visitor.submit(tekst="25")
    page = (await visitor.open()).text
    assert first not in page
    assert desk.press(Action.SKIP) in page


async def test_notice_is_news_and_shown_with_its_button(visitor: Visitor, desk: FakeDesk) -> None:
    """What the desk tells someone on its own changes the answer of the polled address."""
    before = (await visitor.get("/nyt")).json()
    assert f'data-state="{before["state"]}"' in visitor.page
    button = Button("Gå til spørgsmålet", desk.press(Action.EDIT))
    notice = Reply((Block("Sendt tilbage: regn efter"),), buttons=((button,),))
    await desk.channels["web"].deliver("web:link", notice)  # type: ignore[attr-defined]
    assert (await visitor.get("/nyt")).json() != before
    page = (await visitor.open()).text
    assert "regn efter" in page
    assert button.data in page
    assert ASK in page


async def test_colleagues_answer_appears_once(visitor: Visitor, desk: FakeDesk) -> None:
    """What someone else stores meanwhile comes into the chat with their name."""
    desk.stored.append(Exchange("antal", ASK, "26 i alt", "Jonas", NOON))
    for _ in range(2):
        page = (await visitor.open()).text
    chat = page[page.index('id="log"') : page.index('id="svarfelt"')]
    assert chat.count("26 i alt") == 1
    assert "Jonas" in chat


async def test_colleagues_answer_is_not_lost_by_answering_oneself(visitor: Visitor, desk: FakeDesk) -> None:
    """What someone else stored just before the person's own message is shown before it."""
    desk.stored.append(Exchange("antal", ASK, "26 i alt", "Jonas", NOON))
    await visitor.submit(tekst="27 i alt")
    page = (await visitor.open()).text
    chat = page[page.index('id="log"') : page.index('id="svarfelt"')]
    assert 0 < chat.index("26 i alt") < chat.index("27 i alt")


async def test_own_answers_are_shown_once_before_and_after_a_restart(
    desk: FakeDesk, settings: Settings, visitor: Visitor
) -> None:
    """The remembered talk gives way to the stored answers, never both."""
    await visitor.submit(tekst="femogtyve")
    page = (await visitor.open()).text
    log = page[page.index('id="log"') : page.index('id="svarfelt"')]
    assert log.count("<p>femogtyve</p>") == 1
    async with visitor_of(desk, settings) as after:
        after.cookies = visitor.cookies
        page = (await after.open()).text
    log = page[page.index('id="log"') : page.index('id="svarfelt"')]
    assert log.count("<p>femogtyve</p>") == 1


async def test_long_history_is_folded(desk: FakeDesk, settings: Settings) -> None:
    """Someone who comes back sees the last answers; the earlier ones are one press away."""
    desk.stored = [Exchange("antal", ASK, f"svar {n}", "Mette", NOON) for n in range(20)]
    async with visitor_of(desk, settings) as visitor:
        await visitor.log_in()
        assert "Vis 14 tidligere svar" in visitor.page


async def test_other_case_starts_a_new_talk(visitor: Visitor, desk: FakeDesk) -> None:
    """Messages of one case are not shown in another."""
    await visitor.submit(tekst="kun i den første")
    desk.stored.clear()
    desk.case = "sag2"
    page = (await visitor.open()).text
    assert "kun i den første" not in page
    assert ASK in page


async def test_document_is_offered_by_its_address(visitor: Visitor, desk: FakeDesk) -> None:
    """A letter in a reply is a link to the letter, not bytes kept in memory."""
    document = Document("udkast.pdf", "application/pdf", b"%PDF" * 1000)
    desk.replies = (Reply((Block("Her er udkastet"),), document=document),)
    await visitor.submit(tekst="brev")
    assert 'href="/brev.pdf" download>Hent udkast.pdf' in (await visitor.open()).text


async def test_cases_can_be_switched(visitor: Visitor) -> None:
    """With several cases, the page offers the others."""
    assert encode(Press("sag2", 0, Action.CASE)) in visitor.page


async def test_finding_is_told_whole_and_can_be_acknowledged(visitor: Visitor, desk: FakeDesk) -> None:
    """Severity in words, the quote, the meaning, the advice, the source, and a form for the reason."""
    for part in (
        "Alvorlig advarsel",
        "betales kun ved besparelse",
        "Spørg juristen",
        "https://example.org/x",
    ):
        assert part in visitor.page
    button = visitor.page.split('name="knap" value="sag1|0|f||')[1].split('"')[0]
    await visitor.submit(knap=f"sag1|0|f||{button}", tekst="Aftalt med juristen")
    assert desk.heard[0].text == "Aftalt med juristen"


async def test_review_forms_come_back_to_the_review_page(visitor: Visitor, desk: FakeDesk) -> None:
    """What the desk says to an approval stands on the page that it was made on, once."""
    await visitor.submit(tekst="25")
    desk.replies = (
        Reply((Block("Godkendt: antallet"),), tone=Tone.SAVED),
        replace(desk.question(), tone=Tone.NOTICE),
    )
    await visitor.open("/gennemgang")
    answer = await visitor.submit(knap=desk.press(Action.APPROVE), tilbage="/gennemgang?vis=alle#punkt-antal")
    assert answer.headers["location"] == "/gennemgang?vis=alle#punkt-antal"
    page = (await visitor.open("/gennemgang")).text
    assert "Godkendt: antallet" in page
    assert "Godkendt: antallet" not in (await visitor.open("/gennemgang")).text


async def test_blank_comment_is_said_to_be_blank(visitor: Visitor, desk: FakeDesk) -> None:
    """On the review page the comment's box is there, so blanks in it are not "not said yet"."""
    await visitor.submit(knap=desk.press(Action.RETURN), tekst="  ", tilbage="/gennemgang")
    assert desk.heard[0].text == "  "


async def test_review_filter_shows_only_that_state(visitor: Visitor) -> None:
    """The filter in the address picks the rows; an unknown one shows all."""
    assert 'id="punkt-antal"' in (await visitor.open("/gennemgang?vis=mangler")).text
    assert 'id="punkt-antal"' not in (await visitor.open("/gennemgang?vis=godkendt")).text
    assert 'id="punkt-antal"' in (await visitor.open("/gennemgang?vis=<x>")).text


def test_memory_is_bounded() -> None:
    """Neither one login nor many make the assistant's memory grow without end."""
    transcript = Transcript()
    for _ in range(MAX_ENTRIES * 2):
        transcript.said("x" * (MAX_SHOWN * 2))
        transcript.noted([Reply((Block("y"),))])
    assert len(transcript.entries) == MAX_ENTRIES
    assert len(transcript.entries[0].text) <= MAX_SHOWN + 2
    assert len(transcript.notes) == MAX_NOTES
    transcripts = Transcripts()
    first = transcripts.of("web:0")
    for number in range(MAX_TRANSCRIPTS + 1):
        transcripts.of(f"web:{number}")
    assert transcripts.of("web:0") is not first


def test_a_page_shows_what_was_held_back_and_not_what_it_offers_already() -> None:
    """The review page asks about a name in a comment; the next answer's own buttons it has."""
    held = Reply((Block("Er der en borger?"),), ((Button("Gem", "sag1|1|p|antal|r"),),))
    offered = Reply((Block("Næste svar"),), ((Button("Godkend", "sag1|1|y|antal|"),),))
    said = Reply((Block("Godkendt"),))
    transcript = Transcript()
    transcript.noted([held, offered, said])
    assert transcript.take_notes() == [held, said]
    assert transcript.take_notes() == []
