"""Bills of lading, sea waybills, air waybills and CMR notes: boxes with titles in ever other arrangements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.training import sea_titles, typed
from sample_docs.layouts.training.boxes import Box, Goods, Node, Pile, Side, Slot, form_of, put, tall
from sample_docs.layouts.training.extras import signed
from sample_docs.layouts.training.writing import Content, Span, block, one_line

_CLAUSE: Final = (
    "RECEIVED by the Carrier in apparent good order and condition unless otherwise stated, the goods specified below"
    " for carriage subject to all the terms printed on the face and back hereof.",
    "Shipped on board in apparent good order and condition, weight, measure, marks, numbers, quality, contents and"
    " value unknown, for carriage to the port of discharge or so near thereunto as the vessel may safely get.",
    "In witness whereof the number of original documents stated has been signed, one of which being accomplished the"
    " others shall be void.",
)
Tree = Callable[[Sheet], Node]


def _drawn(paper: Paper, tree: Tree) -> Drawing:
    """A form of one page, stretched over most of it."""
    sheet = Sheet(paper)
    chance = sheet.chance("sheet")
    margin = chance.real(24, 46)
    sheet.left, sheet.right = margin, sheet.size[0] - margin
    family = chance.pick((paper.style.family, "mono", "mono", "sans", "serif"))
    sheet.ink = Ink(family, chance.pick((7.6, 8.2, 8.6, 9.0)))
    node, form, whole = tree(sheet), form_of(sheet), Span(sheet.left, sheet.right)
    top = _heading(sheet, chance)
    bottom = max(top + tall(sheet, node, whole, form), sheet.size[1] * chance.real(0.78, 0.94))
    put(sheet, node, whole, (top, min(bottom, sheet.size[1] - 20)), form)
    return sheet.finished()


def _heading(sheet: Sheet, chance: Chance) -> float:
    """The form's name above its boxes, left, in the middle or right, and the carrier's name."""
    whole, y = Span(sheet.left, sheet.right), chance.real(18, 34)
    title = Ink(chance.pick(("sans", "serif", "narrow")), chance.real(12, 19), bold=True, colour=sheet.style.accent)
    text = chance.pick(sea_titles.names(sheet.paper.form or "", sheet.style.language))
    carrier = sheet.paper.extras.get("carrier", "")
    if chance.happens(0.5) and carrier:
        y = one_line(
            sheet, whole, y, [Run(carrier)], ink=title.sized(11), align=chance.pick(("left", "right", "centre"))
        )
    return one_line(sheet, whole, y, [Run(text)], ink=title, align=chance.pick(("left", "right", "centre"))) + 4


def _title(sheet: Sheet, key: str) -> str:
    return sea_titles.title(sheet, key)


def _box(sheet: Sheet, key: str, content: Content | None, least: float = 26.0) -> Box:
    return Box(_title(sheet, key), content, least)


def _number(sheet: Sheet) -> Node:
    return _box(sheet, "number", typed.strong(typed.text("number"), by=1.15), 28)


def _parties(sheet: Sheet) -> list[Node]:
    chance = sheet.chance("parties")
    least, capitals = chance.real(46, 76), chance.happens(0.5)
    notify = typed.party("notify_party", capitals=capitals)
    if not sheet.has("notify_party"):
        notify = typed.words(chance.pick(("SAME AS CONSIGNEE", "SAME AS CONSIGNEE", "AS ABOVE", "")))
    return [
        _box(sheet, "exporter", typed.party("exporter", capitals=capitals), least),
        _box(sheet, "consignee", typed.party("consignee", capitals=capitals), least),
        _box(sheet, "notify_party", notify, least),
    ]


def _clause(sheet: Sheet) -> Box:
    text = sheet.chance("clause").pick(_CLAUSE)
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
    return _box(sheet, "reference", typed.extra("reference"), 24)


def _route(sheet: Sheet) -> list[Node]:
    """Vessel and ports in a row of three, in two rows of two with boxes that stay empty, or in one of four."""
    chance = sheet.chance("route")
    vessel, loading, discharge = (
        _box(sheet, key, typed.text(key)) for key in ("vessel_or_flight", "port_of_loading", "port_of_discharge")
    )
    receipt, delivery = _box(sheet, "place_of_receipt", None), _box(sheet, "place_of_delivery", None)
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
        Slot(_title(sheet, "marks"), 1.25, lambda _line: []),
        Slot(_title(sheet, "packages"), 0.85, lambda line: sheet.packages() if line == 0 else []),
        Slot(_title(sheet, "description"), 2.4, lambda line: [sheet.cell(line, "description")]),
        Slot(
            _title(sheet, "gross_weight_kg"),
            0.95,
            lambda line: [sheet.weight("gross_weight_kg")] if line == 0 else [],
            "right",
        ),
        Slot(_title(sheet, "volume_m3"), 0.9, lambda line: volume if line == 0 else [], "right"),
    )
    marks = typed.joined(typed.extra("marks"), *((container,) if under_marks else ()), gap=8)
    return Goods(slots, chance.real(170, 250), 2, told, after, {0: marks}, ruled=chance.happens(0.65))


def _issue(sheet: Sheet) -> Node:
    chance = sheet.chance("issue")
    place = sheet.paper.extras.get("issue_place", "")
    apart = chance.happens(0.3)
    when = typed.said("date") if apart else typed.said(Run(f"{place}, "), "date")
    dated = _box(sheet, "issue_date" if apart else "issue", when)
    board = typed.joined(typed.words("LADEN ON BOARD"), typed.text("shipped_on_board_date"))
    originals = _box(sheet, "originals", typed.words(chance.pick(("THREE (3)", "3/THREE", "ZERO (0)"))))
    sign = _box(sheet, "carrier_signature", lambda on, span, top: signed(on, span, top), 64)
    shipped = _box(sheet, "on_board", board, 48)
    if sheet.paper.form == "sea_waybill" and chance.happens(0.5):
        return Side(((1, Pile((dated, shipped))), (1, sign)))
    return Pile((Side(((1, originals), (1, dated))), Side(((1, shipped), (1, sign)))))


def _air(sheet: Sheet) -> Node:
    """An air waybill: the number on top, parties left, accounting right, the row of rates below."""
    chance, number = sheet.chance("air"), sheet.paper.text("number")
    head = Box(
        "", typed.strong(typed.said(Run(f"{sheet.paper.extras.get('loading_code', '')}   "), "number"), by=1.3), 22
    )
    shipper, consignee = (
        _box(sheet, f"air_{key}", typed.party(key, capitals=chance.happens(0.5)), chance.real(54, 74))
        for key in ("exporter", "consignee")
    )
    del number
    issuer = Box(_title(sheet, "air_issuer"), typed.extra("carrier"), 40)
    upper = Side(((1.0, Pile((shipper, consignee))), (1.0, Pile((issuer, _clause(sheet))))))
    agent = Side(
        (
            (1, _box(sheet, "air_agent", None)),
            (1, _box(sheet, "air_accounting", typed.strong(typed.text("freight_terms")))),
        )
    )
    way = (
        (1.3, _box(sheet, "air_departure", typed.text("port_of_loading"))),
        (1.2, _box(sheet, "air_destination", typed.text("port_of_discharge"))),
        (1.2, _box(sheet, "air_flight", typed.text("vessel_or_flight"))),
        (0.6, _box(sheet, "air_currency", typed.extra("currency"))),
        (0.9, _box(sheet, "air_declared", typed.words("NVD"))),
    )
    handling = _box(sheet, "air_handling", typed.extra("marks"), 40)
    foot = Side(
        (
            (1, Box(_title(sheet, "air_signature"), lambda on, span, top: signed(on, span, top), 60)),
            (1.2, _executed(sheet)),
        )
    )
    return Pile((head, upper, agent, Side(way), handling, _rates(sheet), foot))


def _executed(sheet: Sheet) -> Box:
    place = sheet.paper.extras.get("issue_place", "")
    return _box(sheet, "air_executed", typed.said("date", Run(f"   {place}")), 60)


def _rates(sheet: Sheet) -> Goods:
    chance = sheet.chance("rates")
    rate = chance.real(1.2, 5.8)
    chargeable = sheet.paper.extras.get("chargeable", "0")
    by_arrangement = chance.happens(0.5)
    charge = "AS AGREED" if by_arrangement else f"{rate * float(chargeable):.2f}"
    unit = chance.pick(("K", "kg"))
    volume = [Run("VOL "), sheet.value("volume_m3"), Run(" CBM")] if sheet.has("volume_m3") else []
    slots = (
        Slot(_title(sheet, "air_pieces"), 0.7, lambda line: [sheet.value("packages")] if line == 0 else [], "right"),
        Slot(
            _title(sheet, "air_gross"), 1.0, lambda line: [sheet.value("gross_weight_kg")] if line == 0 else [], "right"
        ),
        Slot("kg lb", 0.35, lambda line: [Run(unit)] if line == 0 else []),
        Slot(_title(sheet, "air_class"), 0.5, lambda line: [Run("Q")] if line == 0 else []),
        Slot(_title(sheet, "air_chargeable"), 1.0, lambda line: [Run(chargeable)] if line == 0 else [], "right"),
        Slot(
            _title(sheet, "air_rate"),
            0.8,
            lambda line: [Run("" if by_arrangement else f"{rate:.2f}")] if line == 0 else [],
            "right",
        ),
        Slot(_title(sheet, "air_total"), 1.1, lambda line: [Run(charge)] if line == 0 else [], "right"),
        Slot(_title(sheet, "air_nature"), 2.2, lambda line: [sheet.cell(line, "description")]),
    )
    return Goods(slots, chance.real(150, 220), 7, None, lambda on, span, top: block(on, span, top, volume), ruled=True)


def _road(sheet: Sheet) -> Node:
    """A CMR note: sender and consignee left, carrier right, the row of goods, signatures."""
    chance = sheet.chance("road")
    least = chance.real(50, 70)
    taken = typed.said("port_of_loading", Run(", "), "date")
    left = (
        _box(sheet, "cmr_1", typed.party("exporter"), least),
        _box(sheet, "cmr_2", typed.party("consignee"), least),
        _box(sheet, "cmr_3", typed.text("port_of_discharge")),
        _box(sheet, "cmr_4", taken),
        _box(sheet, "cmr_5", typed.extra("reference")),
    )
    right = (
        Box("", typed.strong(typed.said(Run("CMR  No. "), "number"), by=1.2), 30),
        _box(sheet, "cmr_16", typed.extra("carrier"), least),
        _box(sheet, "cmr_17", typed.text("vessel_or_flight")),
        _box(sheet, "cmr_15", typed.text("freight_terms")),
        _box(sheet, "cmr_18", None, 40),
    )
    issued = _box(sheet, "cmr_21", typed.said(Run(f"{sheet.paper.extras.get('issue_place', '')}, "), "date"))
    signs = [(1.0, _box(sheet, f"cmr_{key}", lambda on, span, top: signed(on, span, top + 6), 74)) for key in (22, 23)]
    return Pile(
        (
            Side(((1, Pile(left)), (1, Pile(right)))),
            _road_goods(sheet),
            issued,
            Side((*signs, (1.0, _box(sheet, "cmr_24", None)))),
        )
    )


def _road_goods(sheet: Sheet) -> Goods:
    chance = sheet.chance("road goods")
    slots = (
        Slot(_title(sheet, "cmr_6"), 1.1, lambda line: [Run(sheet.paper.extras.get("marks", ""))] if line == 0 else []),
        Slot(_title(sheet, "cmr_7"), 0.7, lambda line: [sheet.value("packages")] if line == 0 else [], "right"),
        Slot(_title(sheet, "cmr_8"), 0.9, lambda line: [sheet.value("package_kind")] if line == 0 else []),
        Slot(_title(sheet, "cmr_9"), 2.0, lambda line: [sheet.cell(line, "description")]),
        Slot(_title(sheet, "cmr_10"), 0.8, lambda _line: []),
        Slot(
            _title(sheet, "cmr_11"), 0.95, lambda line: [sheet.value("gross_weight_kg")] if line == 0 else [], "right"
        ),
        Slot(_title(sheet, "cmr_12"), 0.8, lambda line: [sheet.value("volume_m3")] if line == 0 else [], "right"),
    )
    return Goods(slots, chance.real(150, 240), 3, ruled=chance.happens(0.8))


_TREES: Final[dict[str, Tree]] = {"bill_of_lading": _sea, "sea_waybill": _sea, "air_waybill": _air, "cmr": _road}
_SPOKEN: Final = {"cmr": ("en", "de", "fr", "es", "it")}


def _layout(form: str, tree: Tree) -> Layout:
    languages = _SPOKEN.get(form, ("en",))
    return Layout(f"training_{form}", "transport_document", lambda paper: _drawn(paper, tree), form, languages)


LAYOUTS: Final = tuple(_layout(form, tree) for form, tree in _TREES.items())
