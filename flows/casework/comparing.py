"""All papers side by side: for each header value and each kind of goods what every paper says, and whether it agrees.

Goods lines stand together as the validators joined them, and values are compared as they compare them. Loud is a row at
which a finding points that holds; papers that differ without one differ within what is allowed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pydantic import JsonValue

from schemas.comparison import Agreement, Comparison, GoodsTable, PaperColumn, TableRow, TableValue
from schemas.declarations import Declaration, FieldRef
from schemas.documents import AnyField, Document, FieldSet
from schemas.findings import Evidence, Finding
from schemas.shipments import GoodsItem, LineRef, Reconciled, Standing
from schemas.values import OriginStatement, Party, plain
from validators.sameness import same_value

_ROW_NAMES: Final[Mapping[tuple[str, str], str]] = {
    ("commercial_invoice", "number"): "invoice_number",
    ("commercial_invoice", "date"): "invoice_date",
    ("transport_document", "number"): "transport_document_number",
    ("transport_document", "date"): "transport_document_date",
    ("packing_list", "number"): "packing_list_number",
    ("packing_list", "date"): "packing_list_date",
    ("certificate_of_origin", "number"): "certificate_number",
    ("certificate_of_origin", "date"): "certificate_date",
}
"""Names of rows where papers call one thing differently, or different things alike; every other row is named as its
field."""
_OWN: Final = frozenset({"number", "marks", "package_range"})
"""Of a goods line: what each paper counts by itself."""


@dataclass(frozen=True, slots=True)
class _Said:
    """One value of one paper, with the paper's type; `group` are those that add up to one side of the comparison.

    A shared one stands for several goods together, and nothing can be compared with it.
    """

    ref: FieldRef
    type: str
    field: AnyField
    group: object
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class _Terms:
    """What rows are made with. `pointers` say where the declaration takes a field."""

    standings: Mapping[str, Standing]
    declared: Mapping[str, JsonValue]
    drafted: Mapping[str, JsonValue]
    asked: Sequence[Finding]
    places: Mapping[tuple[str | None, int | None], Sequence[tuple[int, Evidence]]]
    shared: frozenset[LineRef]


def compared(
    documents: Sequence[Document],
    reconciled: Reconciled,
    *,
    findings: Sequence[Finding],
    declaration: Declaration | None,
    draft: Mapping[str, JsonValue] | None = None,
) -> Comparison:
    """The table; `findings` in the order in which they are numbered, `draft` as the broker wrote it."""
    declared = {} if declaration is None else declaration.model_dump(mode="json")
    joined = Counter(ref for item in reconciled.items for ref in (*item.packing, *item.certificate))
    shared = frozenset(ref for ref, times in joined.items() if times > 1)
    terms = _Terms(reconciled.standings, declared, draft or {}, findings, _places(findings), shared)
    papers = [n for n in range(len(documents)) if n not in reconciled.twins]
    return Comparison(
        papers=tuple(_column(n, document, reconciled) for n, document in enumerate(documents)),
        header=tuple(_header(documents, papers, terms)),
        goods=(*_goods(documents, reconciled.items, terms), *_left_over(documents, papers, reconciled.items, terms)),
    )


def shown(value: object) -> str:
    """A value as a clerk reads it."""
    match value:
        case Party():
            return value.name
        case OriginStatement():
            return value.text
        case Decimal():
            return plain(value)
        case bool():
            return "yes" if value else "no"
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)


def _column(n: int, document: Document, reconciled: Reconciled) -> PaperColumn:
    number = document.fields.get("number")
    return PaperColumn(
        document=n,
        type=document.type,
        form=document.form,
        number=None if number is None else shown(number.value),
        file=document.file,
        pages=document.pages,
        is_twin=n in reconciled.twins,
    )


def _header(documents: Sequence[Document], papers: Sequence[int], terms: _Terms) -> Iterator[TableRow]:
    rows: dict[str, list[_Said]] = defaultdict(list)
    for n in papers:
        for name, one in documents[n].fields.present().items():
            kind = documents[n].type
            row = _ROW_NAMES.get((kind, name), name)
            rows[row].append(_Said(FieldRef(document=n, field=name), kind, one, kind))
    pointers = [pointer for pointer in terms.standings if not pointer.startswith("/items/")]
    for name, said in rows.items():
        yield _row(name, said, pointers, terms)


def _goods(documents: Sequence[Document], items: Sequence[GoodsItem], terms: _Terms) -> Iterator[GoodsTable]:
    for n, item in enumerate(items):
        at = f"/items/{n}/"
        refs = [*([item.invoice] if item.invoice else []), *item.packing, *item.certificate]
        pointers = [pointer for pointer in terms.standings if pointer.startswith(at)]
        yield _table(n, documents, list(dict.fromkeys(refs)), pointers, terms=terms)


def _left_over(
    documents: Sequence[Document], papers: Sequence[int], items: Sequence[GoodsItem], terms: _Terms
) -> Iterator[GoodsTable]:
    """Each line that belongs to no line of an invoice. Transport documents name goods as a whole, and join none."""
    joined = {ref for item in items for ref in (item.invoice, *item.packing, *item.certificate)}
    for n in papers:
        if documents[n].type != "transport_document":
            for line in range(len(documents[n].lines)):
                ref = LineRef(document=n, line=line)
                if ref not in joined:
                    yield _table(None, documents, [ref], [], terms=terms)


def _table(
    item: int | None, documents: Sequence[Document], refs: Sequence[LineRef], pointers: Sequence[str], *, terms: _Terms
) -> GoodsTable:
    rows: dict[str, list[_Said]] = defaultdict(list)
    for ref in refs:
        document = documents[ref.document]
        for name, one in _line(document, ref.line).present().items():
            own = f"{document.type}_{name}" if name in _OWN else name
            where = FieldRef(document=ref.document, field=name, line=ref.line)
            rows[own].append(_Said(where, document.type, one, ref.document, ref in terms.shared))
    described = next((said[0].field.value for name, said in rows.items() if name == "description"), "")
    return GoodsTable(
        item=item,
        title=shown(described),
        rows=tuple(_row(name, said, pointers, terms) for name, said in rows.items()),
        lines=tuple((ref.document, ref.line) for ref in refs),
    )


def _line(document: Document, line: int) -> FieldSet:
    return document.lines[line]


def _row(name: str, said: Sequence[_Said], pointers: Sequence[str], terms: _Terms) -> TableRow:
    pointer, standing = _standing(said, pointers, terms)
    forced = frozenset(standing.fields) if standing else frozenset()
    sides = _sides(said, forced)
    values = tuple(_value(one, sides, is_forced=one.ref in forced) for one in said)
    numbers = tuple(sorted({n for one in said for n in _pointing_at(one, terms)}))
    return TableRow(
        name=name,
        values=values,
        agreement=_agreement(values, [terms.asked[n - 1] for n in numbers]),
        pointer=pointer,
        declared=_declared(terms.declared, pointer),
        # The draft counts its items in its own way: what it says of one is for the findings to tell.
        drafted=None if (pointer or "").startswith("/items/") else _declared(terms.drafted, pointer),
        findings=numbers,
    )


def _standing(said: Sequence[_Said], pointers: Sequence[str], terms: _Terms) -> tuple[str | None, Standing | None]:
    """Where the declaration takes one of the values, and by which standing."""
    refs = {one.ref for one in said}
    found = next((pointer for pointer in pointers if refs.intersection(terms.standings[pointer].fields)), None)
    return found, terms.standings[found] if found is not None else None


@dataclass(frozen=True, slots=True)
class _Sides:
    """What the value in force is, and what each group of values comes to; `of` holds None for what is no number."""

    name: str
    force: object
    of: Mapping[object, Decimal | None]


def _sides(said: Sequence[_Said], forced: frozenset[FieldRef]) -> _Sides:
    """The value in force is the sum of its fields; where none is, the first paper is what the others agree with."""
    groups: dict[object, list[_Said]] = defaultdict(list)
    for one in said:
        groups[one.group].append(one)
    chosen = [one for one in said if one.ref in forced] or groups[said[0].group]
    total = _total(chosen)
    force = chosen[0].field.value if total is None else total
    return _Sides(said[0].ref.field, force, {group: _total(members) for group, members in groups.items()})


def _total(said: Sequence[_Said]) -> Decimal | None:
    numbers = [one.field.value for one in said if isinstance(one.field.value, Decimal)]
    return sum(numbers, Decimal(0)) if len(numbers) == len(said) else None


def _value(one: _Said, sides: _Sides, *, is_forced: bool) -> TableValue:
    # Papers describe goods in their own words: whether they are others is for a check to say.
    is_apart = one.is_shared or sides.name == "description"
    agrees = (
        is_forced
        or is_apart
        or same_value(sides.name, one.field.value, sides.force)
        or sides.of[one.group] == sides.force
    )
    return TableValue(
        document=one.ref.document,
        field=one.ref.field,
        line=one.ref.line,
        text=shown(one.field.value),
        printed=one.field.text,
        file=one.field.file,
        page=one.field.page,
        box=one.field.box,
        locator=one.field.locator,
        confidence=one.field.confidence,
        in_force=is_forced,
        agrees=agrees,
        shared=one.is_shared,
    )


def _agreement(values: Sequence[TableValue], asked: Sequence[Finding]) -> Agreement:
    if any(finding.holds for finding in asked):
        return "disputed"
    if len(values) == 1:
        return "alone"
    return "agrees" if all(one.agrees for one in values) else "differs"


def _places(findings: Sequence[Finding]) -> Mapping[tuple[str | None, int | None], Sequence[tuple[int, Evidence]]]:
    """The findings' evidence with their numbers, by field and 0-based line."""
    found: dict[tuple[str | None, int | None], list[tuple[int, Evidence]]] = defaultdict(list)
    for n, finding in enumerate(findings, 1):
        for one in finding.evidence:
            found[one.field, None if one.line is None else one.line - 1].append((n, one))
    return found


def _pointing_at(said: _Said, terms: _Terms) -> Iterator[int]:
    """Numbers of the findings that rest on the value."""
    for n, place in terms.places.get((said.ref.field, said.ref.line), ()):
        same = (place.file, place.box) == (said.field.file, said.field.box)
        if same and place.document in (said.type, "twin"):
            yield n


def _declared(declared: Mapping[str, JsonValue], pointer: str | None) -> str | None:
    """What a declaration has at a JSON pointer, as a clerk reads it."""
    at: JsonValue = dict(declared)
    for part in (pointer or "").split("/")[1:]:
        if isinstance(at, list) and part.isdigit() and int(part) < len(at):
            at = at[int(part)]
        else:
            at = at.get(part) if isinstance(at, dict) else None
    if pointer is None or at is None:
        return None
    return str(at.get("name", "")) if isinstance(at, dict) else shown(at)
