"""What brokers find of their shipments, each object written once.

outbox/<broker>/<reference>/<revision>/declaration.….…      only when clear, byte for byte as it is archived
outbox/<broker>/<reference>/<revision>/findings.json        status and findings, for programs
outbox/<broker>/<reference>/<revision>/checkpoint.txt       the signed head of the journal, where there is a key
outbox/<broker>/<reference>/<revision>/findings.txt         the same in plain words; written last: the rest is there
outbox/<broker>/<reference>/<revision>/superseded.txt       once a later revision is answered
outbox/<broker>/<reference>/not-taken-<id>.{json,txt}       which objects went to quarantine, and why
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import takewhile

from archive import keys
from archive.quarantine import QuarantineRecord
from archive.stores.exchange import Exchange
from flows import journal
from flows.inbox.readiness import Ready
from flows.links import desk_link
from flows.workshop import Workshop
from schemas.findings import Finding
from schemas.results import ShipmentResult

_JSON, _TEXT, _XML = "application/json", "text/plain; charset=utf-8", "application/xml"

_HEADLINES = {
    "clear": "CLEAR. The declaration is beside this file.",
    "held": "HELD. A person has to look; nothing is declared yet.",
    "rejected": "REJECTED. Nothing in these files could be read.",
}

_ACTIONS = {
    "accept": "accepted",
    "correct": "corrected to",
    "forgo_preference": "declared at the normal rate",
    "waive": "does not hold any more",
    "request": "asked for",
}


def give_back(result: ShipmentResult, workshop: Workshop, exchange: Exchange) -> str:
    """Write the finished result for its broker; returns the folder. Raises the `StoreError`s of both stores."""
    _supersede(result, exchange)
    folder = f"{_folder(result.broker, result.reference)}{result.revision}/"
    declarations = dict(_declarations(result, workshop))
    for name, content in declarations.items():
        exchange.put_new(f"{folder}{name}", content, media_type=_JSON if name.endswith(".json") else _XML)
    exchange.put_new(f"{folder}findings.json", _as_json(result), media_type=_JSON)
    link = desk_link(result.broker, result.reference, workshop.settings)
    checkpoint = journal.handed_out(result, declarations, workshop)
    if checkpoint:
        exchange.put_new(f"{folder}checkpoint.txt", checkpoint.encode(), media_type=_TEXT)
    exchange.put_new(f"{folder}findings.txt", in_plain_words(result, link).encode(), media_type=_TEXT)
    return folder


def _supersede(result: ShipmentResult, exchange: Exchange) -> None:
    """Warn of every earlier declaration; the lowest first, so that whoever is killed in between leaves no gap."""
    folder = _folder(result.broker, result.reference)
    told = _text([f"Revision {result.revision} has taken the place of this one. Do not use what stands here any more."])
    unmarked = takewhile(lambda mark: not _is_there(mark, exchange), _marks(folder, result.revision))
    for mark in reversed(list(unmarked)):
        exchange.put_new(mark, told, media_type=_TEXT)


def _marks(folder: str, revision: int) -> Iterator[str]:
    return (f"{folder}{earlier}/superseded.txt" for earlier in range(revision - 1, 0, -1))


def tell_not_taken(records: tuple[QuarantineRecord, ...], ready: Ready, exchange: Exchange) -> None:
    """One note about those objects that no note tells of yet."""
    folder = _folder(ready.broker, ready.reference)
    notes = {record.note for record in records}
    told = {note for note in notes if _is_there(f"{folder}not-taken-{note}.txt", exchange)}
    untold = [record for record in records if record.note not in told]
    if not untold:
        return
    note = f"{folder}not-taken-{ready.drop_id[:12]}"
    listed = [{"file": one.file, "size": one.size, "why": one.why, "quarantine": one.id} for one in untold]
    exchange.put_new(f"{note}.json", _dumped({"reference": ready.reference, "not_taken": listed}), media_type=_JSON)
    lines = (f"“{one.file}” was not taken, as {one.why}." for one in untold)
    exchange.put_new(f"{note}.txt", _text(lines), media_type=_TEXT)


def in_plain_words(result: ShipmentResult, link: str | None = None) -> str:
    """For the broker's clerk: what became of the shipment, what a person has to settle, what is good to know.

    `link` is where the desk shows it.
    """
    holding = [finding for finding in result.findings if finding.holds]
    others = [finding for finding in result.findings if not finding.holds]
    lines = [
        f"Shipment {result.reference}, revision {result.revision}, judged as of {result.as_of}.",
        _HEADLINES[result.status],
        *([f"Read it at {link}"] if link else []),
        *_listed("To be settled:", holding),
        *_listed("For your information:", others),
    ]
    return _text(lines).decode()


def _listed(heading: str, findings: list[Finding]) -> Iterator[str]:
    if not findings:
        return
    yield ""
    yield heading
    for number, finding in enumerate(findings, 1):
        yield f"{number}. {finding.message}{_places(finding)}{_settled(finding)}"


def _settled(finding: Finding) -> str:
    """How a person settled it, as else it reads as if it were still open. Who and why stand in `findings.json`."""
    decision = finding.decision
    if decision is None:
        return ""
    told = _ACTIONS[decision.action]
    return f" - {told} {decision.value}" if decision.value is not None else f" - {told}"


def _places(finding: Finding) -> str:
    found = dict.fromkeys(
        f"{one.file}, page {one.page}" if one.page else one.file for one in finding.evidence if one.file
    )
    return f" ({'; '.join(found)})" if found else ""


def _declarations(result: ShipmentResult, workshop: Workshop) -> Iterable[tuple[str, bytes]]:
    if result.status != "clear":
        return ()
    revision = keys.Revision(result.broker, result.reference, result.revision)
    return sorted(workshop.archive.declarations(revision).items())


def _as_json(result: ShipmentResult) -> bytes:
    told = {"broker", "reference", "revision", "as_of", "status", "findings"}
    return result.model_dump_json(indent=2, by_alias=True, include=told).encode()


def _is_there(key: str, exchange: Exchange) -> bool:
    folder = key.rpartition("/")[0] + "/"
    return any(entry.key == key for entry in exchange.entries(folder))


def _folder(broker: str, reference: str) -> str:
    return f"outbox/{broker}/{reference}/"


def _dumped(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
