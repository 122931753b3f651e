"""Every command of `tidewaiter` with its options, from the command line itself, and the exit codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command

from desk.cli import app
from desk.running import INTERRUPTED, OUR_ERROR, STATUS_CODES, WRONG_USAGE
from docs.writing.markdown import code, page, table

EXIT_CODES: Final = {
    STATUS_CODES["clear"]: "done; where shipments are judged, every one is clear",
    STATUS_CODES[
        "held"
    ]: "at least one shipment is held; of `audit`, `journal verify`, `replay`: something is not as it was",
    STATUS_CODES["rejected"]: "at least one shipment is rejected: nothing of it could be read",
    WRONG_USAGE: "wrong usage, such as a path that is not there, or a setting that cannot be",
    OUR_ERROR: "an error of the program or of the store; what was finished stays",
    INTERRUPTED: "stopped by Ctrl-C or SIGTERM; what was finished stays, nothing is half-written",
}


def commands_page() -> str:
    told = [_section(name, help_text, parameters) for name, help_text, parameters in commands()]
    return page(
        "Commands",
        "Results go to standard output, progress and messages to standard error. In brackets stands what holds where "
        "an option is not given. `tidewaiter COMMAND --help` says the same.",
        "## Exit codes\n\n" + table(("code", "meaning"), ((str(number), what) for number, what in EXIT_CODES.items()))
        + "\n\nOf several the gravest counts: 70, 2, 20, 10, 0.",
        *told,
    )  # fmt: skip


Command = tuple[str, str, Sequence[TyperArgument | TyperOption]]


def commands(group: object = None, before: str = "tidewaiter") -> Iterator[Command]:
    """Every command by the words that call it, in their order, with its help and its parameters."""
    top = group or get_command(app)
    if not isinstance(top, TyperGroup):
        raise TypeError(f"{before} has no commands")
    for name, command in sorted(top.commands.items()):
        words = f"{before} {name}"
        if isinstance(command, TyperGroup):
            yield from commands(command, words)
        else:
            told = [one for one in command.params if isinstance(one, TyperArgument | TyperOption) and not one.hidden]
            yield words, command.help or "", told


def _section(name: str, help_text: str, parameters: Sequence[TyperArgument | TyperOption]) -> str:
    usage = " ".join([name, *(_usage(one) for one in parameters if isinstance(one, TyperArgument)), "[OPTIONS]"])
    rows = table(("argument, option", "meaning"), ((_written(one), _meaning(one)) for one in parameters))
    return f"## {name}\n\n{help_text}\n\n```\n{usage}\n```\n\n{rows}"


def _usage(argument: TyperArgument) -> str:
    name = argument.metavar or (argument.name or "").upper()
    return (name if argument.required else f"[{name}]") + ("…" if argument.nargs == -1 else "")


def _written(parameter: TyperArgument | TyperOption) -> str:
    if isinstance(parameter, TyperArgument):
        return code(parameter.metavar or "")
    value = f" {parameter.metavar}" if parameter.metavar and not parameter.is_flag else ""
    return ", ".join(code(f"{name}{value}") for name in parameter.opts)


def _meaning(parameter: TyperArgument | TyperOption) -> str:
    required = isinstance(parameter, TyperOption) and parameter.required
    several = isinstance(parameter, TyperOption) and parameter.multiple
    notes = [note for note, holds in (("Required.", required), ("May be given several times.", several)) if holds]
    return " ".join([parameter.help or "", *notes])
