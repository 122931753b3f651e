"""What README and documentation say is what the code does. The pages written from the code have tests of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from click import Command
from typer.main import get_command

from desk.cli import app
from desk.running import INTERRUPTED, OUR_ERROR, STATUS_CODES, WRONG_USAGE
from flows.reference_rows import ROWS, columns_of
from flows.settings import Settings
from schemas.reference import ReferenceKind


def _pages(root: Path) -> Iterator[Path]:
    yield from root.glob("*.md")
    yield from (root / "docs").glob("*.md")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _commands() -> dict[str, Command]:
    """Every command by the words that call it, those of groups too."""
    top = getattr(get_command(app), "commands", {})
    grouped = {
        f"{name} {inner}": command
        for name, group in top.items()
        for inner, command in getattr(group, "commands", {}).items()
    }
    return {**{name: command for name, command in top.items() if not hasattr(command, "commands")}, **grouped}


def _called(root: Path) -> Iterator[tuple[str, str]]:
    """Every line in a block of code that calls the program, and the page that it stands on."""
    for page in _pages(root):
        for block in re.findall(r"^```\w*\n(.*?)^```", _text(page), flags=re.MULTILINE | re.DOTALL):
            for line in block.splitlines():
                found = re.match(r"(?:\$ )?(?:\.venv/bin/)?tidewaiter (\S.*)", line)
                if found:
                    yield found[1], page.name


def _command_of(line: str) -> tuple[str, Command] | None:
    known = _commands()
    return next(
        ((name, known[name]) for name in sorted(known, key=len, reverse=True) if f"{line} ".startswith(f"{name} ")),
        None,
    )


def test_every_command_and_option_that_a_page_shows_is_there(root: Path) -> None:
    lines = list(_called(root))
    assert len(lines) > 40
    for line, page in lines:
        found = _command_of(line)
        assert found is not None, f"{page}: tidewaiter {line}"
        options = {option for parameter in found[1].params for option in parameter.opts if option.startswith("--")}
        asked = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", line))
        assert asked <= {*options, "--help"}, f"{page}: tidewaiter {line}"


def test_every_command_is_shown_on_a_page(root: Path) -> None:
    shown = {found[0] for line, _ in _called(root) if (found := _command_of(line)) is not None}
    assert not set(_commands()) - shown, "no page shows a call of these in a block of code"


def test_every_setting_that_a_page_names_is_there(root: Path) -> None:
    known = {f"TIDEWAITER_{name.upper()}" for name in Settings.model_fields} | {
        "TIDEWAITER_CDS_SCHEMAS",
        "TIDEWAITER_IMAGE",
    }
    for page in _pages(root):
        for name in re.findall(r"TIDEWAITER_[A-Z0-9_]*[A-Z0-9]", _text(page)):
            assert name in known or any(one.startswith(f"{name}_") for one in known), f"{page.name}: {name}"


def test_the_page_of_lists_names_every_kind_and_its_columns(root: Path) -> None:
    told = _text(root / "docs/lists.md").partition("| KIND |")[2]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \| .+ \|$", told, flags=re.MULTILINE))
    assert set(get_args(ReferenceKind)) - {"profiles"} <= set(rows)
    for kind in set(ROWS) - {"licences"}:
        columns = columns_of(kind)
        assert set(re.findall(r"\*\*(\w+)\*\*", rows[kind])) == set(columns.required), kind
        assert {"valid_from", "valid_until", *re.findall(r"[a-z_]+", rows[kind])} >= set(columns.known or ()), kind


def test_the_page_of_clearing_lists_every_exit_code(root: Path) -> None:
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", _text(root / "docs/clearing.md"), flags=re.MULTILINE)}
    assert listed == {*STATUS_CODES.values(), WRONG_USAGE, OUR_ERROR, INTERRUPTED}


def test_every_make_target_that_the_documents_name_is_there(root: Path) -> None:
    makefile = _text(root / "Makefile")
    named = {one for page in _pages(root) for one in re.findall(r"`make ([a-z-]+)[ `]", _text(page))}
    for path in ("README.md", "CONTRIBUTING.md"):
        named |= set(re.findall(r"^make ([a-z-]+)", _text(root / path), re.MULTILINE))
    for target in named:
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


def test_every_link_between_the_documents_leads_somewhere(root: Path) -> None:
    for page in _pages(root):
        for target in re.findall(r"\]\(([^):#\s]+)\)", _text(page)):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
