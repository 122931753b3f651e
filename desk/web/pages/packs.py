"""Evidence packs: made while the page tells so, then taken once. Each proof in one is looked at: that takes seconds."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from desk.web.access import Permission, Person, ShipmentName, TheShipment, needs
from desk.web.hall import Hall, TheHall
from desk.web.links import own_link
from desk.web.pages.audit import case_page, path_of, seen
from desk.web.pages.downloads import handed_over
from desk.web.rendering import render, texts_for
from desk.web.underway import Job, Name, Underway
from flows import fetching
from flows.errors import UnprovableError
from flows.evidence import Wanted, make_pack
from flows.logs import tell
from flows.workshop import Workshop

router: Final = APIRouter(prefix="/audit")
_PACK: Final = "/shipments/{broker}/{reference}/evidence"


@dataclass(frozen=True, slots=True)
class _Pack:
    """A pack at a path of its own, which is gone once `kept` is closed."""

    path: Path
    kept: ExitStack


_PACKS: Final = Underway[_Pack]()


@dataclass(frozen=True, slots=True)
class _Visitor:
    request: Request
    person: Person
    shipment: ShipmentName
    hall: Hall

    @property
    def name(self) -> Name:
        """A pack is made for one person: it says who had it made."""
        return self.hall.workshop.place, self.shipment.broker, self.shipment.reference, self.person.id

    @property
    def case(self) -> str:
        return path_of(self.shipment.broker, self.shipment.reference)

    @property
    def asks_again(self) -> bool:
        return "HX-Request" in self.request.headers


def _taking(
    request: Request,
    person: Annotated[Person, needs(Permission.TAKE_EVIDENCE)],
    shipment: TheShipment,
    hall: TheHall,
) -> _Visitor:
    return _Visitor(request, person, shipment, hall)


Taking = Annotated[_Visitor, Depends(_taking)]


@router.post(_PACK)
def make(visitor: Taking) -> Response:
    """The pack at once where it is soon made, else the page on which it is waited for."""
    told = seen(visitor.person, visitor.shipment, visitor.hall)
    wanted = Wanted(told.broker, told.reference, visitor.person.name, visitor.hall.clock())
    job = _PACKS.begin(visitor.name, partial(_made, wanted, visitor.hall.workshop))
    if not job.wait():
        return _page(visitor, job, "pack/page.html")
    error = job.future.exception()
    if not isinstance(error, UnprovableError):
        return _taken(visitor, job)
    _PACKS.forget(visitor.name)
    notice = texts_for(visitor.request)("audit.no_pack", why=str(error))
    return case_page(visitor.request, told, visitor.hall, status=409, notice=notice)


@router.get(_PACK)
def stands(visitor: Taking) -> Response:
    """How it goes on with the pack; the shipment where none is made."""
    job = _PACKS.find(visitor.name)
    if job is None:
        away = Response(status_code=204, headers={"HX-Redirect": visitor.case})
        return away if visitor.asks_again else RedirectResponse(visitor.case, 303)
    return _page(visitor, job, "pack/stand.html" if visitor.asks_again else "pack/page.html")


@router.get(_PACK + "/file", dependencies=[own_link])
def take(visitor: Taking) -> Response:
    job = _PACKS.find(visitor.name)
    if job is None or not job.is_through:
        raise HTTPException(404)
    return _taken(visitor, job)


def _made(wanted: Wanted, workshop: Workshop) -> _Pack:
    with ExitStack() as stack:
        path = Path(stack.enter_context(TemporaryDirectory(prefix="tidewaiter-desk-"))) / "file"
        make_pack(wanted, path, workshop, workshop.journal, _not_shown)
        return _Pack(path, stack.pop_all())


def _taken(visitor: _Visitor, job: Job[_Pack]) -> Response:
    """Raises what kept the pack from being made."""
    _PACKS.forget(visitor.name)
    pack = job.future.result()
    return handed_over(pack.path, f"{fetching.file_name(visitor.shipment.reference)}-evidence.zip", pack.kept)


def _page(visitor: _Visitor, job: Job[_Pack], template: str) -> Response:
    answer = render(
        visitor.request,
        template,
        status=200 if job.is_through else 202,
        here="search",
        job=job,
        failed=_failed(visitor, job) if job.is_through else None,
        case=visitor.case,
        reference=visitor.shipment.reference,
    )
    answer.background = job.to_its_end if visitor.request.method == "POST" else None
    return answer


def _failed(visitor: _Visitor, job: Job[_Pack]) -> str | None:
    """Why there is no pack, None where there is one."""
    error = job.future.exception()
    if error is None:
        return None
    _PACKS.forget(visitor.name)
    t = texts_for(visitor.request)
    if isinstance(error, UnprovableError):
        return t("audit.no_pack", why=str(error))
    tell("desk", level="error", told={"error": type(error).__name__})
    return t("pack.failed")


def _not_shown(_file: str, _page: int, _pages: int) -> None:
    """The page tells how long it goes on, and not how far it is."""
