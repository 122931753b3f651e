"""Papers broken at random, each by its number: the same number gives the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from numpy.typing import NDArray
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from tests.reading.papers import drawn, encoded, paper, scan_and_text, shown_turned
from tests.structured.embedded import with_attachment
from tests.structured.figures import cii_invoice, invoice_page, invoice_rows, ubl_invoice, workbook

Mutation = Callable[[bytearray, Random], None]

_SAMPLES = Path(__file__).parent.parent.parent / "sample_docs" / "shipments"
_NUMBER = re.compile(rb"(?<![\w.])\d{1,10}(?![\w.])")
_STRANGE = (
    b"-1",
    b"0",
    b"65536",
    b"2147483648",
    b"99999999999",
    b"1e999",
    b"-0.0",
    b"%PDF-",
    b"<<",
    b">>",
    b"]]>",
    b"\0",
)
_SMALL = (620, 460)
"""Pixels of the pictures: what is tried here are the parsers, not the patience of the engines."""


@cache
def seeds() -> Mapping[str, bytes]:
    """Whole papers of every kind that is read, by name."""
    picture = drawn(paper())[300 : 300 + _SMALL[1], 100 : 100 + _SMALL[0]]
    digital = paper(2)
    return {
        "paper.pdf": digital,
        "unpacked.pdf": _unpacked(digital),
        "turned.pdf": shown_turned(paper(), 90),
        "scan and text.pdf": _smaller(scan_and_text()),
        "sample.pdf": next(_SAMPLES.glob("S01/*inv.pdf")).read_bytes(),
        "form.pdf": next(_SAMPLES.glob("S10/*PL.pdf")).read_bytes(),
        "with figures.pdf": with_attachment(invoice_page(), "factur-x.xml", cii_invoice()),
        "photo.png": encoded(picture),
        "photo.jpg": encoded(picture, kind="JPEG"),
        "fax.tif": _fax(picture),
        "invoice.xml": ubl_invoice(),
        "cii.xml": cii_invoice(),
        "invoice.xlsx": workbook({"Invoice": invoice_rows()}),
        "invoice.csv": "\n".join(";".join(str(cell or "") for cell in row) for row in invoice_rows()).encode(),
    }


def mutated(number: int) -> tuple[str, bytes]:
    """The name and the bytes of the broken paper with this number."""
    chance = Random(number)  # noqa: S311  a repeatable choice, no secret
    name = sorted(seeds())[number % len(seeds())]
    content = bytearray(seeds()[name])
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if content:
            chance.choice(MUTATIONS)(content, chance)
    return f"{number} {name}", bytes(content)


def _flip(content: bytearray, chance: Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _cut_off(content: bytearray, chance: Random) -> None:
    del content[chance.randrange(len(content)) :]


def _lose(content: bytearray, chance: Random) -> None:
    start = chance.randrange(len(content))
    del content[start : start + chance.choice((1, 4, 64, 4096))]


def _repeat(content: bytearray, chance: Random) -> None:
    start = chance.randrange(len(content))
    piece = bytes(content[start : start + chance.choice((1, 16, 512))])
    content[start:start] = piece * chance.choice((1, 2, 50))


def _noise(content: bytearray, chance: Random) -> None:
    start = chance.randrange(len(content))
    length = chance.choice((1, 8, 256))
    content[start : start + length] = chance.randbytes(length)


def _strange(content: bytearray, chance: Random) -> None:
    start = chance.randrange(len(content))
    word = chance.choice(_STRANGE)
    content[start : start + len(word)] = word


def _renumber(content: bytearray, chance: Random) -> None:
    """Another number where one stands: sizes, counts, offsets and references to other objects."""
    found = list(_NUMBER.finditer(content))
    if found:
        at = chance.choice(found)
        content[at.start() : at.end()] = chance.choice(_STRANGE[:7])


def _mix(content: bytearray, chance: Random) -> None:
    other = chance.choice(sorted(seeds().values()))
    start, source = chance.randrange(len(content)), chance.randrange(len(other))
    content[start : start + 300] = other[source : source + 300]


MUTATIONS: tuple[Mutation, ...] = (_flip, _cut_off, _lose, _repeat, _noise, _strange, _renumber, _mix)


def _unpacked(pdf: bytes) -> bytes:
    """The PDF with its page contents in the clear: what is broken there is a drawing command, not a checksum."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for page in writer.pages:
        clear = DecodedStreamObject()
        contents = page.get_contents()
        clear.set_data(b"" if contents is None else contents.get_data())
        page[NameObject("/Contents")] = writer._add_object(clear)  # noqa: SLF001  the one way to add an object
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _smaller(pdf: bytes) -> bytes:
    """The pages on a small sheet, whose picture is then small too."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        page.set_cropbox(50, 560, 250, 790)
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


def _fax(picture: NDArray[np.uint8]) -> bytes:
    target = io.BytesIO()
    page = Image.fromarray(picture).convert("1")
    page.save(target, "TIFF", compression="group4", save_all=True, append_images=[page], dpi=(204, 204))
    return target.getvalue()
