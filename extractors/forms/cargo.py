"""The goods of a transport document: packages, weight, volume, container and what the goods are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from extractors.context import Context
from extractors.forms import picking
from extractors.forms.boxes import FormPage
from extractors.forms.equipment import loaded
from extractors.forms.items import EVERY_SIGN, Item, Line, items_of
from extractors.forms.labels import letters_of
from extractors.forms.lines import line_text
from extractors.forms.packaged import counted
from extractors.forms.placing import placed, words_for
from extractors.forms.seals import seal_of
from extractors.forms.stated import stated_kind, stated_line, stated_volume
from extractors.forms.table import GoodsTable, goods_table
from extractors.layout.spans import joined
from extractors.lexicon import lexicon
from extractors.lexicon.labels import tokens
from extractors.values.identifiers import find_containers
from extractors.values.numbers import NumberStyle
from extractors.values.packages import parse_package_kind, parse_packages
from schemas.documents import TransportLine
from schemas.fields import Alternative, Field
from schemas.pages import Page, Word

_EQUIPMENT = re.compile(
    r"\b\d{1,3}\s*[xX×]\s*\d{2}\b|\b(?:20|40|45)\s*['’´`]?\s*(?:GP|HC|HQ|DC|DV|ST|RF|OT|FT|FEET)\b|\bCONTAINERS?\b",
    re.IGNORECASE,
)
_MARK_LINE = re.compile(
    r"^(?:C/?NO|CTN NO|P\.?/?O|L/C|HS|INV(?:OICE)?|REF(?:ERENCE)?|TEL|FAX|SEALS?|NOTIFY)(?![^\W_])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cargo:
    lines: tuple[TransportLine, ...] = ()
    packages: Field[Decimal] | None = None
    package_kind: Field[str] | None = None
    gross_weight_kg: Field[Decimal] | None = None
    volume_m3: Field[Decimal] | None = None
    container_number: Field[str] | None = None
    seal_number: Field[str] | None = None


def cargo_of(forms: Sequence[FormPage], context: Context) -> Cargo:
    """The goods as a table lists them, else as titles of their own state them."""
    listed = _listed(forms, context)
    line = None if listed.lines else stated_line(forms, context)
    if line is None:
        return _with_equipment(listed, forms, context)
    volume = _tangible(stated_volume(forms, context), line.gross_weight_kg)
    return replace(
        listed,
        lines=(line,),
        packages=line.packages,
        package_kind=stated_kind(forms, context),
        gross_weight_kg=line.gross_weight_kg,
        volume_m3=volume,
    )


def _with_equipment(cargo: Cargo, forms: Sequence[FormPage], context: Context) -> Cargo:
    """What the table leaves open, by the lines of the containers."""
    if cargo.packages and cargo.seal_number:
        return cargo
    found = loaded(forms, context)
    own = cargo.packages is not None
    return replace(
        cargo,
        packages=cargo.packages or found.packages,
        package_kind=cargo.package_kind or (None if own else found.package_kind),
        seal_number=cargo.seal_number or found.seal,
    )


def _listed(forms: Sequence[FormPage], context: Context) -> Cargo:
    """The goods table's lines and totals, and the container wherever the papers name it."""
    tables = [table for form in forms if (table := goods_table(form))]
    parts = [(table, items_of(table, context, begun_by=_signs(table, context))) for table in tables]
    items = [(table, item) for table, found in parts for item in found.items]
    lines = [_line(table, item, context) for table, item in items]
    named = [line for line in lines if line.packages or line.gross_weight_kg]
    kept, sums = _without_sums(named)
    totals = [(table.form, words) for table, found in parts for words in found.closing]
    single = kept[0] if len(kept) == 1 else None
    weight = _total_weight(totals, context) or (sums or single or _NOTHING).gross_weight_kg
    return Cargo(
        lines=kept,
        packages=_total_packages(totals, context) or (sums or single or _NOTHING).packages,
        package_kind=_kinds([k for table, item in items if (k := _kind(table.form.page, item, context))]),
        gross_weight_kg=weight,
        volume_m3=_tangible(
            _volume(items, totals, context) or _by_density(items, totals, context, weight=weight), weight
        ),
        container_number=_container(forms),
        seal_number=seal_of(forms, tables),
    )


_NOTHING = TransportLine()


def _without_sums(lines: Sequence[TransportLine]) -> tuple[tuple[TransportLine, ...], TransportLine | None]:
    """The lines without the last where that names no goods and only adds up the others, as air waybills do."""
    *others, last = lines or [_NOTHING]
    if not others or last.description is not None:
        return tuple(lines), None
    pairs = [
        (last.packages, [line.packages for line in others]),
        (last.gross_weight_kg, [line.gross_weight_kg for line in others]),
    ]
    held = [_adds_up(total, parts) for total, parts in pairs if total]
    return (tuple(others), last) if all(held) else (tuple(lines), None)


def _adds_up(total: Field[Decimal], parts: Sequence[Field[Decimal] | None]) -> bool:
    return all(parts) and sum(part.value for part in parts if part) == total.value


def _signs(table: GoodsTable, context: Context) -> frozenset[str]:
    """A new line begins with its packages; weights only tell where no packages are counted (kilograms over pounds)."""
    any_counted = any(parse_packages(line_text(line), context.number_style) for line in table.lines("packages"))
    return frozenset({"number", "packages"}) if any_counted else EVERY_SIGN


def _line(table: GoodsTable, item: Item, context: Context) -> TransportLine:
    page = table.form.page
    return TransportLine(
        description=_description(page, item, context),
        packages=_packages(page, item, context),
        gross_weight_kg=_weight(page, item, context),
    )


def _packages(page: Page, item: Item, context: Context) -> Field[Decimal] | None:
    style = context.number_style

    def count(text: str) -> Decimal | None:
        found = parse_packages(text.strip(" :;,.|"), style)
        return found[0] if found else None

    for line in item.column("packages", "marks"):
        number = count(line.text)
        if number is not None and (line.concept == "packages" or any(c.isalpha() for c in line.text)):
            return placed(line.words, number, page, parse=count)
    for line in item.column("goods"):
        leading = counted(line.text, style)
        if leading and not _EQUIPMENT.search(line.text):
            return placed(line.words[:2], leading[0], page)
    return None


def _kind(page: Page, item: Item, context: Context) -> Field[str] | None:
    for line in item.column("packages", "package_kind", "goods"):
        found = parse_packages(line.text, context.number_style) if line.concept != "goods" else None
        leading = counted(line.text, context.number_style) if line.concept == "goods" else None
        kind = (found[1] if found else None) or (leading[1] if leading else None)
        kind = kind or (parse_package_kind(line.text) if line.concept != "goods" else None)
        if kind and not (line.concept == "goods" and _EQUIPMENT.search(line.text)):
            words = [w for w in line.words if any(c.isalpha() for c in w.text)]
            return placed(words[:1] if line.concept == "goods" else words, kind, page)
    return None


def _kinds(found: Sequence[Field[str]]) -> Field[str] | None:
    """The kind of all lines; of several kinds all, in printed order."""
    kinds = list(dict.fromkeys(field.value for field in found))
    return found[0].model_copy(update={"value": "; ".join(kinds)}) if found else None


def _weight(page: Page, item: Item, context: Context) -> Field[Decimal] | None:
    unit = next((u for line in item.column("kg_lb") if (u := _unit_of(line.text))), "KGM")
    for line in item.column("weight"):
        found = picking.weight(page, line.words, context, default_unit=unit)
        if found:
            return _packed(found)
    return None


_HEAVIEST = 1_000_000
"""Kilograms that no packed goods of one line reach: "1.344 MT" are not 1,344 tonnes."""


def _packed(weight: Field[Decimal]) -> Field[Decimal]:
    """The weight, its mark taken for a decimal one where tonnes with three decimals were read as thousands."""
    if weight.value < _HEAVIEST or not re.search(r"\d[.,]\d{3}(?![\d.,])", weight.text):
        return weight
    printed = Alternative[Decimal](value=weight.value, text=weight.text, confidence=0.4)
    mended = {"value": weight.value / 1000, "alternatives": (printed,), "confidence": min(weight.confidence, _DOUBTED)}
    return weight.model_copy(update=mended)


def _unit_of(text: str) -> str | None:
    """The narrow column of the air waybill: K for kilograms, L for pounds."""
    letter = text.strip(" .|").upper()[:1]
    return {"K": "KGM", "L": "LBR"}.get(letter)


def _description(page: Page, item: Item, context: Context) -> Field[str] | None:
    """The lines that name the goods: neither the container, nor clauses, nor references."""
    kept: list[Word] = []
    in_clause = False
    for line in item.column("goods"):
        words = _after_count(line, context)
        text = joined(w.text for w in words)
        in_clause = (in_clause and _clause(text)) or _opens_clause(text)
        if kept and find_containers(text):
            break
        if in_clause or _clause(text) or _MARK_LINE.match(text) or not any(c.isalpha() for c in text):
            if kept and not in_clause:
                break
            continue
        kept += words
    value = joined(w.text for w in kept).strip(" ,;:.-|*")
    return placed(kept, value, page) if value else None


def _after_count(line: Line, context: Context) -> list[Word]:
    leading = counted(line.text, context.number_style)
    if leading is None or _EQUIPMENT.search(line.text) or not leading[2]:
        return line.words
    return list(words_for(line.words, leading[2]))


def _opens_clause(text: str) -> bool:
    return bool(_EQUIPMENT.search(text))


def _clause(text: str) -> bool:
    """True where the line begins with such a phrase; a word of its own: "P.O." does not begin POWER TOOLS."""
    words = tokens(text)
    heads = ("".join(words[:end]) for end in range(1, len(words) + 1))
    known = _clauses()
    return any(head in known for head in heads)


@cache
def _clauses() -> frozenset[str]:
    return frozenset(map(letters_of, lexicon("forms").phrases("clause")))


def _total_packages(totals: Sequence[tuple[FormPage, Sequence[Word]]], context: Context) -> Field[Decimal] | None:
    for form, words in totals:
        for start in range(len(words)):
            found = counted(joined(w.text for w in words[start : start + 2]), context.number_style)
            if found and words[start].text[0].isdigit():
                return placed(words[start : start + 2], found[0], form.page)
    return None


def _total_weight(totals: Sequence[tuple[FormPage, Sequence[Word]]], context: Context) -> Field[Decimal] | None:
    for form, words in totals:
        found = picking.weight(form.page, picking.behind_gross(words), context)
        if found:
            return found
    return None


def _volume(
    items: Sequence[tuple[GoodsTable, Item]], totals: Sequence[tuple[FormPage, Sequence[Word]]], context: Context
) -> Field[Decimal] | None:
    for form, words in totals:
        found = picking.volume(form.page, words, context)
        if found:
            return found
    for table, item in items:
        for line in item.column("measurement", "goods", "weight"):
            found = picking.volume(table.form.page, line.words, context, bare=line.concept == "measurement")
            if found:
                return found
    return None


_DOUBTED = 0.6
_HOLD = 1000
"""Cubic metres that no container and no lorry holds."""
_THINNEST = 5
"""Kilograms of a cubic metre that no packed goods fall below; balloons and foam weigh 10 and more."""


def _tangible(volume: Field[Decimal] | None, weight: Field[Decimal] | None) -> Field[Decimal] | None:
    """The volume, its mark taken for a decimal one where else the goods would weigh less than foam.

    "19,980 CBM" of 1,625 kg is a point misread as a comma: volumes are printed with three decimals.
    """
    if volume is None or volume.value <= 0:
        return volume
    if volume.value < _HOLD if weight is None else weight.value / volume.value >= _THINNEST:
        return volume
    if not re.search(r"\d[.,]\d{3}(?!\d)", volume.text):
        return volume
    printed = Alternative[Decimal](value=volume.value, text=volume.text, confidence=0.4)
    mended = {"value": volume.value / 1000, "alternatives": (printed,), "confidence": min(volume.confidence, _DOUBTED)}
    return volume.model_copy(update=mended)


_STYLES = (NumberStyle(".", ","), NumberStyle(",", "."))


def _by_density(
    items: Sequence[tuple[GoodsTable, Item]],
    totals: Sequence[tuple[FormPage, Sequence[Word]]],
    context: Context,
    *,
    weight: Field[Decimal] | None,
) -> Field[Decimal] | None:
    """Where no style of numbers is settled: the one reading of "4.850 m3" that goods of this weight can have."""
    if context.number_style is not None or weight is None:
        return None
    readings = [found for style in _STYLES if (found := _volume(items, totals, replace(context, number_style=style)))]
    likely = {r.value: r for r in readings if r.value > 0 and weight.value / r.value >= _THINNEST}
    heavy = {value for value in likely if weight.value / value > _DENSEST}
    return next(iter(likely.values())) if len(readings) == len(_STYLES) and len(likely) == 1 and not heavy else None


_DENSEST = 20_000
"""Kilograms of a cubic metre that none but precious metals pass."""


def _container(forms: Sequence[FormPage]) -> Field[str] | None:
    """All container numbers, joined by "; "; the check digit of ISO 6346 is a witness where it holds for each."""
    for form in forms:
        found: list[tuple[str, bool, list[Word]]] = []
        for span in form.spans:
            for number, sound in find_containers(span.text):
                if number not in [n for n, _, _ in found]:
                    found.append((number, sound, list(words_for(span.words, number))))
        if found:
            field = placed([w for _, _, words in found for w in words], "; ".join(n for n, _, _ in found), form.page)
            return field.witnessed("check_digit") if all(sound for _, sound, _ in found) else field
    return None
