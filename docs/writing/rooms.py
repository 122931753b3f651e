"""The picture of how a shipment goes through the rooms, drawn from the code: its steps, and what each uses.

Order and rooms are read from `flows.plain`, `flows.steps` and `flows.workshop`; only the words beside them are written
here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PICTURE: Final = ROOT / "docs/pictures/flow.svg"
ROOMS: Final = {"extractors": "#0f766e", "validators": "#b45309", "declarations": "#6d28d9", "archive": "#1d4ed8"}
_WORDS: Final = {
    "submit": "originals archived",
    "read_papers": "pages to words and places",
    "join": "pages to papers",
    "settle": "papers against each other",
    "claim_invoices": "no invoice twice",
    "compare_duty": "the draft's duty",
    "declare": "value, duty, items",
    "conclude": "clear, held or rejected",
    "file": "result, declaration, journal",
}
_STEPS: Final = "flows/steps.py"
_WIDTH, _BOX, _GAP = 1264, 122, 15
_INK, _FAINT, _PAPER = "#1f2937", "#6b7280", "#ffffff"


def steps() -> tuple[str, ...]:
    """The steps of a clearance in the order in which `flows.plain` calls them."""
    functions = _functions(_tree("flows/plain.py"))
    return tuple(dict.fromkeys(_calls("clear", functions)))


def rooms_of(step: str) -> tuple[str, ...]:
    """The rooms whose functions or records a step uses, itself or through what it calls beside it."""
    found = set(_used("flows/second_look.py" if step == "settle" else _STEPS, step, set()))
    return tuple(room for room in ROOMS if room in found)


def picture() -> str:
    """The picture as SVG."""
    drawn = [*_surroundings(), *(part for number, step in enumerate(steps()) for part in _step(number, step))]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} 430" font-family="sans-serif" role="img" '
        f'aria-label="How a shipment goes through the rooms: {escape(", ".join(steps()))}">'
    )
    return "\n".join([head, f'<rect width="{_WIDTH}" height="430" fill="{_PAPER}"/>', *drawn, "</svg>", ""])


def _tree(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def _functions(tree: ast.Module) -> Mapping[str, ast.FunctionDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def _owners(tree: ast.Module) -> Mapping[str, str]:
    """The room of each imported name."""
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module]
    return {
        alias.asname or alias.name: (node.module or "").partition(".")[0] for node in imports for alias in node.names
    }


def _shelves() -> Mapping[str, str]:
    """The room of what stands in the workshop, by its name there; the pool of readers starts what reads papers."""
    tree = _tree("flows/workshop.py")
    owners = {**_owners(tree), "ReadingPool": "extractors"}
    [workshop] = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Workshop"]
    fields = {
        node.target.id: ast.unparse(node.annotation)
        for node in workshop.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    made = {
        node.name: ast.unparse(node.returns)
        for node in workshop.body
        if isinstance(node, ast.FunctionDef) and node.returns
    }
    return {name: owners[kind] for name, kind in {**fields, **made}.items() if owners.get(kind) in ROOMS}


def _calls(function: str, functions: Mapping[str, ast.FunctionDef]) -> Iterator[str]:
    """The steps that a function of `flows.plain` calls, itself or through its own functions, inner calls first."""
    for name in _called(functions[function]):
        if name in functions:
            yield from _calls(name, functions)
        elif name in _WORDS:
            yield name


def _called(node: ast.AST) -> Iterator[str]:
    """Names of what is called, in the order in which it happens."""
    for child in ast.iter_child_nodes(node):
        yield from _called(child)
    if isinstance(node, ast.Call):
        named = node.func
        yield named.attr if isinstance(named, ast.Attribute) else named.id if isinstance(named, ast.Name) else ""


def _used(home: str, function: str, seen: set[str]) -> Iterator[str]:
    """The rooms of every name that the function, or one of `home` or of the steps that it calls, speaks of."""
    seen.add(function)
    functions, owners, shelves = _functions(_tree(home)), _owners(_tree(home)), _shelves()
    bound = _bound(functions[function])
    for node in ast.walk(functions[function]):
        if isinstance(node, ast.Name) and node.id not in bound:
            yield owners.get(node.id, "")
            if node.id in functions and node.id not in seen:
                yield from _used(home, node.id, seen)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "workshop":
                yield shelves.get(node.attr, "")
            elif node.value.id == "steps" and node.attr not in seen:
                yield from _used(_STEPS, node.attr, seen)


def _bound(function: ast.FunctionDef) -> frozenset[str]:
    """What a function itself gives a name; it may have that of another function."""
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return frozenset(names | {argument.arg for argument in ast.walk(function) if isinstance(argument, ast.arg)})


def _step(number: int, step: str) -> Iterator[str]:
    left, top = 20 + number * (_BOX + _GAP), 170
    yield _box(left, top, _BOX, 62, _INK)
    yield _text(left + _BOX / 2, top + 27, step, size=13, weight="bold", mono=True)
    yield _text(left + _BOX / 2, top + 47, _WORDS[step], size=9, colour=_FAINT)
    if number:
        yield _arrow(left - _GAP, top + 31, left - 2, top + 31)
    for place, room in enumerate(rooms_of(step)):
        y = top + 74 + place * 22
        yield f'<rect x="{left + 12}" y="{y}" width="{_BOX - 24}" height="18" rx="9" fill="{ROOMS[room]}"/>'
        yield _text(left + _BOX / 2, y + 13, room, size=11, colour=_PAPER)


def _surroundings() -> Iterator[str]:
    last = 20 + (len(steps()) - 1) * (_BOX + _GAP)
    yield _box(20, 40, _BOX, 50, _FAINT)
    yield _text(20 + _BOX / 2, 62, "inbox", size=14, weight="bold")
    yield _text(20 + _BOX / 2, 79, "the broker's papers", size=10, colour=_FAINT)
    yield _arrow(20 + _BOX / 2, 90, 20 + _BOX / 2, 168)
    yield _box(last, 40, _BOX, 50, _FAINT)
    yield _text(last + _BOX / 2, 62, "outbox", size=14, weight="bold")
    yield _text(last + _BOX / 2, 79, "declaration or findings", size=10, colour=_FAINT)
    yield _arrow(last + _BOX / 2, 168, last + _BOX / 2, 92)
    yield _box(_WIDTH / 2 - 110, 40, 220, 50, _FAINT)
    yield _text(_WIDTH / 2, 62, "desk", size=14, weight="bold")
    yield _text(_WIDTH / 2, 79, "a person decides what is held, and releases", size=10, colour=_FAINT)
    yield _arrow(last - _GAP - _BOX / 2, 168, _WIDTH / 2 + 112, 76, dashed=True)
    yield _arrow(_WIDTH / 2 - 112, 76, 20 + 2 * (_BOX + _GAP) + _BOX / 2, 168, dashed=True)
    yield _box(20, 340, _WIDTH - 40, 60, ROOMS["archive"])
    yield _text(
        _WIDTH / 2,
        364,
        "archive: object storage with versions and locks",
        size=14,
        weight="bold",
        colour=ROOMS["archive"],
    )
    told = "originals · what was read · decisions · results · declarations · a signed journal that auditors verify"
    yield _text(_WIDTH / 2, 385, told, size=11, colour=_FAINT)


def _box(left: float, top: float, width: float, height: float, colour: str) -> str:
    place = f'x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}"'
    return f'<rect {place} rx="8" fill="{_PAPER}" stroke="{colour}" stroke-width="1.5"/>'


def _text(  # noqa: PLR0913 - what a piece of text is
    x: float, y: float, words: str, *, size: int, weight: str = "normal", colour: str = _INK, mono: bool = False
) -> str:
    family = ' font-family="monospace"' if mono else ""
    look = f'font-size="{size}" font-weight="{weight}" fill="{colour}" text-anchor="middle"{family}'
    return f'<text x="{x:g}" y="{y:g}" {look}>{escape(words)}</text>'


def _arrow(x0: float, y0: float, x1: float, y1: float, *, dashed: bool = False) -> str:
    """A line with a head; the head's corners lie 6 behind its point and 3.5 beside it."""
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    along, across = ((x1 - x0) / length, (y1 - y0) / length), (-(y1 - y0) / length, (x1 - x0) / length)
    corners = [(x1 - 6 * along[0] + side * across[0], y1 - 6 * along[1] + side * across[1]) for side in (3.5, -3.5)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in [(x1, y1), *corners])
    dashes = ' stroke-dasharray="5 4"' if dashed else ""
    line = f'<line x1="{x0:g}" y1="{y0:g}" x2="{x1:g}" y2="{y1:g}" stroke="{_FAINT}" stroke-width="1.5"{dashes}/>'
    return f'{line}<polygon points="{points}" fill="{_FAINT}"/>'
