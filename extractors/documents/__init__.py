"""Pages to documents: each typed, its pages in order, its fields and lines with their places."""

from extractors.documents.finding import find_documents

__all__ = ["find_documents"]
