"""What an audit may find, in the words of its report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TroubleKind = Literal["missing", "early_deleted", "altered", "overwritten", "unrecorded", "lock", "register", "journal"]


@dataclass(frozen=True, slots=True, order=True)
class Trouble:
    """What is wrong with the object under `where`, or with what it names.

    `missing`: the journal names it, nobody disposed of it, and it is not there. `early_deleted`: likewise, and it
    must still be kept. `altered`: its bytes are not those that were recorded. `overwritten`: somebody wrote or deleted
    it past this program; the first version may be there still. `unrecorded`: it is there, and the journal does not name
    it. `lock`: it may be removed earlier than the law allows. `register`: the index and the archive differ. `journal`:
    the journal itself was touched.
    """

    kind: TroubleKind
    where: str
    what: str
