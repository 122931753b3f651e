"""What reading costs, beside what it stands on, on the same pages in one run: a table of ratios with their bars.

    python -m benchmarks.reading [FOLDER…] [--every N] [--workers]      default: the sample shipments, every file

Digital files: `pdfplumber` extracts the words of each page, nothing else; ours is the way from bytes to pages. Scanned
files: the `tesseract` command reads, in its default page mode and one thread, the very bitmap of each page that our
reading starts from. Ours is measured with Tesseract alone and with both engines, the engines' own time apart from the
rest. CPU time of this process and of the programs it starts, as wall time would measure the neighbours; only the two
workers are measured by the clock, which wants a quiet machine. What engines take to load is left out: each reads one
file first. Files that mix both kinds are left out. `tesserocr` and `ocrmypdf` are compared where installed.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import cv2
import pdfplumber
from PIL import Image

from extractors.documents import find_documents
from extractors.engines import (
    Engines,
    Line,
    LineEngine,
    Orientation,
    Picture,
    Rapid,
    Tesseract,
    TesseractLibrary,
    Token,
    WordEngine,
    library_is_installed,
    second_reader_is_installed,
)
from extractors.reading import read_file
from extractors.reading.options import ReadingOptions
from extractors.reading.pdf import open_pdf
from extractors.reading.pictures import shot
from schemas.geometry import Box
from schemas.pages import FileReading, Original, Reader

READABLE = {".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg"}
SAMPLES = Path(__file__).parent.parent / "sample_docs" / "shipments"
WHOLE_PAGE = 0.7
LOWEST_DPI = 150.0


def cpu() -> float:
    """CPU seconds of this process and of its ended children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


class Clock(dict[str, float]):
    """CPU seconds by name."""

    def add(self, name: str, spent: float) -> None:
        self[name] = self.get(name, 0.0) + spent

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        start = cpu()
        yield
        self.add(name, cpu() - start)


@dataclass(frozen=True)
class TimedWords:
    """A word engine whose time is told apart."""

    engine: WordEngine
    clock: Clock

    @property
    def name(self) -> Reader:
        return self.engine.name

    def languages(self) -> frozenset[str]:
        return self.engine.languages()

    def words(self, picture: Picture, *, mode: int, languages: tuple[str, ...], dpi: int) -> tuple[Token, ...]:
        with self.clock.on("engines"):
            return self.engine.words(picture, mode=mode, languages=languages, dpi=dpi)

    def snippets(
        self, pictures: Sequence[Picture], *, mode: int, languages: tuple[str, ...], signs: str = ""
    ) -> tuple[str, ...]:
        with self.clock.on("engines"):
            return self.engine.snippets(pictures, mode=mode, languages=languages, signs=signs)

    def orientation(self, picture: Picture, *, dpi: int) -> Orientation | None:
        with self.clock.on("engines"):
            return self.engine.orientation(picture, dpi=dpi)


@dataclass(frozen=True)
class TimedLines:
    """A line engine whose time is told apart."""

    engine: LineEngine
    clock: Clock

    @property
    def name(self) -> Reader:
        return self.engine.name

    def find(self, picture: Picture) -> tuple[Box, ...]:
        with self.clock.on("engines"):
            return self.engine.find(picture)

    def read(self, picture: Picture, box: Box) -> Line | None:
        with self.clock.on("engines"):
            return self.engine.read(picture, box)


@dataclass
class Mode:
    """A way of reading: its engines, its clock, and the pages it read."""

    name: str
    primary: WordEngine
    second: LineEngine | None = None
    clock: Clock = field(default_factory=Clock)

    def read(self, paper: Paper) -> FileReading:
        second = None if self.second is None else TimedLines(self.second, self.clock)
        with self.clock.on("all"):
            return read_file(
                paper.original, paper.content, engines=Engines(TimedWords(self.primary, self.clock), second)
            )


@dataclass(frozen=True)
class Paper:
    """A file, and how many pages of which kind it has."""

    path: Path
    content: bytes
    kind: str = ""
    pages: int = 0

    @property
    def original(self) -> Original:
        digest = sha256(self.content).hexdigest()
        return Original(self.path.name, digest, len(self.content), "application/octet-stream")

    def bitmaps(self) -> Iterator[tuple[Picture, float]]:
        """Each page's picture with its resolution, as our reading starts from it."""
        pdf = open_pdf(self.content) if self.path.suffix.lower() == ".pdf" else None
        for number in range(1, self.pages + 1):
            if pdf is None:
                taken = shot(self.content, number, max_megapixels=ReadingOptions().max_megapixels)
                yield taken.picture, taken.dpi
            else:
                stored = pdf.largest_picture(number)
                dpi = float(ReadingOptions().dpi)
                if stored is not None and stored.cover >= WHOLE_PAGE:
                    dpi = min(dpi, max(LOWEST_DPI, stored.dpi))
                yield pdf.picture(number, dpi=dpi), dpi


def papers(folders: Iterable[Path], every: int) -> list[Paper]:
    found = sorted(p for f in folders for p in f.rglob("*") if p.suffix.lower() in READABLE)
    return [Paper(path, path.read_bytes()) for path in found[::every]]


def modes() -> list[Mode]:
    found = [Mode("Tesseract alone", Tesseract())]
    if library_is_installed():
        found.append(Mode("tesserocr alone", TesseractLibrary()))
    if second_reader_is_installed():
        found.append(Mode("both engines", Tesseract(), Rapid()))
    return found


def bare_words(paper: Paper) -> None:
    with pdfplumber.open(BytesIO(paper.content)) as pdf:
        for page in pdf.pages:
            page.extract_words()


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  programs named here, files of our own


def bare_tesseract(pictures: Iterable[Path]) -> None:
    for picture in pictures:
        run(["tesseract", str(picture), "-", "-l", "eng", "tsv"])


@cache
def bare_rapidocr() -> Callable[[Path], object]:
    """The library's own way over a whole page, its models loaded once."""
    from rapidocr import RapidOCR  # noqa: PLC0415  an optional dependency

    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    reader = RapidOCR(params={"Global.log_level": "error", **threads})
    return lambda file: reader(str(file))


def ocrmypdf(bitmaps: list[tuple[Picture, float]], folder: Path) -> None:
    pages = [Image.fromarray(picture) for picture, _ in bitmaps]
    pages[0].save(folder / "in.pdf", save_all=True, append_images=pages[1:], resolution=bitmaps[0][1])
    options = ["--jobs", "1", "--optimize", "0", "--output-type", "pdf", "-l", "eng"]
    run(["ocrmypdf", *options, str(folder / "in.pdf"), str(folder / "out.pdf")])


@dataclass
class Run:
    """All figures: CPU seconds by kind of page and column, and how many pages of each kind."""

    ways: list[Mode]
    spent: dict[str, Clock] = field(default_factory=dict)
    pages: Counter[str] = field(default_factory=Counter)

    def measure(self, paper: Paper) -> None:
        for way in self.ways:
            way.clock.clear()
        first = self.ways[0].read(paper)
        kinds = {page.text_source for page in first.pages}
        if len(kinds) != 1:
            return
        kind = kinds.pop()
        self.pages[kind] += len(first.pages)
        clock = self.spent.setdefault(kind, Clock())
        with clock.on("pages to documents"):
            find_documents(first.pages)
        known = Paper(paper.path, paper.content, kind, len(first.pages))
        if kind == "digital":
            clock.add("ours", self.ways[0].clock["all"])
            with clock.on("bare"):
                bare_words(known)
        else:
            self._scanned(known, clock)

    def _scanned(self, paper: Paper, clock: Clock) -> None:
        for way in self.ways[1:]:
            way.read(paper)
        for way in self.ways:
            for part, spent in way.clock.items():
                clock.add(f"{way.name}, {part}", spent)
        bitmaps = list(paper.bitmaps())
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / f"{number}.pgm" for number in range(len(bitmaps))]
            for file, (picture, _) in zip(files, bitmaps, strict=True):
                cv2.imwrite(str(file), picture)
            with clock.on("bare"):
                bare_tesseract(files)
            if second_reader_is_installed():
                whole_page = bare_rapidocr()
                with clock.on("rapidocr"):
                    for file in files:
                        whole_page(file)
            if shutil.which("ocrmypdf"):
                with clock.on("OCRmyPDF"):
                    ocrmypdf(bitmaps, Path(folder))


@dataclass(frozen=True)
class Row:
    """A line of the table: what was measured, the figure, and the bar it stands under or over."""

    name: str
    figure: float | None
    bar: str = ""

    def shown(self) -> str:
        return f"  {self.name:<58} {'not installed' if self.figure is None else f'{self.figure:8.3f}':>13}   {self.bar}"


def digital_rows(clock: Clock, pages: int) -> Iterator[Row]:
    yield Row("bare pdfplumber words, CPU s a page", clock["bare"] / pages)
    yield Row("ours, CPU s a page", clock["ours"] / pages)
    yield Row("ours / bare", clock["ours"] / clock["bare"], "bar: at most 1.0")
    yield Row("pages to documents, CPU s a page", clock["pages to documents"] / pages)


def scanned_rows(clock: Clock, pages: int) -> Iterator[Row]:
    bare = clock["bare"]
    yield Row("bare tesseract, CPU s a page", bare / pages)
    for name, bar in (("Tesseract alone", "bar: at most 2.2"), ("tesserocr alone", ""), ("both engines", "")):
        whole, engines = clock.get(f"{name}, all"), clock.get(f"{name}, engines", 0.0)
        yield Row(
            f"{name}, CPU s a page", _over(whole, pages), "bar: at most 8, aim 4" if name == "both engines" else ""
        )
        yield Row(f"{name} / bare", _over(whole, bare), bar)
        rest = None if whole is None else whole - engines
        yield Row(f"{name}: all but the engines' own time / bare", _over(rest, bare), "bar: at most 0.25")
    yield Row("rapidocr as it comes, CPU s a page", _over(clock.get("rapidocr"), pages))
    yield Row("OCRmyPDF, CPU s a page", _over(clock.get("OCRmyPDF"), pages))
    pace = _over(clock.get("OCRmyPDF"), clock["Tesseract alone, all"])
    yield Row("Tesseract alone: pages in a CPU second / OCRmyPDF's", pace, "bar: at least 1.0")
    yield Row("pages to documents, CPU s a page", clock["pages to documents"] / pages)


def _over(one: float | None, other: float) -> float | None:
    return None if one is None else one / other


def read_alone(path: Path) -> int:
    """What a worker does with one file."""
    one_thread()
    paper = Paper(path, path.read_bytes())
    return len(Mode("worker", Tesseract()).read(paper).pages)


def pages_a_second(paths: list[Path], workers: int) -> float:
    """By the clock, Tesseract alone; the workers have started before."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(read_alone, paths[:1] * workers))
        start = time.perf_counter()
        pages = sum(pool.map(read_alone, paths))
        return pages / (time.perf_counter() - start)


def one_thread() -> None:
    os.environ["OMP_THREAD_LIMIT"] = "1"
    cv2.setNumThreads(1)


def scene(pages: Counter[str]) -> str:
    told = subprocess.run(["tesseract", "--version"], capture_output=True, check=True, text=True)  # noqa: S607
    packages = ("pdfplumber", "pypdfium2", "pytesseract", "tesserocr", "rapidocr", "onnxruntime")
    versions = [told.stdout.splitlines()[0], *(f"{name} {_version(name)}" for name in packages)]
    counts = ", ".join(f"{count} {'scanned' if kind == 'ocr' else kind} pages" for kind, count in sorted(pages.items()))
    machine = f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    return f"{machine}; {'; '.join(versions)}\n{counts}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[SAMPLES])
    parser.add_argument("--every", type=int, default=1, help="take every so-manieth file")
    parser.add_argument("--workers", action="store_true", help="also two workers against one, by the clock")
    arguments = parser.parse_args()
    found = papers(arguments.folders, arguments.every)
    if not found:
        print("no papers there", file=sys.stderr)
        return 2
    one_thread()
    ways = modes()
    for way in ways:
        way.read(found[0])
    if second_reader_is_installed():
        bare_rapidocr()
    figures = Run(ways)
    for paper in found:
        figures.measure(paper)
    print(scene(figures.pages))
    for kind, rows in (("digital", digital_rows), ("ocr", scanned_rows)):
        if figures.pages[kind]:
            print("scanned" if kind == "ocr" else kind)
            print(*(row.shown() for row in rows(figures.spent[kind], figures.pages[kind])), sep="\n")
    if arguments.workers:
        paths = [paper.path for paper in found]
        ratio = pages_a_second(paths, 2) / pages_a_second(paths, 1)
        print("workers", Row("pages a second, two workers / one", ratio, "bar: at least 1.8").shown(), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
