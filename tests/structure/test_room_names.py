"""Our rooms are top-level packages: none may be overwritten by a dependency of the same name."""

from __future__ import annotations

from importlib.metadata import distributions


def test_no_installed_distribution_brings_a_package_of_our_names(rooms: tuple[str, ...]) -> None:
    taken = {
        (distribution.name, file.parts[0])
        for distribution in distributions()
        if distribution.name != "tidewaiter"
        for file in distribution.files or ()
        if file.parts[0].removesuffix(".py") in rooms
    }
    assert taken == set()


def test_the_rooms_imported_here_are_those_of_the_project(rooms: tuple[str, ...], root: object) -> None:
    places = {room: __import__(room).__file__ for room in rooms}
    assert {room for room, place in places.items() if not str(place).startswith(f"{root}/{room}/")} == set()
