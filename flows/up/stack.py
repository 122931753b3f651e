"""The servers, the workers and the desk, started together, watched, and ended together."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from flows.buckets import exchange_of
from flows.endpoints import protected
from flows.settings import Settings
from flows.up import desk_server, flow_server, object_server
from flows.up.children import Child, Program
from flows.up.codes import EXIT_CODES, OUR_ERROR
from flows.up.crew import Crew, Post
from flows.up.desk_server import Desk
from flows.up.errors import ServerDiedError
from flows.up.folder import StackFolder, held_folder, refuse_closed_inbox
from flows.up.log import log_in
from flows.up.ports import HOST, Ports, held_ports

Say = Callable[[str], None]
WORKER, NIGHTLY = "worker", "nightly"
_POLL_SECONDS: Final = 60
START_SECONDS: Final = 180.0
_WORKER_PATIENCE: Final = 20.0
_PATHS: Final = ("journal_key_file", "witness_dir", "desk_certificate", "desk_certificate_key")
"""Settings that may be told from the folder where the command is run; its processes run in another one."""


@dataclass(frozen=True, slots=True)
class Stack:
    """What runs where, for one run of the command."""

    settings: Settings
    folder: StackFolder
    ports: Ports
    log: logging.Logger
    desk: Desk | None
    desk_port: int

    @property
    def own_store(self) -> bool:
        """Whether the stack brings its S3 server; settings that name one are kept."""
        return self.settings.store != "s3"

    @property
    def own_prefect(self) -> bool:
        return not os.environ.get("PREFECT_API_URL")

    @property
    def endpoint(self) -> str:
        return f"http://{HOST}:{self.ports.s3}"

    def environment(self) -> dict[str, str]:
        """What a process needs beside its own environment to work with this stack."""
        told = {"TIDEWAITER_DATA_DIR": str(self.folder.root), "OMP_THREAD_LIMIT": "1", **_whole_paths(self.settings)}
        if "exchange_dir" in self.settings.model_fields_set:
            told["TIDEWAITER_EXCHANGE_DIR"] = str(self.settings.exchange_dir.absolute())
        if self.settings.journal_key is None and self.settings.journal_key_file is None:
            told["TIDEWAITER_JOURNAL_KEY_FILE"] = str(self.folder.journal_key)
        address = desk_server.linked_address(self.settings, self.desk_port)
        if self.desk is not None and address is not None:
            told["TIDEWAITER_DESK_URL"] = address
        if self.own_store:
            keys = self.folder.credentials()
            told |= {
                "TIDEWAITER_STORE": "s3",
                "TIDEWAITER_S3_BUCKET": self.settings.s3_bucket,
                "TIDEWAITER_EXCHANGE_BUCKET": exchange_of(self.settings),
                "TIDEWAITER_S3_ENDPOINT": self.endpoint,
                "TIDEWAITER_S3_REGION": object_server.REGION,
                "AWS_ACCESS_KEY_ID": keys.access_key,
                "AWS_SECRET_ACCESS_KEY": keys.secret_key,
            }
        if self.own_prefect:
            told |= flow_server.client_environment(self.folder.prefect, self.ports.prefect)
        return told

    def surroundings(self) -> dict[str, str]:
        """The whole environment of a process that works here; nothing in it leads to what is not of this stack."""
        strangers = {"AWS_SESSION_TOKEN", "AWS_PROFILE", "TIDEWAITER_REGISTER_URL"} if self.own_store else set[str]()
        inherited = {name: value for name, value in os.environ.items() if name not in strangers}
        return {**inherited, **self.environment()}

    def settings_inside(self) -> Settings:
        """Those of this process, but with the data folder and the register that the processes of the stack have."""
        own = {"register_url": None} if self.own_store else {}
        return self.settings.model_copy(update={"data_dir": self.folder.root, **own})


@dataclass(frozen=True, slots=True)
class Running:
    """A stack whose servers answer, and whose workers are not started yet."""

    stack: Stack
    crew: Crew
    say: Say

    def work(self, *, once: bool, meanwhile: Callable[[], object] = lambda: None) -> int:
        """Have the inbox watched, with `once` until it is empty; returns the gravest exit code of the workers.

        `meanwhile` is called again and again. Raises `ServerDiedError`.
        """
        posts = list(_workers(self.stack, once=once))
        for post in posts:
            self.crew.add(post)
        if self.stack.desk is not None:
            self._open(self.stack.desk)
        if not once:
            self.crew.add(_nightly(self.stack))
        workers = frozenset(post.program.name for post in posts)
        self.crew.keep_running(until_ended=workers if once else frozenset(), meanwhile=meanwhile)
        return max(_meant(self.crew.child(name)) for name in workers)

    def _open(self, desk: Desk) -> None:
        stack = self.stack
        program = desk_server.desk_server(desk, stack.desk_port, stack.surroundings(), stack.folder.root)
        is_ready = partial(desk_server.answers, stack.settings, stack.desk_port)
        self.crew.add(Post(program, is_ready, desk_server.START_SECONDS))
        self.crew.wait_until_ready()
        self.say(f"ready. The desk is at {desk_server.desk_address(stack.settings, stack.desk_port)}")
        desk.once_it_answers(stack.settings_inside())


def run(settings: Settings, *, once: bool, port: int | None, say: Say, desk: Desk | None = None) -> int:
    """Run the stack until it is stopped, or with `once` until the inbox is empty; returns the worker's exit code.

    Raises `StackError` where something keeps it from running, and `KeyboardInterrupt` where a person stops it; either
    way every process has ended by then.
    """
    with running(settings, port=port, say=say, desk=desk) as up:
        return up.work(once=once)


@contextmanager
def running(settings: Settings, *, port: int | None, say: Say, desk: Desk | None = None) -> Iterator[Running]:
    """The stack while its servers run; raises as `run` does."""
    if address := os.environ.get("PREFECT_API_URL"):
        protected(address, settings, name="PREFECT_API_URL")
    if "exchange_dir" in settings.model_fields_set:
        refuse_closed_inbox(settings.exchange_dir)
    with held_folder(settings.data_dir) as folder, log_in(folder.log) as log, held_ports(port) as ports:
        own_port = ports.desk if desk is None else desk_server.desk_port(settings, ports)
        stack = Stack(settings, folder, ports, log, desk, own_port)
        say(f"starting. The log is {folder.log}")
        if (public := folder.new_journal_key()) is not None:
            say(f"made the key that signs the journal: {folder.journal_key}. Keep a copy; auditors need {public}")
        folder.keep_environment(stack.environment())
        with Crew(log) as crew, _told_of_the_end(say):
            for server in _servers(stack):
                crew.add(server)
            crew.wait_until_ready()
            say(_where(stack))
            yield Running(stack, crew, say)


@contextmanager
def _told_of_the_end(say: Say) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        say("stopping: who is at work is asked to end, which takes some seconds")
        raise


def _meant(worker: Child) -> int:
    """The worker's exit code, if it is one that it gives itself."""
    code = worker.exit_code
    if code not in {*EXIT_CODES.values(), OUR_ERROR}:
        raise ServerDiedError(worker.told(f"ended with code {code}"))
    return code


def _servers(stack: Stack) -> Iterator[Post]:
    inherited = dict(os.environ)
    if stack.own_store:
        keys, exchange = stack.folder.credentials(), exchange_of(stack.settings)
        in_full = stack.settings.log_level == "debug"
        program = object_server.object_server(stack.folder, stack.ports, inherited, in_full=in_full)
        is_ready = partial(object_server.takes_objects, stack.endpoint, keys, stack.settings.s3_bucket, exchange)
        yield Post(program, is_ready, START_SECONDS, is_server=True)
    if stack.own_prefect:
        program = flow_server.flow_server(stack.folder.prefect, stack.ports.prefect, inherited)
        yield Post(program, partial(flow_server.answers, stack.ports.prefect), START_SECONDS, is_server=True)


def _workers(stack: Stack, *, once: bool) -> Iterator[Post]:
    """One for each lane, of which the first one serves the figures.

    Each may read with every core: a shipment that comes alone should not wait for one core while another one rests.
    """
    is_alone = stack.own_prefect and stack.own_store  # Then no other worker can be at work on either.
    options = [name for name, wanted in (("--once", once), ("--alone", is_alone)) if wanted]
    lanes = stack.settings.lanes
    environment = stack.surroundings()
    for lane in range(1, lanes + 1):
        name = WORKER if lanes == 1 else f"{WORKER}-{lane}"
        command = [sys.executable, "-m", "flows.up.worker", *options, f"--lane={lane}/{lanes}"]
        yield Post(Program(name, command, environment, stack.folder.root, _WORKER_PATIENCE), _at_once, START_SECONDS)
        environment = {name: value for name, value in environment.items() if name != "TIDEWAITER_FIGURES_PORT"}


def _nightly(stack: Stack) -> Post:
    command = [sys.executable, "-m", "flows.up.nightly"]
    environment = {**stack.surroundings(), "PREFECT_RUNNER_POLL_FREQUENCY": str(_POLL_SECONDS)}
    program = Program(NIGHTLY, command, environment, stack.folder.root, _WORKER_PATIENCE)
    return Post(program, _at_once, START_SECONDS)


def _at_once() -> bool:
    return True


def _where(stack: Stack) -> str:
    settings, bucket = stack.settings, stack.settings.s3_bucket
    is_folder = "exchange_dir" in settings.model_fields_set
    inbox = f"the folder {settings.exchange_dir}" if is_folder else f"the bucket {exchange_of(settings)}"
    store = f"{stack.endpoint}/{bucket}, inbox in {inbox}" if stack.own_store else f"bucket {bucket}"
    prefect = f"http://{HOST}:{stack.ports.prefect}" if stack.own_prefect else os.environ["PREFECT_API_URL"]
    is_all = "the servers answer" if stack.desk is not None else "ready"
    return f"{is_all}. Store {store}, Prefect {prefect}; how to reach them: {stack.folder.environment}"


def _whole_paths(settings: Settings) -> dict[str, str]:
    told = {name: getattr(settings, name) for name in _PATHS}
    return {f"TIDEWAITER_{name.upper()}": str(path.absolute()) for name, path in told.items() if path is not None}
