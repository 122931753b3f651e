"""The table of confidences from judged values: shares shrunk towards those of the larger class.

They never rise as the evidence weakens.

Nothing here reads or writes: the judged values come from `benchmarks.calibration`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from extractors.calibration.table import NONE_SO_SURE, Calibration, Classes, Share, Source
from extractors.calibration.traits import EVIDENCE, QUALITIES, Evidence, Traits

VERSION: Final = 1
STRENGTH: Final = 30.0
"""So many values' worth does a class start with what its larger class says (a beta prior's size)."""
BINS: Final = 10

K = TypeVar("K", bound=Hashable)


Acceptance = Literal["always", "if sure", "never"]
"""Whether a value is declared without a person: because something beside its reading supports it, if its confidence
reaches the cut, or not at all."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One judged value. `layout` is that of its paper, `shipment` the shipment's name."""

    traits: Traits
    right: bool
    layout: str
    shipment: str
    acceptance: Acceptance = "if sure"

    @property
    def by_eye(self) -> bool:
        return self.traits.evidence != "printed"


@dataclass(frozen=True, slots=True)
class Told:
    """A value, and the confidence that a table gave it which was fitted without it."""

    observation: Observation
    confidence: float


def fitted(observations: Sequence[Observation], source: Source) -> Calibration:
    """The table of these values, with its curve from tables fitted without the value's own shipment.

    Raises `ValueError` for no values.
    """
    if not observations:
        raise ValueError("there are no judged values to fit")
    told = tuple(held_out(observations, lambda one: one.shipment))
    table = _shares(observations, source)
    return table.model_copy(update={"curve": curve(told), "metrics": _metrics(observations, told)})


def held_out(observations: Sequence[Observation], part: Callable[[Observation], str]) -> Iterator[Told]:
    """Every value with the confidence of a table fitted without its part of all values; of one part there is none."""
    parts: dict[str, list[Observation]] = defaultdict(list)
    for one in observations:
        parts[part(one)].append(one)
    for name, own in parts.items():
        others = [one for one in observations if part(one) != name]
        table = _shares(others, _NOWHERE) if others else None
        yield from (Told(one, table.confidence(one.traits)) for one in own if table is not None)


def _metrics(observations: Sequence[Observation], told: Sequence[Told]) -> dict[str, float]:
    """Figures of tables that had not seen the shipment, and of tables that had not even seen the layout."""
    strange = held_out(observations, lambda one: one.layout)
    return {
        "right": round(sum(one.right for one in observations) / len(observations), 5),
        "calibration_error_on_other_shipments": _error(told),
        "calibration_error_on_other_layouts": _error(strange),
    }


def _error(told: Iterable[Told]) -> float:
    return round(calibration_error((one.confidence, one.observation.right) for one in told), 5)


_NOWHERE: Final = Source(pool="", seed=0, shipments=0, pages=0, values=0, layouts=())


def curve(told: Iterable[Told]) -> tuple[tuple[float, int, int], ...]:
    """For each confidence: with the cut there, how many values are accepted, and how many of these are wrong.

    Counted are values read from pictures. Those that are accepted whatever their confidence are among them at every
    point; the first point, a confidence that none has, counts them alone.
    """
    n, wrong = Counter[float](), Counter[float]()
    for one in told:
        if one.observation.by_eye and one.observation.acceptance != "never":
            at = NONE_SO_SURE if one.observation.acceptance == "always" else round(one.confidence, 5)
            n[at] += 1
            wrong[at] += not one.observation.right
    points, reached, failed = [], 0, 0
    for confidence in sorted({NONE_SO_SURE, *n}, reverse=True):
        reached, failed = reached + n[confidence], failed + wrong[confidence]
        points.append((confidence, reached, failed))
    return tuple(points)


def calibration_error(values: Iterable[tuple[float, bool]]) -> float:
    """Expected calibration error: over ten bins of confidence, how far its mean is from the share of right values."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in values:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    total = sum(map(len, bins))
    return sum(abs(sum(c for c, _ in held) - sum(r for _, r in held)) for held in bins) / max(1, total)


# -- shares


def _shares(observations: Sequence[Observation], source: Source) -> Calibration:
    by_evidence = _counted((one.traits.evidence, one.right) for one in observations)
    overall = sum(one.right for one in observations) / len(observations)
    evidence = _falling({step: _share(by_evidence[step], overall, strength=1.0) for step in EVIDENCE})
    by_kind: dict[str, list[Observation]] = defaultdict(list)
    by_name: dict[str, list[Observation]] = defaultdict(list)
    for one in observations:
        by_kind[one.traits.kind_class].append(one)
        by_name[one.traits.name_class].append(one)
    kinds = {kind: _classes(by_kind[kind], evidence) for kind in sorted(by_kind)}
    names = {name: _classes(own, _pooled(kinds[own[0].traits.kind_class])) for name, own in sorted(by_name.items())}
    return Calibration(version=VERSION, source=source, evidence=evidence, kinds=kinds, names=names, curve=())


def _pooled(classes: Sequence[Classes]) -> dict[Evidence, Share]:
    return {one.evidence: one.pooled for one in classes}


def _classes(observations: Sequence[Observation], larger: Mapping[Evidence, Share]) -> tuple[Classes, ...]:
    """One class's shares for each evidence, and below it for each quality of page that was seen."""
    counts = _counted((one.traits.evidence, one.right) for one in observations)
    finer = _counted(((one.traits.evidence, one.traits.quality), one.right) for one in observations)
    pooled = _falling({step: _share(counts[step], larger[step].confidence) for step in EVIDENCE})
    return tuple(
        Classes(
            evidence=step,
            pooled=share,
            by_quality={
                quality: _share(finer[step, quality], share.confidence)
                for quality in QUALITIES
                if finer[step, quality][0]
            },
        )
        for step, share in pooled.items()
    )


def _counted(values: Iterable[tuple[K, bool]]) -> defaultdict[K, tuple[int, int]]:
    """Of each class how many there are, and how many of them are wrong."""
    counts: defaultdict[K, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for key, right in values:
        n, wrong = counts[key]
        counts[key] = (n + 1, wrong + (not right))
    return counts


def _share(count: tuple[int, int], larger: float, *, strength: float = STRENGTH) -> Share:
    n, wrong = count
    confidence = (n - wrong + strength * larger) / (n + strength)
    return Share(n=n, wrong=wrong, confidence=round(confidence, 6))


def _falling(shares: Mapping[Evidence, Share]) -> dict[Evidence, Share]:
    """The same with neighbours pooled where weaker evidence had the higher share (pool adjacent violators)."""
    blocks: list[tuple[float, float, list[Evidence]]] = []
    for step, share in shares.items():
        weight, sure, steps = share.n + 1.0, share.confidence, [step]
        while blocks and blocks[-1][1] <= sure:
            before, stronger, earlier = blocks.pop()
            sure = (sure * weight + stronger * before) / (weight + before)
            weight, steps = weight + before, earlier + steps
        blocks.append((weight, sure, steps))
    return {
        step: shares[step].model_copy(update={"confidence": round(sure, 6)})
        for _, sure, steps in blocks
        for step in steps
    }
