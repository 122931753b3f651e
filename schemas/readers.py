"""Who reads papers, and whose reading of a value needs a witness."""

from __future__ import annotations

from typing import Literal

Reader = Literal["text_layer", "tesseract", "rapidocr", "structured", "person"]
"""Who read a value. The text layer is trusted only where it agrees with the page's picture."""
