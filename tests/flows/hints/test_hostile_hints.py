"""Whatever hints find: no disagreement goes away, and nothing is declared that the papers do not say without them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from benchmarks.printed_anew import Changes
from extractors.hints import Sighted
from flows import steps
from flows.hinted import with_proposals
from flows.second_look import settle
from schemas.documents import FieldSet
from schemas.findings import Finding
from schemas.hints import Hint, HintSource, LabelHint
from schemas.results import Intake, ShipmentResult
from schemas.shipments import Reconciled, Shipment
from tests.breadth import mostly_slow
from tests.flows.hints.conftest import ALONE, STRANGE, Series

HINT = Hint(
    exporter="Kovaiputhur Pumps Pvt. Ltd.",
    lesson=LabelHint(document="packing_list", field="gross_weight_kg", label="plim", beside="right"),
    source=HintSource(reference="X", revision=1, decision=1, by="eve", at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
)
UNREAD = {
    **STRANGE,
    "pack|Gross": "Plim",
    "inv|G.W.:": "Dorvex:",
    "inv|Packages:": "Qualm:",
    "obl|Port of loading": "Plim",
}
DISAGREEING = {**UNREAD, "obl|2,352.60": "2,952.60", "inv|TOTAL USD": "Plim USD", "inv|17,447.00": "17,947.00"}
CASES: Mapping[str, Changes] = {"clear": {}, "unread": UNREAD, "alone": ALONE, "disagreeing": DISAGREEING}


@dataclass(frozen=True)
class Stand:
    """A shipment judged without hints, and how it is judged where all its labels are known."""

    intake: Intake
    shipment: Shipment
    reconciled: Reconciled
    result: ShipmentResult
    plain: ShipmentResult


def _stand(series: Series, number: int, changes: Changes, plain: ShipmentResult | None = None, *, at: int = 9) -> Stand:
    shop = series.workshop
    intake = series.begun(number, changes, reference=f"B-{at}")
    readings = steps.read_papers(intake, shop, steps.unseen)
    shipment, reconciled = settle(intake, readings, steps.join(intake, readings, shop), shop)
    result = steps.conclude(intake, shipment, reconciled, steps.declare(shipment, reconciled, shop))
    return Stand(intake, shipment, reconciled, result, plain or result)


def _proposals(stand: Stand) -> st.SearchStrategy[Sighted]:
    """For any field that a paper does not give, any value that stands anywhere on the papers, or nearly that one."""
    documents = stand.shipment.documents
    values = [
        field.value for one in documents for part in (one.fields, *one.lines) for field in part.present().values()
    ]
    near = [one * 10 for one in values if isinstance(one, Decimal)]
    everything = [one.value for one in dict.fromkeys(map(_Hashed, (*values, *near)))]
    absent = [
        [one for value in everything if (one := _proposal(at, document.fields, name, value)) is not None]
        for at, document in enumerate(documents)
        for name in type(document.fields).model_fields
        if document.fields.get(name) is None
    ]
    return st.sampled_from([some for some in absent if some]).flatmap(st.sampled_from)


@dataclass(frozen=True)
class _Hashed:
    value: object


def _proposal(at: int, fields: FieldSet, name: str, value: object) -> Sighted | None:
    told = {"value": value, "confidence": 0.3, "page": 1, "box": (1.0, 1.0, 9.0, 9.0), "proposed": True}
    try:
        field = fields.replacing(**{name: told}).get(name)  # type: ignore[arg-type]  # checked by the model
    except ValidationError:
        return None
    return None if field is None else Sighted(at, name, field, HINT)


def _holding(findings: tuple[Finding, ...]) -> set[tuple[str, object]]:
    return {(one.code, place) for one in findings if one.holds for place in one.evidence or (None,)}


@pytest.mark.parametrize("name", mostly_slow(CASES, quick={"disagreeing"}))
def test_no_hint_clears_a_disagreement_or_changes_what_is_declared(name: str, series: Series) -> None:
    shop = series.workshop
    stand = _stand(series, 1, CASES[name], _stand(series, 1, {}).result, at=1)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(_proposals(stand), min_size=1, max_size=6))
    def hostile(proposals: list[Sighted]) -> None:
        shipment, reconciled = with_proposals(stand.intake, proposals, stand.shipment, stand.reconciled, shop)
        result = steps.conclude(stand.intake, shipment, reconciled, steps.declare(shipment, reconciled, shop))
        was = {one for one in _holding(stand.result.findings) if one[0] not in ("illegible", "field_missing")}
        assert was <= _holding(result.findings)
        if result.status == "clear":
            assert _declared(result) == _declared(stand.plain)

    hostile()


def _declared(result: ShipmentResult) -> object:
    """All but where it is from: files have other digests in every shipment."""
    assert result.declaration is not None
    papers = [(one.type, one.number, one.date) for one in result.declaration.supporting_documents]
    return papers, result.declaration.model_dump(exclude={"sources", "supporting_documents", "channel"})
