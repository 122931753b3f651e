"""Faults of what the goods are: tariff codes and descriptions."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.faults.planting import INVOICE, PACKING, CannotPlantError, invoice_line, paper_of, told
from sample_docs.generator.goods import Article, articles
from sample_docs.generator.truth import Fault, Json, Paper, ShipmentTruth

_VAGUE: Final = {
    "en": ("Parts", "Samples", "Accessories", "Various goods"),
    "de": ("Teile", "Muster", "Zubehör", "Diverse Waren"),
    "fr": ("Pièces", "Échantillons", "Accessoires", "Marchandises diverses"),
    "es": ("Piezas", "Muestras", "Accesorios", "Mercancías varias"),
    "it": ("Pezzi", "Campioni", "Accessori", "Merce varia"),
}
# Six digits that stand in no edition in force: chapter 77 is reserved, the others end beyond their heading's last one.
_UNKNOWN: Final = ("770100", "610999", "847199", "940399", "392699")


def _without_same(truth: ShipmentTruth, chance: Chance) -> Article:
    """An article of a chapter that no goods of the shipment are in."""
    there = {row["hs_code"][:2] for row in paper_of(truth, INVOICE).lines if "hs_code" in row}
    others = [one for one in articles().values() if one.hs[:2] not in there]
    if not others:
        raise CannotPlantError(f"{truth.id} has goods of every chapter there is")
    return chance.pick(others)


def _row(paper: Paper, name: str, chance: Chance) -> int:
    rows = [at for at, row in enumerate(paper.lines) if row.get(name)]
    if not rows:
        raise CannotPlantError(f"no line of the {paper.type} has a {name}")
    return chance.pick(rows)


def _hs_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    """The packing list gives a code of another chapter."""
    paper = paper_of(truth, PACKING)
    row = _row(paper, "hs_code", chance)
    line = invoice_line(truth, row)
    right, wrong = paper.lines[row]["hs_code"], _without_same(truth, chance).hs
    note, lines = f"invoice {right}, packing list {wrong}", {INVOICE: line + 1, PACKING: row + 1}
    fault = Fault("hs_mismatch", "error", "hs_code", (INVOICE, PACKING), note, line + 1, lines)
    changed = truth.with_paper(paper.with_cell(row, "hs_code", wrong))
    return told(changed, fault, disputed=(f"/items/{line}/hs_code",), acceptable=("hs_description",))


def _everywhere(truth: ShipmentTruth, line: int, name: str, value: str) -> ShipmentTruth:
    """The value on every paper that gives one for these goods, and in the declaration."""
    row = paper_of(truth, INVOICE).lines[line]
    part, old = row.get("part_number"), row[name]
    for paper in truth.papers:
        for at, other in enumerate(paper.lines):
            same_goods = other.get("part_number") == part if "part_number" in other else name == "hs_code"
            if same_goods and name in other and (name != "hs_code" or other[name][:6] == old[:6]):
                paper = paper.with_cell(at, name, value)  # noqa: PLW2901 - each change builds on the one before
        truth = truth.with_paper(paper)
    items = truth.declaration["items"]
    listed: list[Json] = list(items) if isinstance(items, list) else []
    item = listed[line]
    listed[line] = {**item, name: value} if isinstance(item, dict) else item
    return replace(truth, declaration={**truth.declaration, "items": listed})


def _hs_invalid(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    """A code outside the nomenclature, alike on all papers. Its line is the only one of its article."""
    paper = paper_of(truth, INVOICE)
    codes = [row.get("hs_code", "")[:6] for row in paper.lines]
    rows = [at for at, code in enumerate(codes) if code and codes.count(code) == 1]
    if not rows:
        raise CannotPlantError(f"no line of {truth.id} has a code of its own")
    line, wrong = chance.pick(rows), chance.pick(_UNKNOWN)
    changed = _everywhere(truth, line, "hs_code", wrong)
    fault = Fault("hs_invalid", "error", "hs_code", (INVOICE,), f"{wrong} is no code", line + 1, {INVOICE: line + 1})
    disputed = (f"/items/{line}/hs_code",)
    return told(changed, fault, disputed=disputed, acceptable=("hs_description", "hs_mismatch"))


def _description_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    """The packing list names other goods of another chapter under the same part number and code."""
    paper = paper_of(truth, PACKING)
    row = _row(paper, "description", chance)
    line = invoice_line(truth, row)
    other = _without_same(truth, chance)
    wrong = other.names[paper.style.language]
    note, lines = f"the packing list names {other.key}", {INVOICE: line + 1, PACKING: row + 1}
    fault = Fault("description_mismatch", "error", "description", (INVOICE, PACKING), note, line + 1, lines)
    changed = truth.with_paper(paper.with_cell(row, "description", wrong))
    disputed = (f"/items/{line}/description",)
    return told(changed, fault, disputed=disputed, acceptable=("hs_description",))


def _description_vague(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    paper = paper_of(truth, INVOICE)
    if paper.style.language not in _VAGUE:
        raise CannotPlantError(f"no vague words are known in {paper.style.language}")
    line = _row(paper, "description", chance)
    wrong = chance.pick(_VAGUE[paper.style.language])
    lines = {INVOICE: line + 1}
    fault = Fault("description_vague", "warning", "description", (INVOICE,), f"only “{wrong}”", line + 1, lines)
    changed = truth.with_paper(paper.with_cell(line, "description", wrong))
    disputed = (f"/items/{line}/description",)
    return told(changed, fault, disputed=disputed, acceptable=("description_mismatch", "hs_description"))


FAULTS: Final = {
    "hs_mismatch": _hs_mismatch,
    "hs_invalid": _hs_invalid,
    "description_mismatch": _description_mismatch,
    "description_vague": _description_vague,
}
