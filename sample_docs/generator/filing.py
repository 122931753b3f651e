"""Drawn papers become the files of a shipment's folder and its truth in JSON."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sample_docs.damage import LADDER, Scan, damaged
from sample_docs.generator.chance import Chance
from sample_docs.generator.drawing import Drawing
from sample_docs.generator.overwriting import overwritten
from sample_docs.generator.pdf import Picture, pdf_bytes
from sample_docs.generator.truth import Company, Json, Paper, ShipmentTruth
from sample_docs.layouts import BY_NAME

_PARTY_PARTS: Final = ("name", "address", "country", "tax_id")
_CELL: Final = re.compile(r"lines\.(\d+)\.(\w+)")
_DEFAULT_NAMES: Final = {
    "commercial_invoice": "invoice",
    "packing_list": "packing list",
    "certificate_of_origin": "certificate of origin",
    "transport_document": "transport document",
    "all": "documents",
}
_SUFFIX: Final = {"fax": ".tif", "photo": ".jpg"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper with its drawing and, unless it stays digital, its damaged pages."""

    paper: Paper
    drawing: Drawing
    scans: tuple[Scan, ...] = ()

    @property
    def sheets(self) -> list[Drawing | Picture]:
        """As pages of a PDF."""
        return [Picture(scan.jpeg(), scan.size) for scan in self.scans] or [self.drawing]


@dataclass(slots=True)
class Filed:
    """The folder while it fills: bytes by file name, and of each document type its (file, pages)."""

    files: dict[str, bytes] = field(default_factory=dict)
    parts: dict[str, list[tuple[str, list[int]]]] = field(default_factory=dict)


def drawn(truth: ShipmentTruth) -> list[Drawn]:
    """All papers of a shipment on paper."""
    return [_drawn(paper, Chance(truth.id, paper.type)) for paper in truth.papers]


def _drawn(paper: Paper, chance: Chance) -> Drawn:
    drawing = BY_NAME[paper.pool, paper.layout].draw(paper)
    if paper.lost_page:
        drawing = drawing.without_page(paper.lost_page)
    drawing = overwritten(drawing, paper, chance.branch("overwriting"))
    if paper.level == "digital":
        return Drawn(paper, drawing)
    return Drawn(paper, drawing, tuple(damaged(drawing, paper.level, effects=paper.effects, chance=chance)))


def filed(truth: ShipmentTruth, papers: Sequence[Drawn]) -> Filed:
    """The files as the sender packed them: `separate`, `combined` (one PDF), `tiff` (one fax), `per_page`."""
    folder = Filed()
    if truth.packaging == "combined":
        _combined(folder, truth, papers)
    elif truth.packaging == "tiff":
        _one_tiff(folder, _name(truth, "all"), papers)
    else:
        for one in papers:
            _alone(folder, truth, one)
    if truth.draft is not None:
        folder.files["draft_declaration.json"] = _json_bytes(dict(truth.draft))
    return folder


def _name(truth: ShipmentTruth, kind: str) -> str:
    return truth.file_names.get(kind, _DEFAULT_NAMES[kind])


def _combined(folder: Filed, truth: ShipmentTruth, papers: Sequence[Drawn]) -> None:
    name, at = f"{_name(truth, 'all')}.pdf", 1
    for one in papers:
        folder.parts[one.paper.type] = [(name, list(range(at, at + one.drawing.pages)))]
        at += one.drawing.pages
    folder.files[name] = pdf_bytes([sheet for one in papers for sheet in one.sheets], title=_name(truth, "all"))


def _alone(folder: Filed, truth: ShipmentTruth, one: Drawn) -> None:
    suffix, name = _SUFFIX.get(one.paper.level, ".pdf"), _name(truth, one.paper.type)
    if suffix == ".tif":
        _one_tiff(folder, name, [one])
    elif suffix == ".jpg":
        _pictures(folder, name, one)
    else:
        folder.files[f"{name}{suffix}"] = pdf_bytes(one.sheets, title=name)
        folder.parts[one.paper.type] = [(f"{name}{suffix}", list(range(1, one.drawing.pages + 1)))]


def _pictures(folder: Filed, name: str, one: Drawn) -> None:
    """One picture a page; a name that ends in digits counts on, as cameras do."""
    stem, digits = re.fullmatch(r"(.*?)(\d*)", name, re.DOTALL).groups()  # type: ignore[union-attr]  # always matches
    for at, scan in enumerate(one.scans):
        number = f"{int(digits) + at:0{len(digits)}d}" if digits else f" {at + 1}" if len(one.scans) > 1 else ""
        file = f"{stem}{number}.jpg"
        folder.files[file] = scan.jpeg()
        folder.parts.setdefault(one.paper.type, []).append((file, [1]))


def _one_tiff(folder: Filed, name: str, papers: Sequence[Drawn]) -> None:
    """Group 4 compressed, one page after the other."""
    at = 1
    for one in papers:
        folder.parts[one.paper.type] = [(f"{name}.tif", list(range(at, at + one.drawing.pages)))]
        at += one.drawing.pages
    scans = [scan for one in papers for scan in one.scans]
    first, out = scans[0], io.BytesIO()
    rest = [scan.image for scan in scans[1:]]
    first.image.save(out, "TIFF", save_all=True, append_images=rest, compression="group4", dpi=(first.dpi, first.dpi))
    folder.files[f"{name}.tif"] = out.getvalue()


# -- the truth


def truth_json(truth: ShipmentTruth, papers: Sequence[Drawn], folder: Filed) -> dict[str, Json]:
    """The truth file: of every document only what is printed on the pages that are there."""
    documents: list[Json] = [_document(one, folder.parts[one.paper.type]) for one in papers]
    renders = sorted({one.paper.level for one in papers}, key=LADDER.index)
    attributes: dict[str, Json] = {
        "render": renders[-1],
        "renders": list(renders),
        **truth.attributes,
        "packaging": truth.packaging,
        "discrepancies": [*(fault.code for fault in truth.faults)],
        "has_draft": truth.draft is not None,
        "rotated": any({"upside_down", "sideways"} & set(one.paper.effects) for one in papers),
        "stamped": any("stamp" in one.paper.effects for one in papers),
        "handwriting": any("handwriting" in one.paper.effects for one in papers),
    }
    found = {fault.code for fault in truth.faults}
    return {
        "id": truth.id,
        "attributes": attributes,
        "documents": documents,
        "expected_findings": [fault.json() for fault in truth.faults],
        "acceptable_findings": [code for code in sorted(set(truth.acceptable)) if code not in found],
        "status": "held" if truth.faults else "clear",
        "declaration": dict(truth.declaration),
        "declaration_disputed": [*sorted(set(truth.disputed))],
    }


def _document(one: Drawn, parts: Sequence[tuple[str, list[int]]]) -> Json:
    paper = one.paper
    printed = {name for mark in one.drawing.marks for name in (mark.name, *mark.also) if name}
    if paper.type == "transport_document":  # its one line of cargo and the document share these values
        printed |= {f"lines.0.{name}" for name in ("packages", "gross_weight_kg") if name in printed}
    listed: list[Json] = [{"file": file, "pages": list(pages)} for file, pages in parts]
    return {
        "type": paper.type,
        "form": paper.form,
        "file": parts[0][0],
        "pages": list(parts[0][1]),
        "parts": listed,
        "render": paper.level,
        "language": "zh-en" if paper.style.language == "zh" else paper.style.language,
        "layout": paper.layout,
        "effects": list(paper.effects) if paper.level != "digital" else [],
        "fields": printed_fields(paper, printed),
        "lines": printed_lines(paper, printed),
    }


def printed_fields(paper: Paper, printed: set[str]) -> dict[str, Json]:
    """The fields whose values stand on the drawing, in the paper's order."""
    fields: dict[str, Json] = {}
    for name, value in paper.fields.items():
        if isinstance(value, Company):
            if f"{name}.name" in printed:
                fields[name] = _party(value, name, printed)
        elif name in printed:
            fields[name] = value
    return fields


def _party(company: Company, name: str, printed: set[str]) -> Json:
    values = {
        "name": company.name,
        "address": company.address,
        "country": company.country,
        "tax_id": company.tax_id or None,
    }
    return {part: values[part] if f"{name}.{part}" in printed else None for part in _PARTY_PARTS}


def printed_lines(paper: Paper, printed: set[str]) -> list[Json]:
    """The lines with the cells that stand on the drawing, without those on a page that is not there."""
    cells: dict[int, set[str]] = {}
    for name in printed:
        if match := _CELL.fullmatch(name):
            cells.setdefault(int(match[1]), set()).add(match[2])
    return [
        {name: value for name, value in row.items() if name in cells[at]}
        for at, row in enumerate(paper.lines)
        if at in cells
    ]


def write(truth: ShipmentTruth, shipments: Path, truths: Path) -> None:
    """Draw, damage and write one shipment: its folder under `shipments`, its truth under `truths`.

    Raises:
        OSError: the folders cannot be written.
    """
    papers = drawn(truth)
    folder = filed(truth, papers)
    target = shipments / truth.id
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    for name, content in folder.files.items():
        (target / name).write_bytes(content)
    truths.mkdir(parents=True, exist_ok=True)
    (truths / f"{truth.id}.json").write_bytes(_json_bytes(truth_json(truth, papers, folder)))


def _json_bytes(content: Mapping[str, Json]) -> bytes:
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
