"""The project's own files, as the structure tests look at them."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("schemas", "extractors", "validators", "declarations", "archive", "flows", "desk")


@pytest.fixture(scope="session")
def rooms() -> tuple[str, ...]:
    return ROOMS


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def modules() -> dict[Path, ast.Module]:
    """Every shipped module, parsed, by its path relative to the project."""
    paths = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    assert paths
    return {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@pytest.fixture(scope="session")
def tracked() -> tuple[Path, ...]:
    """Every file under version control; skipped outside a clone (an unpacked archive has no history)."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: which files are tracked is not known")
    listed = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return tuple(
        ROOT / name.decode() for name in listed.stdout.split(b"\0") if name and (ROOT / name.decode()).is_file()
    )
