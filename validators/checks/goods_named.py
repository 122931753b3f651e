"""What the goods are called: the same goods on every paper, a description customs accepts, one tariff code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validators.case import Case, Check
from validators.differences import difference
from validators.found import Found
from validators.goods import Goods, same_code
from validators.joining import Group
from validators.names import folded

# Single words and phrases that say nothing about the goods (WCO and EU lists of unacceptable descriptions), folded.
VAGUE = frozenset({
    "accessories", "apparel", "appliances", "articles", "auto parts", "cargo", "chemicals", "clothes", "clothing",
    "consolidated", "consolidated cargo", "commodities", "dangerous goods", "electronic goods", "electronics",
    "equipment", "fabrics", "food", "foodstuffs", "freight of all kinds", "fak", "garments", "general cargo", "gift",
    "gifts", "goods", "hardware", "household goods", "industrial goods", "items", "leather goods", "machine parts",
    "machinery", "machines", "materials", "merchandise", "metal parts", "misc", "miscellaneous",
    "no commercial value", "parts", "personal effects", "plastic goods", "plastics", "plastic parts", "products",
    "promotional items", "ready made garments", "sample", "samples", "said to contain", "spare parts", "spares",
    "sundries", "supplies", "textiles", "tools", "toys", "various", "various goods", "wearing apparel", "waren",
    "ware", "muster", "warenmuster", "ersatzteile", "teile", "geschenk", "geschenke", "zubehor", "diverses",
    "textilien", "kleidung", "maschinenteile", "marchandises", "marchandise", "echantillons", "echantillon",
    "pieces", "pieces detachees", "cadeau", "cadeaux", "accessoires", "divers", "vetements", "mercancias",
    "mercancia", "muestras", "muestra", "piezas", "repuestos", "regalo", "regalos", "accesorios", "varios", "ropa",
    "merci", "merce", "campioni", "campione", "pezzi", "ricambi", "pezzi di ricambio", "regali", "accessori", "vari",
    "abbigliamento", "样品", "配件", "货物", "礼品", "零件", "杂货",
})  # fmt: skip


def descriptions_say_what(case: Case) -> Iterator[Found]:
    for paper in case.papers.of("commercial_invoice"):
        for line in range(len(paper.lines)):
            cell = paper.text("description", line)
            if cell is not None and folded(cell.value) in VAGUE:
                yield Found(
                    "description_vague",
                    f"{cell.where}: '{cell.value}' does not say what the goods are",
                    (cell,),
                    "policy",
                )


def _other_goods(case: Case, kind: str, group: Group) -> tuple[Goods, Goods] | None:
    """Two lines of the group that are not the same goods, if no line of the other side fits either."""
    for theirs in group.right:
        formal = kind == "certificate_of_origin"
        verdicts = [case.matched.likeness.verdict(ours, theirs, case.tolerances, formal=formal) for ours in group.left]
        if verdicts and all(verdict == "other" for verdict in verdicts):
            return group.left[0], theirs
    return None


def descriptions_agree(case: Case) -> Iterator[Found]:
    for kind, groups in case.matched.groups():
        for group in groups:
            pair = _other_goods(case, kind, group)
            cells = [case.matched.text(one.lines[0], "description") for one in pair or ()]
            left, right = cells or (None, None)
            if left is not None and right is not None:
                message = f"The goods differ: {left.where} says '{left.value}', {right.where} says '{right.value}'"
                yield Found("description_mismatch", message, (left, right))


def _codes(case: Case, goods: Sequence[Goods]) -> list[tuple[str, Goods]]:
    return [(cell.value, one) for one in goods for ref in one.lines if (cell := case.matched.text(ref, "hs_code"))]


def _code(case: Case, group: Group) -> Iterator[Found]:
    for ours, a in _codes(case, group.left):
        for theirs, b in _codes(case, group.right):
            left, right = case.matched.text(a.lines[0], "hs_code"), case.matched.text(b.lines[0], "hs_code")
            if same_code(ours, theirs) is False and left is not None and right is not None:
                yield difference("hs_mismatch", "Tariff codes", left=left, right=right)


def codes_agree(case: Case) -> Iterator[Found]:
    for _, groups in case.matched.groups():
        for group in groups:
            yield from _code(case, group)


CHECKS = (
    Check(frozenset({"description_vague"}), descriptions_say_what),
    Check(frozenset({"description_mismatch"}), descriptions_agree),
    Check(frozenset({"hs_mismatch", "illegible"}), codes_agree),
)
