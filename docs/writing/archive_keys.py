"""What lies where: the keys of the archive and of the exchange, from the docstrings of the modules that write them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docs.writing.markdown import code, page, table

ROOT: Final = Path(__file__).parents[2]
EXCHANGE: Final = ("inbox", "outbox", "watch")
_LINE: Final = re.compile(r"^([a-z]+/\S.*?) {2,}(\S.*)$", re.MULTILINE)
_POINTER: Final = re.compile(r": see archive\.\w+$")
_HEAD: Final = """\
The archive is a bucket, or a folder with the same keys. Everything in it is written once and never anew; the parts
of a key in angle brackets are percent-encoded where they hold other signs than letters, digits, `.`, `_`, `-` and
`~`. Records are JSON in UTF-8. The register is an index and not in it: it is made anew from these objects."""
_MORE: Final = """## Beside them in a local folder

| file | what |
| --- | --- |
| `register.sqlite` | the register: `tidewaiter register rebuild` makes it anew |
| `accounts.sqlite` | who may sign in at the desk; it cannot be made anew, so **back it up** |
| `tidewaiter-archive.json` | tells that the folder is an archive, and how it writes names |
| `.locks/` | until when each object is locked, and legal holds; a bucket keeps them itself |
| `up/` | what `tidewaiter up` keeps: its object store, its Prefect server, its log, its keys |"""


def archive_page() -> str:
    rows = layout()
    archive = [row for row in rows if _area(row) not in (*EXCHANGE, "journal")]
    journal = [row for row in rows if _area(row) == "journal"]
    exchange = [row for row in rows if _area(row) in EXCHANGE]
    return page(
        "What lies where",
        _HEAD,
        "## The archive\n\nThe form of a result is in [result.md](result.md).\n\n" + _keys(archive),
        "## The journal\n\nIn the archive too. The form of each is in [journal.md](../journal.md).\n\n"
        + _keys(journal),
        "## The exchange\n\nA bucket or folder of its own; what is in it comes and goes: [inbox.md](../inbox.md).\n\n"
        + _keys(exchange),
        _MORE,
    )


def layout() -> list[tuple[str, str]]:
    """Keys and what they are, as the modules say in their first docstrings; each key once, by area.

    `archive.keys` names them all and sends to the module that knows more; what that one says is added.
    """
    told: dict[str, list[str]] = {}
    for path in (ROOT / "archive" / "keys.py", *_others()):
        for key, what in _LINE.findall(_docstring(path)):
            if not (what.startswith("see ") or key.endswith("/…")):
                told.setdefault(key.replace("<number>", "<n>"), []).append(_POINTER.sub("", what))
    return sorted((key, "; ".join(said)) for key, said in told.items() if not _is_told_in_detail(key, set(told)))


def _is_told_in_detail(key: str, keys: set[str]) -> bool:
    """Whether it stands for several that are there one by one."""
    start = re.split(r"[{…]", key)[0]
    return start != key and any(other.startswith(start) for other in keys - {key})


def _others() -> Iterator[Path]:
    for room in ("archive", "flows"):
        yield from sorted(path for path in (ROOT / room).rglob("*.py") if path != ROOT / "archive" / "keys.py")


def _docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def _area(row: tuple[str, str]) -> str:
    return row[0].partition("/")[0]


def _keys(rows: list[tuple[str, str]]) -> str:
    return table(("key", "what"), ((code(key), what) for key, what in rows))
