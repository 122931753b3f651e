"""Bills of lading, sea waybills, air waybills and CMR notes: boxes with titles in ever other arrangements."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.drawing import Ink
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.training import typed
from sample_docs.layouts.training.boxes import Box, Goods, Node, Pile, Side, Slot
from sample_docs.layouts.training.forms import Tree, box, drawn, scrawl
from sample_docs.layouts.training.titles import title
from sample_docs.layouts.training.writing import block

_RECEIVED: Final = (
    "RECEIVED by the Carrier in apparent good order and condition unless otherwise stated, the goods specified below"
    " for carriage subject to all the terms printed on the face and back hereof."
)
_SHIPPED: Final = (
    "Shipped on board in apparent good order and condition, weight, measure, marks, numbers, quality, contents and"
    " value unknown, for carriage to the port of discharge or so near thereunto as the vessel may safely get."
)
_WITNESSED: Final = (
    "In witness whereof the number of original documents stated has been signed, one of which being accomplished the"
    " others shall be void."
)


def _number(sheet: Sheet) -> Node:
    return box(sheet, "number", typed.strong(typed.text("number"), by=1.15), 28)


def _parties(sheet: Sheet) -> list[Node]:
    chance = sheet.chance("parties")
    least, capitals = chance.real(46, 76), chance.happens(0.5)
    notify = typed.party("notify_party", capitals=capitals)
    if not sheet.has("notify_party"):
        notify = typed.words(chance.pick(("SAME AS CONSIGNEE", "SAME AS CONSIGNEE", "AS ABOVE", "")))
    return [
        box(sheet, "exporter", typed.party("exporter", capitals=capitals), least),
        box(sheet, "consignee", typed.party("consignee", capitals=capitals), least),
        box(sheet, "notify_party", notify, least),
    ]


def _clause(sheet: Sheet) -> Box:
    text = sheet.chance("clause").pick((_RECEIVED, _SHIPPED, _WITNESSED))
    return Box("", lambda on, span, top: block(on, span, top + 3, [Run(text)], ink=Ink("serif", 6.4)), 40)


def _carrier(sheet: Sheet) -> Box:
    carrier = sheet.paper.extras.get("carrier", "")
    ink = Ink("serif", sheet.chance("carrier").real(11, 16), bold=True, colour=sheet.style.accent)
    return Box("", lambda on, span, top: block(on, span, top + 8, [Run(carrier)], ink=ink, align="centre"), 44)


def _sea(sheet: Sheet) -> Node:
    """A bill of lading or sea waybill: parties, references, route, cargo, signatures."""
    chance = sheet.chance("tree")
    left, right = _parties(sheet), [_number(sheet), _reference(sheet), _carrier(sheet), _clause(sheet)]
    if chance.happens(0.3):
        right = [_carrier(sheet), _number(sheet), _reference(sheet), _clause(sheet)]
    if chance.happens(0.2):
        right = [_number(sheet), left.pop(), _carrier(sheet)]
    share = chance.real(0.85, 1.15)
    upper = Side(((1.0, Pile(tuple(left))), (share, Pile(tuple(right)))))
    return Pile((upper, *_route(sheet), _cargo(sheet), _issue(sheet)))


def _reference(sheet: Sheet) -> Box:
    return box(sheet, "reference", typed.aside("reference"), 24)


def _route(sheet: Sheet) -> list[Node]:
    """Vessel and ports in a row of three, in two rows of two with boxes that stay empty, or in one of four."""
    chance = sheet.chance("route")
    vessel, loading, discharge = (
        box(sheet, key, typed.text(key)) for key in ("vessel_or_flight", "port_of_loading", "port_of_discharge")
    )
    receipt, delivery = box(sheet, "place_of_receipt", None), box(sheet, "place_of_delivery", None)
    if chance.happens(0.35):
        return [Side(((1, vessel), (1, loading), (1, discharge)))]
    if chance.happens(0.5):
        return [Side(((1, receipt), (1, loading))), Side(((1, vessel), (1, discharge)))]
    return [Side(((1.2, vessel), (1, loading), (1, discharge), (1, delivery)))]


def _cargo(sheet: Sheet) -> Goods:
    """Marks, packages, description, weight and measurement; container and seal in the first or in the third column."""
    chance = sheet.chance("cargo")
    container = typed.joined(
        typed.said(Run(chance.pick(("", "CONTAINER ", "CNTR: "))), "container_number"),
        typed.said(Run(chance.pick(("SEAL ", "SEAL NO. ", "S/N "))), "seal_number"),
    )
    under_marks = chance.happens(0.6)
    told = typed.words(
        chance.pick(("SAID TO CONTAIN", "SHIPPER'S LOAD, COUNT AND SEAL", "S.T.C.", "1 X 40' HC FCL/FCL"))
    )
    after = typed.joined(*(() if under_marks else (container,)), typed.strong(typed.text("freight_terms")), gap=5)
    volume = [sheet.value("volume_m3"), Run(chance.pick((" CBM", " m3", "")))] if sheet.has("volume_m3") else []
    slots = (
        Slot(title(sheet, "marks"), 1.25, lambda _line: []),
        Slot(title(sheet, "packages"), 0.85, lambda line: sheet.packages() if line == 0 else []),
        Slot(title(sheet, "description"), 2.4, lambda line: [sheet.cell(line, "description")]),
        Slot(
            title(sheet, "gross_weight_kg"),
            0.95,
            lambda line: [sheet.weight("gross_weight_kg")] if line == 0 else [],
            "right",
        ),
        Slot(title(sheet, "volume_m3"), 0.9, lambda line: volume if line == 0 else [], "right"),
    )
    marks = typed.joined(typed.aside("marks"), *((container,) if under_marks else ()), gap=8)
    return Goods(slots, chance.real(170, 250), 2, told, after, {0: marks}, ruled=chance.happens(0.65))


def _issue(sheet: Sheet) -> Node:
    chance = sheet.chance("issue")
    place = sheet.paper.extras.get("issue_place", "")
    apart = chance.happens(0.3)
    when = typed.said("date") if apart else typed.said(Run(f"{place}, "), "date")
    dated = box(sheet, "issue_date" if apart else "issue", when)
    board = typed.joined(typed.words("LADEN ON BOARD"), typed.text("shipped_on_board_date"))
    originals = box(sheet, "originals", typed.words(chance.pick(("THREE (3)", "3/THREE", "ZERO (0)"))))
    sign = box(sheet, "carrier_signature", scrawl("carrier"), 64)
    shipped = box(sheet, "on_board", board, 48)
    if sheet.paper.form == "sea_waybill" and chance.happens(0.5):
        return Side(((1, Pile((dated, shipped))), (1, sign)))
    return Pile((Side(((1, originals), (1, dated))), Side(((1, shipped), (1, sign)))))


def _air(sheet: Sheet) -> Node:
    """An air waybill: the number on top, parties left, accounting right, the row of rates below."""
    chance = sheet.chance("air")
    head = Box(
        "", typed.strong(typed.said(Run(f"{sheet.paper.extras.get('loading_code', '')}   "), "number"), by=1.3), 22
    )
    shipper, consignee = (
        box(sheet, f"air_{key}", typed.party(key, capitals=chance.happens(0.5)), chance.real(54, 74))
        for key in ("exporter", "consignee")
    )
    issuer = Box(title(sheet, "air_issuer"), typed.aside("carrier"), 40)
    upper = Side(((1.0, Pile((shipper, consignee))), (1.0, Pile((issuer, _clause(sheet))))))
    agent = Side(
        (
            (1, box(sheet, "air_agent", None)),
            (1, box(sheet, "air_accounting", typed.strong(typed.text("freight_terms")))),
        )
    )
    way = (
        (1.3, box(sheet, "air_departure", typed.text("port_of_loading"))),
        (1.2, box(sheet, "air_destination", typed.text("port_of_discharge"))),
        (1.2, box(sheet, "air_flight", typed.text("vessel_or_flight"))),
        (0.6, box(sheet, "air_currency", typed.aside("currency"))),
        (0.9, box(sheet, "air_declared", typed.words("NVD"))),
    )
    handling = box(sheet, "air_handling", typed.aside("marks"), 40)
    foot = Side(
        (
            (1, Box(title(sheet, "air_signature"), scrawl("shipper"), 60)),
            (1.2, _executed(sheet)),
        )
    )
    return Pile((head, upper, agent, Side(way), handling, _rates(sheet), foot))


def _executed(sheet: Sheet) -> Box:
    place = sheet.paper.extras.get("issue_place", "")
    return box(sheet, "air_executed", typed.said("date", Run(f"   {place}")), 60)


def _rates(sheet: Sheet) -> Goods:
    chance = sheet.chance("rates")
    rate = chance.real(1.2, 5.8)
    chargeable = sheet.paper.extras.get("chargeable", "0")
    by_arrangement = chance.happens(0.5)
    charge = "AS AGREED" if by_arrangement else f"{rate * float(chargeable):.2f}"
    unit = chance.pick(("K", "kg"))
    volume = [Run("VOL "), sheet.value("volume_m3"), Run(" CBM")] if sheet.has("volume_m3") else []
    slots = (
        Slot(title(sheet, "air_pieces"), 0.7, lambda line: [sheet.value("packages")] if line == 0 else [], "right"),
        Slot(
            title(sheet, "air_gross"), 1.0, lambda line: [sheet.value("gross_weight_kg")] if line == 0 else [], "right"
        ),
        Slot("kg lb", 0.35, lambda line: [Run(unit)] if line == 0 else []),
        Slot(title(sheet, "air_class"), 0.5, lambda line: [Run("Q")] if line == 0 else []),
        Slot(title(sheet, "air_chargeable"), 1.0, lambda line: [Run(chargeable)] if line == 0 else [], "right"),
        Slot(
            title(sheet, "air_rate"),
            0.8,
            lambda line: [Run("" if by_arrangement else f"{rate:.2f}")] if line == 0 else [],
            "right",
        ),
        Slot(title(sheet, "air_total"), 1.1, lambda line: [Run(charge)] if line == 0 else [], "right"),
        Slot(title(sheet, "air_nature"), 2.2, lambda line: [sheet.cell(line, "description")]),
    )
    return Goods(slots, chance.real(150, 220), 7, None, lambda on, span, top: block(on, span, top, volume), ruled=True)


def _road(sheet: Sheet) -> Node:
    """A CMR note: sender and consignee left, carrier right, the row of goods, signatures."""
    chance = sheet.chance("road")
    least = chance.real(50, 70)
    taken = typed.said("port_of_loading", Run(", "), "date")
    left = (
        box(sheet, "cmr_1", typed.party("exporter"), least),
        box(sheet, "cmr_2", typed.party("consignee"), least),
        box(sheet, "cmr_3", typed.text("port_of_discharge")),
        box(sheet, "cmr_4", taken),
        box(sheet, "cmr_5", typed.aside("reference")),
    )
    right = (
        Box("", typed.strong(typed.said(Run("CMR  No. "), "number"), by=1.2), 30),
        box(sheet, "cmr_16", typed.aside("carrier"), least),
        box(sheet, "cmr_17", typed.text("vessel_or_flight")),
        box(sheet, "cmr_15", typed.text("freight_terms")),
        box(sheet, "cmr_18", None, 40),
    )
    issued = box(sheet, "cmr_21", typed.said(Run(f"{sheet.paper.extras.get('issue_place', '')}, "), "date"))
    signs = [(1.0, box(sheet, f"cmr_{key}", scrawl(f"road {key}"), 74)) for key in (22, 23)]
    return Pile(
        (
            Side(((1, Pile(left)), (1, Pile(right)))),
            _road_goods(sheet),
            issued,
            Side((*signs, (1.0, box(sheet, "cmr_24", None)))),
        )
    )


def _road_goods(sheet: Sheet) -> Goods:
    chance = sheet.chance("road goods")
    slots = (
        Slot(title(sheet, "cmr_6"), 1.1, lambda line: [Run(sheet.paper.extras.get("marks", ""))] if line == 0 else []),
        Slot(title(sheet, "cmr_7"), 0.7, lambda line: [sheet.value("packages")] if line == 0 else [], "right"),
        Slot(title(sheet, "cmr_8"), 0.9, lambda line: [sheet.value("package_kind")] if line == 0 else []),
        Slot(title(sheet, "cmr_9"), 2.0, lambda line: [sheet.cell(line, "description")]),
        Slot(title(sheet, "cmr_10"), 0.8, lambda _line: []),
        Slot(title(sheet, "cmr_11"), 0.95, lambda line: [sheet.value("gross_weight_kg")] if line == 0 else [], "right"),
        Slot(title(sheet, "cmr_12"), 0.8, lambda line: [sheet.value("volume_m3")] if line == 0 else [], "right"),
    )
    return Goods(slots, chance.real(150, 240), 3, ruled=chance.happens(0.8))


_TREES: Final[dict[str, Tree]] = {"bill_of_lading": _sea, "sea_waybill": _sea, "air_waybill": _air, "cmr": _road}
_SPOKEN: Final = {"cmr": ("en", "de", "fr", "es", "it")}


def _layout(form: str, tree: Tree) -> Layout:
    languages = _SPOKEN.get(form, ("en",))
    return Layout(f"training_{form}", "transport_document", lambda paper: drawn(paper, tree), form, languages)


LAYOUTS: Final = tuple(_layout(form, tree) for form, tree in _TREES.items())
