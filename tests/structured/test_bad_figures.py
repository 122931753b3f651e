from __future__ import annotations

import io
import socket
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.structured import is_structured, read_attached, read_structured
from extractors.structured.attachments import Attachment, attachments
from extractors.structured.container import MOST_UNPACKED, OLE
from schemas.pages import Notice
from tests.structured.embedded import with_attachment
from tests.structured.figures import (
    documents,
    invoice_page,
    invoice_rows,
    notices,
    received,
    repacked,
    ubl_invoice,
    workbook,
)

INVOICE = workbook({"Invoice": invoice_rows()})


def refused(content: bytes, file: str) -> Notice:
    """The one notice of a file that gives no document."""
    [notice] = read_structured(received(file, content), content)
    assert isinstance(notice, Notice)
    assert notice.message.startswith(f"“{file}” ")
    assert notice.holds
    return notice


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a structured file made us open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "head",
    [
        f'<!DOCTYPE Invoice [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE Invoice SYSTEM "http://127.0.0.1:9/evil.dtd">',
        '<!DOCTYPE Invoice [<!ENTITY file SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE Invoice [<!ENTITY % remote SYSTEM "http://127.0.0.1:9/x"> %remote;]>',
        "<!DOCTYPE Invoice>",
    ],
    ids=["billion laughs", "external DTD", "file as entity", "parameter entity", "bare doctype"],
)
def test_an_xml_file_with_entities_or_a_dtd_is_refused(head: str) -> None:
    notice = refused(ubl_invoice(head=head), "laughs.xml")
    assert "defines entities or names a DTD, which e-invoices must not: ask for it without." in notice.message


def test_an_element_of_a_hundred_megabytes_is_refused_unparsed() -> None:
    content = b"<?xml version='1.0'?><Invoice><Note>" + b"x" * 100_000_000 + b"</Note></Invoice>"
    assert "more than 32 MB, too large for a paper" in refused(content, "long.xml").message


@pytest.mark.parametrize(
    "content",
    [b"<?xml version='1.0'?>" + b"<a>" * 50_000 + b"</a>" * 50_000, b"<a>" + b"<b/>" * 250_000 + b"</a>"],
    ids=["deep", "many"],
)
def test_xml_deeper_or_longer_than_any_paper_is_refused(content: bytes) -> None:
    assert "deeper or longer than any paper" in refused(content, "deep.xml").message


def test_a_workbook_that_unpacks_to_more_than_any_paper_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(INVOICE, {"xl/worksheets/sheet2.xml": b" " * (MOST_UNPACKED + 1)})
    assert len(bomb) < 200_000
    assert "is a workbook that unpacks to 64 MB" in refused(bomb, "bomb.xlsx").message


def test_a_workbook_of_thousands_of_parts_is_refused() -> None:
    bomb = repacked(INVOICE, {f"xl/media/{n}.png": b"" for n in range(2_000)})
    assert "parts, more than any paper" in refused(bomb, "parts.xlsx").message


def test_entities_inside_a_workbook_are_refused() -> None:
    shared = (
        b'<!DOCTYPE sst [<!ENTITY a "aaaa">]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )
    content = repacked(INVOICE, {"xl/sharedStrings.xml": shared})
    assert "is a workbook that defines XML entities" in refused(content, "entities.xlsx").message


def test_macros_are_not_run_and_said() -> None:
    content = repacked(INVOICE, {"xl/vbaProject.bin": b"macro"})
    found = list(read_structured(received("book.xlsm", content), content))
    assert len(documents(found)) == 1
    assert [(notice.holds, notice.message) for notice in notices(found)] == [
        (False, "“book.xlsm” is a workbook with macros: they were not run; its values were read.")
    ]


def test_links_to_other_workbooks_are_not_followed_and_said() -> None:
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    content = repacked(INVOICE, {"xl/externalLinks/externalLink1.xml": link})
    found = list(read_structured(received("book.xlsx", content), content))
    assert len(documents(found)) == 1
    assert "takes values from other workbooks: they were not opened" in notices(found)[0].message


def test_a_workbook_under_a_password_is_said_to_be_encrypted() -> None:
    content = OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    assert is_structured(content)
    assert refused(content, "secret.xlsx").kind == "encrypted"


def test_a_workbook_of_the_old_kind_says_what_to_save() -> None:
    content = OLE + bytes(500) + "Workbook".encode("utf-16-le") + bytes(500)
    assert "save it as .xlsx" in refused(content, "old.xls").message


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "[Content_Types].xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_without_one_of_its_parts_is_damaged(missing: str) -> None:
    assert refused(repacked(INVOICE, {}, drop=frozenset({missing})), "part.xlsx").kind == "damaged"


@pytest.mark.parametrize("end", [200, 2_000, -30])
def test_a_workbook_cut_short_is_damaged(end: int) -> None:
    content = INVOICE[:end]
    if is_structured(content):
        assert refused(content, "cut.xlsx").kind == "damaged"
    else:  # too little is left of it to tell that it was a workbook: the pages' reader says so
        assert end == 200


def test_a_sheet_of_endless_rows_is_refused() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 6_000))
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'
    content = repacked(INVOICE, {"xl/worksheets/sheet1.xml": sheet % rows})
    assert "of more than 5000 rows or 256 columns" in refused(content, "rows.xlsx").message


def test_a_text_of_endless_rows_is_refused() -> None:
    content = b"Description,Quantity,Amount\n" + b"Bolts,1,2.00\n" * 6_000
    assert "more than 5000 rows or 256 columns" in refused(content, "rows.csv").message


@pytest.mark.parametrize(
    "content",
    [b"Description,Quantity\nB\x81lts,3\n", b'Description,Quantity,Amount\n"' + b"x" * 200_000 + b'",1,2\n'],
    ids=["no encoding", "endless cell"],
)
def test_a_text_that_is_no_table_is_damaged(content: bytes) -> None:
    assert refused(content, "odd.csv").kind == "damaged"


def test_an_embedded_file_is_unpacked_no_further_than_an_invoice_can_be_long() -> None:
    bomb = with_attachment(invoice_page(), "factur-x.xml", b" " * 80_000_000)
    assert len(bomb) < 200_000
    [notice] = read_attached(received("bomb.pdf", bomb), bomb)
    assert isinstance(notice, Notice)
    assert "holds an attached file “factur-x.xml”, which unpacks to more than 32 MB" in notice.message


def test_an_embedded_invoice_with_entities_is_refused() -> None:
    content = with_attachment(invoice_page(), "factur-x.xml", ubl_invoice(head=f"<!DOCTYPE I [{LAUGHS}]>"))
    [notice] = read_attached(received("laughs.pdf", content), content)
    assert isinstance(notice, Notice)
    assert "“laughs.pdf” holds a file “factur-x.xml”, which is an XML file that defines entities" in notice.message


def test_an_attached_program_is_named_and_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    content = with_attachment(invoice_page(), "run.exe", b"MZ")
    monkeypatch.setattr(Attachment, "content", lambda _: pytest.fail("it was unpacked"))
    [notice] = read_attached(received("odd.pdf", content), content)
    assert isinstance(notice, Notice)
    assert "holds an attached file “run.exe”, which was not opened" in notice.message


def test_a_tree_of_names_that_holds_itself_ends() -> None:
    content = with_attachment(invoice_page(), "a.xml", ubl_invoice())
    looped = content.replace(b"/Names [", b"/Kids [ 1 0 R ] /X [")
    assert isinstance(attachments(looped), list)


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=600), st.sampled_from([b"", b"<?xml version='1.0'?>", b"PK\x03\x04xl/", b"a,b\n", b"\xff\xfe"])
)
def test_no_bytes_whatever_raise(content: bytes, head: bytes) -> None:
    original = received("any", head + content)
    if is_structured(head + content):
        list(read_structured(original, head + content))
    list(read_attached(original, head + content))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_workbook_with_altered_bytes_is_read_or_told(data: st.DataObject) -> None:
    content = bytearray(INVOICE)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if is_structured(bytes(content)):
        assert list(read_structured(received("x.xlsx", bytes(content)), bytes(content)))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_part_of_a_workbook_with_altered_bytes_is_read_or_told(data: st.DataObject) -> None:
    """Inside the ZIP file, where no checksum gives the change away."""
    with zipfile.ZipFile(io.BytesIO(INVOICE)) as archive:
        name = data.draw(st.sampled_from(sorted(archive.namelist())))
        part = bytearray(archive.read(name))
    for _ in range(data.draw(st.integers(1, 6))):
        part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
    content = repacked(INVOICE, {name: bytes(part)})
    if is_structured(content):
        assert list(read_structured(received("x.xlsx", content), content))
