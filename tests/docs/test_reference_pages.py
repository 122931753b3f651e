"""The pages of `docs/reference/` are what the code yields now, and everything of the code stands in them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from docs.writing.commands import commands
from docs.writing.examples import examples
from docs.writing.pages import FOLDER, PAGES
from flows.settings import Settings
from validators import CATALOGUE


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_reference_is_what_the_code_says_now(name: str) -> None:
    said = PAGES[name]()
    assert (FOLDER / name).read_text(encoding="utf-8") == said, f"docs/reference/{name} is old: run `make reference`"


def test_no_page_of_the_reference_is_written_by_hand() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


def _page(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def test_every_code_has_a_section_with_a_real_example_and_what_each_can_do() -> None:
    sections = _page("findings.md").split("\n## ")[2:]
    assert [section.partition("\n")[0] for section in sections] == list(CATALOGUE)
    assert set(examples()) == set(CATALOGUE)
    for section in sections:
        assert section.count("\n> ") == 1
        assert "| for the clerk | " in section
        assert "| for the broker | " in section


def test_every_setting_stands_in_the_page_with_a_type_a_default_and_a_meaning() -> None:
    rows = re.findall(r"^\| `TIDEWAITER_(\w+)` \| (.+) \| (.+) \| (.+) \|$", _page("settings.md"), flags=re.MULTILINE)
    assert {name for name, *_ in rows} == {name.upper() for name in Settings.model_fields}
    assert all(all(cells) for cells in rows)


def test_every_command_has_a_help_and_every_option_a_meaning() -> None:
    page = _page("commands.md")
    for name, help_text, parameters in commands():
        assert f"\n## {name}\n\n{help_text}\n" in page
        assert help_text
        assert [one.name for one in parameters if not one.help] == []


def test_every_name_that_the_code_takes_from_the_environment_stands_in_the_settings(modules: dict[Path, str]) -> None:
    page = _page("settings.md")
    taken = {name for text in modules.values() for name in _taken(ast.parse(text))}
    assert {name for name in taken if f"`{name}`" not in page} == set()
    assert "PREFECT_API_URL" in taken


def _taken(module: ast.Module) -> set[str]:
    """The names in `os.environ["NAME"]` and `os.environ.get("NAME")`."""
    calls = [node.args[0] for node in ast.walk(module) if _is_get(node) and isinstance(node, ast.Call) and node.args]
    read = [
        node.slice
        for node in ast.walk(module)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ"
    ]
    return {str(one.value) for one in (*calls, *read) if isinstance(one, ast.Constant)}


def _is_get(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "os.environ.get"


@pytest.fixture(scope="module")
def modules() -> dict[Path, str]:
    root = FOLDER.parents[1]
    paths = [path for room in ("extractors", "flows", "desk", "archive") for path in (root / room).rglob("*.py")]
    return {path: path.read_text(encoding="utf-8") for path in paths}
