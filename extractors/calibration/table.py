"""The table of confidences: shares of right values by what was known of them, and the cut that a risk asks for."""

from __future__ import annotations

import hashlib
import json
from functools import cache, cached_property
from importlib.resources import files
from typing import Final, Self

from pydantic import Field as Limit
from pydantic import ValidationError

from extractors.calibration.bounds import upper_bound
from extractors.calibration.errors import CalibrationError
from extractors.calibration.traits import Evidence, Quality, Traits
from schemas.values import Frozen

ENOUGH: Final = 300
"""Values below which a class is too small to speak for itself: no wrong one among fewer leaves more than 1 in 100."""
BOUND_PER_RISK: Final = 3.0
"""The upper bound of the accepted values' wrong rate may be so many times the stated risk."""
NONE_SO_SURE: Final = 1.01
"""A confidence that no value has: with the cut there, only what something beside its reading supports is accepted."""
FILE: Final = "calibration.json"


class Share(Frozen):
    """Of `n` values of one class, `wrong` were wrong; `confidence` is what the fit makes of it."""

    n: int
    wrong: int
    confidence: float = Limit(ge=0, le=1)

    @property
    def too_few(self) -> bool:
        return self.n < ENOUGH


class Cut(Frozen):
    """From `confidence` on, values need no other support: with that, of `n` values accepted `wrong` were wrong.

    `upper` is the 95 % upper bound (Clopper-Pearson) of the rate.
    """

    confidence: float
    n: int
    wrong: int
    upper: float


class Classes(Frozen):
    """One kind's or one field's shares under one evidence: over all pages, and by the quality of the page."""

    evidence: Evidence
    pooled: Share
    by_quality: dict[Quality, Share] = Limit(default_factory=dict)


class Source(Frozen):
    """What the table was fitted on."""

    pool: str
    seed: int
    shipments: int
    pages: int
    values: int
    layouts: tuple[str, ...]


class Calibration(Frozen):
    """All shares, and what the product accepts without a person.

    `curve` holds for each confidence how many values are accepted if the cut lies there, and how many of them are
    wrong. It is counted on values read from pictures, the shipment of each left out of the fit that gave it its
    confidence; those that arithmetic or another paper supports are accepted at any cut, and count at each. `metrics`
    are figures for people; nothing is decided by them.
    """

    version: int
    source: Source
    evidence: dict[Evidence, Share]
    kinds: dict[str, tuple[Classes, ...]]
    names: dict[str, tuple[Classes, ...]]
    curve: tuple[tuple[float, int, int], ...]
    metrics: dict[str, float] = Limit(default_factory=dict)

    def confidence(self, traits: Traits) -> float:
        """The share of right values in the smallest class that is large enough to speak for itself.

        Below that size a class may lower what its larger classes say, never raise it.
        """
        pooled = self.evidence[traits.evidence].confidence
        kind = self._kind.get((traits.kind_class, traits.evidence))
        for classes in (kind, self._name.get((traits.name_class, traits.evidence))):
            if classes is not None:
                pooled = _narrowed(pooled, classes.pooled)
                pooled = _narrowed(pooled, classes.by_quality.get(traits.quality))
        return pooled

    @cached_property
    def _kind(self) -> dict[tuple[str, Evidence], Classes]:
        return {(kind, one.evidence): one for kind, classes in self.kinds.items() for one in classes}

    @cached_property
    def _name(self) -> dict[tuple[str, Evidence], Classes]:
        return {(name, one.evidence): one for name, classes in self.names.items() for one in classes}

    def cut(self, risk: float) -> Cut:
        """The smallest confidence at which at most that share of the accepted is wrong, the bound at most thrice it.

        None is so sure where no cut keeps the risk.
        """
        for confidence, n, wrong in sorted(self.curve):
            if wrong <= risk * n and (upper := upper_bound(wrong, n)) <= BOUND_PER_RISK * risk:
                return Cut(confidence=confidence, n=n, wrong=wrong, upper=upper)
        n, wrong = next(((n, wrong) for confidence, n, wrong in self.curve if confidence == NONE_SO_SURE), (0, 0))
        return Cut(confidence=NONE_SO_SURE, n=n, wrong=wrong, upper=upper_bound(wrong, n))

    def to_text(self) -> str:
        """JSON with the digest of what it holds."""
        body = self.model_dump(mode="json")
        return json.dumps({"sha256": _digest(body), **body}, ensure_ascii=False) + "\n"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Raises `CalibrationError` where the text is not what `to_text` wrote."""
        try:
            body = json.loads(text)
            told = body.pop("sha256")
            table = cls.model_validate_json(json.dumps(body))
        except (ValueError, KeyError, AttributeError, TypeError, ValidationError) as error:
            raise CalibrationError(f"{FILE} holds no table of confidences. Run `make calibrate` again") from error
        if told != _digest(body):
            raise CalibrationError(f"{FILE} was changed after it was fitted. Restore it, or run `make calibrate` again")
        return table


def _narrowed(pooled: float, share: Share | None) -> float:
    if share is None:
        return pooled
    return min(pooled, share.confidence) if share.too_few else share.confidence


def _digest(body: object) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@cache
def shipped() -> Calibration:
    """The table that comes with the program. Raises `CalibrationError` where it is not the one that was fitted."""
    return Calibration.from_text((files(__package__) / FILE).read_text(encoding="utf-8"))
