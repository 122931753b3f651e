"""Do the boxes hold what they say? Each scanned value's box is cut from the page's picture and read again.

    python -m benchmarks.places [FOLDER…] [--every N]      default: the sample shipments, every value

On digital pages the words inside the box must spell the value's text; on scanned ones Tesseract reads the crop, which
is a harder test, as small crops read worse than pages. A folder is a shipment, or holds shipments.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz

from extractors.documents import find_documents
from extractors.engines import Engines, Picture, installed_engines
from extractors.reading import read_file
from extractors.reading.pdf import open_pdf
from extractors.reading.pictures import shot
from extractors.reading.turning import turned_picture
from schemas.documents import AnyField, Document
from schemas.geometry import Box
from schemas.pages import Original, Page

READABLE = {".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg"}
SAMPLES = Path(__file__).parent.parent / "sample_docs" / "shipments"
ALIKE = 75
"""Likeness, 0 to 100, from which a crop read anew is the same text: readings of one crop differ by a letter or so."""
DPI = 300
BLOCK = 6
"""Tesseract's page mode for one block of text."""


@dataclass(frozen=True)
class Shipment:
    """A shipment's pages, and where its files lie."""

    folder: Path
    pages: tuple[Page, ...]


def shipments(folders: Iterable[Path], engines: Engines) -> Iterator[Shipment]:
    for folder in folders:
        inner = sorted(p for p in folder.iterdir() if p.is_dir())
        for one in inner or [folder]:
            papers = sorted(p for p in one.iterdir() if p.suffix.lower() in READABLE)
            yield Shipment(one, tuple(page for paper in papers for page in pages_of(paper, engines)))


def pages_of(paper: Path, engines: Engines) -> tuple[Page, ...]:
    content = paper.read_bytes()
    original = Original(paper.name, sha256(content).hexdigest(), len(content), "application/octet-stream")
    return read_file(original, content, engines=engines).pages


def fields_of(document: Document) -> Iterator[AnyField]:
    yield from document.fields.present().values()
    for line in document.lines:
        yield from line.present().values()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def spelled(field: AnyField, page: Page) -> bool:
    """The words that stand inside the box are those of the text."""
    box = Box(*(field.box or (0, 0, 0, 0))).grown(0.6)
    inside = "".join(squeezed(w.text) for w in page.words if box.contains_middle_of(page.place(w.box)))
    wanted = squeezed(field.text)
    return Counter(inside) == Counter(wanted) or (wanted in inside and len(inside) <= 1.3 * len(wanted) + 3)


def picture_of(page: Page, folder: Path) -> Picture:
    """The upright page at 300 dpi or at the picture's own resolution."""
    content = (folder / page.file).read_bytes()
    if page.file.lower().endswith(".pdf"):
        drawn = open_pdf(content).picture(page.number, dpi=DPI)
    else:
        drawn = shot(content, page.number, max_megapixels=100).picture
    return turned_picture(drawn, page.turned)


def reread(field: AnyField, page: Page, picture: Picture, engines: Engines) -> bool:
    """Tesseract finds the same text in the crop."""
    scale = picture.shape[1] / page.width
    box = Box(*(field.box or (0, 0, 0, 0))).grown(3)
    rows = slice(max(0, int(box.top * scale)), int(box.bottom * scale))
    columns = slice(max(0, int(box.x0 * scale)), int(box.x1 * scale))
    crop = np.pad(picture[rows, columns], 20, constant_values=int(np.percentile(picture, 90)))
    languages = page.languages or ("eng",)
    tokens = engines.primary.words(np.ascontiguousarray(crop), mode=BLOCK, languages=languages, dpi=DPI)
    seen = squeezed("".join(t.text for t in tokens)).casefold()
    return fuzz.partial_ratio(squeezed(field.text).casefold(), seen) >= ALIKE


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[SAMPLES])
    parser.add_argument("--every", type=int, default=1, help="read every so-manieth scanned value again")
    arguments = parser.parse_args()
    engines = installed_engines()
    seen: Counter[str] = Counter()
    good: Counter[str] = Counter()
    for shipment in shipments(arguments.folders, engines):
        for kind, right in judged(shipment, engines, arguments.every):
            seen[kind] += 1
            good[kind] += right
    for kind, count in sorted(seen.items()):
        print(f"{kind}: {good[kind]} of {count} boxes hold their text ({good[kind] / count:.4f})")
    return 0


def judged(shipment: Shipment, engines: Engines, every: int) -> Iterator[tuple[str, bool]]:
    """For each value its page's kind, and whether its box holds its text."""
    pages = {(p.file, p.number): p for p in shipment.pages}
    placed = [
        (f, pages[f.file, f.page])
        for document in find_documents(shipment.pages)
        for f in fields_of(document)
        if f.box and f.file and f.page
    ]
    yield from (("digital", spelled(f, page)) for f, page in placed if page.text_source == "digital")
    scanned = [(f, page) for f, page in placed if page.text_source == "ocr"][::every]
    for key in dict.fromkeys((page.file, page.number) for _, page in scanned):
        picture = picture_of(pages[key], shipment.folder)
        yield from (
            ("scanned", reread(f, page, picture, engines)) for f, page in scanned if (page.file, page.number) == key
        )


if __name__ == "__main__":
    sys.exit(main())
