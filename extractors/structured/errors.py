"""Errors of reading structured originals; each becomes a notice, none leaves the room.

StructuredError
├── ForbiddenXmlError  it defines entities or names a DTD, which e-invoices never do
├── TooLargeError      it is larger unpacked, longer or deeper than any paper
└── BrokenFileError    it cannot be parsed
"""

from __future__ import annotations


class StructuredError(Exception):
    """A structured original that cannot be read. The message goes on from the file's name: what is wrong and to do."""


class ForbiddenXmlError(StructuredError):
    """It defines entities or names a DTD: expanding them could fill the memory or fetch what the sender names."""


class TooLargeError(StructuredError):
    """It is larger than any paper."""


class BrokenFileError(StructuredError):
    """It cannot be parsed: it must be sent again."""
