"""Errors of reading a file; each becomes a notice, none leaves the room.

ReadingError
├── EncryptedError       it asks for a password
├── DamagedFileError     it cannot be opened
├── DamagedPageError     one page cannot be parsed or drawn
└── PictureTooLargeError decoding it would take more memory than there is
"""

from __future__ import annotations


class ReadingError(Exception):
    """A file or page that cannot be read."""


class EncryptedError(ReadingError):
    """The file asks for a password: it must be sent again without one."""


class DamagedFileError(ReadingError):
    """The file cannot be opened: it must be sent again."""


class DamagedPageError(ReadingError):
    """One page is damaged: the others can be read."""

    def __init__(self, page: int) -> None:
        super().__init__(f"page {page} is damaged")
        self.page = page


class PictureTooLargeError(ReadingError):
    """The picture cannot be decoded within memory even on a smaller scale."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(f"a picture of {width} × {height} pixels")
        self.size = (width, height)
