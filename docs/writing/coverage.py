"""How much of what a stranger meets is described: `python -m docs.writing.coverage`.

Public functions, methods and classes need no docstring where name, types and fields say all, and none that repeats the
name; so their share is told, and everything else has to be whole.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from typing_extensions import override

from docs.writing.commands import commands
from docs.writing.examples import examples
from flows.settings import Settings
from validators import CATALOGUE

ROOT: Final = Path(__file__).parents[2]
ROOMS: Final = ("schemas", "extractors", "validators", "declarations", "archive", "flows", "desk")
Described = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


class Share(NamedTuple):
    """How many of how many are described."""

    told: int
    of: int

    @property
    def is_whole(self) -> bool:
        return self.told == self.of

    @override
    def __str__(self) -> str:
        return f"{self.told} of {self.of} ({100 * self.told / max(self.of, 1):.1f} %)"


def coverage() -> Mapping[str, Share]:
    """The shares by what they are of."""
    modules = [ast.parse(path.read_text(encoding="utf-8")) for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    public = [node for module in modules for node in _public(module)]
    options = [one.help for _, _, parameters in commands() for one in parameters]
    return {
        "modules with a docstring": _share(ast.get_docstring(module) for module in modules),
        "public classes with a docstring": _share(map(ast.get_docstring, _of(public, ast.ClassDef))),
        "public functions and methods with a docstring": _share(
            map(ast.get_docstring, [one for one in public if not isinstance(one, ast.ClassDef)])
        ),
        "settings with a description": _share(field.description for field in Settings.model_fields.values()),
        "commands with a help": _share(help_text for _, help_text, _ in commands()),
        "arguments and options with a meaning": _share(options),
        "codes of findings with a real example": Share(len(examples()), len(CATALOGUE)),
        "codes with a remedy for the clerk and for the broker": _share(
            one.help if one.broker else None for one in CATALOGUE.values()
        ),
    }


def _share(told: Iterable[str | None]) -> Share:
    every = [bool(one) for one in told]
    return Share(sum(every), len(every))


def _of(nodes: list[Described], kind: type[ast.ClassDef]) -> Iterator[ast.ClassDef]:
    return (node for node in nodes if isinstance(node, kind))


def _public(scope: ast.Module | ast.ClassDef) -> Iterator[Described]:
    """Classes, functions and methods whose name, and that of the class around, has no underscore before it."""
    for node in scope.body:
        if isinstance(node, Described) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


if __name__ == "__main__":
    sys.stdout.write("".join(f"{what:<54} {share}\n" for what, share in coverage().items()))
