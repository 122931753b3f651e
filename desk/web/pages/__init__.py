"""The desk's pages, one module for each kind of reader: each one's router stands in `PAGES`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter

from desk.web.pages import admin, audit, broker

PAGES: Final[Sequence[APIRouter]] = (audit.router, broker.router, admin.router)
