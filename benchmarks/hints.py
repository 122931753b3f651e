"""What a correction does for the next paper of its layout: `python -m benchmarks.hints [EXPORTERS] [--corpus DIR]`.

Of each generated exporter two consignments are drawn and read as digital papers. Then one label after the other, of any
of the papers, is printed as words that mean nothing. Where the first consignment is held over it, a person gives the
printed value by the desk's own ways and releases; the second consignment, with the same strange label, is judged
without the hint and with it. It is right where it is judged as with the usual label.

With `--corpus` (a folder of shipments with `truth/`), the shipments of each exporter are cleared one after the other, a
person correcting what is asked and can be corrected; each one is judged without hints and with all that came before.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pydantic import JsonValue

from archive.errors import ArchiveError
from benchmarks.history import series_of
from benchmarks.printed_anew import changed
from extractors.engines import Engines, installed_engines
from extractors.headers.occurrences import Sheet
from extractors.reading import read_file
from flows import plain, steps
from flows.casework.cases import open_case
from flows.casework.drafting import draft_of, take
from flows.casework.preparing import for_broker
from flows.casework.releasing import release
from flows.errors import ClearingError
from flows.learning import known_hints
from flows.rules import rules_under
from flows.settings import Settings
from flows.workshop import Workshop, open_workshop
from sample_docs.generator.consignment import Consignment
from sample_docs.generator.filing import drawn, filed, truth_json
from sample_docs.generator.papers import truth_of
from schemas.casework import CaseFinding, Choice, Draft, Person
from schemas.pages import FileReading, Original
from schemas.results import IntakeFile, ShipmentResult, Submission

STRANGE: Final = ("Qualm", "Dorvex", "Plim", "Ruvo", "Zent", "Marl", "Obst")
_ASKED: Final = frozenset({"illegible", "field_missing"})
_CLERK: Final = Person(id="clerk", role="supervisor")
Readings = tuple[FileReading, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """A shipment as read, with its truth by type of paper."""

    name: str
    as_of: dt.date
    truth: Mapping[str, Mapping[str, JsonValue]]
    readings: Readings


@dataclass
class Told:
    """What was counted; `learned` by kind of hint."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, when: str, result: ShipmentResult, right: ShipmentResult) -> None:
        """`right` is the same shipment with its usual labels."""
        asks = sum(one.holds for one in result.findings)
        self.counts[f"{when}: asks"] += asks
        self.counts[f"{when}: clear"] += result.status == "clear"
        self.counts[f"{when}: header values right"] += _right(result, right)
        is_other = result.status == "clear" and _declared(result) != _declared(right)
        self.counts[f"{when}: silent errors"] += is_other


def _right(result: ShipmentResult, right: ShipmentResult) -> int:
    pairs = zip(result.documents, right.documents, strict=False)
    return sum(
        found.value == usual.value
        for one, other in pairs
        for name, usual in other.fields.present().items()
        if (found := one.fields.get(name)) is not None
    )


def _declared(result: ShipmentResult) -> object:
    if result.declaration is None:
        return None
    papers = [(one.type, one.number, one.date) for one in result.declaration.supporting_documents]
    return papers, result.declaration.model_dump(exclude={"sources", "supporting_documents", "channel"})


# -- one shipment through the product


def cleared(papers: Papers, workshop: Workshop, *, name: str, hinted: bool) -> ShipmentResult:
    """Filed as shipment `name`, from what was read, with every hint there is or with none."""
    files = tuple(_kept(name, one, workshop) for one in papers.readings)
    submission = Submission(
        broker=workshop.settings.broker,
        reference=name,
        as_of=papers.as_of,
        rules=rules_under(workshop.settings),
        received_by="benchmark",
        files=files,
        hints=workshop.hints.last(workshop.settings.broker) if hinted else 0,
    )
    intake = workshop.archive.begin(submission)
    return plain.clear_begun(intake, workshop, on_page=steps.unseen)


def _kept(name: str, reading: FileReading, workshop: Workshop) -> IntakeFile:
    content = f"{workshop.settings.broker} {name} {reading.original.file}".encode()  # Readings are kept by digest.
    media_type = reading.original.media_type
    digest = workshop.archive.put_original(content, media_type=media_type).sha256
    original = replace(reading.original, sha256=digest, size=len(content))
    pages = tuple(replace(page, sha256=digest) for page in reading.pages)
    workshop.readings.keep(replace(reading, original=original, pages=pages))
    return IntakeFile(file=original.file, sha256=digest, media_type=media_type, size=len(content))


def corrected(papers: Papers, name: str, workshop: Workshop) -> int:
    """A person gives what is asked for in headers and is printed, and releases; how many values."""
    broker = workshop.settings.broker
    draft = draft_of(broker, name, workshop)
    for asked in open_case(broker, name, workshop).open:
        value = _printed(asked, papers)
        draft = draft if value is None else _taken(draft, asked, value, workshop)
    if draft.steps:
        release(draft, _CLERK, workshop, lambda intake: plain.clear_begun(intake, workshop, on_page=steps.unseen))
    return len(draft.steps)


def _taken(draft: Draft, asked: CaseFinding, value: str, workshop: Workshop) -> Draft:
    try:
        return take(draft, asked.key, Choice("correct", "as printed", value), _CLERK, workshop)
    except (ClearingError, ArchiveError):
        return draft


def _printed(asked: CaseFinding, papers: Papers) -> str | None:
    places = asked.finding.evidence
    if asked.finding.code not in _ASKED or len(places) != 1 or places[0].line is not None:
        return None
    told = papers.truth.get(places[0].document or "", {}).get(places[0].field or "")
    value = told.get("name") if isinstance(told, dict) else told
    return None if value is None else str(value)


# -- generated exporters


def drawn_and_read(facts: Consignment) -> Papers:
    truth = truth_of(facts)
    papers = drawn(truth)
    folder = filed(truth, papers)
    told = truth_json(truth, papers, folder)
    files = sorted(folder.files.items())
    readings = tuple(_file(name, content) for name, content in files if name.endswith(".pdf"))
    return papers_of(json.loads(json.dumps(told)), readings)


def papers_of(truth: Mapping[str, JsonValue], readings: Readings) -> Papers:
    documents = truth["documents"]
    attributes = truth["attributes"]
    if not isinstance(documents, list) or not isinstance(attributes, dict):
        raise TypeError(f"{truth['id']}: is no truth file")
    fields = {str(one["type"]): one["fields"] for one in documents if isinstance(one, dict)}
    kept = {kind: told for kind, told in fields.items() if isinstance(told, dict)}
    return Papers(str(truth["id"]), dt.date.fromisoformat(str(attributes["as_of"])), kept, readings)


def labels(papers: Papers) -> Iterator[tuple[int, str]]:
    """The number of the file and the words of each label, once."""
    seen = {
        (at, one.words.text): None
        for at, reading in enumerate(papers.readings)
        for page in reading.pages
        for one in Sheet.of(page).labels
        if one.start == 0 and (one.colon or one.whole)
    }
    yield from seen


def strangely(papers: Papers, at: int, label: str) -> Papers:
    """The papers with that label of that file printed as words that no lexicon has."""
    words = " ".join(STRANGE[: len(label.split())]) + (":" if label.endswith(":") else "")
    one = papers.readings[at]
    other = replace(one, pages=tuple(changed(page, {label: words}) for page in one.pages))
    return replace(papers, readings=(*papers.readings[:at], other, *papers.readings[at + 1 :]))


def measured(seed: int, workshop: Workshop, told: Told) -> None:
    series = series_of(seed, 0.08)
    first, second = (drawn_and_read(series.shipment(at)) for at in range(2))
    shop = _alone(workshop, f"u{seed}")
    usual = [cleared(one, shop, name=f"usual {at}", hinted=False) for at, one in enumerate((first, second))]
    for n, (at, label) in enumerate(labels(first)):
        told.counts["labels made strange"] += 1
        pair = strangely(first, at, label), strangely(second, at, label)
        _compared(pair, usual, (_alone(workshop, f"e{seed}-{n}"), _alone(workshop, f"n{seed}-{n}")), told)


def _compared(
    pair: tuple[Papers, Papers], usual: Sequence[ShipmentResult], shops: tuple[Workshop, Workshop], told: Told
) -> None:
    """The second of the pair after the first was corrected, with the hint in the one shop and without it in the other.

    Both know the first one, so that the hint alone tells them apart.
    """
    first, following = pair
    if _asks(cleared(first, shops[0], name="first", hinted=False)) <= _asks(usual[0]):
        return
    told.counts["more asked for"] += 1
    if not corrected(first, "first", shops[0]):
        return
    cleared(first, shops[1], name="first", hinted=False)
    corrected(first, "first", shops[1])
    told.counts["corrected"] += 1
    told.counts.update(f"learned: {one.hint.lesson.kind}" for one in known_hints(shops[0].settings.broker, shops[0]))
    told.add("next, before", cleared(following, shops[1], name="next", hinted=False), usual[1])
    told.add("next, after", cleared(following, shops[0], name="next", hinted=True), usual[1])
    told.add("next, usual label", usual[1], usual[1])


def _asks(result: ShipmentResult) -> int:
    return sum(one.holds for one in result.findings)


def _alone(workshop: Workshop, broker: str) -> Workshop:
    """For a broker of its own, who has no earlier shipments."""
    return for_broker(broker, workshop)


# -- a corpus


def corpus_measured(corpus: Path, workshop: Workshop, told: Told) -> None:
    """Exporter by exporter, in the order of the shipments' names."""
    for n, some in enumerate(_by_exporter(corpus)):
        with_hints, without = _alone(workshop, f"c{n}"), _alone(workshop, f"d{n}")
        for at, papers in enumerate(some):
            before = cleared(papers, without, name=papers.name, hinted=False)
            after = cleared(papers, with_hints, name=papers.name, hinted=True)
            if at:
                told.counts["shipments after the first of their exporter"] += 1
                told.counts["before: asks"] += _asks(before)
                told.counts["after: asks"] += _asks(after)
                told.counts["before: clear"] += before.status == "clear"
                told.counts["after: clear"] += after.status == "clear"
                told.counts["declared otherwise"] += after.status == "clear" and _declared(before) != _declared(after)
            corrected(papers, papers.name, without)
            told.counts["corrected"] += corrected(papers, papers.name, with_hints)
        told.counts.update(f"learned: {one.hint.lesson.kind}" for one in known_hints(f"c{n}", with_hints))


def _by_exporter(corpus: Path) -> Sequence[Sequence[Papers]]:
    found: dict[str, list[Papers]] = defaultdict(list)
    for file in sorted((corpus / "truth").glob("*.json")):
        truth = json.loads(file.read_text(encoding="utf-8"))
        named = (one["fields"].get("exporter") for one in truth["documents"])
        found[next((one["name"] for one in named if one), "")].append(papers_of(truth, _read(corpus / file.stem)))
    return [some for some in found.values() if len(some) > 1]


def _read(folder: Path) -> Readings:
    files = sorted(one for one in folder.iterdir() if one.suffix != ".json")
    return tuple(_file(one.name, one.read_bytes()) for one in files)


def _file(name: str, content: bytes) -> FileReading:
    original = Original(name, sha256(content).hexdigest(), len(content), "application/octet-stream")
    return read_file(original, content, engines=_engines())


@cache
def _engines() -> Engines:
    return installed_engines()


def _print(told: Told) -> None:
    for name, count in sorted(told.counts.items()):
        print(f"{name:50} {count}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exporters", type=int, nargs="?", default=6)
    parser.add_argument("--corpus", type=Path, help="a folder of shipments, with their truth in `truth`")
    given = parser.parse_args()
    told = Told()
    with TemporaryDirectory() as folder, open_workshop(Settings(data_dir=Path(folder) / "data")) as workshop:
        if given.corpus is not None:
            corpus_measured(given.corpus, workshop, told)
        else:
            for seed in range(given.exporters):
                measured(seed, workshop, told)
    _print(told)


if __name__ == "__main__":
    main()
