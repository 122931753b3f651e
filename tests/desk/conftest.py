"""Small digital papers and papers that cannot be read, and the command line run in this process."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from desk.cli import app

INVOICE = (
    "COMMERCIAL INVOICE",
    "Invoice No.: TW-2291", "Invoice Date: 2026-03-02", "Seller: Harbour Lamp Works Ltd, 4 Quay Road, Bristol, GB",
    "Buyer: Nordlicht Handels GmbH, Am Kai 7, 20457 Hamburg, Germany", "Currency: EUR", "Incoterms 2020: FOB Bristol",
    "Country of origin: GB", "Total amount: EUR 1,250.00",
)  # fmt: skip
PACKING_LIST = (
    "PACKING LIST",
    "Invoice No.: TW-2291", "Date: 2026-03-02", "Shipper: Harbour Lamp Works Ltd", "Consignee: Nordlicht Handels GmbH",
    "Total packages: 10 cartons", "Gross weight: 120.00 kg", "Net weight: 100.00 kg",
)  # fmt: skip


def write_pdf(path: Path, lines: tuple[str, ...], *, password: str | None = None) -> Path:
    canvas = Canvas(str(path), pagesize=A4, encrypt=StandardEncryption(password) if password else None, invariant=1)
    for number, line in enumerate(lines):
        canvas.drawString(60, 780 - 24 * number, line)
    canvas.save()
    return path


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with two digital papers."""
    folder = tmp_path / "S-1"
    folder.mkdir()
    write_pdf(folder / "invoice.pdf", INVOICE)
    write_pdf(folder / "packing list.pdf", PACKING_LIST)
    return folder


@pytest.fixture
def unreadable(tmp_path: Path) -> Path:
    """A folder with one of each kind of paper that cannot be read."""
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "empty.pdf").touch()
    whole = write_pdf(tmp_path / "whole.pdf", INVOICE).read_bytes()
    (folder / "cut off.pdf").write_bytes(whole[: len(whole) // 3])
    write_pdf(folder / "locked.pdf", INVOICE, password="secret")  # noqa: S106 - what the test needs
    with zipfile.ZipFile(folder / "letter.docx", "w") as document:
        document.writestr("word/document.xml", "<w:document/>")
    (folder / "notes.txt").write_text("Call the broker.")
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 20)
    Image.new("L", (300, 200), 255).save(folder / "white.png")
    return folder


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code, and what it wrote where."""

    code: int
    out: str
    err: str


@pytest.fixture
def tidewaiter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs the command in an empty working folder."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)

    def run(*arguments: str | Path) -> Ran:
        result: Result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        assert "Traceback" not in result.output
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run
