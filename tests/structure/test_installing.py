"""What a stranger installs: the wheel carries all that the rooms need, and a missing system package is told."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


def test_the_wheel_carries_every_module_and_table_of_the_rooms(
    root: Path, rooms: tuple[str, ...], tracked: tuple[Path, ...], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    parts = {str(path.relative_to(root)) for path in tracked if path.relative_to(root).parts[0] in rooms}
    # What fits the trained parts needs the generator of papers and the development dependencies.
    fitting = {part for part in parts if part.startswith("extractors/learned/training/")}
    assert parts - fitting - names == set()
    assert fitting & names == set()


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


def test_with_everything_there_nothing_is_installed(root: Path) -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("Tesseract is not installed here")
    ran = subprocess.run([root / ".ci" / "system-packages"], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("", "")
