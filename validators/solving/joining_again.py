"""Lines joined once more where a tariff code was likely misread: the wrong code joined them to the wrong goods."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.documents import Document
from schemas.shipments import Shipment
from validators.solving.judging import Solved


def with_likely_codes(shipment: Shipment, solved: Solved) -> Shipment:
    """The shipment with the codes that lines are likely to bear, for joining alone; itself where none was misread."""
    codes: dict[tuple[int, int | None], object] = {
        (one.cell.document, one.cell.line): one.value
        for one in solved.likely
        if one.cell.name == "hs_code" and one.cell.line is not None
    }
    if not codes:
        return shipment
    documents = tuple(_with(document, n, codes) for n, document in enumerate(shipment.documents))
    return shipment.model_copy(update={"documents": documents})


def _with(document: Document, at: int, codes: Mapping[tuple[int, int | None], object]) -> Document:
    lines = list(document.lines)
    for n, line in enumerate(document.lines):
        code = line.get("hs_code")
        if code is not None and (at, n) in codes:
            likely = code.model_copy(update={"value": codes[at, n]})
            lines[n] = line.model_copy(update={"hs_code": likely})
    return document.model_copy(update={"lines": tuple(lines)})
