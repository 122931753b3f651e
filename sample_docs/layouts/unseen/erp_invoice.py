"""An invoice as a large ERP system prints it: address window, item texts and a price condition under each item."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet, wrapped
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import (
    Row,
    address_runs,
    bank,
    charges,
    filled,
    grey,
    invented,
    label_rows,
    logo,
    near,
    word,
)

_TEXT, _QUANTITY, _PRICE = 40.0, 316.0, 408.0  # from the left margin: text's left, right edges of two columns
_STEP: Final = 10  # item numbers count in tens


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=52)
    sheet.ink = sheet.ink.sized(8.8)
    sheet.bottom = sheet.size[1] - 96
    _letterhead(sheet)
    _information(sheet)
    _conditions(sheet)
    _heading(sheet)
    for line in range(len(paper.lines)):
        _item(sheet, line)
    _totals(sheet)
    return sheet.finished(_foot)


def _letterhead(sheet: Sheet) -> None:
    company = sheet.paper.company("exporter")
    logo(sheet, (sheet.right - 34, 34), 30)
    sheet.put((sheet.right - 44, 56), company.name, ink=sheet.ink.sized(12).strong().tinted(sheet.style.accent),
              name="exporter.name", align="right")  # fmt: skip
    sender = [Run(company.name, "exporter.name"), Run(" · "), *address_runs(sheet, "exporter", between=" · ")]
    wide = sheet.ink.sized(6.2).width("".join(run.text for run in sender))
    sheet.put_runs((sheet.left, 118), sender, ink=sheet.ink.sized(6.2 * min(1.0, 250 / wide)))
    sheet.rule((sheet.left, 121), (sheet.left + 236, 121), width=0.3)
    sheet.party((sheet.left, 138), "consignee", ink=sheet.ink.sized(10), width=230)


def _information(sheet: Sheet) -> None:
    x = sheet.left + 270
    sheet.frame((x - 8, 104), (sheet.right, 120), width=0, fill="#dddddd")
    sheet.put((x, 115), word(sheet, "information"), ink=sheet.ink.strong())
    rows: list[Row] = [
        (word(sheet, "number_date"), [sheet.value("number"), Run(" / "), sheet.value("date")]),
        (word(sheet, "order_date"), [sheet.value("purchase_order"), Run(f" / {near(sheet, -31)}")]),
        (word(sheet, "delivery_note"), [Run(f"{invented(sheet, 'delivery', '80999999')} / {near(sheet, -1)}")]),
        (word(sheet, "customer_no"), [Run(invented(sheet, "customer", "10099999"))]),
        (word(sheet, "contact"), [Run(sheet.chance("clerk").pick(("M. Arnholt", "J. Perrin", "S. Okoro")))]),
        (word(sheet, "currency"), [sheet.value("currency")]),
    ]
    end = label_rows(sheet, (x, 134), filled(rows), gap=78, width=132)
    sheet.y = max(end, 214) + 14
    sheet.put((sheet.left, sheet.y), word(sheet, "invoice"), ink=sheet.ink.sized(15).strong())


def _conditions(sheet: Sheet) -> None:
    rows: list[Row] = [
        (word(sheet, "delivery_terms"), sheet.terms()),
        (word(sheet, "payment"), [sheet.value("payment_terms")]),
        (word(sheet, "gross_net"), [sheet.weight("gross_weight_kg"), Run(" / "), sheet.weight("net_weight_kg")]),
        (word(sheet, "packages"), sheet.packages()),
        (word(sheet, "origin"), [sheet.value("country_of_origin")]),
    ]
    sheet.y = label_rows(sheet, (sheet.left, sheet.y + 18), filled(rows), gap=110, width=360) + 6


def _heading(sheet: Sheet) -> None:
    y, ink = sheet.y + 12, sheet.ink.strong()
    sheet.rule((sheet.left, sheet.y), (sheet.right, sheet.y), width=1)
    sheet.put((sheet.left, y), word(sheet, "item"), ink=ink)
    sheet.put((sheet.left + _TEXT, y), word(sheet, "material"), ink=ink)
    sheet.put((sheet.left + _TEXT, y + 11), word(sheet, "description"), ink=ink)
    sheet.put((sheet.left + _QUANTITY, y), word(sheet, "quantity"), ink=ink, align="right")
    sheet.put((sheet.left + _PRICE, y), word(sheet, "price"), ink=ink, align="right")
    sheet.put_runs((sheet.right, y), [Run(word(sheet, "value"))], ink=ink, align="right")
    sheet.rule((sheet.left, y + 16), (sheet.right, y + 16), width=1)
    sheet.y = y + 30


def _item(sheet: Sheet, line: int) -> None:
    texts = _texts(sheet, line)
    room = _QUANTITY - _TEXT - 70
    high = sum(len(wrapped(runs, sheet.ink, room)) for runs in texts) + 2
    parts.at_least(sheet, high * sheet.ink.size * LEADING, _turn_in_table)
    sheet.put((sheet.left, sheet.y), f"{(line + 1) * _STEP:06d}")
    sheet.put_runs((sheet.left + _QUANTITY, sheet.y), parts.quantity(sheet, line), align="right")
    for runs in texts:
        sheet.y = sheet.flow((sheet.left + _TEXT, sheet.y), runs, width=room)
    sheet.put((sheet.left + _TEXT + 12, sheet.y), word(sheet, "gross_price"))
    unit = sheet.cell(line, "unit").text
    price: Runs = [sheet.cell(line, "unit_price"), Run(f" {sheet.paper.text('currency')}")]
    sheet.put_runs((sheet.left + _PRICE - 30, sheet.y), price, align="right")
    sheet.put((sheet.left + _PRICE - 20, sheet.y), f"1 {unit}")
    sheet.put_runs((sheet.right, sheet.y), [sheet.cell(line, "amount")], align="right")
    sheet.y += sheet.ink.size * LEADING + 7


def _texts(sheet: Sheet, line: int) -> list[Runs]:
    """The article's number, its name and the customs texts, each on a line of its own."""
    rows = filled([
        (word(sheet, "tariff"), [sheet.cell(line, "hs_code")]),
        (word(sheet, "origin"), [sheet.cell(line, "origin")]),
        (word(sheet, "net_mass"), _net(sheet, line)),
    ])  # fmt: skip
    texts: list[Runs] = [[Run(f"{label}: "), *runs] for label, runs in rows]
    named: list[Runs] = [[sheet.cell(line, "part_number")], [sheet.cell(line, "description")]]
    return [runs for runs in named if runs[0].text] + texts


def _net(sheet: Sheet, line: int) -> list[Run]:
    net = sheet.cell(line, "net_weight_kg")
    return [net, Run(" KG")] if net.text else []


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 60
    sheet.put((sheet.left, sheet.y), word(sheet, "invoice"), ink=sheet.ink.strong())
    running = [Run(f"{word(sheet, 'number_date')}  "), sheet.value("number"), Run(" / "), sheet.value("date")]
    sheet.put_runs((sheet.right, sheet.y), running, align="right")
    sheet.y += 12


def _turn_in_table(sheet: Sheet) -> None:
    _turn(sheet)
    _heading(sheet)


def _totals(sheet: Sheet) -> None:
    parts.at_least(sheet, 78, _turn)
    sheet.rule((sheet.left, sheet.y - 4), (sheet.right, sheet.y - 4), width=0.5)
    y, x = sheet.y + 10, sheet.left + _TEXT
    rows = charges(sheet)
    rows.append(([Run(word(sheet, "final_amount"))], sheet.value("total_amount")))
    for label, value in rows:
        ink = sheet.ink.strong() if value.name == "total_amount" else sheet.ink
        sheet.put_runs((x, y), label, ink=ink)
        sheet.put_runs((sheet.left + _PRICE, y), [sheet.value("currency")], ink=ink, align="right")
        sheet.put_runs((sheet.right, y), [value], ink=ink, align="right")
        y += 14
    sheet.rule((sheet.left, y - 9), (sheet.right, y - 9), width=1)
    sheet.flow((sheet.left, y + 8), [Run(word(sheet, "retention"))], width=sheet.right - sheet.left)


def _foot(sheet: Sheet, of: int) -> None:
    """Four columns of company particulars, as German law asks for, and the page number."""
    company, top, small = sheet.paper.company("exporter"), sheet.size[1] - 66, grey(sheet.ink, 6.4)
    tax: Runs = [Run(f"{word(sheet, 'vat')} "), Run(company.tax_id, "exporter.tax_id")] if company.tax_id else []
    phone = f"Tel. {company.phone or invented(sheet, 'phone', '+99 999 555 9999')}"
    columns: tuple[list[Runs], ...] = (
        [[Run(company.name, "exporter.name")], [Run(company.street, "exporter.address")],
         [Run(company.town, "exporter.address")]],
        [[Run(phone)], [Run(f"www.{company.name.split()[0].lower()}.example")]],
        [[Run(text)] for text in bank(sheet)],
        [tax, [Run(f"Reg. {invented(sheet, 'register', 'B 99999')}")]],
    )  # fmt: skip
    sheet.rule((sheet.left, top - 10), (sheet.right, top - 10), width=0.4)
    for x, texts in zip((0, 122, 232, 402), columns, strict=True):
        for row, runs in enumerate(texts):
            sheet.put_runs((sheet.left + x, top + row * 8.5), runs, ink=small)
    page = f"{word(sheet, 'page')} {sheet.page} / {of}"
    sheet.put((sheet.right, sheet.size[1] - 24), page, ink=sheet.ink.sized(7), align="right")


LAYOUT = Layout("erp_invoice", "commercial_invoice", draw, languages=("en", "de", "fr", "es", "it"))
