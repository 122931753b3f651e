"""`python -m declarations.exports.documentation` prints `docs/h1-data-elements.md` from the table of elements."""

from __future__ import annotations

import sys

from declarations.exports import cds
from declarations.exports.elements import DataElement

_TOP = """# Data elements of the full import declaration (H1) for CDS

Every data element that Tidewaiter writes into `declaration.cds.xml`: where its value comes from, where it stands, and
whether the declaration must carry it. The schema makes nearly all of them optional; this table is what readiness is
checked against (`exports` of the result). It is made from `declarations/exports/h1_elements.csv` by
`python -m declarations.exports.documentation`.

Paths begin at `Declaration`; those of an item at `GoodsShipment/GovernmentAgencyGoodsItem`. Forms: `an..35` up to 35
characters, `a2` two letters, `n..16,2` up to 16 figures, two of them decimals. Runs of white space become one space;
nothing is cut, transliterated or rounded: what does not fit is named as missing. Sources: HMRC, CDS Declaration
Completion Guide for imports; the annotated samples of HMRC's declarations interface; WCO Data Model 3.6.

| element | name | of | must be there | source | path | form |
| --- | --- | --- | --- | --- | --- | --- |
"""
_ORDINARY = {"always": "yes", "optional": "where known"}


def page() -> str:
    return _TOP + "".join(f"{_row(element)}\n" for element in cds.elements().elements)


def _row(element: DataElement) -> str:
    needed = _ORDINARY.get(element.needed) or _condition(element.needed)
    paths = " or ".join(f"`{path}`" for path in element.paths)
    cells = (element.number, element.name, element.level, needed, element.source, paths, f"`{element.form}`")
    return f"| {' | '.join(cells)} |"


def _condition(needed: str) -> str:
    kind, _, rest = needed.partition(" ")
    if kind == "rule":
        return rest
    return f"{kind} {' or '.join(f'`{path}`' for path in rest.split(' | '))}"


if __name__ == "__main__":
    sys.stdout.write(page())
