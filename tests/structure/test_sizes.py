"""The tail is what readers suffer from: how long bodies and modules may be, and how many parameters."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

Function = ast.FunctionDef | ast.AsyncFunctionDef
Bodies = dict[str, int]


def _functions(module: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _body_lines(function: Function) -> int:
    """Lines from the first statement after the docstring to the last."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.fixture(scope="module")
def bodies(modules: dict[Path, ast.Module]) -> Bodies:
    return {
        f"{path}:{function.lineno} {function.name}": _body_lines(function)
        for path, module in modules.items()
        for function in _functions(module)
    }


def test_no_function_body_is_longer_than_fifty_lines(bodies: Bodies) -> None:
    assert {name: lines for name, lines in bodies.items() if lines > 50} == {}


def test_nine_bodies_in_ten_have_at_most_twenty_five_lines_and_the_median_eight(bodies: Bodies) -> None:
    lines = sorted(bodies.values())
    assert statistics.quantiles(lines, n=10)[-1] <= 25
    assert statistics.median(lines) <= 8


def test_no_module_is_longer_than_four_hundred_lines(modules: dict[Path, ast.Module], root: Path) -> None:
    lengths = {path: len((root / path).read_text(encoding="utf-8").splitlines()) for path in modules}
    # An auditor reads it whole and runs it alone: it can lean on nothing of ours.
    assert lengths.pop(Path("archive/evidence/verify.py"), 0) <= 500
    assert {path: lines for path, lines in lengths.items() if lines > 400} == {}


def test_no_function_takes_more_than_six_parameters_beside_its_own_object(modules: dict[Path, ast.Module]) -> None:
    # Commands are left out: a parameter there is an option of the command line.
    counted = {
        f"{path}:{function.lineno} {function.name}": len(_parameters(function))
        for path, module in modules.items()
        for function in _functions(module)
        if not _is_command(function)
    }
    assert {name: count for name, count in counted.items() if count > 6} == {}


def _parameters(function: Function) -> list[str]:
    arguments = function.args
    named = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return [name for name in named if name not in {"self", "cls"}]


def _is_command(function: Function) -> bool:
    return any("command" in ast.unparse(decorator) for decorator in function.decorator_list)
