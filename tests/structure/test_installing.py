"""What a stranger installs: the wheel carries all that the rooms need, and a missing system package is told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source package."""
    place = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(place)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return place


def test_the_wheel_carries_every_module_and_table_of_the_rooms(
    root: Path, rooms: tuple[str, ...], tracked: tuple[Path, ...], built: Path
) -> None:
    [wheel] = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    parts = {str(path.relative_to(root)) for path in tracked if path.relative_to(root).parts[0] in rooms}
    # What fits the trained parts needs the generator of papers and the development dependencies.
    fitting = {part for part in parts if part.startswith("extractors/learned/training/")}
    assert parts - fitting - names == set()
    assert fitting & names == set()


def test_the_source_package_carries_nothing_that_was_made_here(root: Path, built: Path) -> None:
    [source] = built.glob("*.tar.gz")
    with tarfile.open(source) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()} - {"", "PKG-INFO"}
    ignored = ["git", "ls-files", "--others", "--ignored", "--exclude-standard"]
    made = subprocess.run(ignored, cwd=root, check=True, capture_output=True, text=True).stdout.splitlines()
    assert not names & set(made)
    assert {"README.md", "LICENSE", "Makefile", "requirements.txt", "tests/conftest.py", "sample_docs/make.py"} <= names


@pytest.mark.slow
def test_a_shipment_is_cleared_by_the_wheel_where_no_source_lies(root: Path, built: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    [wheel] = built.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(installed)]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    called = "import desk, sys; print(desk.__file__, file=sys.stderr); from desk.cli import main; main()"
    shipment = str(root / "sample_docs/shipments/S01")
    ran = subprocess.run(
        [sys.executable, "-c", called, "clear", shipment, "--as-of", "2026-04-13", "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.splitlines()[0] == str(installed / "desk" / "__init__.py")
    assert json.loads(ran.stdout)["declaration"]["total_invoice_amount"] == "17447.00"


@pytest.mark.slow
def test_a_run_against_the_wheel_fails_where_the_clone_is_imported(root: Path, tmp_path: Path) -> None:
    options = ["-p", "tests.installed", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'pytest'}"]
    run = [sys.executable, "-m", "pytest", *options, "tests/schemas/test_geometry.py"]
    ran = subprocess.run(run, cwd=root, capture_output=True, text=True, check=False)
    assert ran.returncode == pytest.ExitCode.TESTS_FAILED
    assert f"not the wheel alone: schemas came from {root / 'schemas/__init__.py'}" in ran.stdout
    assert "not the wheel alone: desk was not imported by any test" in ran.stdout


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment with the shell's own tools and Python, without Tesseract and without apt."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "basename", "env", "grep", "id", "readlink"):
        (tools / name).symlink_to(shutil.which(name) or name)
    (tools / "python3").symlink_to(sys.executable)
    return {"PATH": str(tools)}


def test_without_apt_a_missing_system_package_is_one_clear_line(root: Path, bare: dict[str, str]) -> None:
    ran = subprocess.run([root / ".ci" / "system-packages"], env=bare, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    [line] = ran.stderr.splitlines()
    assert "Install Tesseract 5 with the languages eng deu" in line
    assert "tesseract-ocr-chi-sim" in line


def test_with_everything_there_nothing_is_installed(root: Path, tmp_path: Path) -> None:
    """What installs is replaced by what fails: a language more in the list is no reason to install it here."""
    if shutil.which("tesseract") is None:
        pytest.skip("Tesseract is not installed here")
    for name in ("apt-get", "sudo"):
        (tmp_path / name).symlink_to("/bin/false")
    there = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    ran = subprocess.run([root / ".ci/system-packages"], env=there, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


@pytest.mark.parametrize("version", ["3.10.12", "3.14.0"])
def test_a_python_that_does_not_fit_is_told_before_anything_is_installed(
    root: Path, version: str, tmp_path: Path
) -> None:
    if shutil.which("make") is None:
        pytest.skip("make is not installed here")
    shutil.copy(root / "Makefile", tmp_path)
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "system-packages").symlink_to("/bin/false")
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\n[ "$1" = -V ] && echo Python {version} && exit 0\nexit 1\n')
    python.chmod(0o755)
    command = ["make", ".stamps/system", f"PYTHON={python}"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"Python 3.11, 3.12 or 3.13 is needed, and {python} is Python {version}. Install")
