"""Reading contracts: every kind of file gives its text or a Danish message, and hostile ones harm nothing."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
import typst

from knowledge.contracts import extract, reader
from knowledge.contracts.reader import Document, UnreadableFile, document_findings, read

CLAUSE = "Honoraret udgør 12 % af den besparelse, som Eksempel Kommune opnår."


def pdf(tmp_path: Path, *pages: str) -> Path:
    """A PDF with these pages."""
    source = tmp_path / "kontrakt.typ"
    source.write_text("#pagebreak()\n".join(pages), "utf-8")
    file = tmp_path / "kontrakt.pdf"
    typst.compile(source, output=file)
    return file


def reason(path: Path, name: str | None = None) -> str:
    """Why the file is refused."""
    with pytest.raises(UnreadableFile) as refused:
        read(path, name or path.name)
    assert (name or path.name) in str(refused.value)
    return refused.value.reason


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    """Text and page numbers survive."""
    document = read(pdf(tmp_path, "Første side om opgaven.\n", CLAUSE), "kontrakt.pdf")
    assert len(document.pages) == 2
    found = [each for each in document_findings(document) if each.id == "savings_share"]
    assert [each.about.page for each in found] == [2]
    assert found[0].about.file == "kontrakt.pdf"


def test_without_pdftotext_a_pdf_is_read_all_the_same(tmp_path: Path) -> None:
    """pdfminer.six takes its place."""
    assert "besparelse" in extract._pdfminer(pdf(tmp_path, CLAUSE))[0]


def test_a_docx_keeps_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    """A table between two paragraphs stands between them, and list items are marked."""
    document = docx.Document()
    document.add_paragraph("Indledning")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Timepris", "900 kr."
    document.add_paragraph("Konsulenten har:")
    document.add_paragraph("ret til aktindsigt", style="List Bullet")
    file = tmp_path / "kontrakt.docx"
    document.save(str(file))
    assert read(file, "kontrakt.docx").pages[0].split("\n\n") == [
        "Indledning",
        "Timepris | 900 kr.",
        "Konsulenten har:",
        "- ret til aktindsigt",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_plain_text_is_read_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    """æ, ø and å survive."""
    file = tmp_path / "svar.txt"
    file.write_bytes("Blåbærgrød til ærlige mennesker".encode(encoding))
    assert read(file, "svar.txt").pages == ("Blåbærgrød til ærlige mennesker",)


def test_files_that_give_no_text_are_refused_with_the_reason(tmp_path: Path) -> None:
    """Empty, damaged, image, old Word, unknown and misnamed files each get their own message."""
    contents = {
        "tom.pdf": (b"", "empty"),
        "blank.txt": (b" \n\n", "empty"),
        "skadet.pdf": (b"%PDF-1.7\n" + b"\x00garbage" * 50, "damaged"),
        "billede.jpg": (b"\xff\xd8\xff\xe0" + b"\x00\x01" * 500, "scan"),
        "gammel.doc": (bytes.fromhex("D0CF11E0A1B11AE1") + b"\x00\x01" * 500, "old_word"),
        "program.exe": (bytes(range(256)) * 20, "unknown"),
        "falsk.pdf": (b"Bare noget tekst", "mismatch"),
        "falsk.docx": (b"%PDF-1.7 men ikke rigtigt", "mismatch"),
        "skadet.docx": (b"PK\x03\x04" + b"\x00" * 300, "damaged"),
    }
    for name, (data, expected) in contents.items():
        file = tmp_path / name
        file.write_bytes(data)
        assert reason(file) == expected, name
    assert reason(tmp_path / "findes-ikke.pdf") == "missing"


def test_a_locked_pdf_is_refused_as_locked(tmp_path: Path) -> None:
    """The person is told to save it without a password."""
    file = tmp_path / "laast.pdf"
    with pikepdf.open(pdf(tmp_path, CLAUSE)) as plain:
        plain.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert reason(file) == "encrypted"


def test_a_pdf_without_a_text_layer_is_a_scan(tmp_path: Path) -> None:
    """The person is told that a human must read it."""
    assert reason(pdf(tmp_path, "#rect(width: 5cm, height: 5cm)")) == "scan"


def test_a_page_without_text_among_others_is_named(tmp_path: Path) -> None:
    """Nothing is silently left unread."""
    assert read(pdf(tmp_path, CLAUSE + "\n", "#rect()\n", CLAUSE), "a.pdf").unread_pages == (2,)


def test_a_packed_bomb_is_refused_without_unpacking(tmp_path: Path) -> None:
    """The declared sizes already say that it is too heavy."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (extract.MAX_UNPACKED + 1))
    file = tmp_path / "bombe.docx"
    file.write_bytes(packed.getvalue())
    assert reason(file) == "too_heavy"


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall clock ends it, and the message says what to do."""
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(600)\n", "utf-8")
    monkeypatch.setattr(reader, "_EXTRACTOR", slow)
    monkeypatch.setattr(reader, "MAX_WALL_SECONDS", 0.5)
    file = tmp_path / "svar.txt"
    file.write_text("Tekst", "utf-8")
    assert reason(file) == "too_heavy"


@pytest.mark.parametrize("greed", ["x = bytearray(2 * 1024 ** 3)", "while True: pass"])
def test_a_reader_that_takes_too_much_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, greed: str
) -> None:
    """Memory and CPU limits hold in the child process."""
    greedy = tmp_path / "greedy.py"
    greedy.write_text(greed, "utf-8")
    monkeypatch.setattr(reader, "_EXTRACTOR", greedy)
    monkeypatch.setattr(reader, "MAX_CPU_SECONDS", 1)
    file = tmp_path / "svar.txt"
    file.write_text("Tekst", "utf-8")
    assert reason(file) in {"too_heavy", "damaged"}


FILLER = "Kunden stiller lokaler til rådighed, og parterne mødes efter behov på rådhuset. " * 15


def test_a_contract_is_told_what_it_lacks() -> None:
    """No confidentiality, no data-processing agreement and no word on VAT are findings without a quote."""
    text = (
        "Konsulentaftale mellem Eksempel Kommune og Eksempel Consult. Konsulenten gennemgår konkrete sager "
        "og skriver en rapport. "
        f"Honoraret er en fast pris på 90.000 kr. {FILLER}"
    )
    lacking = {each.id for each in document_findings(Document("k.txt", (text,))) if not each.about.quote}
    assert lacking == {
        *("no_dpa", "confidentiality_missing_or_weak", "vat_unclear"),
        *("term_missing", "notice_missing", "ownership_missing"),
    }
    complete = (
        f"{text} Prisen er ekskl. moms. Parterne har tavshedspligt. Databehandleraftalen er bilag 1. "
        "Aftalen løber til 1. maj 2020 og kan opsiges med 30 dages varsel. Rapporten tilhører kommunen."
    )
    assert not [each for each in document_findings(Document("k.txt", (complete,))) if not each.about.quote]


def test_a_short_note_lacks_nothing() -> None:
    """What an extract leaves out says nothing."""
    assert (
        document_findings(Document("n.txt", ("Aftale mellem parterne om konkrete sager til 500 kr.",))) == []
    )
