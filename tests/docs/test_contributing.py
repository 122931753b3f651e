"""What CONTRIBUTING names is there: files and folders, targets of make, modules and commands."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CODE = [*re.findall(r"^```\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL), *re.findall(r"(?<!`)`([^`\n]+)`(?!`)", TEXT)]
MADE = {".venv/bin/python", ".venv/bin/tidewaiter", ".calibration/", "site/", "uv.lock"}
"""What comes with the work: no path of the repository."""
LONGEST = 175


def _paths() -> set[str]:
    """Words with a stroke, or with the ending of a file; what has a gap in it is the form of a name."""
    words = {word.rstrip(",;:") for text in CODE for word in text.split()}
    formed = re.compile(r"\.?[\w-]+(?:[./][\w.-]*)*/[\w.-]*|[\w-]+\.(?:csv|md|py|toml|txt|lock)")
    return {word for word in words if formed.fullmatch(word)} - MADE


def _is_there(path: str) -> bool:
    return (ROOT / path).exists() or (
        "/" not in path and next(ROOT.glob(f"sample_docs/layouts/*/{path}"), None) is not None
    )


def test_every_file_and_folder_is_there() -> None:
    paths = _paths()
    assert len(paths) > 50
    assert sorted(path for path in paths if not _is_there(path)) == []


def test_every_target_of_make_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {target for text in CODE for target in re.findall(r"^make ([a-z-]+)", text, re.MULTILINE)}
    assert len(named) > 8
    assert {one for one in named if not re.search(rf"^{one}:", makefile, re.MULTILINE)} == set()


def test_every_module_that_is_called_is_there_and_every_test_that_is_run() -> None:
    called = {module for text in CODE for module in re.findall(r"python -m ([\w.]+)", text)}
    assert {"pytest", "sample_docs.make", "benchmarks.calibration"} <= called
    assert {module for module in called if importlib.util.find_spec(module) is None} == set()
    assert not re.findall(r"(?<!bin/)python -m", TEXT), "a command is given as it is typed in a clone"


def test_each_recipe_has_five_steps_and_the_page_stays_short() -> None:
    recipes = re.split(r"^\*\*.+\*\*$", TEXT.partition("## Recipes\n")[2].partition("\n## ")[0], flags=re.MULTILINE)[1:]
    assert len(recipes) >= 7
    assert [re.findall(r"^(\d)\. ", recipe, re.MULTILINE) for recipe in recipes] == [list("12345")] * len(recipes)
    assert TEXT.count("\n") <= LONGEST


def test_every_pool_of_layouts_is_told() -> None:
    pools = {path.parent.name for path in ROOT.glob("sample_docs/layouts/*/__init__.py")}
    told = " ".join(re.findall(r"^\| (`.+?) \|", TEXT, re.MULTILINE))
    assert {pool for pool in {*pools, "samples"} if f"`{pool}`" not in told} == set()
