"""Certificates of origin: chamber, EUR.1, Form A, Form D, Form E, RCEP and the data elements of USMCA."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sample_docs.generator import printing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.training import typed
from sample_docs.layouts.training.boxes import Box, Goods, Node, Pile, Side, Slot
from sample_docs.layouts.training.forms import Tree, box, drawn, scrawl
from sample_docs.layouts.training.titles import title
from sample_docs.layouts.training.writing import Content, block


def _cell(sheet: Sheet, name: str) -> Callable[[int], Runs]:
    return lambda line: [sheet.cell(line, name)]


def _goods_text(sheet: Sheet, *, coded: bool = True) -> Callable[[int], Runs]:
    """As "12 CARTONS OF BALL BEARINGS, HS 8482.10" in this paper's wording."""
    chance = sheet.chance("goods text")
    of, code = chance.pick((" ", " ", " OF ", " - ")), chance.pick(("  HS ", ", HS CODE: ", " (HS "))
    kind = sheet.paper.extras.get("package_word", "")
    end = chance.pick(("", "", " ***"))

    def runs(line: int) -> Runs:
        packages, tariff = sheet.cell(line, "packages"), sheet.cell(line, "hs_code")
        counted = [packages, Run(f" {kind}{of}")] if packages.text else []
        behind = [Run(code), tariff, Run(")" if "(" in code else "")] if coded and tariff.text else []
        return [*counted, sheet.cell(line, "description"), *behind, Run(end)]

    return runs


def _weight_or_quantity(sheet: Sheet) -> Callable[[int], Runs]:
    def runs(line: int) -> Runs:
        weight = sheet.cell(line, "gross_weight_kg")
        if weight.text:
            return [weight, Run(f" {printing.kilograms(sheet.style)}")]
        return [sheet.cell(line, "quantity"), Run(" "), sheet.cell(line, "unit")]

    return runs


def _quantity(sheet: Sheet) -> Callable[[int], Runs]:
    return lambda line: [sheet.cell(line, "quantity"), Run(" "), sheet.cell(line, "unit")]


def _invoice(gap: float = 2.0) -> Content:
    return typed.joined(typed.text("invoice_number"), typed.text("invoice_date"), gap=gap)


def _sum(sheet: Sheet) -> Content:
    """The gross weight of all goods below them, on most certificates."""
    words = sheet.chance("sum words").pick(("TOTAL GROSS WEIGHT: ", "GROSS WEIGHT ", "G.W. ", "TOTAL: "))
    if not sheet.chance("sum").happens(0.7):
        return lambda _sheet, _span, top: top
    return lambda on, span, top: block(on, span, top, [Run(words), on.weight("gross_weight_kg")])


def _issued(sheet: Sheet, purpose: str) -> Content:
    """Authority, place and date, a signature."""
    place = sheet.paper.extras.get("issue_place", "")
    dated = typed.said(Run(f"{place}, "), "date")
    return typed.joined(typed.text("issued_by"), dated, scrawl(purpose), gap=3)


def _exporters(sheet: Sheet, purpose: str) -> Content:
    """The exporter's place and a signature; the day is not the certificate's."""
    place = sheet.paper.extras.get("issue_place", "")
    return typed.joined(typed.words(place), scrawl(purpose), gap=3)


def _route(sheet: Sheet) -> Content:
    """How the goods travel, with the vessel where it is known."""
    extras, chance = sheet.paper.extras, sheet.chance("route text")
    way = chance.pick(("FROM {loading} TO {discharge}", "{loading} - {discharge}", "{route}"))
    text = way.format(**{key: extras.get(key, "") for key in ("loading", "discharge", "route")})
    vessel = typed.said(Run(chance.pick(("PER ", "VESSEL: ", ""))), "vessel_or_flight")
    return typed.joined(typed.words(text), vessel)


def _chamber(sheet: Sheet) -> Node:
    chance = sheet.chance("tree")
    least, share = chance.real(54, 80), chance.real(0.85, 1.1)
    number = box(sheet, "co_number", typed.strong(typed.text("number"), by=1.2), 30)
    remarks = typed.said(
        Run(chance.pick(("Invoice ", "As per invoice ", ""))), "invoice_number", Run("  "), "invoice_date"
    )
    left = (
        box(sheet, "chamber_exporter", typed.party("exporter"), least),
        box(sheet, "chamber_consignee", typed.party("consignee"), least),
        box(sheet, "chamber_transport", _route(sheet), 34),
    )
    right = (
        number,
        box(sheet, "chamber_origin", typed.strong(typed.text("country_of_origin")), 30),
        box(sheet, "chamber_remarks", remarks, 34),
    )
    slots = (
        Slot("", 0.28, _cell(sheet, "number")),
        Slot(title(sheet, "chamber_goods"), 3.0, _goods_text(sheet)),
        Slot(title(sheet, "chamber_quantity"), 1.0, _quantity(sheet), "right"),
    )
    ahead = typed.aside("marks")
    goods = Goods(slots, chance.real(190, 280), 1, ahead, _sum(sheet), ruled=False)
    sign = box(sheet, "chamber_authority", _issued(sheet, "authority"), 80)
    return Pile((Side(((1, Pile(left)), (share, Pile(right)))), goods, sign))


def _eur1(sheet: Sheet) -> Node:
    chance = sheet.chance("tree")
    least = chance.real(54, 74)
    head = Box(
        "EUR.1", typed.strong(typed.said(Run(chance.pick(("No A ", "Nr. ", "N° ", "No "))), "number"), by=1.1), 30
    )
    destination = typed.text("country_of_destination")
    between = typed.joined(typed.text("country_of_origin"), typed.words("-"), destination)
    parties = (
        box(sheet, "eur1_exporter", typed.party("exporter"), least),
        box(sheet, "eur1_consignee", typed.party("consignee"), least),
    )
    countries = Side(
        (
            (1, box(sheet, "eur1_origin", typed.text("country_of_origin"))),
            (1, box(sheet, "eur1_destination", destination)),
        )
    )
    right = (head, box(sheet, "eur1_between", between, 40), countries)
    upper = Side(((1, Pile(parties)), (1, Pile(right))))
    middle = Side(((1, box(sheet, "eur1_transport", _route(sheet), 36)), (1, box(sheet, "eur1_remarks", None, 36))))
    slots = (
        Slot("", 0.28, _cell(sheet, "number")),
        Slot(title(sheet, "eur1_goods"), 2.8, _goods_text(sheet)),
        Slot(title(sheet, "eur1_mass"), 0.9, _weight_or_quantity(sheet), "right"),
        Slot(title(sheet, "eur1_invoices"), 0.9, lambda _line: []),
    )
    goods = Goods(slots, chance.real(200, 270), 1, typed.aside("marks"), _sum(sheet), {3: _invoice()}, ruled=False)
    foot = Side(
        (
            (1.1, box(sheet, "eur1_customs", _issued(sheet, "customs"), 96)),
            (1, box(sheet, "eur1_declaration", _exporters(sheet, "exporter"), 96)),
        )
    )
    return Pile((upper, middle, goods, foot))


def _asian(sheet: Sheet) -> Node:
    """Forms A, D and E: twelve boxes, the order of declaration and certification as the form has it."""
    chance, form = sheet.chance("tree"), sheet.paper.form
    least = chance.real(52, 72)
    number = box(sheet, "co_number", typed.strong(typed.text("number"), by=1.1), 30)
    issued = Box("", typed.said(Run("Issued in "), "country_of_origin"), 30)
    left = (
        box(sheet, "asia_exporter", typed.party("exporter", capitals=True), least),
        box(sheet, "asia_consignee", typed.party("consignee", capitals=True), least),
    )
    upper = Side(((1, Pile(left)), (1, Pile((number, issued)))))
    middle = Side(((1, box(sheet, "asia_transport", _route(sheet), 58)), (1, box(sheet, "asia_official", None, 58))))
    declared = box(
        sheet,
        "asia_11",
        typed.joined(
            typed.text("country_of_origin"), typed.text("country_of_destination"), _exporters(sheet, "exporter"), gap=6
        ),
        92,
    )
    certified = box(sheet, "asia_12", _issued(sheet, "authority"), 92)
    foot: list[Node] = [Side(((1, certified), (1, declared)) if form == "form_a" else ((1, declared), (1, certified)))]
    if form != "form_a":
        foot.append(box(sheet, "asia_13", None, 22))
    return Pile((upper, middle, _asian_goods(sheet), *foot))


def _asian_goods(sheet: Sheet) -> Goods:
    chance = sheet.chance("asian goods")
    slots = (
        Slot(title(sheet, "asia_item"), 0.45, _cell(sheet, "number")),
        Slot(title(sheet, "asia_marks"), 0.95, lambda _line: []),
        Slot(title(sheet, "asia_goods"), 2.3, _goods_text(sheet)),
        Slot(title(sheet, "asia_criterion"), 0.75, _cell(sheet, "origin_criterion")),
        Slot(title(sheet, "asia_weight"), 0.9, _weight_or_quantity(sheet), "right"),
        Slot(title(sheet, "asia_invoice"), 1.0, lambda _line: []),
    )
    first = {1: typed.aside("marks"), 5: _invoice()}
    return Goods(slots, chance.real(180, 250), 2, None, _sum(sheet), first, ruled=chance.happens(0.8))


def _rcep(sheet: Sheet) -> Node:
    chance = sheet.chance("tree")
    least = chance.real(50, 66)
    number = box(sheet, "co_number", typed.strong(typed.text("number"), by=1.1), 28)
    issued = Box("", typed.said(Run("Issued in "), "country_of_origin"), 28)
    producer = box(sheet, "rcep_3", typed.words(chance.pick(("SAME", "CONFIDENTIAL", "AVAILABLE UPON REQUEST"))), 30)
    left = (
        box(sheet, "rcep_1", typed.party("exporter"), least),
        box(sheet, "rcep_2", typed.party("consignee"), least),
        producer,
    )
    right = (number, issued, box(sheet, "rcep_5", None, 40))
    upper = Side(((1, Pile(left)), (1, Pile(right))))
    slots = (
        Slot(title(sheet, "rcep_6"), 0.45, _cell(sheet, "number")),
        Slot(title(sheet, "rcep_7"), 0.9, lambda _line: []),
        Slot(title(sheet, "rcep_8"), 1.9, _goods_text(sheet, coded=False)),
        Slot(title(sheet, "rcep_9"), 0.75, _cell(sheet, "hs_code")),
        Slot(title(sheet, "rcep_10"), 0.75, _cell(sheet, "origin_criterion")),
        Slot(title(sheet, "rcep_11"), 0.8, _cell(sheet, "origin")),
        Slot(title(sheet, "rcep_12"), 0.95, _quantity(sheet), "right"),
        Slot(title(sheet, "rcep_13"), 0.95, lambda _line: []),
    )
    goods = Goods(
        slots, chance.real(180, 240), 2, None, _sum(sheet), {1: typed.aside("marks"), 7: _invoice()}, ruled=True
    )
    foot = Side(
        (
            (1, box(sheet, "rcep_15", _exporters(sheet, "exporter"), 90)),
            (1, box(sheet, "rcep_16", _issued(sheet, "authority"), 90)),
        )
    )
    return Pile((upper, box(sheet, "rcep_4", _route(sheet), 36), goods, box(sheet, "rcep_14", None, 24), foot))


def _usmca(sheet: Sheet) -> Node:
    """The nine data elements; there is no form, so their boxes stand in any arrangement."""
    chance = sheet.chance("tree")
    least = chance.real(52, 76)
    parties: list[Node] = [
        box(sheet, "usmca_2", typed.words(chance.pick(("SAME AS EXPORTER", "M. Keller, Export Manager"))), 30),
        box(sheet, "usmca_3", typed.party("exporter"), least),
        box(sheet, "usmca_4", typed.words(chance.pick(("SAME AS EXPORTER", "VARIOUS", "AVAILABLE UPON REQUEST"))), 30),
        box(sheet, "usmca_5", typed.party("consignee"), least),
    ]
    pile: tuple[Node, ...] = tuple(parties)
    if chance.happens(0.5):
        pile = (Side(((1, Pile((parties[0], parties[1]))), (1, Pile((parties[2], parties[3]))))),)
    reference = box(sheet, "co_number", typed.said("number"), 24)
    invoiced = Box(chance.pick(("Invoice number", "Invoice No. / date", "Commercial invoice")), _invoice(), 30)
    slots = (
        Slot(title(sheet, "usmca_6"), 2.4, _goods_text(sheet, coded=False)),
        Slot(title(sheet, "usmca_hs"), 0.9, _cell(sheet, "hs_code")),
        Slot(title(sheet, "usmca_7"), 0.7, _cell(sheet, "origin_criterion")),
        Slot(title(sheet, "usmca_origin"), 0.9, lambda line: [sheet.value("country_of_origin")] if line == 0 else []),
    )
    goods = Goods(slots, chance.real(160, 240), 0, ruled=chance.happens(0.8))
    period = box(sheet, "usmca_8", typed.words(""), 24)
    sign = Side(
        ((1.6, box(sheet, "usmca_9", scrawl("certifier"), 70)), (1, box(sheet, "usmca_date", typed.text("date"), 70)))
    )
    return Pile((box(sheet, "usmca_1", None, 24), Side(((1, reference), (1, invoiced))), *pile, goods, period, sign))


_TREES: Final[dict[str, Tree]] = {
    "chamber": _chamber,
    "eur1": _eur1,
    "form_a": _asian,
    "form_d": _asian,
    "form_e": _asian,
    "rcep": _rcep,
    "usmca": _usmca,
}
_LOCAL: Final = ("en", "de", "fr", "es", "it")


def _layout(form: str, tree: Tree) -> Layout:
    languages = _LOCAL if form in {"chamber", "eur1"} else ("en",)
    return Layout(f"training_{form}", "certificate_of_origin", lambda paper: drawn(paper, tree), form, languages)


LAYOUTS: Final = tuple(_layout(form, tree) for form, tree in _TREES.items())
