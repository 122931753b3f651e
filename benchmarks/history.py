"""What earlier shipments say of later ones: `python -m benchmarks.history [EXPORTERS] [--noise SHARE]`.

Of each generated exporter ten shipments of the same goods go through the product with a real register, with other
quantities, and with prices that vary by the noise (standard deviation of their logarithm, default 0.08) and weights by
2 %. What the register's history adds to their findings is a false alarm where it holds. Then eight more are judged: one
as before, and one each with a price 60 % lower, a price 30 % lower, another code, another origin, twice the weight, a
certificate used before, and a new importer. Printed is for how many of them history says what.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.as_read import Eyes, base_of
from benchmarks.taking import Nothing
from flows import steps
from flows.settings import Settings
from flows.workshop import Workshop, open_workshop
from sample_docs.generator.chance import Chance
from sample_docs.generator.companies import company
from sample_docs.generator.consignment import Consignment
from sample_docs.generator.goods import GoodsLine
from sample_docs.generator.looks import Wish
from sample_docs.generator.papers import truth_of
from sample_docs.generator.random_shipment import random_consignment
from schemas.findings import Finding
from schemas.results import Submission
from schemas.shipments import Reconciled, Shipment
from validators import reconcile

LANGUAGES: Final = ("en", "de", "zh", "fr", "es", "it")
EARLIER: Final = 10
_DELIVERED: Final = "DAP"
"""Under a term that leaves freight out a shipment may be held for it, and only clear ones teach prices."""
_CENT: Final = Decimal("0.01")
_GRAM: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Series:
    """One exporter's shipments; `at` counts them, and their month."""

    first: Consignment
    chance: Chance
    noise: float

    def shipment(self, at: int) -> Consignment:
        """The same goods again: other packages, prices and weights about the same, a month later."""
        chance = self.chance.branch("shipment", at)
        later = dt.timedelta(days=30 * at)
        certificate = self.first.certificate
        goods = tuple(self._again(line, chance.branch("line", n)) for n, line in enumerate(self.first.goods))
        return replace(
            self.first,
            id=f"{self.first.id}-{at}",
            goods=goods,
            invoice_number=f"{self.first.invoice_number}-{at}",
            invoice_date=self.first.invoice_date + later,
            packing_number=f"{self.first.packing_number}-{at}",
            packing_date=self.first.packing_date + later,
            purchase_order=f"{self.first.purchase_order}-{at}",
            voyage=replace(
                self.first.voyage, number=f"{self.first.voyage.number}{at}", date=self.first.voyage.date + later
            ),
            certificate=certificate
            and replace(certificate, number=f"{certificate.number}-{at}", date=certificate.date + later),
        )

    def _again(self, line: GoodsLine, chance: Chance) -> GoodsLine:
        price = _times(line.unit_price, math.exp(self.noise * _normal(chance)), _CENT)
        article = replace(line.article, net_kg=_times(line.article.net_kg, 1 + 0.02 * _normal(chance), _GRAM))
        return replace(line, article=article, packages=chance.whole(2, 40), unit_price=price)


def _normal(chance: Chance) -> float:
    """About normally distributed: twelve even numbers added."""
    return sum(chance.whole(0, 1000) for _ in range(12)) / 1000 - 6


def _times(value: Decimal, factor: float, step: Decimal) -> Decimal:
    return max(step, (value * Decimal(str(factor))).quantize(step, ROUND_HALF_UP))


def _first_line(change: Callable[[GoodsLine], GoodsLine]) -> Callable[[Consignment, Series], Consignment]:
    return lambda facts, _: replace(facts, goods=(change(facts.goods[0]), *facts.goods[1:]))


def _used_before(facts: Consignment, series: Series) -> Consignment:
    return replace(facts, certificate=facts.certificate and series.shipment(0).certificate)


def _new_importer(facts: Consignment, series: Series) -> Consignment:
    return replace(facts, consignee=company(facts.consignee.country, series.chance.branch("newcomer")))


CHANGES: Final[Mapping[str, Callable[[Consignment, Series], Consignment]]] = {
    "as before": lambda facts, _: facts,
    "price 60 % lower": _first_line(lambda line: replace(line, unit_price=_times(line.unit_price, 0.4, _CENT))),
    "price 30 % lower": _first_line(lambda line: replace(line, unit_price=_times(line.unit_price, 0.7, _CENT))),
    "another code": _first_line(lambda line: replace(line, hs_code="961900" if line.hs_code[:2] != "96" else "481910")),
    "another origin": _first_line(lambda line: replace(line, origin="UY")),
    "twice the weight": _first_line(
        lambda line: replace(line, article=replace(line.article, net_kg=2 * line.article.net_kg))
    ),
    "certificate again": _used_before,
    "new importer": _new_importer,
}


def judged(facts: Consignment, workshop: Workshop) -> tuple[Shipment, Reconciled, list[Finding]]:
    """The shipment as read without an error, solved, and what history adds to its findings."""
    base = base_of(truth_of(facts))
    eyes = Eyes(base, Chance("history", facts.id), frozenset(range(len(base.papers))))
    shipment = eyes.shipment(base.papers)
    reconciled = steps.reconcile(shipment, workshop)
    alone = reconcile(shipment, similarity=workshop.similarity, earlier=Nothing(), tolerances=workshop.tolerances)
    return shipment, reconciled, [one for one in reconciled.findings if one not in alone.findings]


def filed(shipment: Shipment, reconciled: Reconciled, workshop: Workshop) -> str:
    told = {"rules": "benchmark", "received_by": "benchmark", "files": ()}
    named = {"broker": shipment.broker, "reference": shipment.reference, "as_of": shipment.as_of}
    intake = workshop.archive.begin(Submission.model_validate({**named, **told}))
    declaration = steps.declare(shipment, reconciled, workshop)
    return steps.file(intake, steps.conclude(intake, shipment, reconciled, declaration), workshop).status


def measured(series: Series, workshop: Workshop) -> Iterator[tuple[str, str]]:
    """What became of each shipment: its kind, then its status or a finding that history adds."""
    for at in range(EARLIER):
        shipment, reconciled, added = judged(series.shipment(at), workshop)
        yield "earlier", filed(shipment, reconciled, workshop)
        yield from (("earlier", name) for name in _names(added))
    for name, change in CHANGES.items():
        changed = change(series.shipment(EARLIER), series)
        *_, added = judged(replace(changed, id=f"{changed.id}-{name}"), workshop)
        yield name, "judged"
        yield from ((name, one) for one in _names(added))


def _names(findings: list[Finding]) -> set[str]:
    return {f"{one.code} ({one.severity})" for one in findings}


def series_of(seed: int, noise: float) -> Series:
    language = LANGUAGES[seed % len(LANGUAGES)]
    chance = Chance("history", seed)
    facts = random_consignment(Wish(language=language), chance.branch("first"))
    return Series(replace(facts, incoterm=_DELIVERED), chance, noise)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exporters", type=int, nargs="?", default=24)
    parser.add_argument("--noise", type=float, default=0.08)
    given = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    with TemporaryDirectory() as folder, open_workshop(Settings(data_dir=Path(folder) / "data")) as workshop:
        for seed in range(given.exporters):
            counts.update(measured(series_of(seed, given.noise), workshop))
    for kind in ("earlier", *CHANGES):
        told = ", ".join(f"{what} {n}" for (of, what), n in sorted(counts.items()) if of == kind)
        print(f"{kind:18} {told}")


if __name__ == "__main__":
    main()
