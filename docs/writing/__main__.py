"""Writes every page anew, and the picture of the rooms."""

from __future__ import annotations

from docs.writing.pages import FOLDER, PAGES
from docs.writing.rooms import PICTURE, picture

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
    PICTURE.write_text(picture(), encoding="utf-8")
