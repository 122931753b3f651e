"""`tidewaiter retention …` and `tidewaiter hold`: what is kept until when and why, and what may go."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console

from desk.printing import plain_table, plain_text
from desk.running import OUR_ERROR, AsJson, Out, gravest, now, records_in, say, told
from flows.intake import readable

if TYPE_CHECKING:
    from archive.disposals import DoomedShipment, Proposal
    from flows.disposing import Disposed
    from flows.keeping import ReportLine, Tally

app = typer.Typer(no_args_is_help=True, help="How long the papers are kept, and letting them go.")
hold_app = typer.Typer(add_completion=False)

By = Annotated[str | None, typer.Option("--by", metavar="ID", help="Who says so; by default who runs this.")]
Broker = Annotated[str | None, typer.Option("--broker", metavar="ID", help="Whose shipment. [TIDEWAITER_BROKER]")]


@hold_app.command()
def hold(
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="The shipment's reference.")],
    word: Annotated[Literal["on", "off"], typer.Argument(metavar="on|off", help="Whether it is held from now on.")],
    *,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, such as the number of the case.")],
    broker: Broker = None,
    by: By = None,
    out: Out = None,
) -> None:
    """Hold everything of a shipment, whatever the dates say, or end that."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from flows import lodging, steps  # noqa: PLC0415 - see `records_in`

        wish = lodging.HoldWish(word == "on", reason, by or steps.user_here())
        found = lodging.set_hold(reference, wish, records, broker=broker or records.settings.broker, now=now())
        stands = "is held" if found.record.on else "is no longer held"
        before = "" if found.is_new else ", and was before"
        _say_out(f"{found.record.reference}: {stands}{before} ({found.record.reason}, {found.record.by})")
        codes.add(0)
    raise typer.Exit(gravest(codes))


@app.command()
def report(
    reference: Annotated[
        str | None, typer.Argument(metavar="REFERENCE", help="One shipment, with the rules that keep it. [all]")
    ] = None,
    *,
    broker: Broker = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Show what is kept until when and why, what was never lodged, and what the locks in the store say."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from flows import keeping  # noqa: PLC0415 - see `records_in`

        if reference is not None:
            line = keeping.report_on(records, broker or records.settings.broker, reference, now())
            _write_json(keeping.told(line)) if as_json else _print_line(line)
            codes.add(0 if line.due is not None else OUR_ERROR)
        elif as_json:
            lines = [keeping.told(line) for line in keeping.report(records, now())]
            _write_json({"at": now().isoformat(), "shipments": lines})
            codes.add(0)
        else:
            at, tally = now(), keeping.Tally()
            for line in keeping.report(records, at):
                tally.add(line, at)
            _print_tally(tally)
            codes.add(OUR_ERROR if tally.unreadable else 0)
    raise typer.Exit(gravest(codes))


@app.command()
def apply(*, out: Out = None, as_json: AsJson = False) -> None:
    """Bring every lock to where it must be, and go on with a disposal that was cut short."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from flows import retention  # noqa: PLC0415 - see `records_in`

        counts = retention.apply(records, now())
        if as_json:
            _write_json(counts)
        else:
            _say_out(", ".join(f"{count} {name}" for name, count in counts.items()))
        if counts["missing"] or counts["unreadable"]:
            say("something is missing or cannot be read: `tidewaiter audit` names it")
            codes.add(OUR_ERROR)
        codes.add(0)
    raise typer.Exit(gravest(codes))


@app.command()
def dispose(
    *,
    propose: Annotated[bool, typer.Option("--propose", help="Propose that what is listed goes.")] = False,
    confirm: Annotated[
        str | None, typer.Option("--confirm", metavar="ID", help="Confirm a proposal of somebody else: it is done.")
    ] = None,
    unlodged: Annotated[
        bool, typer.Option("--unlodged", help="Also what nobody recorded a lodgement of, by the day of its receipt.")
    ] = False,
    by: By = None,
    out: Out = None,
) -> None:
    """List what is past every date and hold; it goes when one person proposes and another one confirms it."""
    codes: set[int] = set()
    if propose and confirm is not None:
        raise typer.BadParameter("propose and confirm are for two people")
    with told(codes), records_in(out) as records:
        from flows import disposing, steps  # noqa: PLC0415 - see `records_in`

        who = by or steps.user_here()
        if confirm is not None:
            _print_disposed(disposing.confirm(records, confirm, now(), by=who))
        elif propose:
            _print_proposal(disposing.propose(records, now(), by=who, unlodged=unlodged))
        else:
            _print_doomed(disposing.past(records, now(), unlodged=unlodged))
            for proposal in disposing.open_proposals(records, now()):
                _print_proposal(proposal)
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _print_line(line: ReportLine) -> None:
    if line.due is None:
        say(line.error)
        return
    due = line.due
    where = ", ".join(due.jurisdictions) or "not known where it is declared"
    _say_out(f"{line.reference}: {due.state}, {where}; kept until {due.last_day}")
    _say_out(f"lock: {due.lock.mode} until {due.lock.until:%Y-%m-%d %H:%M} UTC")
    if line.hold is not None:
        _say_out(f"held since {line.hold.at:%Y-%m-%d} by {line.hold.by}: {line.hold.reason}")
    table = plain_table("until", "from", "rule", "")
    for one in due.kept:
        event = f"the {one.rule.runs_from}, not recorded yet" if one.waits_for_event else f"the {one.rule.runs_from}"
        notes = [*(() if one.rule.certain else ("not verified",)), *((one.rule.note,) if one.rule.note else ())]
        table.add_row(str(one.last_day), f"{event}: {one.runs_from}", one.rule.source, "; ".join(notes))
    _console().print(table)
    from flows.keeping import FAULTS  # noqa: PLC0415 - see `records_in`

    for difference in line.differences:
        found = f"until {difference.found.until:%Y-%m-%d}" if difference.found else "none"
        _say_out(f"{FAULTS[difference.fault]}: {difference.key} (lock: {found})")


def _print_tally(tally: Tally) -> None:
    table = plain_table("kept until", "shipments")
    for year, count in sorted(tally.by_year.items()):
        table.add_row(str(year), str(count))
    _console().print(table if tally.by_year else "Nothing is kept yet.")
    titles = (
        ("held", "on hold"),
        ("unlodged", "declared, and nobody recorded the lodgement"),
        ("waiting", "lodged, and a day that counts is not recorded"),
        ("differing", "locks are not what they must be (`tidewaiter retention apply`)"),
        ("unreadable", "records cannot be read (`tidewaiter audit`)"),
    )
    for kind, title in titles:
        if count := tally.count(kind):
            shown: list[str] = getattr(tally, kind)
            more = f", and {tally.more[kind]} more" if tally.more[kind] else ""
            _say_out(f"{title}: {count}: {', '.join(shown)}{more}")
    if tally.past:
        _say_out(f"past their dates: {tally.past} (`tidewaiter retention dispose` lists what may go)")
    if tally.unverified:
        _say_out(f"kept by a rule whose text was not verified: {tally.unverified} (docs/retention.md)")


def _print_doomed(shipments: tuple[DoomedShipment, ...]) -> None:
    table = plain_table("broker", "reference", "had to be kept until", "objects", "originals others need")
    for one in shipments:
        row = (str(one.lasted_until), str(len(one.objects)), str(len(one.shared)))
        table.add_row(plain_text(one.broker), plain_text(one.reference), *row)
    _console().print(table if shipments else "Nothing is past every date and hold.")


def _print_proposal(proposal: Proposal) -> None:
    _print_doomed(proposal.shipments)
    _say_out(
        f"proposed by {proposal.proposed_by} on {proposal.proposed_at:%Y-%m-%d}, list SHA-256 {proposal.digest}\n"
        f"another person confirms it until {proposal.expires_at:%Y-%m-%d}: "
        f"tidewaiter retention dispose --confirm {proposal.id} --by ID"
    )


def _print_disposed(disposed: Disposed) -> None:
    done = disposed.done
    _say_out(f"{done.disposed} shipments disposed of, {done.objects} objects")
    _say_out(f"what is left of them: disposals/{disposed.proposal.id}/")
    for one in done.kept:
        _say_out(f"kept: {one.broker}/{one.reference}: {one.why}")
    for key in done.left:
        _say_out(f"left, as it was received anew or another shipment needs it: {key}")


def _console() -> Console:
    return Console(highlight=False) if Console().is_terminal else Console(highlight=False, width=180)


def _say_out(text: str) -> None:
    for line in text.splitlines():
        typer.echo(readable(line))


def _write_json(told: object) -> None:
    sys.stdout.buffer.write(f"{json.dumps(told, ensure_ascii=False)}\n".encode())
    sys.stdout.flush()
