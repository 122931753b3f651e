"""CPU seconds a page of our reading, beside bare pdfplumber and bare Tesseract on the same pages, in one run.

    python -m benchmarks.seconds_per_page [FOLDER…]      default: the sample shipments

Digital files: `pdfplumber` extracts the words of each page, nothing else. Scanned files: the `tesseract` command reads
the same bitmap of each page once, in its default page mode. Ours is the whole way from bytes to pages; from pages to
documents is a column of its own. CPU time of this process and of the programs it starts; wall time would measure the
neighbours. Files that mix both kinds are left out, and so is what the engines take to load: each reads one page first.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pdfplumber
from PIL import Image

from extractors.documents import find_documents
from extractors.engines import Engines, Rapid, Tesseract, second_reader_is_installed
from extractors.reading import read_file
from extractors.reading.pdf import open_pdf
from extractors.reading.pictures import shot
from schemas.pages import FileReading, Original

READABLE = {".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg"}
SAMPLES = Path(__file__).parent.parent / "sample_docs" / "shipments"


@dataclass
class Tally:
    """Seconds and pages of one kind of file."""

    pages: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, column: str, spent: float) -> None:
        self.seconds[column] = self.seconds.get(column, 0.0) + spent


def cpu() -> float:
    """CPU seconds of this process and of its ended children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def timed(work: Callable[[], object]) -> float:
    start = cpu()
    work()
    return cpu() - start


def papers(folders: Iterable[Path]) -> list[Path]:
    return sorted(p for f in folders for p in f.rglob("*") if p.suffix.lower() in READABLE)


def original_of(path: Path, content: bytes) -> Original:
    return Original(path.name, sha256(content).hexdigest(), len(content), "application/octet-stream")


def bare_words(content: bytes) -> None:
    with pdfplumber.open(BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.extract_words()


def bitmaps(content: bytes, suffix: str, pages: int, folder: Path) -> list[Path]:
    """The page pictures that our reading hands to the engine, as uncompressed files."""
    found = []
    pdf = open_pdf(content) if suffix == ".pdf" else None
    for number in range(1, pages + 1):
        picture = pdf.picture(number, dpi=300) if pdf else shot(content, number, max_megapixels=100).picture
        found.append(folder / f"{number}.pgm")
        Image.fromarray(picture).save(found[-1])
    return found


def bare_tesseract(pictures: Iterable[Path]) -> None:
    for picture in pictures:
        command = ["tesseract", str(picture), "-", "-l", "eng", "tsv"]
        one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        subprocess.run(command, check=True, capture_output=True, env=one_thread)  # noqa: S603  our own file names


def measured(path: Path, tallies: dict[str, Tally], engines: Engines) -> None:
    content = path.read_bytes()
    original = original_of(path, content)
    alone = Engines(engines.primary, None)
    reading: list[FileReading] = []
    spent = timed(lambda: reading.append(read_file(original, content, engines=alone)))
    kinds = {page.text_source for page in reading[0].pages}
    if len(kinds) != 1:
        return
    kind = kinds.pop()
    tally = tallies.setdefault(kind, Tally())
    tally.pages += len(reading[0].pages)
    tally.add("read", spent)
    if kind == "digital":
        tally.add("bare", timed(lambda: bare_words(content)))
    else:
        with tempfile.TemporaryDirectory() as folder:
            pictures = bitmaps(content, path.suffix.lower(), len(reading[0].pages), Path(folder))
            tally.add("bare", timed(lambda: bare_tesseract(pictures)))
        if engines.second is not None:
            tally.add("read, two engines", timed(lambda: read_file(original, content, engines=engines)))
    tally.add("understand", timed(lambda: find_documents(reading[0].pages)))


def table(tallies: dict[str, Tally]) -> str:
    rows = []
    for kind, tally in sorted(tallies.items()):
        bare = tally.seconds["bare"]
        rows.append(f"{kind}: {tally.pages} pages; bare {bare / tally.pages:.3f} CPU s a page")
        rows += [
            f"  {column:<20} {spent / tally.pages:7.3f} CPU s a page   {spent / bare:5.2f} x bare"
            for column, spent in tally.seconds.items()
            if column != "bare"
        ]
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[SAMPLES])
    arguments = parser.parse_args()
    found = papers(arguments.folders)
    if not found:
        print("no papers there", file=sys.stderr)
        return 2
    engines = Engines(Tesseract(), Rapid() if second_reader_is_installed() else None)
    measured(found[0], {}, engines)
    tallies: dict[str, Tally] = {}
    for path in found:
        measured(path, tallies, engines)
    print(table(tallies))
    return 0


if __name__ == "__main__":
    sys.exit(main())
