"""The whole shipment judged with a draft's decisions: what they settle, what comes up, what would be declared.

Nothing is filed, claimed or recorded. The papers stand as the last run left them; a release runs everything anew, so
that what is shown here promises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from flows.casework.comparing import compared, shown
from flows.casework.drafting import base_of, known_with, staleness
from flows.casework.offering import offered
from flows.casework.preparing import Prepared, for_broker, judged_case, prepared
from flows.json_values import leaves
from flows.workshop import Workshop
from schemas.casework import ChangedValue, Draft, Rechecked
from schemas.decisions import keys_of
from schemas.declarations import Declaration
from schemas.findings import Finding


def recheck(draft: Draft, workshop: Workshop) -> Rechecked:
    """The case with the draft's decisions. A paper that was never read under these rules is read, which takes time.

    Raises `NoSuchShipmentError`, `MissingProgramError`.
    """
    shop = for_broker(draft.broker, workshop)
    base = prepared(draft.broker, draft.reference, draft.revision, shop, reading=True)
    judged = judged_case(base_of(draft, shop), known_with(draft, shop), shop)
    result, reconciled = judged.result, judged.reconciled
    findings = offered(result.findings, base.result, reconciled, four_eyes_value=shop.settings.four_eyes_value)
    before = _holding(base.result.findings)
    now = {one.key: one for one in findings if one.finding.holds}
    return Rechecked(
        draft=draft,
        result=result,
        findings=findings,
        comparison=compared(
            result.documents,
            reconciled,
            findings=result.findings,
            declaration=result.declaration,
            draft=base.shipment.draft,
        ),
        settled=tuple(finding for key, finding in before.items() if key not in now),
        arisen=tuple(one for key, one in now.items() if key not in before),
        holding=tuple(now.values()),
        changed=tuple(_changed(base, result.declaration)),
        barriers=tuple(barriers(draft, shop)),
    )


def barriers(draft: Draft, workshop: Workshop) -> Iterator[str]:
    """Why the draft may not be released now."""
    if not draft.acts:
        yield "Nothing is decided yet."
    if why := staleness(draft, workshop):
        yield f"The shipment has a new revision: {why}. Carry the decisions over to it."
    if draft.progress in ("open", "proposed") and any(one.needs_second for one in draft.acts):
        waits = f"{draft.proposed_by} proposed it. " if draft.proposed_by else ""
        yield f"{waits}A second person has to confirm decisions about this value."


def _holding(findings: tuple[Finding, ...]) -> Mapping[str, Finding]:
    return {key: one for key, one in zip(keys_of(findings), findings, strict=True) if one.holds}


def _changed(base: Prepared, declaration: Declaration | None) -> Iterator[ChangedValue]:
    before, after = _values(base.judged.result.declaration), _values(declaration)
    for pointer in dict.fromkeys((*before, *after)):
        one, other = before.get(pointer), after.get(pointer)
        if one != other:
            yield ChangedValue(pointer, one, other)


def _values(declaration: Declaration | None) -> Mapping[str, str | None]:
    """Every declared value by its pointer."""
    if declaration is None:
        return {}
    told: JsonValue = declaration.model_dump(mode="json", exclude={"sources"})
    return {pointer: None if value is None else shown(value) for pointer, value in leaves(told)}
