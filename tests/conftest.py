"""What every test stands on: no setting of the person at this machine leaks in, and nothing goes out to the network.

And small papers: two digital ones that belong together, and one of each kind that cannot be read.
"""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

pytest_plugins = ("tests.servers",)

# Where HMRC's schemas lie is no setting of the program: tests of the declaration for CDS look there.
for _name in [name for name in os.environ if name.startswith("TIDEWAITER_") and name != "TIDEWAITER_CDS_SCHEMAS"]:
    del os.environ[_name]
os.environ.update(
    # Each reading process takes a second to start, and most tests read two small papers: who wants more says so.
    TIDEWAITER_WORKERS="1",
    OMP_THREAD_LIMIT="1",
    DO_NOT_TRACK="1",
    PREFECT_SERVER_ANALYTICS_ENABLED="false",
    PREFECT_SERVER_ALLOW_EPHEMERAL_MODE="false",
    AWS_EC2_METADATA_DISABLED="true",
)

# No test asserts a time, not even by default: an example may wait for a machine that has other work. What passed once
# passes again: new examples are looked for by `make soak`, and what it finds is written into its test.
settings.register_profile("tidewaiter", deadline=None, derandomize=True)
settings.register_profile("soak", deadline=None, max_examples=400)
settings.load_profile("tidewaiter")

_HERE = ("127.", "::1", "localhost", "0.0.0.0", "::")  # noqa: S104 - looked for, not bound to


def _stay_at_home(event: str, arguments: tuple[object, ...]) -> None:
    """Refuses every look-up and connection that would leave this machine: the tests run offline, by proof."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if isinstance(name, str) and not name.startswith(_HERE):
        raise ConnectionRefusedError(f"a test reached for {name}")


sys.addaudithook(_stay_at_home)


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


@pytest.fixture(scope="session")
def make_papers() -> Callable[[Path], Path]:
    """Makes a folder with two digital papers."""

    def make(folder: Path) -> Path:
        folder.mkdir()
        write_pdf(folder / "invoice.pdf", INVOICE)
        write_pdf(folder / "packing list.pdf", PACKING_LIST)
        return folder

    return make


@pytest.fixture
def papers(tmp_path: Path, make_papers: Callable[[Path], Path]) -> Path:
    return make_papers(tmp_path / "S-1")


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
