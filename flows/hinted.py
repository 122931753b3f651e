"""A shipment's papers looked at again where people corrected this exporter's papers before.

A hint is never believed by itself. What it finds stands as a proposal: without a witness nothing is declared from it.
And it is taken only where the papers, solved with it, still hold over every disagreement that they held over without
it, and declare no other value than before. Whatever a hint says, it can add a question or a second reading, no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from extractors.hints import Sighted, sighted, with_proposed
from flows import steps
from flows.json_values import leaves
from flows.workshop import Workshop
from schemas.findings import Finding, FindingCode
from schemas.pages import Page
from schemas.results import Intake, ShipmentResult
from schemas.shipments import Reconciled, Shipment

MOST: Final = 12
"""Proposals tried for one shipment; each solves the papers anew."""
_ABOUT_READING: Final[frozenset[FindingCode]] = frozenset({"illegible", "field_missing"})
"""Findings that say that something was not read: these alone may be settled by reading it elsewhere."""
_NO_VALUES: Final = frozenset({"sources", "channel"})


@dataclass(frozen=True, slots=True)
class _Outcome:
    shipment: Shipment
    reconciled: Reconciled
    result: ShipmentResult

    @property
    def is_clear(self) -> bool:
        return self.result.status == "clear"

    @property
    def disagreements(self) -> list[Finding]:
        return [one for one in self.reconciled.findings if one.holds and one.code not in _ABOUT_READING]

    @property
    def declared(self) -> Mapping[str, JsonValue]:
        """Every declared value that is not null, by its pointer."""
        if self.result.declaration is None:
            return {}
        told: JsonValue = self.result.declaration.model_dump(mode="json", exclude=set(_NO_VALUES))
        return {pointer: value for pointer, value in leaves(told) if value is not None}


def with_hints(
    intake: Intake, pages: Sequence[Page], shipment: Shipment, reconciled: Reconciled, workshop: Workshop
) -> tuple[Shipment, Reconciled]:
    """The papers with what hints propose for fields that were not found, as far as each does no harm."""
    proposals = sighted(shipment.documents, pages, shipment.hints) if shipment.hints else ()
    return with_proposals(intake, proposals, shipment, reconciled, workshop)


def with_proposals(
    intake: Intake, proposals: Sequence[Sighted], shipment: Shipment, reconciled: Reconciled, workshop: Workshop
) -> tuple[Shipment, Reconciled]:
    """Likewise, whatever it is that is proposed."""
    before: _Outcome | None = None
    for one in proposals[:MOST]:
        documents = with_proposed(shipment.documents, one)
        if documents == shipment.documents:
            continue
        trial = shipment.model_copy(update={"documents": documents})
        before = before or _outcome(intake, shipment, reconciled, workshop)
        after = _outcome(intake, trial, steps.reconcile(trial, workshop), workshop)
        if _does_no_harm(one, before, after, workshop):
            shipment, reconciled, before = trial, after.reconciled, after
    return shipment, reconciled


def _outcome(intake: Intake, shipment: Shipment, reconciled: Reconciled, workshop: Workshop) -> _Outcome:
    declaration = steps.declare(shipment, reconciled, workshop)
    return _Outcome(shipment, reconciled, steps.conclude(intake, shipment, reconciled, declaration))


def _does_no_harm(one: Sighted, before: _Outcome, after: _Outcome, workshop: Workshop) -> bool:
    return (
        all(_is_among(finding, after.disagreements) for finding in before.disagreements)
        and _keeps_values(before, after)
        and _is_witnessed_or_asked(one, after, workshop)
    )


def _is_among(finding: Finding, others: Sequence[Finding]) -> bool:
    """Whether it still stands, about the same places with the same values, and perhaps about more."""
    places = set(finding.evidence)
    return any(one.code == finding.code and places <= set(one.evidence) for one in others)


def _keeps_values(before: _Outcome, after: _Outcome) -> bool:
    """No declared value becomes another one; what was clear stays as it is, or is asked about."""
    was, is_now = before.declared, after.declared
    if after.is_clear and before.is_clear:
        return was == is_now
    gone_is_asked = not after.is_clear
    return all(is_now.get(at) == value or (at not in is_now and gone_is_asked) for at, value in was.items())


def _is_witnessed_or_asked(one: Sighted, after: _Outcome, workshop: Workshop) -> bool:
    """A missing field may not merely seem to be there: another paper says the same, or a person is asked."""
    if after.is_clear:
        field = after.reconciled.documents[one.document].fields.get(one.name)
        return field is not None and not workshop.tolerances.leaves_unsupported(field)
    return True
