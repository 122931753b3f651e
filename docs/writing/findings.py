"""Every code of a finding, from the catalogue, with what the validators say of an example."""

from __future__ import annotations

from typing import Final

from docs.writing.examples import examples
from docs.writing.markdown import code, page, table
from schemas.findings import Finding, FindingCode, Nature
from validators import CATALOGUE
from validators.solving.judging import MAY_BE_MISREAD

_NATURES: Final[dict[Nature, str]] = {
    "discrepancy": "the papers disagree",
    "misread": "one plausible misreading explains all of it, and is suggested where it stands out",
    "missing": "something is not there, or could not be read",
    "policy": "nothing is contradictory; a rule or a list asks for a person's word",
}
_HEAD: Final = """\
An `error` or a `warning` holds the shipment until it is decided: a warning by any clerk, an error by a correction,
a new paper or a supervisor ([who may what](../casework.md)). `info` is only worth knowing, and holds nothing. The
severity is that of the usual case: some cases of a code are less grave, and the finding says so.

Corrected papers go into the same folder of the inbox ([how](../inbox.md)): the shipment is judged anew."""


def findings_page() -> str:
    found = examples()
    rows = (
        (f"[{name}](#{name})", one.title, one.severity, nature(name, found[name])) for name, one in CATALOGUE.items()
    )
    return page(
        "Findings",
        _HEAD,
        table(("nature", "meaning"), ((code(name), what) for name, what in _NATURES.items())),
        "## All codes\n\n" + table(("code", "title", "severity", "nature"), rows),
        *(_section(name, found[name]) for name in CATALOGUE),
    )


def nature(name: FindingCode, example: Finding) -> str:
    also = name in MAY_BE_MISREAD and example.nature != "misread"
    return f"{example.nature} or misread" if also else example.nature


def _section(name: FindingCode, example: Finding) -> str:
    told = CATALOGUE[name]
    withheld = "The values shown are not declared before it is decided." if told.disputes else ""
    rows = (
        ("for the clerk", told.help),
        ("for the broker", told.broker),
        ("rule", told.source),
    )
    return (
        f"## {name}\n\n{told.title}: {told.severity}, {nature(name, example)}. {withheld}".rstrip()
        + f"\n\n> {_quoted(example.message)}\n\n{table(('', 'what to do'), rows)}"
    )


def _quoted(message: str) -> str:
    return message.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
