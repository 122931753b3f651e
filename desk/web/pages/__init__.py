"""The desk's pages, one module for each kind of reader: each one's router stands in `PAGES`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter

from desk.web.pages import (
    admin,
    audit,
    broker,
    case,
    case_moves,
    decisions,
    hints,
    packs,
    pictures,
    queue,
    releases,
    retyping,
)

PAGES: Final[Sequence[APIRouter]] = (
    queue.router,
    case.router,
    case_moves.router,
    decisions.router,
    releases.router,
    retyping.router,
    pictures.router,
    audit.router,
    packs.router,
    broker.router,
    hints.router,
    admin.router,
)
