from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.engines import Engines, Tesseract
from extractors.reading import page_count, read_file
from extractors.reading.trust import is_garbage
from schemas.geometry import Box
from schemas.pages import Page, Word
from tests.reading.papers import LINES, canvas_with, cropped, drawn, paper, received, shown_turned

ENGINES = Engines(Tesseract())


def read(content: bytes) -> Page:
    return read_file(received("a.pdf", content), content, engines=ENGINES).pages[0]


def test_words_of_a_text_layer_have_place_size_and_reader() -> None:
    page = read(paper())
    assert page.text_source == "digital"
    amount = next(word for word in page.words if word.text == "11,111.06")
    assert amount.reader == "text_layer"
    assert amount.confidence == 1.0
    assert amount.size == pytest.approx(13, abs=0.1)
    assert amount.box.top < 842 - 760 + 28 * 6 < amount.box.bottom
    assert page.text.split() == [*" ".join(LINES).split(), "Page", "1", "of", "1"]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_shown_turned_is_read_upright(rotate: int) -> None:
    upright, page = read(paper()), read(shown_turned(paper(), rotate))
    assert page.text == upright.text
    assert page.turned == -rotate % 360
    assert (page.width, page.height) == pytest.approx((595, 842))
    for word, other in zip(page.words, upright.words, strict=True):
        assert word.box.as_list() == pytest.approx(other.box.as_list(), abs=0.1)
    assert len(page.rules) == len(upright.rules) == 4


def test_boxes_count_from_the_visible_part_of_the_page() -> None:
    page, whole = read(cropped(paper(), (40, 400, 595, 842))), read(paper())
    assert (page.width, page.height) == pytest.approx((555, 442))
    assert page.words[0].box.x0 == pytest.approx(whole.words[0].box.x0 - 40)
    assert page.words[0].box.top == pytest.approx(whole.words[0].box.top)


def scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.fromarray(drawn(paper()))), 0, 0, 595, 842)


def test_an_invisible_layer_over_a_scan_is_not_trusted() -> None:
    def draw(canvas: Canvas) -> None:
        scan(canvas)
        text = canvas.beginText(60, 700)
        text.setTextRenderMode(3)
        text.setFont("Helvetica", 13)
        text.textLines("Invoice No. 9999-99\nTotal amount EUR 22,222.02\nGross weight 1.00 kg net weight 0.50 kg")
        canvas.drawText(text)

    page = read(canvas_with(draw))
    assert page.text_source == "ocr"
    assert "11,111.06" in page.text
    assert "22,222.02" not in page.text


def test_a_stamp_typed_on_a_scan_does_not_hide_the_scan() -> None:
    def draw(canvas: Canvas) -> None:
        scan(canvas)
        canvas.drawString(380, 60, "RECEIVED 28 AUG 2025")

    page = read(canvas_with(draw))
    assert page.text_source == "ocr"
    assert "11,111.06" in page.text


def test_white_words_on_white_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Total amount of this commercial invoice EUR 11,111.06")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(60, 600, "hidden 22.02")

    page = read(canvas_with(draw))
    assert "11,111.06" in page.text
    assert "hidden" not in page.text


def test_what_was_filled_into_a_form_field_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Total amount of this commercial invoice")
        canvas.acroForm.textfield(name="total", value="11,111.06", x=300, y=690, width=120, height=24, fontSize=12)

    page = read(canvas_with(draw))
    assert page.text_source == "digital"
    assert "11,111.06" in page.text


def test_a_form_field_of_which_the_file_has_no_drawing_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Total amount of this commercial invoice")
        canvas.acroForm.textfield(name="total", value="11,111.06", x=300, y=690, width=120, height=24, fontSize=12)

    drawn_field = canvas_with(draw)
    assert read(drawn_field.replace(b"/AP ", b"/XX ")).text == read(drawn_field).text


def test_text_typed_over_a_page_without_a_drawing_is_noticed() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Total amount of this commercial invoice")
        canvas.freeTextAnnotation("Total EUR 22,222.02", DA="/Helv 12 Tf 0 g", Rect=[60, 600, 260, 620])

    content = canvas_with(draw)
    reading = read_file(received("a.pdf", content), content, engines=ENGINES)
    assert [(notice.kind, notice.page, notice.holds) for notice in reading.notices] == [("unreadable", 1, True)]
    assert "not every program shows" in reading.notices[0].message


def test_letters_printed_apart_are_one_word_and_touching_columns_are_two() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "P A C K I N G   L I S T")
        canvas.drawString(60, 600, "Quantity")
        canvas.drawString(60 + canvas.stringWidth("Quantity") + 4, 600, "Price")

    assert read(canvas_with(draw)).text == "PACKING LIST Quantity Price"


def test_outlines_are_rules_and_cell_fills_are_none() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Quantity Price Amount")
        canvas.setFillColorRGB(0.8, 0.8, 0.8)
        canvas.rect(60, 500, 400, 20, stroke=0, fill=1)
        canvas.line(60, 400, 260, 400)
        canvas.line(260, 400, 460, 400)

    rules = read(canvas_with(draw)).rules
    assert [rule.horizontal for rule in rules] == [True]
    assert rules[0].box.as_list() == pytest.approx([60, 442, 460, 442], abs=1)


@pytest.mark.parametrize(
    "text",
    [
        "(cid:12)(cid:45) (cid:7)(cid:8) (cid:9)",
        "\ufffd\ufffd\ufffd \ufffd\ufffd 12",
        "&RPPHUFLDO ,QYRLFH 1XPEHU 7RWDO DPRXQW JURVV ZHLJKW FDUWRQV RI VWHHO EROWV WZHQW\\",
    ],
)
def test_a_layer_of_garbage_is_known(text: str) -> None:
    assert is_garbage([Word(token, Box(0, 0, 1, 1)) for token in text.split()])


@pytest.mark.parametrize(
    "text", [" ".join(LINES), "商业发票 宁波华桥厨具有限公司 数量 单价 金额", "Rechnung über 12 Stück"]
)
def test_a_layer_of_words_is_no_garbage(text: str) -> None:
    assert not is_garbage([Word(token, Box(0, 0, 1, 1)) for token in text.split()])


def test_pages_are_counted_without_reading() -> None:
    assert page_count(paper(7)) == 7
    assert page_count(_tiff(3)) == 3


def _tiff(pages: int) -> bytes:
    target = io.BytesIO()
    frames = [Image.fromarray(np.full((100, 80), 255, np.uint8)) for _ in range(pages)]
    frames[0].save(target, "TIFF", save_all=True, append_images=frames[1:])
    return target.getvalue()
