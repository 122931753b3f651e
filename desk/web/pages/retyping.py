"""Pages sorted anew on the case page: another type, a paper that begins here, a page that goes elsewhere or nowhere."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final

from fastapi import APIRouter, Form, Response
from pydantic import BaseModel, Field

from archive.errors import Conflict
from desk.web.pages.case import CASE, Told, shown, stand_of
from desk.web.pages.decisions import Deciding
from desk.web.pages.paper_view import id_of
from flows.casework.arranging import Manner, PageMove
from flows.casework.errors import CaseworkError, DraftChangedError
from flows.casework.retyping import LONGEST, sort_pages
from schemas.assignments import PageName
from schemas.documents import DocumentType

router = APIRouter()
_REFUSED: Final = 422
_CHANGED: Final = 409
_DIGEST: Final = r"^[0-9a-f]{64}$"
_WITHOUT_WORDS: Final = "looked at on the page"


class SortForm(BaseModel):
    """As the page sends it. `to` is a page of the paper meant, as `digest:number`; `step` the draft that was seen."""

    step: int
    sha256: str = Field(pattern=_DIGEST)
    page: int = Field(ge=1)
    manner: Manner
    type: DocumentType | None = None
    to: str = Field("", max_length=80, pattern=r"^([0-9a-f]{64}:[1-9][0-9]{0,5})?$")
    reason: str = Field("", max_length=LONGEST)

    @property
    def move(self) -> PageMove:
        sha256, _, number = self.to.partition(":")
        target = PageName(sha256=sha256, page=int(number)) if number else None
        here = PageName(sha256=self.sha256, page=self.page)
        return PageMove(here, self.manner, self.type, target, self.reason.strip() or _WITHOUT_WORDS)


@router.post(CASE + "/sort")
def sort_page(visitor: Deciding, form: Annotated[SortForm, Form()]) -> Response:
    """The page sorted so in the draft, and the whole shipment judged with it. The page stays in view."""
    stand, t = stand_of(visitor), visitor.texts
    here = id_of(form.sha256, form.page)
    if stand.draft.number != form.step:
        told = Told(refused=t("case.changed_elsewhere"), page=here)
        return shown(visitor, stand, told=told, status=_CHANGED)
    try:
        done = sort_pages(stand.draft, form.move, visitor.person, visitor.hall.workshop, at=dt.datetime.now(dt.UTC))
    except (CaseworkError, Conflict) as error:
        status = _CHANGED if isinstance(error, DraftChangedError | Conflict) else _REFUSED
        return shown(visitor, stand_of(visitor), told=Told(refused=str(error), page=here), status=status)
    lost = t("case.sort.lost", count=len(done.lost)) if done.lost else None
    return shown(visitor, stand_of(visitor), told=Told(before=stand, done=lost, page=here))
