"""Habits that no linter holds: where everything may be caught, who reads the clock, what no file may name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

Modules = dict[Path, ast.Module]

# For a person at a terminal, and for a shipment dropped into the inbox, which nobody waits for.
OUTERMOST_HANDLERS = {Path("desk/running.py"), Path("flows/inbox/tries.py")}
PURE_ROOMS = {"schemas", "extractors", "validators", "declarations"}
CLOCKS = {"now", "today", "utcnow", "localtime"}


def test_everything_is_caught_only_at_the_outermost_handlers(modules: Modules) -> None:
    broad = {path for path, module in modules.items() if any(_is_broad(node) for node in _handlers(module))}
    assert broad <= OUTERMOST_HANDLERS


def test_each_outermost_handler_is_one_place(modules: Modules) -> None:
    broad = [path for path in OUTERMOST_HANDLERS for node in _handlers(modules[path]) if _is_broad(node)]
    assert sorted(broad) == sorted(OUTERMOST_HANDLERS)


def _handlers(module: ast.Module) -> Iterator[ast.ExceptHandler]:
    return (node for node in ast.walk(module) if isinstance(node, ast.ExceptHandler))


def _is_broad(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or ast.unparse(kind) in {"Exception", "BaseException"} for kind in caught)


def test_no_shipped_code_rests_on_a_bare_assert(modules: Modules) -> None:
    asserted = {f"{path}:{node.lineno}" for path, module in modules.items() for node in ast.walk(module)
                if isinstance(node, ast.Assert)}  # fmt: skip
    assert asserted == set()


def test_the_pure_rooms_never_ask_for_the_time(modules: Modules) -> None:
    asked = {
        f"{path}:{node.lineno}"
        for path, module in modules.items()
        if path.parts[0] in PURE_ROOMS and path.parts[:2] != ("extractors", "engines")
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    }
    assert asked == set()


def test_a_tracked_file_names_no_place_of_one_machine_and_no_package_registry(tracked: tuple[Path, ...]) -> None:
    # Built from parts, so that this file does not name them itself.
    homes = "|".join(("/" + "work/", "/" + "home/", "/" + "root/", "/" + "tmp/", "/" + "opt/", "/" + "Users/"))
    registries = "|".join(("pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs", "index" + "-url"))
    named = re.compile(f"{homes}|{registries}")
    found = {f"{path.name}: {hit.group()}" for path in tracked for hit in [named.search(_text(path))] if hit}
    assert found == set()


def _text(path: Path) -> str:
    """The text of a file, empty for pictures and PDF files."""
    content = path.read_bytes()
    return "" if b"\0" in content or content.startswith(b"%PDF") else content.decode("utf-8", errors="replace")


def test_requirements_name_versions_and_hashes_and_no_host(root: Path) -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (root / name).read_text(encoding="utf-8")
        assert "://" not in text
        pinned = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
        assert pinned
        assert [line for line in pinned if "==" not in line] == []
        assert text.count("--hash=sha256:") >= len(pinned)
