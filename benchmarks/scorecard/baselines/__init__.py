"""Readers to compare with: a text of the page from three sources, and the same regular expressions over each.

The expressions are ours, written as one would who knows trade papers in the six languages and none of the layouts.
"""

from __future__ import annotations

from typing import Final

from benchmarks.scorecard.baselines.lines_by_rapidocr import RapidLines
from benchmarks.scorecard.baselines.ocrmypdf import OcrMyPdf
from benchmarks.scorecard.baselines.patterned import Patterned
from benchmarks.scorecard.baselines.text_layer import TextLayer
from benchmarks.scorecard.protocol import FieldReader

BASELINES: Final[tuple[FieldReader, ...]] = (
    Patterned(OcrMyPdf()),
    Patterned(RapidLines()),
    Patterned(TextLayer()),
)
