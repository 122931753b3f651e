"""The formats in which a declaration and its papers are handed on, and what each of them still lacks.

`exports_of` says for every format whether it is ready, and names what is missing with the number of its data element
and where to set it. `written` gives the files of the formats that are ready. Both rest on the result and the profiles
alone, so that they say the same whenever they are asked. A format that is not ready is no finding: the papers may be in
order while the profile does not say who declares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from declarations.exports import asycuda, cds, ubl
from declarations.exports.filing import Filing
from declarations.exports.markup import Element, write
from schemas.profiles import Profile, Trader, profile_for
from schemas.results import Export, Missing, ShipmentResult

__all__ = ["exports_of", "written"]


@dataclass(frozen=True, slots=True)
class _Draft:
    """One format's message as far as it is known. The file is `declaration.<ending>`."""

    format: str
    ending: str
    message: Element
    missing: tuple[Missing, ...]


def exports_of(result: ShipmentResult, profiles: Sequence[Profile] = ()) -> tuple[Export, ...]:
    """Every format, the plain JSON first. None is ready while the shipment is not clear: it is written only then."""
    is_clear = result.status == "clear"
    drafts = (Export(format=one.format, ready=is_clear and not one.missing, missing=one.missing)
              for one in _drafts(result, profiles))  # fmt: skip
    return (Export(format="json", ready=is_clear), *drafts)


def written(result: ShipmentResult, profiles: Sequence[Profile] = ()) -> Mapping[str, bytes]:
    """The files to lie beside `declaration.json`, by name: one for each format that the result says is ready."""
    ready = {export.format for export in result.exports if export.ready}
    return {
        f"declaration.{one.ending}": write(one.message)
        for one in _drafts(result, profiles)
        if one.format in ready and not one.missing
    }


def _drafts(result: ShipmentResult, profiles: Sequence[Profile]) -> tuple[_Draft, ...]:
    filing = _filing(result, profiles)
    if filing is None:
        return ()
    return (
        _of_declaration("cds", "cds.xml", filing, cds.declaration, cds.missing),
        *_of_papers(result),
        _of_declaration("asycuda", "asycuda.xml", filing, asycuda.declaration, asycuda.missing),
    )


def _of_papers(result: ShipmentResult) -> Iterator[_Draft]:
    """One UBL document for each paper that has a form there; the second of a kind is `ubl_invoice_2`."""
    seen: Counter[str] = Counter()
    for paper in _once(result):
        seen[paper.type] += 1
        count = seen[paper.type]
        name = ubl.NAMES[paper.type] + (f"_{count}" if count > 1 else "")
        message = ubl.document(paper, result.reference)
        yield _Draft(name, f"{name}.xml", message, ubl.missing(paper, message))


def _once(result: ShipmentResult) -> Iterator[ubl.Written]:
    """Each paper once: the same one may lie there as pages and as figures."""
    numbers = set()
    for paper in result.documents:
        if isinstance(paper, ubl.Written):
            number = paper.fields.number
            known = (paper.type, number.value if number is not None else None)
            if number is None or known not in numbers:
                yield paper
            numbers.add(known)


def _of_declaration(
    name: str,
    ending: str,
    filing: Filing,
    make: Callable[[Filing], Element],
    missing: Callable[[Filing, Element], tuple[Missing, ...]],
) -> _Draft:
    message = make(filing)
    return _Draft(name, ending, message, missing(filing, message))


def _filing(result: ShipmentResult, profiles: Sequence[Profile]) -> Filing | None:
    """The declaration with its importer's profile, or with one that says nothing: then all it would say is missing."""
    declared = result.declaration
    if declared is None:
        return None
    found = profile_for(profiles, declared.importer, jurisdiction=declared.jurisdiction, day=result.as_of)
    return Filing(result, declared, found or _unset(result))


def _unset(result: ShipmentResult) -> Profile:
    return Profile(jurisdiction="ZZ", valid_from=result.as_of, importer=Trader(names=("nobody",)))
