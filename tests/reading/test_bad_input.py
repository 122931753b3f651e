from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from extractors.engines import Engines, Tesseract
from extractors.reading import ReadingOptions, page_count, read_file
from schemas.pages import FileReading
from tests.reading.papers import drawn, encoded, paper, received

WITHOUT_SECOND = Engines(Tesseract())


def reading_of(file: str, content: bytes, options: ReadingOptions | None = None) -> FileReading:
    return read_file(received(file, content), content, engines=WITHOUT_SECOND, options=options)


@pytest.mark.parametrize(
    ("file", "content", "kind", "says"),
    [
        ("CI 4711.pdf", b"", "empty", "“CI 4711.pdf” is empty (0 bytes): send it again."),
        ("note.txt", b"please find attached", "unsupported", "“note.txt” is a plain text file, not a paper"),
        ("mail.eml", b"From: a@example.com\r\nSubject: docs\r\n\r\nhello", "unsupported", "send its attachments"),
        (
            "a.docx",
            b"PK\x03\x04" + bytes(26) + b"word/document.xml",
            "unsupported",
            "is a Word document: print it to PDF",
        ),
        ("all.zip", b"PK\x03\x04" + bytes(26) + b"invoice.pdf", "unsupported", "send the papers in it one by one"),
        ("a.bin", bytes(range(256)), "unsupported", "send the paper as PDF, TIFF, PNG or JPEG"),
        ("a.pdf", b"%PDF-1.4 and then nothing", "damaged", "“a.pdf” is damaged and cannot be opened: send it again."),
        ("a.png", b"\x89PNG\r\n\x1a\nnothing", "damaged", "send it again"),
        ("a.tif", b"II*\x00nothing", "damaged", "send it again"),
        ("a.jpg", b"\xff\xd8\xff\xe0nothing", "damaged", "send it again"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_send(file: str, content: bytes, kind: str, says: str) -> None:
    reading = reading_of(file, content)
    assert reading.pages == ()
    assert [notice.kind for notice in reading.notices] == [kind]
    assert says in reading.notices[0].message
    assert reading.notices[0].holds
    assert page_count(content) == 0


def test_an_encrypted_pdf_asks_for_one_without_a_password() -> None:
    reading = reading_of("CI 4711.pdf", paper(encryption=StandardEncryption("secret")))
    assert [notice.message for notice in reading.notices] == [
        "“CI 4711.pdf” is encrypted: send it again without a password."
    ]


def test_a_pdf_that_only_restricts_printing_is_read() -> None:
    reading = reading_of("a.pdf", paper(encryption=StandardEncryption("", ownerPassword="owner", canPrint=0)))
    assert "4711-25" in reading.pages[0].text
    assert reading.notices == ()


@pytest.mark.parametrize("share", [0.97, 0.93, 0.88])
def test_of_a_pdf_cut_off_what_is_there_is_read_and_the_rest_noticed(share: float) -> None:
    whole = paper(3)
    reading = reading_of("a.pdf", whole[: int(share * len(whole))])
    assert "11,111.06" in reading.pages[0].text
    assert reading.notices[0].kind == "damaged"
    assert "ends early" in reading.notices[0].message


def test_a_picture_cut_off_is_noticed_by_page() -> None:
    whole = encoded(drawn(paper()))
    reading = reading_of("a.png", whole[: len(whole) // 2])
    assert [(notice.kind, notice.page) for notice in reading.notices] == [("damaged", 1)]


def test_a_picture_named_pdf_is_read_and_the_name_noticed_without_a_hold() -> None:
    reading = reading_of("a.pdf", encoded(drawn(paper())))
    assert "11,111.06" in reading.pages[0].text
    assert [(notice.kind, notice.holds) for notice in reading.notices] == [("wrong_extension", False)]


def test_a_blank_page_is_said_to_be_blank_and_does_not_hold() -> None:
    reading = reading_of("a.png", encoded(np.full((1200, 900), 255, np.uint8), dpi=100))
    assert reading.pages[0].words == ()
    assert [(notice.kind, notice.page, notice.holds) for notice in reading.notices] == [("blank", 1, False)]


def test_no_word_is_invented_on_a_page_of_noise() -> None:
    noise = np.random.default_rng(7).integers(0, 256, (2339, 1654), dtype=np.uint8)
    reading = reading_of("a.png", encoded(noise))
    assert reading.pages[0].words == ()
    assert [(notice.kind, notice.page) for notice in reading.notices] == [("unreadable", 1)]


@pytest.mark.slow
def test_a_picture_over_the_limit_is_read_smaller_and_says_so() -> None:
    picture = drawn(paper(), dpi=300)
    reading = reading_of("a.png", encoded(picture, dpi=300), options=ReadingOptions(max_megapixels=4))
    assert "11,111.06" in reading.pages[0].text
    assert [(notice.kind, notice.holds) for notice in reading.notices] == [("reduced", False)]
    assert reading.pages[0].width == pytest.approx(595, abs=1)


def test_a_picture_beyond_memory_is_refused_from_its_header() -> None:
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", len(header)) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    reading = reading_of("a.png", b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + bytes(4))
    assert [(notice.kind, notice.page) for notice in reading.notices] == [("too_large", 1)]
    assert "30,000 × 30,000" in reading.notices[0].message


def test_pages_over_the_limit_are_left_out_and_said() -> None:
    reading = reading_of("a.pdf", paper(5), options=ReadingOptions(max_pages=3))
    assert [page.number for page in reading.pages] == [1, 2, 3]
    assert "has 5 pages, the limit is 3" in reading.notices[0].message


@pytest.mark.parametrize("file", ["my invoice.pdf", "📦 papers.pdf", "../../etc/passwd.pdf"])
def test_a_name_is_only_ever_a_label(file: str) -> None:
    reading = reading_of(file, paper())
    assert reading.pages[0].file == file
    assert reading.notices == ()


def test_line_breaks_in_a_name_do_not_break_the_message() -> None:
    reading = reading_of("a\nb.pdf", b"")
    assert "\n" not in reading.notices[0].message
