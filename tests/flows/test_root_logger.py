"""The program's libraries do not make every other one talk."""

from __future__ import annotations

import subprocess
import sys

LEVELS = """
import logging
before = (logging.getLogger().level, list(logging.getLogger().handlers))
from extractors.engines.similarity import WordVectors
WordVectors().scores(["lamp"], ["light"])
print((logging.getLogger().level, list(logging.getLogger().handlers)) == before)
"""


def test_loading_word_vectors_leaves_the_root_logger_as_it_was() -> None:
    done = subprocess.run([sys.executable, "-c", LEVELS], check=True, timeout=60, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("True", "")
