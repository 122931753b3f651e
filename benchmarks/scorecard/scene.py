"""On what the figures were taken: machine, programs, commit, set."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.scorecard.baselines.sources import installed_version
from benchmarks.scorecard.protocol import FieldReader
from benchmarks.scorecard.sets import Series
from extractors.engines import tesseract_version

ROOT: Final = Path(__file__).parents[2]
_PACKAGES: Final = (
    "rapidocr", "onnxruntime", "pdfplumber", "pypdfium2", "pytesseract", "opencv-python-headless", "spacy", "wordllama",
)  # fmt: skip
_GIBIBYTE: Final = 1024**3


def release() -> str:
    return version("tidewaiter")


def scene(series: Series, rivals: Sequence[FieldReader]) -> dict[str, str]:
    """Names and values, in the order in which they are shown."""
    return {
        "Tidewaiter": f"{release()}, commit {commit()}",
        "set": f"seeds {series.seed} to {series.seed + series.count - 1}, layouts of the pool {series.pool}, "
        f"up to {series.mismatches} mismatches planted in every second shipment",
        "machine": machine(),
        "Python": platform.python_version(),
        "Tesseract": tesseract_version(),
        "packages": ", ".join(f"{name} {installed_version(name)}" for name in _PACKAGES),
        **{reader.name: reader.about() for reader in rivals},
    }


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIBIBYTE
    return f"{_processor()}, {os.cpu_count()} CPUs, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]} ({platform.machine()})" if names else platform.machine()


def commit() -> str:
    """Short, with a word where files differ from it; empty outside a clone."""
    head = _git("rev-parse", "--short=12", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no")
    return f"{head} with changes" if head and changed else head


def _git(*words: str) -> str:
    command = ["git", "-C", str(ROOT), *words]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603  words of our own
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
