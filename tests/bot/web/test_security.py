"""Headers, hosts, sessions, forms from elsewhere, limits, and errors that tell nothing."""

from __future__ import annotations

import json
import logging
from base64 import b64decode
from pathlib import Path

import httpx
import pytest

from bot.dialogue.messages import Document
from bot.settings import Settings
from bot.web.guard import POLICY, hostname
from storage.store import StoreFull

from .conftest import Visitor, visitor_of
from .fake_desk import FakeDesk

SECRET = "Fru Hemmelig bor i Skjulgade"


@pytest.mark.parametrize("path", ["/", "/gennemgang", "/login/link", "/statisk/app.js", "/findes-ikke"])
async def test_every_answer_carries_the_security_headers(visitor: Visitor, path: str) -> None:
    """Pages, files and errors alike forbid inline script, frames and guessing of types."""
    headers = (await visitor.open(path)).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


async def test_pages_are_not_kept_by_caches(visitor: Visitor) -> None:
    """A shared computer's back button shows nothing of a case after logging out."""
    assert (await visitor.open("/")).headers["cache-control"] == "no-store"


async def test_another_host_name_is_refused(visitor: Visitor) -> None:
    """A name that an attacker points at this machine gets no page."""
    answer = await visitor.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "Høring om" not in answer.text


@pytest.mark.parametrize(
    ("host", "name"),
    [("127.0.0.1:8400", "127.0.0.1"), ("[::1]:8400", "::1"), ("Chat.Example", "chat.example"), ("", "")],
)
def test_the_host_is_read_without_its_port(host: str, name: str) -> None:
    """Ports, capitals and brackets do not matter to who is asked."""
    assert hostname(host) == name


async def test_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: Visitor) -> None:
    """The session cookie is HttpOnly, strict and lasts as long as the settings say."""
    cookie = (await stranger.post("/login/link")).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "max-age=43200" in cookie
    assert "secure" not in cookie


async def test_cookie_is_secure_behind_https(desk: FakeDesk, tmp_path: Path) -> None:
    """With an https address the cookie never travels in the clear, and browsers are told to stay on it."""
    settings = Settings(data=tmp_path, web_url="https://svar.eksempel.dk")
    async with visitor_of(desk, settings) as visitor:
        answer = await visitor.post("/login/link")
    assert answer.headers["set-cookie"].startswith("__Host-")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "max-age" in answer.headers["strict-transport-security"]


async def test_forged_cookie_is_nobody(stranger: Visitor, visitor: Visitor) -> None:
    """A cookie changed by a byte is as good as none."""
    value = visitor.cookies["hoering"]
    content = json.loads(b64decode(value.partition(".")[0]))
    assert content["user"] == "web:link"
    stranger.cookies.set("hoering", ("A" if value[0] != "A" else "B") + value[1:])
    assert (await stranger.open()).status_code == 401


@pytest.mark.parametrize("path", ["/", "/nyt", "/gennemgang", "/brev.docx", "/brev.pdf", "/fil/abc"])
async def test_strangers_see_nothing(stranger: Visitor, path: str) -> None:
    """Without a login there is only a page that says so."""
    answer = await stranger.open(path)
    assert answer.status_code == 401
    assert "ikke logget ind" in answer.text
    assert "Eksempel Kommune" not in answer.text


async def test_strangers_cannot_send(stranger: Visitor, desk: FakeDesk) -> None:
    """A form without a login is refused before its body is read."""
    answer = await stranger.post("/besked", data={"tekst": "25"})
    assert answer.status_code == 401
    assert desk.heard == []


async def test_looking_at_a_login_link_does_not_use_it_up(stranger: Visitor) -> None:
    """A mail program may preview the link; only the button logs in, and only once."""
    for _ in range(3):
        assert "Log ind" in (await stranger.open("/login/link")).text
    assert (await stranger.post("/login/link")).status_code == 303
    stranger.cookies.clear()
    assert (await stranger.post("/login/link")).status_code == 403


async def test_link_for_someone_else_changes_who_is_logged_in(visitor: Visitor, desk: FakeDesk) -> None:
    """Someone logged in is asked before the link is used up; as "someone else" the session is theirs."""
    assert "allerede logget ind" in (await visitor.post("/login/link2")).text
    assert desk.tokens == {"link2"}
    assert (await visitor.post("/login/link2", data={"valg": "anden"})).status_code == 303
    await visitor.open()
    await visitor.submit(tekst="25")
    assert desk.heard[0].user == "web:link2"


async def test_link_can_add_a_case_to_ones_own(visitor: Visitor, desk: FakeDesk) -> None:
    """As "me" the person stays who they are, with one case more."""
    assert (await visitor.post("/login/link2", data={"valg": "sag"})).status_code == 303
    assert desk.admitted == [("link2", "web:link")]
    assert (await visitor.post("/login/ukendt", data={"valg": "sag"})).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://[", "https://127.0.0.1.evil"])
async def test_login_from_another_site_is_refused(stranger: Visitor, desk: FakeDesk, origin: str) -> None:
    """Another site cannot log someone in as the attacker, and the link stays good."""
    answer = await stranger.post("/login/link", headers={"origin": origin})
    assert answer.status_code == 403
    assert "link" in desk.tokens


async def test_own_pages_behind_a_proxy_are_our_own(desk: FakeDesk, tmp_path: Path) -> None:
    """A proxy may ask us by our local name; the browser's Origin then is the public address."""
    async with visitor_of(desk, Settings(data=tmp_path, web_url="https://svar.eksempel.dk")) as visitor:
        headers = {"origin": "https://svar.eksempel.dk", "host": "127.0.0.1:8400"}
        assert (await visitor.post("/login/link", headers=headers)).status_code == 303


@pytest.mark.parametrize("csrf", ["", "x" * 32, "æ"])
async def test_form_without_our_secret_is_refused(visitor: Visitor, desk: FakeDesk, csrf: str) -> None:
    """A form that another site made up does not know the session's secret."""
    answer = await visitor.submit(tekst="25", csrf=csrf)
    assert answer.status_code == 403
    assert desk.heard == []


async def test_form_from_another_site_is_refused_even_with_the_secret(
    visitor: Visitor, desk: FakeDesk
) -> None:
    """The browser's own word about where a form stands counts too."""
    visitor.headers["origin"] = "http://evil.example"
    assert (await visitor.submit(tekst="25")).status_code == 403
    assert desk.heard == []


async def test_logging_out_ends_the_session(visitor: Visitor) -> None:
    """After logging out the browser is a stranger again."""
    answer = await visitor.post("/log-ud", data={"csrf": visitor.hidden("csrf")})
    assert "logget ud" in answer.text
    assert (await visitor.open()).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/findes-ikke", 404), ("GET", "/besked", 405), ("DELETE", "/", 405), ("GET", "/fil/abc", 404)],
)
async def test_wrong_addresses_get_a_danish_page(
    visitor: Visitor, method: str, path: str, status: int
) -> None:
    """Every error is a page in Danish with a way back."""
    answer = await visitor.request(method, path)
    assert answer.status_code == status
    assert '<html lang="da">' in answer.text
    assert "Gå til forsiden" in answer.text


async def test_unexpected_error_tells_nothing_and_logs_no_words(
    visitor: Visitor, desk: FakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    """The page has no details, and the log has the place of the error but not what a person wrote."""
    desk.fails = RuntimeError(SECRET)
    with caplog.at_level(logging.DEBUG):
        answer = await visitor.submit(tekst=SECRET)
    assert answer.status_code == 500
    assert SECRET not in answer.text
    assert SECRET not in caplog.text
    assert "RuntimeError at fake_desk.py" in caplog.text


async def test_what_cannot_be_stored_is_not_confirmed(visitor: Visitor, desk: FakeDesk) -> None:
    """A full disk gives a page that says the answer is not saved; sending the form again takes it."""
    desk.fails = StoreFull("disk")
    answer = await visitor.submit(tekst="25")
    assert answer.status_code == 503
    assert "ikke gemt" in answer.text
    assert "disk" not in answer.text
    desk.fails = None
    assert (await visitor.submit(tekst="25")).status_code == 303
    assert desk.heard[0].key == desk.heard[1].key


async def test_body_over_the_limit_is_refused_unread(desk: FakeDesk, settings: Settings) -> None:
    """A body larger than all files together may be is stopped while it streams in."""
    taken = 0

    async def endless() -> object:
        nonlocal taken
        yield b'--b\r\nContent-Disposition: form-data; name="filer"; filename="a"\r\n\r\n'
        while True:
            taken += 1
            yield b"x" * 100_000

    async with visitor_of(desk, settings) as visitor:
        await visitor.log_in()
        answer = await visitor.post(
            "/besked",
            content=endless(),  # type: ignore[arg-type]
            headers={"content-type": "multipart/form-data; boundary=b"},
        )
    assert answer.status_code == 413
    assert "for meget" in answer.text
    assert taken < 100


async def test_announced_size_over_the_limit_is_refused(visitor: Visitor) -> None:
    """Content-Length alone is enough to say no."""
    for length in ("999999999999", "-1", "mange"):
        answer = await visitor.post("/besked", headers={"content-length": length}, content=b"")
        assert answer.status_code == 413


async def test_garbled_form_is_a_bad_request(visitor: Visitor, desk: FakeDesk) -> None:
    """What is no form at all is refused without a trace."""
    answer = await visitor.post(
        "/besked", content=b"garbage", headers={"content-type": "multipart/form-data; boundary=b"}
    )
    assert answer.status_code in {400, 403}
    assert desk.heard == []


@pytest.mark.parametrize("key", ["", "1", "web:1"])
async def test_form_without_its_key_is_refused(visitor: Visitor, desk: FakeDesk, key: str) -> None:
    """Without a key of ours a double submit could not be told."""
    assert (await visitor.submit(tekst="25", noegle=key)).status_code == 400
    assert desk.heard == []


async def test_redirects_stay_on_our_pages(visitor: Visitor) -> None:
    """A form cannot be made to send the browser elsewhere."""
    for elsewhere in ("https://evil.example", "//evil.example", "/gennemgang.evil", "javascript:1"):
        answer = await visitor.submit(tekst="25", tilbage=elsewhere)
        assert answer.headers["location"] == "/#nyeste"


async def test_downloads_are_never_run_by_the_browser(visitor: Visitor, desk: FakeDesk) -> None:
    """An uploaded HTML file comes as a download in a sandbox, under its own name."""
    desk.document = Document('æ"\r\nx: y.html', "text/html", b"<script>alert(1)</script>")
    answer = await visitor.get("/fil/" + "ab" * 32)
    assert answer.headers["content-disposition"].startswith("attachment; filename*=utf-8''%C3%A6%22%0D%0A")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "x" not in answer.headers


async def test_static_folder_gives_only_its_files(visitor: Visitor) -> None:
    """No path leads out of the folder of script and style."""
    for path in ("/statisk/../server.py", "/statisk/%2e%2e/server.py", "/statisk/"):
        assert (await visitor.get(httpx.URL(f"http://127.0.0.1:8400{path}"))).status_code == 404
