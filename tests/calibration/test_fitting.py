import random
from dataclasses import replace

import pytest

from extractors.calibration.errors import CalibrationError
from extractors.calibration.fitting import Observation, calibration_error, curve, fitted, held_out
from extractors.calibration.table import NONE_SO_SURE, Calibration, Source
from extractors.calibration.traits import EVIDENCE, Evidence, Quality, Traits

SOURCE = Source(pool="p", seed=1, shipments=1, pages=1, values=1, layouts=("a", "b"))


def seen(
    n: int, wrong: int, *, evidence: Evidence = "agreed", name: str = "packing_list.lines.quantity",
    quality: Quality = "good", layout: str = "",
) -> list[Observation]:  # fmt: skip
    """So many values, the wrong ones spread evenly; over two layouts where none is named."""
    traits = Traits(name, "quantity" if name.endswith("quantity") else "amount", evidence, quality)
    return [Observation(traits, (at * wrong) % n >= wrong, layout or "ab"[at % 2], f"s{at % 10}") for at in range(n)]


def traits(evidence: Evidence, name: str = "packing_list.lines.quantity", quality: Quality = "good") -> Traits:
    return seen(1, 0, evidence=evidence, name=name, quality=quality)[0].traits


def test_a_large_class_gets_its_own_share_of_right_values() -> None:
    table = fitted([*seen(4000, 4), *seen(1000, 100, evidence="disputed")], SOURCE)
    assert table.confidence(traits("agreed")) == pytest.approx(0.999, abs=2e-4)
    assert table.confidence(traits("disputed")) == pytest.approx(0.9, abs=5e-3)


def test_a_small_class_may_lower_what_its_larger_class_says_and_never_raise_it() -> None:
    amounts = "commercial_invoice.lines.amount"
    poor = seen(100, 20, name=amounts)
    faultless = seen(100, 0, name="commercial_invoice.subtotal")
    table = fitted([*seen(5000, 50), *poor, *faultless], SOURCE)
    assert table.confidence(traits("agreed", amounts)) < 0.9
    assert table.confidence(traits("agreed", "commercial_invoice.subtotal")) <= table.evidence["agreed"].confidence


def test_weaker_evidence_never_gives_more_confidence() -> None:
    chance = random.Random(5)  # noqa: S311 - no secret hangs on it
    observations = [one for step in EVIDENCE for one in seen(50 + chance.randrange(900), 9, evidence=step)]
    table = fitted(observations, SOURCE)
    confidences = [table.evidence[step].confidence for step in EVIDENCE]
    assert confidences == sorted(confidences, reverse=True)
    for classes in (*table.kinds.values(), *table.names.values()):
        pooled = [one.pooled.confidence for one in classes]
        assert pooled == sorted(pooled, reverse=True)


def test_a_layout_is_judged_by_a_table_that_never_saw_it() -> None:
    told = list(held_out([*seen(1000, 0, layout="a"), *seen(1000, 900, layout="b")], lambda one: one.layout))
    of_b = {one.confidence for one in told if one.observation.layout == "b"}
    assert min(of_b) > 0.99  # as `a` has it, for all that `b` shows


def test_the_curve_counts_what_reaches_each_confidence() -> None:
    told = list(held_out([*seen(1000, 2), *seen(1000, 300, evidence="disputed")], lambda one: one.shipment))
    points = curve(told)
    assert points[0] == (NONE_SO_SURE, 0, 0)
    assert points[-1][1:] == (2000, 302)
    assert [n for _, n, _ in points] == sorted(n for _, n, _ in points)


def test_the_cut_comes_from_the_stated_risk() -> None:
    observations = [*seen(6000, 2), *seen(3000, 90, evidence="disputed"), *seen(1000, 400, evidence="faint")]
    table = fitted(observations, SOURCE)
    strict, loose, looser = table.cut(0.001), table.cut(0.02), table.cut(0.5)
    assert strict.confidence > loose.confidence > looser.confidence
    assert (strict.n, strict.wrong) == (6000, 2)
    assert strict.wrong / strict.n <= 0.001 < strict.upper <= 0.003
    assert table.confidence(traits("agreed")) >= strict.confidence > table.confidence(traits("disputed"))


def test_a_risk_that_no_class_can_keep_takes_nothing() -> None:
    cut = fitted(seen(4000, 40), SOURCE).cut(0.001)
    assert cut.confidence == NONE_SO_SURE
    assert (cut.n, cut.upper) == (0, 1.0)


def test_what_is_supported_is_accepted_at_any_cut_and_shares_the_risk() -> None:
    supported = [replace(one, acceptance="always") for one in seen(8000, 1)]
    never = [replace(one, acceptance="never") for one in seen(500, 400, evidence="faint")]
    readings = seen(2000, 9, evidence="disputed")
    table = fitted([*supported, *never, *readings], SOURCE)
    strict, loose = table.cut(0.0005), table.cut(0.001)
    assert (strict.confidence, strict.n, strict.wrong) == (NONE_SO_SURE, 8000, 1)
    assert (loose.n, loose.wrong) == (10_000, 10)


def test_too_few_values_prove_no_small_risk() -> None:
    assert fitted(seen(200, 0), SOURCE).cut(0.001).n == 0


def test_nothing_can_be_fitted_on_nothing() -> None:
    with pytest.raises(ValueError, match="no judged values"):
        fitted([], SOURCE)


def test_the_table_as_text_gives_the_same_table() -> None:
    table = fitted(seen(1000, 3), SOURCE)
    again = Calibration.from_text(table.to_text())
    assert again.to_text() == table.to_text()
    assert again.confidence(traits("agreed")) == table.confidence(traits("agreed"))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sha256": "00", "version": 1}'])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(CalibrationError, match="make calibrate"):
        Calibration.from_text(text)


def test_a_table_changed_by_hand_is_refused() -> None:
    text = fitted(seen(1000, 3), SOURCE).to_text()
    with pytest.raises(CalibrationError, match="changed after it was fitted"):
        Calibration.from_text(text.replace('"shipments": 1', '"shipments": 2'))


def test_the_calibration_error_is_how_far_confidence_is_from_the_share_of_right_values() -> None:
    assert calibration_error([(0.9, True)] * 9 + [(0.9, False)]) == pytest.approx(0.0)
    assert calibration_error([(0.9, True)] * 5 + [(0.9, False)] * 5) == pytest.approx(0.4)
    assert calibration_error([(1.0, True)] * 5 + [(0.25, False)] * 5) == pytest.approx(0.125)
