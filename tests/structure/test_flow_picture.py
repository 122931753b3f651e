"""The picture in the README shows the steps that there are, and the rooms that they use."""

from __future__ import annotations

from docs.writing import rooms


def test_the_picture_is_what_the_code_yields() -> None:
    assert rooms.PICTURE.read_text(encoding="utf-8") == rooms.picture()


def test_every_step_and_the_rooms_that_it_uses_are_found() -> None:
    steps = rooms.steps()
    assert (steps[0], steps[-1], len(steps)) == ("submit", "file", 9)
    assert rooms.rooms_of("read_papers") == ("extractors", "archive")
    assert rooms.rooms_of("declare") == ("declarations",)
    assert {room for step in steps for room in rooms.rooms_of(step)} == set(rooms.ROOMS)
