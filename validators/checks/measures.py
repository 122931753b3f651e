"""Prohibitions, restrictions and licences for goods, and recorded brands, from lists that the user loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.reference import GoodsMeasure, IpRight, ReferenceKind
from schemas.shipments import GoodsItem, LineRef
from validators.case import Case, Check
from validators.found import Found
from validators.listed import in_force, list_of, words_in
from validators.origins import is_same_origin
from validators.papers import BY_EYE, DRAFT_TYPE, TWIN, Cell, Paper
from validators.screening import likeness, named
from validators.standing import origin_cells

_DESCRIBING = ("description", "marks")
_TRADERS = ("exporter", "consignee", "buyer", "importer")
_EXACT_BRAND = 3
_NO_SIGN = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class _Item:
    """What every paper says of the same goods. `number` is that of the invoice's line, None for goods on no invoice."""

    number: int | None
    codes: tuple[Cell[str], ...]
    texts: tuple[Cell[str], ...]
    origins: tuple[Cell[str], ...]


def _items(case: Case) -> list[_Item]:
    """The goods of each line of the invoice, then those of lines of other papers that belong to none."""
    joined = case.matched.goods_items()
    refs = [_refs(case, item) for item in joined]
    taken = {(ref.document, ref.line) for lines in refs for ref in lines}
    alone = [
        [LineRef(document=paper.index, line=line)]
        for paper in case.papers.all
        for line in range(len(paper.lines))
        if paper.type != TWIN and (paper.index, line) not in taken
    ]
    items = [_item(case, n, lines) for n, lines in enumerate(refs)]
    return items + [_item(case, None, lines) for lines in alone]


def _refs(case: Case, item: GoodsItem) -> list[LineRef]:
    own = [item.invoice] if item.invoice else []
    planned = [
        line
        for group in case.matched.draft
        if item.invoice and any(item.invoice in one.lines for one in group.left)
        for one in group.right
        for line in one.lines
    ]
    return [*own, *item.packing, *item.certificate, *planned]


def _item(case: Case, number: int | None, lines: Sequence[LineRef]) -> _Item:
    texts = [cell for name in _DESCRIBING for ref in lines if (cell := case.matched.text(ref, name))]
    codes = [cell for ref in lines if (cell := case.matched.text(ref, "hs_code"))]
    origins = [cell for ref in lines if (cell := case.matched.text(ref, "origin"))]
    stated = origin_cells(case.matched, lines[0]) if number is not None else []
    return _Item(number, tuple(codes), tuple(texts), (*origins, *(cell for cell in stated if cell not in origins)))


@dataclass(frozen=True, slots=True)
class _Goods:
    """Goods that a measure is for: the places that say so; `sure` is False where their code is too short to tell."""

    cells: tuple[Cell[str], ...]
    sure: bool


def _goods_under(case: Case, measure: GoodsMeasure, items: Sequence[_Item]) -> list[_Goods]:
    if not _is_destined(case, measure):
        return []
    return [goods for item in items if (goods := _covered(measure, item)) is not None]


def _is_destined(case: Case, measure: GoodsMeasure) -> bool:
    """Whether the goods go there; where nothing says where they go, they may."""
    stated = case.papers.texts("country_of_destination", "commercial_invoice", "certificate_of_origin", DRAFT_TYPE)
    places = {*(cell.value for cell in stated), *([case.jurisdiction] if case.jurisdiction else [])}
    wanted = measure.destination
    return wanted is None or not places or any(is_same_origin(wanted, place) for place in places)


def _covered(measure: GoodsMeasure, item: _Item) -> _Goods | None:
    coded = _coded(measure.code, item.codes)
    described = next((cell for cell in item.texts if _stands_in(cell, measure.words)), None)
    made = next((cell for cell in item.origins if is_same_origin(cell.value, measure.origin or "")), None)
    lacks_word = bool(measure.words) and described is None
    lacks_origin = measure.origin is not None and made is None
    if coded is None or lacks_word or lacks_origin or (not item.codes and described is None):
        return None
    cells = (*coded.cells, *(cell for cell in (described or next(iter(item.texts), None), made) if cell is not None))
    return _Goods(cells, coded.sure)


def _stands_in(cell: Cell[str], words: Sequence[str]) -> bool:
    return words_in(cell.value, words, by_eye=cell.field.reader in BY_EYE) is not None


def _coded(prefix: str | None, codes: Sequence[Cell[str]]) -> _Goods | None:
    """The code that begins so; one that ends before the prefix does may be meant, and so may goods without a code."""
    if prefix is None:
        return _Goods((), sure=True)
    begins = next((cell for cell in codes if cell.value.startswith(prefix)), None)
    if begins is not None:
        return _Goods((begins,), sure=True)
    shorter = next((cell for cell in codes if prefix.startswith(cell.value)), None)
    return _Goods(() if shorter is None else (shorter,), sure=False) if shorter is not None or not codes else None


def restrictions_are_kept(case: Case) -> Iterator[Found]:
    items = _items(case) if case.references.restricted_goods else []
    for measure in in_force(case, case.references.restricted_goods):
        goods = _goods_under(case, measure, items)
        if goods:
            certain = any(one.sure for one in goods)
            verb = "applies to" if certain else "may apply to"
            message = f"{measure.measure} {verb} {_named(goods)} ({_law(case, 'restricted_goods', measure)})"
            yield Found("restricted_goods", message, _cells(case, goods), "policy", "error" if certain else "warning")


def licences_are_there(case: Case) -> Iterator[Found]:
    items = _items(case) if case.references.licences else []
    papers = _kinds_of_papers(case)
    for licence in in_force(case, case.references.licences):
        goods = _goods_under(case, licence, items)
        if goods and papers.isdisjoint(map(_plain_code, licence.document_codes)):
            verb = "is needed for" if any(one.sure for one in goods) else "may be needed for"
            wanted = (
                f"; none of {', '.join(licence.document_codes)} is among the papers" if licence.document_codes else ""
            )
            law = _law(case, "licences", licence)
            message = f"{licence.measure} {verb} {_named(goods)}{wanted} ({law})"
            yield Found("licence_required", message, _cells(case, goods), "policy")


def _named(goods: Sequence[_Goods]) -> str:
    """The first goods with their place, and how many more there are."""
    first = goods[0].cells[0]
    others = f" and {len(goods) - 1} more" if len(goods) > 1 else ""
    return f"the goods of {first.where}, '{first.shown}'{others}"


def _law(case: Case, kind: ReferenceKind, measure: GoodsMeasure) -> str:
    return f"{measure.legal_source}; {list_of(case, kind, measure)}"


def _cells(case: Case, goods: Sequence[_Goods]) -> tuple[Cell[object], ...]:
    return tuple(cell for one in goods for cell in one.cells)[: case.tolerances.evidence_limit]


def _kinds_of_papers(case: Case) -> set[str]:
    """Types and forms of the papers at hand, as licences name them."""
    listed = case.papers.listed
    stated = any(paper.any("origin_statement") for paper in listed)
    forms = {"invoice_declaration", "statement_on_origin"} if stated else set()
    return {_plain_code(name) for paper in listed for name in (paper.type, paper.form or "", *forms) if name}


def _plain_code(code: str) -> str:
    """The code without case and punctuation: “EUR.1” is “eur1”."""
    return _NO_SIGN.sub("", code.casefold())


def brands_are_licensed(case: Case) -> Iterator[Found]:
    """A recorded brand in a description or among the marks, where neither its holder nor a licensee trades."""
    if not case.references.ip_rights:
        return
    texts = [cell for paper in case.papers.all if paper.type != TWIN for cell in _texts(paper)]
    items = _items(case)
    for right in in_force(case, case.references.ip_rights):
        cells = [cell for cell in texts if _is_branded(right, cell) and _has_code(right, cell, items)]
        if cells and not _is_licensed(case, right):
            first = cells[0]
            message = (
                f"{first.where} names the brand '{right.brand}' of {right.holder} in '{first.shown}', and no party is "
                f"a licensee ({list_of(case, 'ip_rights', right)})"
            )
            yield Found("ip_watch", message, tuple(cells[: case.tolerances.evidence_limit]), "policy")


def _texts(paper: Paper) -> Iterator[Cell[str]]:
    scopes = (None, *range(len(paper.lines)))
    yield from (cell for line in scopes for name in _DESCRIBING if (cell := paper.text(name, line)) is not None)


def _is_branded(right: IpRight, cell: Cell[str]) -> bool:
    """Brands of two or three signs are words or units too, unless written as they are recorded."""
    if len(right.brand) <= _EXACT_BRAND:
        return re.search(rf"(?<!\w){re.escape(right.brand)}(?!\w)", cell.value) is not None
    return _stands_in(cell, (right.brand,))


def _has_code(right: IpRight, cell: Cell[str], items: Sequence[_Item]) -> bool:
    """Whether the goods are of a kind that the brand is recorded for; without a code they may be."""
    own = [item for item in items if any(text is cell or text == cell for text in item.texts)] or items
    codes = [code.value for item in own for code in item.codes]
    return not right.codes or not codes or any(code.startswith(right.codes) or _is_begun(right, code) for code in codes)


def _is_begun(right: IpRight, code: str) -> bool:
    return any(prefix.startswith(code) for prefix in right.codes)


def _is_licensed(case: Case, right: IpRight) -> bool:
    known = [named(name) for name in (right.holder, *right.licensees)]
    traders = [named(cell.value.name) for paper in case.papers.all for name in _TRADERS if (cell := paper.party(name))]
    return any(likeness(one, trader) >= case.tolerances.listed_name for one in known for trader in traders)


CHECKS = (
    Check(frozenset({"restricted_goods"}), restrictions_are_kept),
    Check(frozenset({"licence_required"}), licences_are_there),
    Check(frozenset({"ip_watch"}), brands_are_licensed),
)
