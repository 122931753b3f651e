"""Official cases of duty, the forms of a published tariff, and how long a declaration's value and duty take.

    python -m benchmarks.duty FOLDER    the folder of duty_cases.json and ukgt_2020-12.csv

A case counts as right where duty, base of VAT and VAT are exact, or where it is refused and its rate stands neither in
the case nor in the tariff. A guessed one would be told as wrong.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

from declarations.duty.cases import solved
from declarations.duty.expressions import parsed
from declarations.duty.lookup import Goods, normal_rate
from declarations.duty.tariff_files import parse_tariff
from declarations.errors import NotComputable
from schemas.reference import ListVersion
from schemas.tariffs import Tariff

CASES, TARIFF = "duty_cases.json", "ukgt_2020-12.csv"
_LOOKED_UP = 1000


def main(folder: Path) -> None:
    began = time.perf_counter()
    tariff = _tariff(folder / TARIFF)
    print(f"{TARIFF}: {len(tariff.lines)} lines in {time.perf_counter() - began:.2f} s")
    _forms(tariff)
    _lookups(tariff)
    _cases(folder / CASES, tariff)


def _tariff(file: Path) -> Tariff:
    version = ListVersion(
        kind="tariff", scope="GB", name=file.name, source=file.name, valid_from=dt.date(2021, 1, 1), sha256="0" * 64
    )
    return parse_tariff(file.read_text(encoding="utf-8-sig"), version)


def _forms(tariff: Tariff) -> None:
    found = Counter(_outcome(line.expression) for line in tariff.lines)
    print("expressions:", ", ".join(f"{count} {name}" for name, count in found.most_common()))


def _outcome(expression: str) -> str:
    try:
        return type(parsed(expression)).__name__
    except NotComputable as reason:
        return type(reason).__name__


def _lookups(tariff: Tariff) -> None:
    """By full code, and by the six digits that papers carry: how many of these have one rate below them."""
    codes = sorted({line.code for line in tariff.lines})
    full, short = codes[:: len(codes) // _LOOKED_UP], sorted({code[:6] for code in codes})
    for name, listed in (("full codes", full), ("codes of six digits", short)):
        began = time.perf_counter()
        known = sum(_has_rate(tariff, code) for code in listed)
        each = (time.perf_counter() - began) / len(listed) * 1000
        print(f"{name}: {known} of {len(listed)} have one rate ({known / len(listed):.1%}), {each:.2f} ms each")


def _has_rate(tariff: Tariff, code: str) -> bool:
    try:
        normal_rate(tariff, Goods(code))
    except NotComputable:
        return False
    return True


def _cases(file: Path, tariff: Tariff) -> None:
    cases = json.loads(file.read_text(encoding="utf-8"))
    tally: Counter[str] = Counter()
    for case in cases:
        result = solved(case, tariff)
        expected = tuple(Decimal(case[name]) for name in ("duty", "vat_base", "vat"))
        if result.error:
            tally["refused"] += 1
            print(f"  {result.scenario} refused: {result.error}")
            continue
        right = (result.duty, result.vat_base, result.vat) == expected
        tally["exact" if right else "wrong"] += 1
        if not right:
            print(f"  {result.scenario} WRONG: {result.duty}, {result.vat_base}, {result.vat}; expected {expected}")
    print(f"{file.name}: {len(cases)} cases,", ", ".join(f"{count} {name}" for name, count in tally.items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
