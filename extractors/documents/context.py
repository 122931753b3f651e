"""`Context`, which lives beside the rooms that use it so that none of them needs `documents`."""

from extractors.context import Context

__all__ = ["Context"]
