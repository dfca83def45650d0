"""Every kind of message in, and every kind of reply out."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from bot.dialogue.messages import Block, Button, Document, Reply, Style, Tone
from tests.botapi.methods import MAX_TEXT
from tests.botapi.server import BotApi
from tests.e2e.telegram.conftest import FakeDesk, Serving, said

_QUESTION = said(
    "Har I rettet op?",
    buttons=((Button("Ja", "c|1|a|q|ja"), Button("Nej", "c|1|a|q|nej")),),
    tone=Tone.QUESTION,
)


@pytest.fixture
def way_in() -> str:
    """What messages look like does not depend on how they come in."""
    return "polling"


async def test_a_button_is_shown_and_its_press_comes_back(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """Pressing a button brings its data to the desk, stops its spinning and takes the keyboard away."""
    desk.replies(_QUESTION)
    anna = api.user("Anna")
    anna.send("/start")
    question = await anna.reply("Har I rettet op?")
    assert question.buttons == ["Ja", "Nej"]
    desk.replies(said("Gemt: Ja"))
    query = anna.click("Ja")
    await anna.reply("Gemt: Ja")
    await api.world.pulse.until(lambda: not question.buttons and api.world.queries[query].answered)
    assert desk.heard[-1].button == "c|1|a|q|ja"
    assert desk.heard[-1].text is None


async def test_a_button_pressed_twice_is_no_error(
    api: BotApi, desk: FakeDesk, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    """Two quick presses both reach the desk; the keyboard already gone is no error."""
    desk.replies(_QUESTION)
    anna = api.user("Anna")
    anna.send("/start")
    question = await anna.reply()
    desk.answer = None
    first, second = anna.click("Ja"), anna.click("Ja")
    await anna.reply("Gemt: c|1|a|q|ja")
    await anna.reply("Gemt: c|1|a|q|ja")
    queries = api.world.queries
    await api.world.pulse.until(lambda: queries[first].answered and queries[second].answered)
    assert question.buttons == []
    assert not caplog.records


async def test_an_old_press_is_answered_although_telegram_has_forgotten_it(
    api: BotApi, desk: FakeDesk, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    """That a query is too old is no error: the person is answered all the same."""
    desk.replies(_QUESTION)
    anna = api.user("Anna")
    anna.send("/start")
    await anna.reply()
    desk.answer = None
    with api.world.held():
        query = anna.click("Nej")
        api.world.queries[query].expired = True
    await anna.reply("Gemt: c|1|a|q|nej")
    assert not caplog.records


async def test_a_button_on_a_message_that_telegram_no_longer_shows_is_answered(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """A button on a message that is too old for Telegram to tell about still reaches the desk."""
    anna = api.user("Anna")
    person = {"id": anna.id, "is_bot": False, "first_name": "Anna"}
    place = {"id": anna.id, "type": "private"}
    old = {"message_id": 1, "date": 0, "chat": place}
    press = {"id": "1", "from": person, "chat_instance": "1", "data": "gammel"}
    api.world.put("callback_query", press | {"message": old})
    await anna.reply("Gemt: gammel")
    api.world.put("callback_query", press)
    await anna.reply("Gemt: gammel")
    assert {one.chat for one in desk.heard} == {anna.name}


async def test_what_was_saved_and_the_next_question_are_one_message(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """A chat takes about a message a second, so that the acknowledgement and the question share one."""
    desk.replies(said("Gemt: 25", tone=Tone.SAVED), _QUESTION)
    anna = api.user("Anna")
    anna.send("25")
    message = await anna.reply()
    assert message.text == "Gemt: 25\n\nHar I rettet op?"
    assert message.buttons == ["Ja", "Nej"]


async def test_a_reply_over_the_limit_comes_in_several_messages(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """A long reply is split at paragraphs, with the buttons under the last part, and no word is lost."""
    paragraphs = [f"{number} " + "Sagen er behandlet & afsluttet <i dag>. " * 20 for number in range(12)]
    desk.replies(Reply((Block("\n\n".join(paragraphs), Style.QUOTE),), _QUESTION.buttons))
    anna = api.user("Anna")
    anna.send("/brev")
    await anna.reply("11 ")
    texts = [message.text for message in anna.messages]
    assert len(texts) == 3
    assert all(len(text) <= MAX_TEXT for text in texts)
    assert "\n\n".join(texts).split() == " ".join(paragraphs).split()
    assert [bool(message.buttons) for message in anna.messages] == [False, False, True]


@pytest.mark.parametrize(
    "text",
    [
        "<b>fed</b> & <script>",
        "</b>",
        "1 < 2 > 0",
        "&amp; &lt; &nbsp;",
        "*fed* _kursiv_ `kode`",
        "\u202eomvendt",
        "\ud83d enlig",
        "👩‍👩‍👧",
        "\x00\x07nul",
        "x" * 50_000,
    ],
)
async def test_whatever_a_person_writes_is_shown_as_they_wrote_it(
    api: BotApi, desk: FakeDesk, serving: Serving, text: str
) -> None:
    """HTML, Markdown, emoji, control characters and lone surrogates go in and come out without a refusal."""
    anna = api.user("Anna")
    anna.send(text)
    await anna.reply("Gemt:")
    assert desk.heard[0].text == text
    shown = text.replace("\ud83d", "\ufffd").replace("\x00\x07", "")
    await anna.world.pulse.until(
        lambda: "".join(message.text for message in anna.messages).endswith(shown[-20:])
    )


async def test_a_document_and_its_caption_reach_the_desk(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """A file comes with its name, kind and bytes, and the words beside it."""
    anna = api.user("Anna")
    anna.upload("kontrakt.pdf", b"%PDF-1.7 kontrakt", caption="Her er den")
    await anna.reply()
    file = desk.heard[0].file
    assert file is not None
    assert (file.name, file.media_type, file.data) == (
        "kontrakt.pdf",
        "application/pdf",
        b"%PDF-1.7 kontrakt",
    )
    assert (file.size, desk.heard[0].text) == (17, "Her er den")


async def test_a_photo_reaches_the_desk_in_its_largest_size(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """A photo of a page is taken as a JPEG file."""
    anna = api.user("Anna")
    anna.photo(b"\xff\xd8\xff side 1")
    await anna.reply()
    file = desk.heard[0].file
    assert file is not None
    assert (file.media_type, file.data) == ("image/jpeg", b"\xff\xd8\xff side 1")


async def test_a_file_too_large_to_fetch_comes_without_its_data(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """A file over Telegram's 20 MB is never asked for, and the desk is told its size."""
    anna = api.user("Anna")
    anna.upload("stor.pdf", b"%PDF", size=21 * 1024 * 1024)
    await anna.reply()
    file = desk.heard[0].file
    assert file is not None
    assert (file.size, file.data) == (21 * 1024 * 1024, None)
    assert api.called("getFile") == []


async def test_a_file_that_telegram_has_lost_is_asked_for_again(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """Where Telegram cannot give the file, the person is told that it is not saved."""
    anna = api.user("Anna")
    with api.world.held():
        anna.upload("kontrakt.pdf", b"%PDF")
        api.world.files.clear()
    await anna.reply("Jeg kunne ikke hente filen")
    assert desk.heard == []


async def test_an_edited_message_reaches_the_desk_as_the_message_it_was(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """Editing a message tells the desk which message changed, and what it now says."""
    anna = api.user("Anna")
    message = anna.send("24")
    await anna.reply()
    anna.edit(message, "25")
    await anna.reply("Gemt: 25")
    first, second = desk.heard
    assert (second.message, second.edited, second.text) == (first.message, True, "25")
    assert second.key != first.key


@pytest.mark.parametrize(
    "content",
    [
        {"location": {"latitude": 55.7, "longitude": 12.6}},
        {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
        {"contact": {"phone_number": "12345678", "first_name": "Bo"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {
            "video": {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1},
            "caption": "x",
        },
    ],
    ids=lambda content: next(iter(content)),
)
async def test_a_message_of_an_unreadable_kind_reaches_the_desk_as_such(
    api: BotApi, desk: FakeDesk, serving: Serving, content: dict[str, object]
) -> None:
    """A place, a voice message, a film: the desk hears that something came and says what it can read."""
    anna = api.user("Anna")
    anna.share(**content)
    await anna.reply()
    assert (desk.heard[0].text, desk.heard[0].button, desk.heard[0].file) == (None, None, None)


async def test_service_messages_are_not_answered(api: BotApi, desk: FakeDesk, serving: Serving) -> None:
    """Changing the chat's own settings says nothing to the assistant."""
    anna = api.user("Anna")
    anna.share(message_auto_delete_timer_changed={"message_auto_delete_time": 60})
    anna.send("25")
    await anna.reply("Gemt: 25")
    assert len(desk.heard) == 1


async def test_a_letter_is_sent_as_a_file(api: BotApi, desk: FakeDesk, serving: Serving) -> None:
    """A reply's document comes as a file with its name, after its words."""
    letter = Document("svarbrev æøå.pdf", "application/pdf", b"%PDF-1.7 brev")
    desk.replies(said("Her er udkastet:", document=letter))
    anna = api.user("Anna")
    anna.send("/brev")
    await anna.reply("Her er udkastet:")
    file = await anna.file()
    assert (file.name, file.media_type, file.data) == (letter.name, letter.media_type, letter.data)


async def test_pages_are_shown_as_albums_of_at_most_ten(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """Eleven pictures are an album and one photo more; all come, in order."""
    drawn = BytesIO()
    Image.new("RGB", (909, 1286), "white").save(drawn, "PNG")
    pages = tuple(Document(f"side-{page}.png", "image/png", drawn.getvalue()) for page in range(1, 12))
    desk.replies(said("Sådan ser brevet ud.", pictures=pages))
    anna = api.user("Anna")
    anna.send("/sider")
    assert [(await anna.file()).name for _ in pages] == [page.name for page in pages]
    assert len(api.called("sendMediaGroup")) == 1
    assert len(api.called("sendPhoto")) == 1


async def test_a_message_with_a_cpr_number_is_removed(api: BotApi, desk: FakeDesk, serving: Serving) -> None:
    """Where the desk says so the person's message disappears from the chat."""
    desk.replies(said("CPR-nummer stoppet"), delete=True)
    anna = api.user("Anna")
    message = anna.send("Borger 010203-1234")
    await anna.reply("CPR-nummer stoppet")
    await api.world.pulse.until(lambda: message.deleted)


async def test_a_message_that_cannot_be_removed_is_left_to_the_person(
    api: BotApi, desk: FakeDesk, serving: Serving
) -> None:
    """Where Telegram does not remove the message, the person is asked to."""
    desk.replies(said("CPR-nummer stoppet"), delete=True)
    anna = api.user("Anna")
    with api.world.held():
        anna.send("Borger 010203-1234").deleted = True
    await anna.reply("Jeg kunne ikke slette din besked")


async def test_a_person_who_blocked_the_bot_stops_nothing(
    api: BotApi, desk: FakeDesk, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    """An answer that cannot be delivered is no error, and the next person is answered."""
    anna, bo = api.user("Anna"), api.user("Bo")
    with api.world.held():
        anna.send("svar")
        anna.chat.blocked = True
    bo.send("svar")
    await bo.reply("Gemt: svar")
    await api.world.pulse.until(lambda: not api.world.waiting)
    assert not caplog.records


async def test_a_group_is_refused_and_left(api: BotApi, desk: FakeDesk, serving: Serving) -> None:
    """A case belongs in a private chat: in a group the bot says so, once, and leaves."""
    group = api.group("Børn og unge")
    group.send("/start")
    await group.reply("privat chat")
    await api.world.pulse.until(lambda: api.world.left == [group.id])
    assert desk.heard == []


async def test_others_are_told_by_the_desk_on_its_own(
    api: BotApi, desk: FakeDesk, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    """A notice reaches another person's chat; a chat that is gone is no error."""
    anna, bo = api.user("Anna"), api.user("Bo")
    anna.chat.blocked = True
    channel = desk.channels["telegram"]
    await channel.deliver(anna.name, said("Et svar er sendt tilbage"))
    await channel.deliver("telegram:999999", said("Et svar er sendt tilbage"))
    await channel.deliver(bo.name, said("Et svar er sendt tilbage"))
    await bo.reply("Et svar er sendt tilbage")
    assert not caplog.records


async def test_commands_are_offered_in_danish(api: BotApi, desk: FakeDesk, serving: Serving) -> None:
    """Telegram's menu lists the commands with a description each."""
    assert len(api.world.commands) > 1
    assert all(command["description"] for command in api.world.commands)
