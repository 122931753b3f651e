"""What a stranger meets is described; `python -m docs.writing.coverage` prints the shares."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from docs.writing.coverage import Share, coverage

MAY_LACK = {"public classes with a docstring": 0.9, "public functions and methods with a docstring": 0.7}
"""A docstring that repeats the name is worth less than none; a share that falls is looked at all the same."""


@pytest.fixture(scope="module")
def shares() -> Mapping[str, Share]:
    return coverage()


def test_everything_that_is_met_from_outside_is_described(shares: Mapping[str, Share]) -> None:
    assert {what: str(share) for what, share in shares.items() if what not in MAY_LACK and not share.is_whole} == {}
    assert all(share.of for share in shares.values())


def test_most_of_the_code_says_what_its_names_do_not(shares: Mapping[str, Share]) -> None:
    assert [what for what, least in MAY_LACK.items() if shares[what].told < least * shares[what].of] == []


def test_a_share_is_written_with_its_parts() -> None:
    assert str(Share(3, 4)) == "3 of 4 (75.0 %)"
    assert str(Share(0, 0)) == "0 of 0 (0.0 %)"
