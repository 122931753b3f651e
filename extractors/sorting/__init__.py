"""Which paper a page belongs to: page types, and documents split and joined, with reasons."""

from extractors.sorting.assigned import bundles_as_assigned, doubted
from extractors.sorting.page_types import PageType, type_of
from extractors.sorting.splitting import Bundle, bundles

__all__ = ["Bundle", "PageType", "bundles", "bundles_as_assigned", "doubted", "type_of"]
