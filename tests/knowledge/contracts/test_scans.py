"""Scans: read by tesseract in limited children, with progress told, and what cannot be read is said."""

from pathlib import Path
from threading import Event

import pytest

from knowledge.contracts import child, scans
from knowledge.contracts.document import Document
from knowledge.contracts.reader import UnreadableFile, document_findings
from tests.knowledge.contracts.scanning import needs_recognition, scanned

CLAUSE = "Konsulenten modtager 10 % af den årlige besparelse, som kommunen opnår, jf. aftalens § 4.\n"
LOGIN = "Konsulenten har:\n\n- login til kommunens fagsystem med alle borgersager\n- adgang til frokost\n"


def test_a_scan_is_read_page_by_page_with_progress(tmp_path: Path) -> None:
    """Quotes stand on their pages, and the caller hears of each page before it is read."""
    needs_recognition()
    heard: list[tuple[int, int]] = []
    document = scans.read_all(
        scanned(tmp_path, CLAUSE, LOGIN), "kontrakt.pdf", lambda page, pages: heard.append((page, pages))
    )
    assert heard == [(1, 2), (2, 2)]
    assert document.scanned == {1, 2}
    assert document.unread_pages == ()
    found = {each.id: each for each in document_findings(document)}
    share, access = found["savings_share"], found["case_system_access"]
    assert (share.about.page, access.about.page) == (1, 2)
    assert document.pages[0][share.about.start : share.about.end] == share.about.quote


def test_paragraph_references_from_a_scan_are_put_back_and_called_unconfirmed(tmp_path: Path) -> None:
    """Tesseract reads § as 8, so the finding says that the reference is a guess."""
    needs_recognition()
    document = scans.read_all(scanned(tmp_path, CLAUSE), "kontrakt.pdf")
    assert "aftalens § 4" in document.pages[0]
    share = next(each for each in document_findings(document) if each.id == "savings_share")
    assert "(§ 4) er ubekræftede" in share.meaning


def test_a_picture_lying_upside_down_is_read(tmp_path: Path) -> None:
    """A photographed or scanned JPEG counts as one page, whichever way up."""
    needs_recognition()
    text = "\n".join([CLAUSE, LOGIN])
    document = scans.read_all(scanned(tmp_path, text, name="foto.jpg", turned=180), "foto.jpg")
    assert "årlige besparelse" in document.pages[0]


def test_only_pages_without_text_are_recognised(tmp_path: Path) -> None:
    """A page with a text layer keeps it; pages past the limit stay named as unread."""
    needs_recognition()
    file = scanned(tmp_path, CLAUSE, CLAUSE, CLAUSE)
    layered = Document("blandet.pdf", (CLAUSE, "", ""), paged=True)
    with pytest.MonkeyPatch.context() as limit:
        limit.setattr(scans, "MAX_PAGES", 1)
        document = scans.recognise(file, layered)
    assert document.pages[0] == CLAUSE
    assert document.scanned == {2}
    assert document.unread_pages == (3,)


def test_a_scan_without_any_text_is_said_to_be_illegible(tmp_path: Path) -> None:
    """The person is told that a human must read it."""
    needs_recognition()
    with pytest.raises(UnreadableFile) as refused:
        scans.read_all(scanned(tmp_path, "#rect(width: 5cm)"), "foto.pdf")
    assert refused.value.reason == "illegible"


def test_without_tesseract_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the packages; a document that has text on other pages is read as far as it goes."""
    file = scanned(tmp_path, CLAUSE)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(UnreadableFile, match="tesseract-ocr-dan"):
        scans.read_all(file, "kontrakt.pdf")
    mixed = Document("blandet.pdf", (CLAUSE, ""), paged=True)
    assert scans.recognise(file, mixed).unread_pages == (2,)


def test_reading_ends_at_once_when_nobody_wants_it_any_more(tmp_path: Path) -> None:
    """The running child is killed, so that a server can stop."""
    needs_recognition()
    stop = Event()
    with pytest.raises(child.Stopped):
        scans.read_all(scanned(tmp_path, CLAUSE), "kontrakt.pdf", lambda *_: stop.set(), stop)


def test_a_page_that_is_too_much_for_its_limits_stays_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other pages are read all the same."""
    needs_recognition()
    monkeypatch.setattr(scans, "_LIMITS", child.Limits(scans.MAX_MEMORY, 60, 0.01))
    mixed = Document("blandet.pdf", (CLAUSE, ""), paged=True)
    assert scans.recognise(scanned(tmp_path, CLAUSE, CLAUSE), mixed).unread_pages == (2,)
