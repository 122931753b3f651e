"""Bad papers as brokers send them, from the command to the archive: told with a place, kept, no harm to the rest."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from schemas.results import ShipmentResult
from tests.desk.conftest import Command

DRAFT = "draft_declaration.json"


def _told(result: ShipmentResult, file: str) -> tuple[tuple[str, str], ...]:
    """Severity and message of each finding about the file as such."""
    return tuple(
        (finding.severity, finding.message)
        for finding in result.findings
        for place in finding.evidence
        if place.file == file and finding.code == "illegible" and place.field is None
    )


def _cleared(tidewaiter: Command, folder: Path) -> tuple[int, ShipmentResult]:
    """The exit code, and the one result on standard output, which holds nothing else."""
    ran = tidewaiter("clear", folder, "--json", "--as-of", "2026-04-01")
    return ran.code, ShipmentResult.model_validate_json(ran.out)


def _digests(folder: Path) -> set[str]:
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def _pages(pages: int, *, first: str = "COMMERCIAL INVOICE", size: tuple[float, float] = (595, 842)) -> bytes:
    """A digital PDF with a line of text on each page; blank where `first` is empty."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1)
    for number in range(1, pages + 1):
        if first:
            canvas.drawString(50, size[1] - 60, f"{first} page {number}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _zipped(inside: Mapping[str, bytes]) -> bytes:
    """A ZIP archive without compression, in which a PDF stands as it is."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    return target.getvalue()


BAD: Mapping[str, tuple[bytes, str]] = {
    "nothing.pdf": (b"", "is empty"),
    "head only.pdf": (b"%PDF-1.7\n%%EOF\n", "is damaged and cannot be opened"),
    "papers.zip": (_zipped({"one.pdf": _pages(1), "two.pdf": _pages(1)}), "is an archive of files"),
    "papers.rar": (b"Rar!\x1a\x07\x01\x00" + bytes(50), "is an archive of files"),
    "letter.docx": (_zipped({"word/document.xml": b"<w:document/>"}), "is a Word document"),
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is an Office file"),
    "mail.eml": (b"From: a@example.org\nSubject: papers\n\nattached\n", "is an e-mail"),
    "picture.gif": (b"GIF89a" + bytes(50), "is a picture in a format that is not read"),
    "back side.pdf": (_pages(1, first=""), "holds nothing but blank pages"),
}


@pytest.fixture
def beside(papers: Path) -> Path:
    """Good papers with one of each bad one among them."""
    for name, (content, _) in BAD.items():
        (papers / name).write_bytes(content)
    return papers


def test_bad_files_beside_good_papers_are_told_by_name_with_what_to_do_and_are_kept(
    tidewaiter: Command, beside: Path
) -> None:
    code, result = _cleared(tidewaiter, beside)
    assert (code, result.status) == (10, "held")
    assert {document.type for document in result.documents} >= {"commercial_invoice", "packing_list"}
    for name, (_, says) in BAD.items():
        told = [message for severity, message in _told(result, name) if severity == "warning"]
        assert [message for message in told if says in message], name
        assert all(message.count(name) == 1 and message.endswith(".") and ".." not in message for message in told)
    assert _digests(Path("tidewaiter-data/originals")) == _digests(beside)


@pytest.mark.slow
def test_a_zip_is_not_taken_for_the_first_paper_in_it(tidewaiter: Command, tmp_path: Path) -> None:
    alone = tmp_path / "papers.pdf"
    alone.write_bytes(BAD["papers.zip"][0])
    code, result = _cleared(tidewaiter, alone)
    assert (code, result.status, result.documents) == (20, "rejected", ())


@pytest.mark.slow
def test_a_folder_of_nothing_readable_is_rejected_and_each_file_says_why(tidewaiter: Command, tmp_path: Path) -> None:
    folder = tmp_path / "all bad"
    folder.mkdir()
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    code, result = _cleared(tidewaiter, folder)
    assert (code, result.status, result.declaration) == (20, "rejected", None)
    assert all(_told(result, name) for name in BAD)


@pytest.mark.slow
def test_a_long_file_with_something_to_say_about_it_is_read_to_its_end(tidewaiter: Command, tmp_path: Path) -> None:
    """One is named as a picture, the other is cut off behind its last page."""
    whole = _pages(90)
    folder = tmp_path / "S"
    folder.mkdir()
    (folder / "long.jpg").write_bytes(whole)
    (folder / "long.pdf").write_bytes(whole[:-200])
    _, result = _cleared(tidewaiter, folder)
    parts = [part for document in result.documents for part in document.parts]
    for name in ("long.jpg", "long.pdf"):
        assert {page for part in parts if part.file == name for page in part.pages} == set(range(1, 91))
        assert _told(result, name)
        assert not [message for _, message in _told(result, name) if "longer to read" in message]


@pytest.mark.slow
def test_a_page_of_two_hundred_inches_is_read_and_held(tidewaiter: Command, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(_pages(1, size=(14_400, 14_400)))
    code, result = _cleared(tidewaiter, tmp_path / "plan.pdf")
    assert code == 10
    assert [document.parts[0].pages for document in result.documents] == [(1,)]
    assert "could not be compared with what a person sees" in _told(result, "plan.pdf")[-1][1]


NAMES = (
    "two  spaces .pdf", "box 📦.pdf", "new\nline.pdf", "\x1b[31mred.pdf", "x" * 240 + ".pdf", "..\\..\\etc\\passwd.pdf",
    "...pdf", "%2e%2e%2f.pdf", "-rf.pdf", "[bold]loud[/.pdf".replace("/", ""), "\u202efdp.exe.pdf", "a;$(id)`.pdf",
)  # fmt: skip


@pytest.mark.slow
def test_papers_under_any_name_are_read_and_nothing_is_written_outside_the_archive(
    tidewaiter: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "S"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / name).write_bytes(_pages(1, first=f"COMMERCIAL INVOICE No. {number}"))
    for last in (b"\xfe", b"\xff"):
        Path(os.fsdecode(os.fsencode(folder) + b"/bytes " + last + b".pdf")).write_bytes(_pages(1, first="LIST"))
    code, result = _cleared(tidewaiter, folder)
    files = {part.file for document in result.documents for part in document.parts}
    assert code == 10
    assert len(files) == len(NAMES) + 2
    assert all(sign.isprintable() for file in files for sign in file)
    assert {path.name for path in tmp_path.iterdir()} == {"S", "work"}
    assert {path.name for path in Path().iterdir()} == {"tidewaiter-data"}


@pytest.mark.slow
def test_folders_in_folders_without_end_are_no_error_of_ours(tidewaiter: Command, papers: Path) -> None:
    here = os.open(papers, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    code, result = _cleared(tidewaiter, papers)
    assert code == 10
    assert {document.type for document in result.documents} == {"commercial_invoice", "packing_list"}


DRAFTS: Mapping[str, bytes] = {
    "empty": b"",
    "cut off": b'{"currency": ',
    "a list": b"[1, 2]",
    "not a number": b'{"packages": NaN}',
    "endless digits": b'{"gross_mass_kg": "1e400000000"}',
    "endless number": b'{"gross_mass_kg": 1e999999}',
    "half a sign": b'{"currency": "\\ud800"}',
    "stated twice": b'{"currency": "USD", "currency": "EUR"}',
    "wrong types": b'{"currency": 5, "items": "none", "packages": true, "exporter": [1]}',
    "wrong items": b'{"items": [1, null, {"quantity": "many"}]}',
    "deep": b'{"a":' * 5000 + b"1" + b"}" * 5000,
}


@pytest.mark.slow
def test_a_draft_that_makes_no_sense_is_asked_about_and_the_papers_go_on(
    tidewaiter: Command, tmp_path: Path, make_papers: Callable[[Path], Path]
) -> None:
    for name, draft in DRAFTS.items():
        (make_papers(tmp_path / name) / DRAFT).write_bytes(draft)
    ran = tidewaiter("clear", *(tmp_path / name for name in DRAFTS), "--json", "--as-of", "2026-04-01")
    results = [ShipmentResult.model_validate_json(json.dumps(one)) for one in json.loads(ran.out)]
    assert ran.code == 10
    assert [result.reference for result in results] == list(DRAFTS)
    for result in results:
        asked = [finding for finding in result.findings if any(place.file == DRAFT for place in finding.evidence)]
        assert {finding.code for finding in asked if finding.holds} >= {"illegible"}, result.reference
        assert len(result.documents) == 2


def test_a_hostile_pdf_does_nothing_and_is_read(tidewaiter: Command, tmp_path: Path) -> None:
    target = tmp_path / "touched"
    script = b"<</S/Launch/F(/bin/touch " + str(target).encode() + b")>>"
    content = _pages(1).replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction " + script)
    (tmp_path / "hostile.pdf").write_bytes(content)
    code, result = _cleared(tidewaiter, tmp_path / "hostile.pdf")
    assert b"/Launch" in content
    assert code == 10
    assert len(result.documents) == 1
    assert not target.exists()


def test_the_table_shows_no_control_signs_and_no_markup_of_a_sender(tidewaiter: Command, tmp_path: Path) -> None:
    (tmp_path / "S").mkdir()
    (tmp_path / "S" / "[red]a\x1b[2J.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    ran = tidewaiter("clear", tmp_path / "S")
    assert ran.code == 20
    assert "\x1b" not in ran.out
    assert "[red]a" in ran.out


def test_results_are_json_where_one_of_several_shipments_is_rejected(
    tidewaiter: Command, papers: Path, tmp_path: Path
) -> None:
    (tmp_path / "none.pdf").touch()
    ran = tidewaiter("clear", papers, tmp_path / "none.pdf", "--json")
    assert ran.code == 20
    assert [one["status"] for one in json.loads(ran.out)] == ["held", "rejected"]


def test_an_empty_path_is_wrong_usage_and_not_the_working_folder(tidewaiter: Command) -> None:
    Path("invoice.pdf").write_bytes(_pages(1))
    assert tidewaiter("clear", "").code == 2
    assert [path.name for path in Path().iterdir()] == ["invoice.pdf"]


def test_two_shipments_of_one_name_are_not_mixed(tidewaiter: Command, tmp_path: Path) -> None:
    for customer in ("a", "b"):
        (tmp_path / customer / "S").mkdir(parents=True)
        (tmp_path / customer / "S" / "invoice.pdf").write_bytes(_pages(1, first=customer))
    ran = tidewaiter("clear", tmp_path / "a/S", tmp_path / "b/S", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "same name" in ran.err


def test_a_link_to_itself_is_one_clear_line(tidewaiter: Command, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    ran = tidewaiter("clear", tmp_path / "loop")
    assert (ran.code, ran.out) == (2, "")
    assert "Name a folder of papers, or one file" in ran.err


@pytest.mark.slow
def test_an_archive_among_the_papers_is_no_paper(
    tidewaiter: Command, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(papers)
    first = _cleared(tidewaiter, Path())
    assert _cleared(tidewaiter, Path()) == first
    assert {file.name for file in papers.iterdir()} == {"invoice.pdf", "packing list.pdf", "tidewaiter-data"}
    assert {part.file for document in first[1].documents for part in document.parts} == {
        "invoice.pdf",
        "packing list.pdf",
    }
    assert [message for severity, message in _told(first[1], "tidewaiter-data") if severity == "info"]
