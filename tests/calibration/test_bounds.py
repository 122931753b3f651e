import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.calibration.bounds import upper_bound


@pytest.mark.parametrize(
    ("wrong", "n", "bound"),
    # Quantiles of the beta distribution, 0.95 of (wrong + 1, n - wrong), from published tables and R's qbeta.
    [(0, 1000, 0.002991), (1, 1000, 0.004735), (0, 300, 0.009936), (5, 100, 0.102259), (3, 10, 0.606624)],
)
def test_the_bound_is_that_of_clopper_and_pearson(wrong: int, n: int, bound: float) -> None:
    assert upper_bound(wrong, n) == pytest.approx(bound, abs=2e-5)


def test_nothing_seen_leaves_everything_possible() -> None:
    assert upper_bound(0, 0) == 1.0
    assert upper_bound(7, 7) == 1.0


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, min(n - 1, 40)))))
def test_the_bound_lies_above_the_rate_and_falls_with_more_of_the_same(seen: tuple[int, int]) -> None:
    n, wrong = seen
    bound = upper_bound(wrong, n)
    assert wrong / n < bound <= 1.0
    assert upper_bound(2 * wrong, 2 * n) <= bound
