"""Which columns a table of goods has, in what order, and what stands in their cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from sample_docs.generator import printing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.layouts.training.table import Cell, Col
from sample_docs.layouts.training.words import has_word, word

_RIGHT: Final = frozenset(("quantity", "unit_price", "amount", "net_weight", "gross_weight", "volume", "packages"))
_FIELDS: Final = {"net_weight": "net_weight_kg", "gross_weight": "gross_weight_kg", "volume": "volume_m3"}
_SHARES: Final = {"number": 4.0, "description": 24.0, "unit": 5.0, "origin": 7.0, "packages": 7.0, "volume": 7.0}
_MONEY: Final = frozenset(("unit_price", "amount"))
_SYMBOLS: Final = {"USD": "$", "EUR": "€", "GBP": "£"}
_STACKS: Final = (
    ("part_number", "hs_code"),
    ("net_weight", "gross_weight"),
    ("hs_code", "origin"),
    ("number", "part_number"),
)


def has_cell(sheet: Sheet, name: str) -> bool:
    """Whether any line of the paper has that cell."""
    return any(line.get(_FIELDS.get(name, name)) for line in sheet.paper.lines)


def field_of(name: str) -> str:
    """The field that sums up a column's cells and bears the same name as its cells."""
    return _FIELDS.get(name, name)


def plain(sheet: Sheet, name: str) -> Cell:
    """One value in a cell."""
    return lambda line: [[sheet.cell(line, field_of(name))]]


def title(sheet: Sheet, name: str) -> str:
    """The column's head; money names its currency on some papers, a unit all goods share may stand there, too."""
    text = word(sheet, f"column_{name}") if has_word(f"column_{name}") else name
    currency = sheet.paper.text("currency")
    if name in _MONEY and currency and sheet.chance("money head").happens(0.45):
        return sheet.chance("money form").pick((f"{text} {currency}", f"{text} ({currency})", f"{text} in {currency}"))
    return text.upper() if sheet.chance("heads").happens(0.25) and sheet.style.language != "zh" else text


def column(sheet: Sheet, name: str) -> Col:
    """A column of one value; quantities with their unit and money with its sign as the paper chose."""
    align = "right" if name in _RIGHT else "centre" if _centred(sheet, name) else "left"
    tail = _unit_once(sheet) if name == "quantity" and unit_place(sheet) == "once" and _units(sheet) else ()
    return Col(name, title(sheet, name), _SHARES.get(name, 9.0), _cell(sheet, name), align, tail)


def _centred(sheet: Sheet, name: str) -> bool:
    return name in {"number", "unit", "origin", "package_range"} and sheet.chance("centred", name).happens(0.4)


def _cell(sheet: Sheet, name: str) -> Cell:
    special: dict[str, Callable[[int], Runs]] = {
        "unit_price": lambda line: _price(sheet, line),
        "amount": lambda line: _money(sheet, line, "amount"),
        "quantity": lambda line: _quantity(sheet, line),
        "packages": lambda line: _packages(sheet, line),
        "origin": lambda line: _origin(sheet, line),
    }
    if name not in special:
        return plain(sheet, name)
    return lambda line: [special[name](line)]


def unit_place(sheet: Sheet) -> str:
    """Where units stand: `with` the quantity, `apart` in a column, `once` in the head where all are the same."""
    place = sheet.chance("unit").pick(("with", "with", "apart", "once"))
    return "with" if place == "once" and len(_units(sheet)) > 1 else place


def _units(sheet: Sheet) -> set[str]:
    return {line["unit"] for line in sheet.paper.lines if "unit" in line}


def _unit_once(sheet: Sheet) -> Runs:
    """As " (pcs)" behind the head of the quantities, said of every line."""
    names = [f"lines.{at}.unit" for at in range(len(sheet.paper.lines))]
    text = printing.unit(next(iter(_units(sheet))), sheet.style)
    return [Run(" "), Run(f"({text})", names[0], tuple(names[1:]))]


def _quantity(sheet: Sheet, line: int) -> Runs:
    if unit_place(sheet) != "with":
        return [sheet.cell(line, "quantity")]
    return [sheet.cell(line, "quantity"), Run(" "), sheet.cell(line, "unit")]


def _money(sheet: Sheet, line: int, name: str) -> Runs:
    cell, currency = sheet.cell(line, name), sheet.paper.text("currency")
    if not cell.text or not sheet.chance("money sign").happens(0.15):
        return [cell]
    sign = sheet.chance("sign").pick((f"{currency} ", _SYMBOLS.get(currency, f"{currency} ")))
    return [Run(sign), cell] if sign.strip() else [cell]


def _price(sheet: Sheet, line: int) -> Runs:
    """The price, with "per 100" or "/pc" where the paper says what it is for."""
    runs = list(_money(sheet, line, "unit_price"))
    basis = sheet.cell(line, "price_basis")
    if basis.text:
        return [*runs, Run(f" {word(sheet, 'per')} "), basis]
    if sheet.chance("price unit").happens(0.1):
        unit = printing.unit(sheet.paper.lines[line]["unit"], sheet.style)
        return [*runs, Run(f"/{unit}")]
    return runs


def _packages(sheet: Sheet, line: int) -> Runs:
    cell = sheet.cell(line, "packages")
    kind = sheet.paper.text("package_kind")
    if cell.text and kind and sheet.chance("kind in cell").happens(0.25):
        return [cell, Run(f" {printing.package_kind(kind, sheet.style)}")]
    return [cell]


def _origin(sheet: Sheet, line: int) -> Runs:
    """The country's name or, on many papers, its code."""
    cell = sheet.cell(line, "origin")
    if cell.text and sheet.chance("origin code").happens(0.35):
        return [Run(sheet.paper.lines[line]["origin"], cell.name)]
    return [cell]


def stacked(sheet: Sheet, cols: Sequence[Col]) -> list[Col]:
    """Now and then two neighbours share one column, one value above the other."""
    names, chance = [col.name for col in cols], sheet.chance("stacked")
    for upper, lower in _STACKS:
        if upper in names and lower in names and chance.happens(0.12):
            return _joined(cols, names.index(upper), names.index(lower))
    return list(cols)


def _joined(cols: Sequence[Col], upper: int, lower: int) -> list[Col]:
    one, other = cols[upper], cols[lower]
    joined = Col(
        one.name,
        f"{one.title} / {other.title}",
        max(one.share, other.share),
        lambda line: [*one.cell(line), *other.cell(line)],
        one.align,
        (*one.tail, *other.tail),
    )
    return [joined if at == upper else col for at, col in enumerate(cols) if at != lower]


def described(sheet: Sheet, details: Sequence[str]) -> Col:
    """The description with further values under it or behind it."""
    base = column(sheet, "description")

    def cell(line: int) -> list[Runs]:
        parts = [runs for name in details if (runs := _detail(sheet, line, name))]
        if sheet.chance("details").happens(0.3) and parts:
            return [[sheet.cell(line, "description")], [run for part in parts for run in (*part, Run("  "))]]
        return [[sheet.cell(line, "description")], *parts]

    return Col("description", base.title, base.share, cell)


def _detail(sheet: Sheet, line: int, name: str) -> Runs:
    """A value under the description with its label, as "HS code: 8481.80"."""
    chance = sheet.chance("detail", name)
    if name == "batch":
        return [Run(f"{word(sheet, 'detail_batch')} {_batch(sheet, line)}")]
    if name == "contents":
        return _contents(sheet, line)
    cell = _origin(sheet, line)[0] if name == "origin" else sheet.cell(line, field_of(name))
    if not cell.text:
        return []
    key = {"net_weight": "detail_net"}.get(name, f"column_{name}")
    parting = chance.pick((": ", " ", " : "))
    unit = [Run(f" {printing.kilograms(sheet.style)}")] if name == "net_weight" else []
    return [Run(f"{word(sheet, key)}{parting}"), cell, *unit]


def _contents(sheet: Sheet, line: int) -> Runs:
    """How many go into one package, as "24 pcs per carton"."""
    row = sheet.paper.lines[line]
    each = int(row["quantity"]) // int(row["packages"])
    unit = printing.unit(row["unit"], sheet.style)
    return [Run(f"{printing.number(str(each), sheet.style)} {unit} {word(sheet, 'detail_contents')}")]


def _batch(sheet: Sheet, line: int) -> str:
    """The number of a batch, which no field asks for."""
    chance = sheet.chance("batch", line)
    return f"{sheet.chance('batch letter').pick(('L', 'B', '', 'CH-'))}{chance.digits(6)}"
