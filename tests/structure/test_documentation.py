"""What the documentation says is what the code does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from click import Command
from typer.main import get_command

from desk.cli import app
from desk.running import INTERRUPTED, OUR_ERROR, STATUS_CODES, WRONG_USAGE
from flows.reference_rows import ROWS, columns_of
from flows.settings import Settings
from schemas.reference import ReferenceKind


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_every_setting_with_what_it_is_for_and_no_other(readme: str) -> None:
    rows = dict(re.findall(r"^\| `TIDEWAITER_(\w+)` \| .*? \| (.+) \|$", readme, flags=re.MULTILINE))
    assert rows == {name.upper(): field.description for name, field in Settings.model_fields.items()}


def test_the_readme_gives_each_default(readme: str) -> None:
    defaults = dict(re.findall(r"^\| `TIDEWAITER_(\w+)` \| `(.+?)` \|", readme, flags=re.MULTILINE))
    for name, value in defaults.items():
        assert str(Settings.model_validate({name.lower(): value}).model_dump()[name.lower()]) == str(
            Settings.model_fields[name.lower()].get_default(call_default_factory=True)
        )


def _commands() -> dict[str, Command]:
    """Every command by the words that call it, those of groups too."""
    top = getattr(get_command(app), "commands", {})
    grouped = {
        f"{name} {inner}": command
        for name, group in top.items()
        for inner, command in getattr(group, "commands", {}).items()
    }
    return {**{name: command for name, command in top.items() if not hasattr(command, "commands")}, **grouped}


def test_the_readme_names_every_command_and_option(readme: str) -> None:
    commands = _commands()
    usages = [line for line in readme.splitlines() if line.startswith(".venv/bin/tidewaiter ")]
    named = {name for line in usages for name in commands if f"{line} ".startswith(f".venv/bin/tidewaiter {name} ")}
    assert named == set(commands)
    assert len(usages) == len(named)
    for name, command in commands.items():
        usage = next(line for line in usages if f"{line} ".startswith(f".venv/bin/tidewaiter {name} "))
        options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        assert options == set(re.findall(r"--[a-z-]+", usage))


def test_the_readme_names_every_kind_of_list_and_its_columns(readme: str) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \| .+ \|$", readme.partition("| KIND |")[2], flags=re.MULTILINE))
    assert set(get_args(ReferenceKind)) - {"profiles"} <= set(rows)
    for kind in set(ROWS) - {"licences"}:
        columns = columns_of(kind)
        assert set(re.findall(r"\*\*(\w+)\*\*", rows[kind])) == set(columns.required), kind
        assert {"valid_from", "valid_until", *re.findall(r"[a-z_]+", rows[kind])} >= set(columns.known or ()), kind


def test_the_readme_lists_every_exit_code(readme: str) -> None:
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", readme, flags=re.MULTILINE)}
    assert listed == {*STATUS_CODES.values(), WRONG_USAGE, OUR_ERROR, INTERRUPTED}


def test_every_make_target_that_the_documents_name_is_there(root: Path, readme: str) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    documents = readme + (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", documents, re.MULTILINE)
    for target in {one or other for one, other in named}:
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


def test_every_link_between_the_documents_leads_somewhere(root: Path) -> None:
    for document in root.glob("*.md"):
        for target in re.findall(r"\]\(([^):#]+)\)", document.read_text(encoding="utf-8")):
            assert (root / target).exists(), f"{document.name}: {target}"
