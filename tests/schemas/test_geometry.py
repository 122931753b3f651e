from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.geometry import Box, union
from schemas.pages import Page

numbers = st.floats(-1000, 1000)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h), numbers, numbers, st.floats(0.1, 500), st.floats(0.1, 500)
)


@given(st.lists(boxes, min_size=1, max_size=8))
def test_a_union_holds_every_box(some: list[Box]) -> None:
    whole = union(some)
    assert all(whole.x0 <= b.x0 and whole.top <= b.top and whole.x1 >= b.x1 and whole.bottom >= b.bottom for b in some)


def test_the_union_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no boxes"):
        union([])


@given(boxes, boxes)
def test_overlap_does_not_depend_on_the_order(one: Box, other: Box) -> None:
    assert one.overlap_x(other) == other.overlap_x(one)
    assert one.overlap_y(other) == other.overlap_y(one)
    assert one.intersection(other) == other.intersection(one) <= min(one.area, other.area) * 1.001


@given(boxes)
def test_a_box_holds_its_own_middle_and_grows_on_each_side(box: Box) -> None:
    assert box.contains_middle_of(box)
    assert box.grown(2).width == pytest.approx(box.width + 4)
    assert len(box.as_list()) == 4


def page(matrix: tuple[float, ...] | None) -> Page:
    return Page("a.jpg", "0" * 64, 1, 600, 800, flat_to_upright=matrix)


def test_a_flat_page_places_boxes_where_they_are() -> None:
    assert page(None).place(Box(1, 2, 3, 4)) == Box(1, 2, 3, 4)


def test_a_turned_page_places_the_box_round_all_corners_and_within_the_page() -> None:
    turned = page((0, 1, 0, 1, 0, 0, 0, 0, 1))
    assert turned.place(Box(10, 20, 30, 50)) == Box(20, 10, 50, 30)
    assert turned.place(Box(-10, 700, 30, 900)) == Box(600, 0, 600, 30)
