"""The data elements of a format as a table: where each is written, its form, when it is needed, who can give it.

A schema makes nearly all of them optional; the table says what a declaration must carry, and is checked against what
was written, so that a format is ready exactly where nothing of it is missing or unfit.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Literal

from declarations.exports.markup import Element, unwritable
from schemas.results import Missing

Level = Literal["header", "item"]
_SHOWN_ITEMS = 5


@dataclass(frozen=True, slots=True)
class DataElement:
    """One row. `paths` are where the value may stand, one of them is enough; of an item's elements below the item.

    `needed`: "always", "optional", "if PATH" or "unless PATH" with alternatives parted by ` | ` (a path that begins
    with `/` starts at the declaration), or "rule …" where the writer of the format decides. `form` is `an..35`, `a2`,
    `n..16,2` (16 figures, 2 of them decimals).
    """

    number: str
    name: str
    level: Level
    needed: str
    paths: tuple[str, ...]
    form: str
    source: str
    where_to_set: str


@dataclass(frozen=True, slots=True)
class Table:
    """The elements of one format. `items` is the path of its goods items."""

    elements: tuple[DataElement, ...]
    items: str


@cache
def table(name: str, items: str) -> Table:
    """The table of that name, as it ships."""
    text = files("declarations.exports").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return Table(tuple(_row(row) for row in csv.DictReader(text.splitlines())), items)


def _row(row: Mapping[str, str]) -> DataElement:
    return DataElement(
        number=row["element"],
        name=row["name"],
        level="item" if row["level"] == "item" else "header",
        needed=row["needed"],
        paths=tuple(row["paths"].split(" | ")),
        form=row["form"],
        source=row["source"],
        where_to_set=row["where_to_set"],
    )


def lacking(root: Element, known: Table) -> tuple[Missing, ...]:
    """What the tree must carry and does not, then what it carries in a form that the format cannot take."""
    absent = [missing for element in known.elements for missing in _absent(root, element, known.items)]
    return (*absent, *_unfit(root, known))


def _absent(root: Element, element: DataElement, items: str) -> Iterator[Missing]:
    if element.level == "header":
        if _is_needed(element, root, root) and not _is_there(element, root):
            yield _missing(element, ())
        return
    goods = root.all(items)
    without = [n for n, item in enumerate(goods, 1) if _is_needed(element, item, root) and not _is_there(element, item)]
    if without:
        yield _missing(element, without if len(without) < len(goods) else ())


def _is_there(element: DataElement, place: Element) -> bool:
    return any(place.all(path) for path in element.paths)


def _is_needed(element: DataElement, place: Element, root: Element) -> bool:
    kind, _, rest = element.needed.partition(" ")
    paths = rest.split(" | ") if kind in {"if", "unless"} else ()
    found = any((root if path.startswith("/") else place).all(path) for path in paths)
    return {"always": True, "optional": False, "rule": False, "if": found, "unless": not found}[kind]


def _missing(element: DataElement, items: list[int] | tuple[int, ...]) -> Missing:
    return Missing(element=element.number, name=f"{element.name}{_of_items(items)}", where_to_set=element.where_to_set)


def _of_items(items: list[int] | tuple[int, ...]) -> str:
    if not items:
        return ""
    shown = ", ".join(str(n) for n in items[:_SHOWN_ITEMS])
    more = f" and {len(items) - _SHOWN_ITEMS} more" if len(items) > _SHOWN_ITEMS else ""
    return f" (item{'s' if len(items) > 1 else ''} {shown}{more})"


def _unfit(root: Element, known: Table) -> Iterator[Missing]:
    """Nothing is cut or spelled another way: what does not fit is said, and a person shortens it."""
    looked_at: set[int] = set()
    for element in known.elements:
        found = list(_misfits(element, root, known.items, looked_at))
        yield from found[:_SHOWN_ITEMS]
        if len(found) > _SHOWN_ITEMS:
            name = f"{element.name}: does not fit in {len(found) - _SHOWN_ITEMS} items more"
            yield Missing(element=element.number, name=name, where_to_set=element.where_to_set)
    yield from (_unwritable(one) for one in _leaves(root) if id(one) not in looked_at and unwritable(one.text or ""))


def _misfits(element: DataElement, root: Element, items: str, looked_at: set[int]) -> Iterator[Missing]:
    """Texts of one data element that are not of its form; every text that was compared is added to `looked_at`."""
    places = [(None, root)] if element.level == "header" else list(enumerate(root.all(items), 1))
    for item, place in places:
        for found in (found for path in element.paths for found in place.all(path)):
            looked_at.add(id(found))
            if reason := misfit(found.text or "", element.form):
                name = f"{element.name}{_of_items(()) if item is None else _of_items((item,))}: {reason}"
                yield Missing(element=element.number, name=name, where_to_set=element.where_to_set)


def _leaves(element: Element) -> Iterator[Element]:
    yield from (
        (element,) if element.text is not None else (leaf for child in element.children for leaf in _leaves(child))
    )


def _unwritable(element: Element) -> Missing:
    name = f"a text in {element.name}: {misfit(element.text or '', 'an..0')}"
    return Missing(element=element.name, name=name, where_to_set="the paper, or the profile that the text comes from")


def misfit(text: str, form: str) -> str | None:
    """Why the text cannot stand in an element of that form; None where it can."""
    if character := unwritable(text):
        return f"it has a character that XML cannot carry (U+{ord(character):04X})"
    kind, _, most = form.partition("..")
    if most and kind == "n":
        return _misfit_number(text, most)
    if most:
        return f"it has {len(text)} characters, at most {most} fit" if len(text) > int(most) else None
    length = int(form.lstrip("an"))
    letters = form.rstrip("0123456789")
    fits = len(text) == length and (letters != "a" or text.isalpha()) and (letters != "n" or text.isdigit())
    return None if fits and text.isascii() else f"“{text}” is not of the form {form}"


def _misfit_number(text: str, most: str) -> str | None:
    figures, _, decimals = most.partition(",")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return f"“{text}” is no number"
    sign, digits, exponent = number.normalize().as_tuple()
    shift = exponent if isinstance(exponent, int) else 0
    if sign and number:
        return f"{text} is below zero"
    if -shift > int(decimals or 0):
        return f"{text} has more decimals than the {decimals or 'none'} that fit"
    if len(digits) + max(shift, 0) > int(figures):
        return f"{text} has more than {figures} figures"
    return None
