"""`tidewaiter journal …`: the log that proves what the archive says, its keys, and whether anything was touched."""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console

from archive.journal.keyring import make_key
from desk.printing import plain_table, plain_text
from desk.running import AsJson, KeptCheckpoints, Out, TrustedKeys, gravest, now, records_in, told

if TYPE_CHECKING:
    from archive.journal.book import Journal
    from archive.journal.verifying import Verified

TROUBLED = 10
app = typer.Typer(no_args_is_help=True, help="The log of every event: keys, checkpoints, and the proof of it.")


@app.command("new-key")
def new_key(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the private key is kept; must not be there yet.")],
    *,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="Of the journal, best an address of yours: example.com/journal."),
    ] = None,
) -> None:
    """Make the key that signs the journal; prints the public one, which auditors need."""
    codes: set[int] = set()
    with told(codes):
        public = make_key(file, name or f"tidewaiter.invalid/{secrets.token_hex(4)}")
        sys.stdout.write(f"{public}\n")
        codes.add(0)
    raise typer.Exit(gravest(codes))


@app.command("status")
def journal_status(*, out: Out = None, as_json: AsJson = False) -> None:
    """Show how long the journal is, up to where it is signed, and by which keys."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from archive.journal.key_list import listed  # noqa: PLC0415 - see `workshop_in`

        journal = records.journal
        journal.catch_up()
        keys = {key_id: asdict(one) for key_id, one in listed(journal).items()}
        facts = {
            "entries": journal.size,
            "root": journal.index.end().tree.root.hex(),
            "signs": [str(key.verifier) for key in journal.keys],
            "witness": records.witness is not None,
            "keys": keys,
        }
        _print_lines(facts, _status_lines(journal, keys, is_witnessed=records.witness is not None), as_json=as_json)
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _status_lines(journal: Journal, keys: dict[str, dict[str, object]], *, is_witnessed: bool) -> Iterator[str]:
    tree = journal.index.end().tree
    yield f"{tree.size} entries, root {tree.root.hex()}"
    if not journal.keys:
        yield "no key: nothing vouches for these entries. Make one with `tidewaiter journal new-key FILE`"
    yield from (f"signed by {key.verifier}" for key in journal.keys)
    yield from (f"key {one['written']}, since {one['added_at']:%Y-%m-%d}{_until(one)}" for one in keys.values())
    if not is_witnessed:
        yield "no witness: checkpoints leave our hands with the outbox alone (TIDEWAITER_WITNESS_BUCKET)"


def _until(key: dict[str, object]) -> str:
    return f" until {key['retired_at']:%Y-%m-%d}: {key['reason']}" if key["retired_at"] else ""


@app.command("publish")
def publish(*, out: Out = None, as_json: AsJson = False) -> None:
    """Enter what is missing, write tiles and a signed checkpoint, and copy it to the witness."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from flows.journal import publish_journal  # noqa: PLC0415 - see `workshop_in`

        done = publish_journal(records)
        signed = (done.checkpoint or "no key: not signed").splitlines()
        lines = (f"{done.size} entries, {done.entered} of them entered now", *signed)
        _print_lines(asdict(done), iter(lines), as_json=as_json)
        codes.add(0)
    raise typer.Exit(gravest(codes))


@app.command("verify")
def verify(
    *,
    key: TrustedKeys = None,
    checkpoint: KeptCheckpoints = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Compute the journal anew from its entries, and name whatever was touched."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from flows.journal_trust import verify_journal  # noqa: PLC0415 - see `workshop_in`

        found = verify_journal(records, key or (), checkpoint or ())
        facts = {
            "entries": found.head.size,
            "root": found.head.root.hex(),
            "signed": found.signed,
            "batches": found.batches,
            "tiles": found.tiles,
            "checkpoints": found.checkpoints,
            "kept": found.kept,
            "troubles": [asdict(one) for one in found.troubles],
        }
        _print_lines(facts, _verified_lines(found), as_json=as_json)
        if found.troubles and not as_json:
            _print_troubles(found)
        codes.add(TROUBLED if found.troubles else 0)
    raise typer.Exit(gravest(codes))


def _verified_lines(found: Verified) -> Iterator[str]:
    yield f"{found.head.size} entries in {found.batches} batches, root {found.head.root.hex()}"
    yield f"{found.tiles} tiles and {found.checkpoints} checkpoints in the store"
    yield (
        f"signed by a trusted key up to entry {found.signed}"
        if found.signed
        else "no checkpoint under a trusted key: whoever has the store could have rewritten all"
    )
    yield (
        f"{found.kept} checkpoints kept elsewhere compared"
        if found.kept
        else "no checkpoint kept elsewhere: whoever has the store and the key could have rewritten all"
    )
    if not found.troubles:
        yield "nothing was touched"


def _print_troubles(found: Verified) -> None:
    table = plain_table("where", "what", "entries")
    for one in found.troubles:
        entries = f"{one.entries[0]} to {one.entries[1] - 1}" if one.entries else ""
        table.add_row(plain_text(one.where), plain_text(one.what), entries)
    _console().print(table)


@app.command("retire-key")
def retire_key(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="The eight digits in the middle of the public key.")],
    *,
    reason: Annotated[
        Literal["replaced", "compromised"], typer.Option("--reason", metavar="WHY", help="replaced or compromised.")
    ],
    by: Annotated[str | None, typer.Option("--by", metavar="ID", help="Who says so; by default who runs this.")] = None,
    out: Out = None,
) -> None:
    """Enter that a key signs no more: no checkpoint that it signs from now on counts."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from archive.journal.key_list import retire  # noqa: PLC0415 - see `workshop_in`
        from flows.steps import user_here  # noqa: PLC0415 - likewise

        retire(records.journal, key_id, reason, by=by or user_here(), now=now())
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _print_lines(facts: object, lines: Iterator[str], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, default=str) + "\n")
        return
    for line in lines:
        _console().print(plain_text(line), soft_wrap=True)


def _console() -> Console:
    return Console(highlight=False) if Console().is_terminal else Console(highlight=False, width=140)
