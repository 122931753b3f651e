"""Links that hand out a file: each is made for one session, and of no use in another or when that one is over.

Who may take the file is asked all the same. A page shows such a link as `own(address)`; the route that answers it has
`dependencies=[own_link]`.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final
from urllib.parse import unquote, urlencode

from fastapi import Depends, Request
from fastapi.params import Depends as Dependency

from desk.web.access import signed_in
from desk.web.errors import AnothersLink
from desk.web.visits import Visit, visit_of

_KEY: Final = "key"


def link_for(identity: str, address: str) -> str:
    """The address, which has no query, as a link of the session with that id alone."""
    return f"{address}?{urlencode({_KEY: _key(identity, unquote(address))})}"


def own(address: str, visit: Visit) -> str:
    """The address as a link of the visitor's session; without one it is a link of nobody's."""
    return link_for(visit.identity, address) if visit.identity and visit.session is not None else address


def refuse_anothers(request: Request) -> None:
    """Raises `AnothersLink`, and `NotSignedIn` where there is no session at all."""
    signed_in(request)
    expected = _key(visit_of(request).identity or "", request.scope["path"])
    if not hmac.compare_digest(expected.encode(), request.query_params.get(_KEY, "").encode()):
        raise AnothersLink("the link was made for another session or another file")


own_link: Final[Dependency] = Depends(refuse_anothers)


def _key(identity: str, path: str) -> str:
    """Only the browser and we know the session's id, and nobody learns it of the key."""
    return hmac.new(identity.encode(), path.encode(), hashlib.sha256).hexdigest()
