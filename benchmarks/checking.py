"""How long checking takes by the number of goods lines, and whether lines still join however the papers cut them.

    python -m benchmarks.checking [--lines 60 250 1000] [--shipments 60]

Generated papers, four for each shipment, taken as if read from a text layer: no page is drawn. The time is that of
joining, witnessing, solving and checking, the best of three runs. Then every shipment is consistent, but its goods are
packed over several cartons in any order, listed without part numbers, without codes or without words, on two packing
lists or under two invoices: what is then found is a false alarm.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Final

from pydantic import TypeAdapter

from benchmarks.as_read import Papers, Values, base_of
from benchmarks.taking import Nothing
from extractors.engines.similarity import WordVectors
from sample_docs.generator.chance import Chance
from sample_docs.generator.looks import Wish
from sample_docs.generator.random_shipment import random_shipment
from schemas.documents import Document
from schemas.shipments import Shipment
from schemas.values import plain
from validators import reconcile

_DOCUMENT: Final[TypeAdapter[Document]] = TypeAdapter(Document)
_LANGUAGES: Final = ("en", "de", "zh", "fr", "es", "it")
_I, _P, _C = "commercial_invoice", "packing_list", "certificate_of_origin"
_RUNS: Final = 3
_MOST_CARTONS: Final = 4
_COLUMNS: Final = ("quantity", "packages", "net_weight_kg", "gross_weight_kg")
_TOTALS: Final = ("packages", "gross_weight_kg", "net_weight_kg")
Cut = Callable[[Papers, Chance], None]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--lines", type=int, nargs="+", default=[60, 250, 1000], help="goods lines (default: %(default)s)"
    )
    parser.add_argument("--shipments", type=int, default=60, help="for each way of cutting (default: %(default)s)")
    given = parser.parse_args()
    _speed(given.lines)
    _cuts(given.shipments)
    return 0


# -- time


def _speed(sizes: Sequence[int]) -> None:
    print("lines  papers  seconds")
    times = []
    for size in sizes:
        shipment = _shipment(
            base_of(random_shipment(5, "en", wish=Wish(lines=size, certificate=True))).papers, f"{size}"
        )
        times.append(min(_timed(shipment) for _ in range(_RUNS)))
        print(f"{size:5d}  {len(shipment.documents):6d}  {times[-1]:7.2f}", flush=True)
    if len(sizes) > 1:
        growth = math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0])
        print(f"growth from the first to the last: lines to the power of {growth:.2f}")


def _timed(shipment: Shipment) -> float:
    start = time.perf_counter()
    reconcile(shipment, similarity=_VECTORS, earlier=Nothing())
    return time.perf_counter() - start


# -- cuts


def _cuts(shipments: int) -> None:
    print("\nhow the goods are cut             shipments with a false alarm")
    for name, cut in CUTS.items():
        wrong = [seed for seed in range(shipments) if _alarms(seed, cut)]
        print(f"{name:32s}  {len(wrong):3d} of {shipments}" + (f"  {wrong[:8]}" if wrong else ""), flush=True)


def _alarms(seed: int, cut: Cut) -> Counter[str]:
    base = base_of(random_shipment(seed, _LANGUAGES[seed % len(_LANGUAGES)]))
    cut(base.papers, Chance("cut", seed))
    shipment = _shipment(base.papers, base.name).model_copy(update={"as_of": base.as_of})
    found = reconcile(shipment, similarity=_VECTORS, earlier=Nothing()).findings
    return Counter(one.code for one in found if one.severity != "info" and one.code not in _OF_THE_GOODS)


_OF_THE_GOODS: Final = frozenset({"charges_missing", "document_missing"})
"""What these shipments may rightly be asked for."""


def _of(papers: Papers, kind: str) -> list[Values]:
    return [paper for paper in papers if paper["type"] == kind]


def _lines(paper: Values) -> list[Values]:
    lines = paper["lines"]
    return lines if isinstance(lines, list) else []


def _fields(paper: Values) -> Values:
    fields = paper["fields"]
    return fields if isinstance(fields, dict) else {}


def _as_they_are(_papers: Papers, _chance: Chance) -> None:
    """The papers as generated."""


def _in_cartons(papers: Papers, chance: Chance) -> None:
    """Each line of the packing list over one to four cartons, in any order."""
    for paper in _of(papers, _P):
        cartons = [carton for line in _lines(paper) for carton in _split(line, chance)]
        paper["lines"] = chance.some(cartons, len(cartons))


def _split(line: Values, chance: Chance) -> list[Values]:
    count = min(chance.whole(1, _MOST_CARTONS), int(str(line["quantity"])), int(str(line["packages"])))
    shares = {name: _shared(Decimal(str(line[name])), count) for name in _COLUMNS if name in line}
    bare = {name: value for name, value in line.items() if name not in {"number", "package_range"}}
    return [{**bare, **{name: plain(of[n]) for name, of in shares.items()}} for n in range(count)]


def _shared(whole: Decimal, count: int) -> list[Decimal]:
    """Equal shares with as many decimals as the whole; the last takes what is left."""
    share = (whole / count).quantize(Decimal(1).scaleb(int(whole.as_tuple().exponent)), ROUND_DOWN)
    return [*[share] * (count - 1), whole - share * (count - 1)]


def _without(*names: str) -> Cut:
    def cut(papers: Papers, chance: Chance) -> None:
        for paper in _of(papers, _P):
            for line in _lines(paper):
                for name in names:
                    line.pop(name, None)
        _in_cartons(papers, chance)

    return cut


def _on_two_lists(papers: Papers, chance: Chance) -> None:
    _in_cartons(papers, chance)
    for paper in _of(papers, _P):
        first, second = _halves(paper, chance)
        for part in (first, second):
            totals = {name: plain(_sum(part, name)) for name in _TOTALS}
            part["fields"] = {name: value for name, value in _fields(part).items() if name != "volume_m3"} | totals
        papers[papers.index(paper)] = first
        papers.append(second)


def _under_two_invoices(papers: Papers, chance: Chance) -> None:
    """Where there are lines for both, and no charge or discount that nobody could share out."""
    for paper in _of(papers, _I):
        if "subtotal" in _fields(paper) or len(_lines(paper)) == 1:
            continue
        parts = _halves(paper, chance)
        for part in parts:
            kept = {name: value for name, value in _fields(part).items() if name not in _TOTALS}
            part["fields"] = kept | {"total_amount": plain(_sum(part, "amount"))}
        for other in (*_of(papers, _P), *_of(papers, _C)):
            other["fields"] = _fields(other) | {"invoice_number": "; ".join(str(_fields(p)["number"]) for p in parts)}
        papers[papers.index(paper)] = parts[0]
        papers.append(parts[1])


def _halves(paper: Values, chance: Chance) -> tuple[Values, Values]:
    lines, fields = _lines(paper), _fields(paper)
    at = chance.whole(1, max(1, len(lines) - 1))
    number = str(fields.get("number", "1"))
    first = {**paper, "lines": lines[:at], "fields": {**fields, "number": f"{number}A"}}
    return first, {**paper, "lines": lines[at:], "fields": {**fields, "number": f"{number}B"}}


def _sum(paper: Values, name: str) -> Decimal:
    return sum((Decimal(str(line[name])) for line in _lines(paper)), Decimal(0))


CUTS: Final[Mapping[str, Cut]] = {
    "as they are": _as_they_are,
    "over cartons": _in_cartons,
    "without part numbers": _without("part_number"),
    "without part numbers and codes": _without("part_number", "hs_code"),
    "without words": _without("description"),
    "without words and codes": _without("description", "hs_code"),
    "on two packing lists": _on_two_lists,
    "under two invoices": _under_two_invoices,
}


# -- papers as read


def _shipment(papers: Papers, name: str) -> Shipment:
    documents = tuple(_document(n, paper) for n, paper in enumerate(papers) if _lines(paper))
    day = max(str(_fields(paper)["date"]) for paper in papers if "date" in _fields(paper))
    return Shipment.model_validate(
        {"broker": "local", "reference": name, "as_of": day, "documents": documents}, strict=False
    )


def _document(n: int, paper: Values) -> Document:
    part = {"file": f"{n}.pdf", "sha256": f"{n:064x}", "pages": (1,)}

    def read(values: Values, row: int) -> Values:
        box = (10.0, 20.0 + 12 * row, 90.0, 30.0 + 12 * row)
        place = {"confidence": 1.0, "file": f"{n}.pdf", "page": 1, "box": box}
        return {name: {"value": value, "text": str(value), **place} for name, value in values.items() if value}

    return _DOCUMENT.validate_python(
        {
            "type": paper["type"],
            "form": paper.get("form"),
            "parts": (part,),
            "complete_by": ("row_numbers",),
            "fields": read(_fields(paper), 0),
            "lines": tuple(read(line, row + 1) for row, line in enumerate(_lines(paper))),
        },
        strict=False,
    )


_VECTORS: Final = WordVectors()

if __name__ == "__main__":
    sys.exit(main())
