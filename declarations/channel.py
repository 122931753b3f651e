"""The channel that customs is likely to choose: advice to the declarant, not a customs decision.

Red (the goods are examined) only for hard triggers, yellow (the papers are asked for) where a finding holds, where what
is only told adds up, or by lot; green for the rest. A random share beside the criteria is what selection systems of
customs keep (ASYCUDA: criteria first, then the minimum random rate), so that nobody can rely on a profile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Literal

from declarations.risk import HARD_TRIGGERS, SCREENED, Risk, indicator
from schemas.declarations import Channel
from schemas.findings import Finding

Colour = Literal["green", "yellow", "red"]

_MOST = 100
_BITS = 64


def channel_of(findings: Sequence[Finding], risk: Risk, *, seed: str, said: Sequence[str] = ()) -> Channel:
    """The colour with its score and reasons, the weightiest first, each with its finding's code.

    `seed` decides the lot, so that equal submissions draw equally; without one none is drawn. `said` are further
    remarks for the declarant, which weigh nothing.
    """
    weighed = _weighed(findings)
    score = min(_MOST, sum(points for points, _ in weighed))
    reasons = [_reason(points, one) for points, one in weighed]
    colour: Colour = "green"
    if any(_is_hard(one) for one in findings):
        colour = "red"
    elif score >= risk.yellow_from or any(one.holds for one in findings):
        colour = "yellow"
    elif is_drawn(seed, risk.random_share):
        colour = "yellow"
        reasons.append(f"drawn at random, as {risk.random_share:.1%} of such shipments are; nothing speaks against it")
    summary = f"score {score} of {_MOST}; advice to the declarant, not a customs decision"
    return Channel(colour=colour, reasons=(summary, *reasons, *_unscreened(risk), *said))


def is_drawn(seed: str, share: float) -> bool:
    """Whether the lot falls on this seed: a number from its digest, even between 0 and 1, lies below the share."""
    if not seed:
        return False
    digest = hashlib.sha256(f"channel {seed}".encode()).digest()
    lot = int.from_bytes(digest[: _BITS // 8], "big")
    return lot / (1 << _BITS) < share


def _weighed(findings: Sequence[Finding]) -> list[tuple[int, Finding]]:
    """The findings that weigh anything, the weightiest first. A code counts once: the others of it weigh 0."""
    pointed = [(_points(one), one) for one in findings]
    ordered = sorted([each for each in pointed if each[0]], key=lambda each: -each[0])
    counted: set[str] = set()
    weighed = []
    for points, one in ordered:
        weighed.append((0 if one.code in counted else points, one))
        counted.add(one.code)
    return weighed


def _points(finding: Finding) -> int:
    weights = indicator(finding.code)
    return weights.open if finding.holds else weights.told


def _reason(points: int, finding: Finding) -> str:
    weight = f" ({points} points)" if points else ""
    return f"{finding.code}{weight}: {finding.message}"


def _is_hard(finding: Finding) -> bool:
    return finding.code in HARD_TRIGGERS and finding.severity == "error" and finding.holds


def _unscreened(risk: Risk) -> Iterator[str]:
    """What was not looked at is said: green without a watch list is not the green with one."""
    missing = [name for kind, name in SCREENED if kind not in risk.loaded]
    if missing:
        yield f"not loaded, so not checked: {', '.join(missing)}"
